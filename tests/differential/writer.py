"""Writing elements in all the ways that XML allows, a little or a lot of it."""

from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape

KINDS = (
    "blanks in start tags", "blanks in end tags", "nil forms", "references", "CDATA", "comments",
    "instructions", "other prefix", "declared inside", "default namespace inside", "attributes",
    "order", "blanks between", "many blanks", "line ends", "odd values", "zeros",
)  # fmt: skip
"""What may be unusual in the passages of a file."""
BETWEEN = frozenset(("comments", "instructions", "blanks between", "many blanks", "line ends"))
_OFTEN = 0.12
_BLANKS = (" ", "\n", "\t", "  ", "\r\n", "\r", " \n\t ")
_REMARKS = (
    "", " à voir ", "<cpf:passageCertification>", "</cpf:passageCertification>", " > ", "<x a='>'",
    "<cpf:certification>", "<cpf:idTechnique>", " xmlns:cpf=''", "]]>", "&amp;", "<passageCert",
)  # fmt: skip
_LOCATIONS = ("urn:a a.xsd", "</cpf:passageCertification>", "cpf:passageCertification>", "", "a=b")
_NIL_VALUES = ("true", "1", " true ", "\ttrue", "1\n", "&#116;rue")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}


class Names(NamedTuple):
    """The prefixes of a file, with their colons; the namespace has a second one."""

    prefix: str
    other: str
    xsi: str
    namespace: str


class ElementWriter:
    """Writes elements with unusual things of some kinds in them; without a kind, plain ones."""

    def __init__(
        self, random: Random, names: Names, kinds: frozenset[str], often: float = _OFTEN
    ) -> None:
        self.kinds = kinds
        self.names = names
        self._random = random
        self._often = often
        self._around = kinds & BETWEEN

    def element(self, local: str, content: str) -> str:
        if not self.kinds:
            tag = self.names.prefix + local
            return f"<{tag}>{content}</{tag}>"
        tag, attributes = self._tag(local)
        start = self._blanks("blanks in start tags")
        end = self._blanks("blanks in end tags")
        return f"{self.between()}<{tag}{attributes}{start}>{content}</{tag}{end}>"

    def leaf(self, local: str, value: str) -> str:
        return self.element(local, self._text(value) if self.kinds else escape(value))

    def number(self, local: str, value: str) -> str:
        """Write what may have white space around it, and a number: zeros before it."""
        if self._chosen("zeros") and value.isdigit():
            value = self._random.choice(("0", "00", "+0", "0" * 40, "0" * 5000)) + value
        if self._chosen("blanks between"):
            value = self._random.choice(_BLANKS) + value + self._random.choice(_BLANKS)
        return self.leaf(local, value)

    def nil(self, local: str) -> str:
        if not self._chosen("nil forms"):
            if not self.kinds:
                return f'<{self.names.prefix}{local} {self.names.xsi}nil="true"/>'
            tag, attributes = self._tag(local)
            return f'{self.between()}<{tag}{attributes} {self.names.xsi}nil="true"/>'
        random = self._random
        tag, attributes = self._tag(local)
        quote = random.choice("\"'")
        equals = random.choice(("=", "=", " =", "= ", "\n=\t"))
        value = f"{quote}{random.choice(_NIL_VALUES)}{quote}"
        blanks = random.choice((" ", "  ", "\n", "\r\n\t"))
        closing = random.choice(("/>", f"></{tag}>", " />", f" ></{tag} >"))
        nil = f"{blanks}{self.names.xsi}nil{equals}{value}"
        return f"{self.between()}<{tag}{attributes}{nil}{closing}"

    def between(self) -> str:
        """Return what may stand between two elements."""
        if not self._around:
            return ""
        random, parts = self._random, []
        if self._chosen("comments"):
            parts.append(self._comment())
        if self._chosen("instructions"):
            parts.append(f"<?page {self._remark().replace('?>', '')}?>")
        if self._chosen("blanks between"):
            parts.append(random.choice(_BLANKS))
        if self._chosen("line ends"):
            parts.append(random.choice(("\n", "\r", "\r\n", "\n\n", "\r\r\n")))
        if "many blanks" in self._around and random.random() < 0.005:
            parts.append(random.choice(" \n\t") * random.choice((300, 3000)))
        return "".join(parts)

    def _tag(self, local: str) -> tuple[str, str]:
        """Return the name in a tag, and its attributes."""
        prefix, attributes = self.names.prefix, ""
        if self._chosen("other prefix"):
            prefix = self.names.other
        if self._chosen("declared inside"):
            prefix = self._random.choice(("in:", prefix, "p2:"))
            if prefix.endswith(":"):
                attributes = f' xmlns:{prefix[:-1]}="{self.names.namespace}"'
        if self._chosen("default namespace inside"):
            attributes += f" xmlns='{self.names.namespace}'"
            prefix = ""
        if self._chosen("attributes"):
            place = self._random.choice(("schemaLocation", "noNamespaceSchemaLocation"))
            value = escape(self._random.choice(_LOCATIONS)).replace("&gt;", ">")
            attributes += f" {self.names.xsi}{place}={self._random.choice((chr(34), chr(39)))}"
            attributes += value + attributes[-1]
        return prefix + local, attributes

    def _text(self, value: str) -> str:
        random = self._random
        if self._chosen("CDATA") and "]]>" not in value:
            at = random.randint(0, len(value))
            return f"{escape(value[:at])}<![CDATA[{value[at:]}]]>"
        if self._chosen("references"):
            written = "".join(
                self._reference(char) if random.random() < 0.4 else _NAMED.get(char, char)
                for char in value
            )
        else:
            written = escape(value) if random.random() < 0.5 else value
            written = escape(value) if set(value) & set("&<>") else written
        if self._chosen("comments"):
            at = random.choice((0, len(written)))
            written = written[:at] + self._comment() + written[at:]
        if self._chosen("instructions"):
            written += "<?x y?>"
        return written

    def _reference(self, char: str) -> str:
        code = ord(char)
        forms = (f"&#{code};", f"&#x{code:x};", f"&#x{code:X};", f"&#0{code};", f"&#x000{code:x};")
        return self._random.choice((*forms, _NAMED.get(char, forms[0])))

    def _comment(self) -> str:
        return f"<!--{self._remark()}-->"

    def _remark(self) -> str:
        return self._random.choice(_REMARKS)

    def _blanks(self, kind: str) -> str:
        return self._random.choice(_BLANKS) if self._chosen(kind) else ""

    def _chosen(self, kind: str) -> bool:
        return kind in self.kinds and self._random.random() < self._often
