"""Mending a file as a clerk does who knows nothing of the format: to the word of the advice."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from mockportal.domain.advice import Advice
from mockportal.domain.advising import advice_on
from mockportal.domain.deposits import FileError
from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Facts, Place
from mockportal.wire.first_control import Reading
from tests.wire.controlling import controlled

Words = Mapping[str, str]


def errors_of(folder: Path, content: bytes) -> tuple[FileError, ...]:
    """Return the errors of the first control; none: the file passes."""
    result = controlled(folder, content)
    return () if isinstance(result, Reading) else result


def place_and_facts(error: FileError) -> tuple[Place, Facts]:
    """Return what is known of an error, which must be there."""
    assert error.place is not None
    assert error.facts is not None
    return error.place, error.facts


def advice_of(error: FileError) -> Advice:
    """Return what is shown beside an error."""
    place, facts = place_and_facts(error)
    return advice_on(facts, place)


def follow(text: str, error: FileError) -> str:
    """Return a text mended as the advice on its error says."""
    place, _ = place_and_facts(error)
    assert place.cause is not None
    mend = advice_of(error).mend
    steps = FOLLOWING.get(place.cause, _replace)
    for name in ("instead", "written"):
        if steps in (_replace, _replace_everywhere, _nil) and name in place.words:
            assert place.words[name] in mend + advice_of(error).happened
    if steps is _replace and "line" in place.words:
        return _replace_near(text, place.words, error)
    return steps(text, place.words)


def _replace_near(text: str, words: Words, error: FileError) -> str:
    """Replace what stands on the line that is told, or next before the error."""
    lines = text.splitlines(keepends=True)
    at = int(words["line"]) - 1
    start = sum(map(len, lines[:at]))
    end = start + len(lines[at]) + len(words["written"])
    if int(words["line"]) == error.line:
        end = min(end, start + error.column + len(words["written"]))
    place = text.rfind(words["written"], start, end)
    assert place >= 0
    return text[:place] + words["instead"] + text[place + len(words["written"]) :]


def _replace(text: str, words: Words) -> str:
    assert words["written"] in text
    return text.replace(words["written"], words["instead"], 1)


def _replace_everywhere(text: str, words: Words) -> str:
    assert words["written"] in text
    return text.replace(words["written"], words["instead"])


def _replace_this(text: str, words: Words) -> str:
    at = int(words["line"]) - 1
    lines = text.splitlines(keepends=True)
    if len(lines) > 1 or not words["which"]:
        before, written, after = lines[at].rpartition(words["written"])
        assert written
        lines[at] = before + words["instead"] + after
        return "".join(lines)
    first, written, rest = text.partition(words["written"])
    assert words["written"] in rest
    return first + written + rest.replace(words["written"], words["instead"], 1)


def _replace_root(text: str, words: Words) -> str:
    text = _replace(text, words)
    end = re.match(r", et (\S+) à la place de (\S+) à la fin", words["end"])
    return text.replace(end[2], end[1]) if end else text


def _remove(text: str, words: Words) -> str:
    assert words["written"] in text
    return text.replace(words["written"], "")


def _remove_the_last(text: str, words: Words) -> str:
    before, written, after = text.rpartition(words["written"])
    assert written
    return before + after


def _remove_between(text: str, words: Words) -> str:
    begin = text.index(words["declaration"]) + len(words["declaration"])
    end, root = text.index(f"<{words['root']}"), words["root"]
    return text[:begin] + text[end : text.rindex(f"</{root}>") + len(f"</{root}>")]


def _remove_before(text: str, words: Words) -> str:
    begins = words.get("begins", "<?xml")
    root = words["root"]
    kept = text[text.index(begins) :]
    return kept[: kept.rindex(f"</{root}>") + len(f"</{root}>")]


def _remove_after(text: str, words: Words) -> str:
    end = f"</{words['root']}>"
    return text[: text.index(end) + len(end)]


def _keep_inside(text: str, words: Words) -> str:
    flux = words["flux"]
    begin, end = text.index(f"<{flux}"), text.index(f"</{flux}>") + len(f"</{flux}>")
    return words["instead"] + text[text.index(">", begin) + 1 : end]


def _envelop(text: str, words: Words) -> str:
    before = text.index(f"<{words['tag']}")
    return text[:before] + words["before"] + text[before:] + words["after"]


def _add_end_tag(text: str, words: Words) -> str:
    where = words["where"]
    value = re.search(r": (<.*>)$", where)
    if value:
        return text.replace(value[1].removesuffix(words["instead"]), value[1], 1)
    start = text.index(words["start"])
    before = re.search(r"juste avant (<[^>]*>)", where)
    assert before is not None
    at = text.index(before[1].rstrip(">"), start + len(words["start"]))
    return text[:at] + words["instead"] + text[at:]


def _add_start_tag(text: str, words: Words) -> str:
    before = re.search(r"juste avant (<[^>]*)>", words["where"])
    assert before is not None
    at = text.index(before[1])
    return text[:at] + words["instead"] + text[at:]


def _remove_end_tag(text: str, words: Words) -> str:
    at = text.index(words["written"]) + len(words["written"])
    return text[:at] + text[at:].replace(words["written"], "", 1)


def _escape(text: str, words: Words) -> str:
    right = re.fullmatch(r"(<[^>]*>)(.*)(</[^>]*>)", words["instead"])
    if right is None:
        meant = words["instead"].strip("« »\xa0")
        return text.replace(meant.replace(words["escape"], words["sign"]), meant)
    value = right[2].replace("&lt;", "<").replace("&amp;", "&")
    return text.replace(f"{right[1]}{value}{right[3]}", words["instead"])


def _remove_control(text: str, _words: Words) -> str:
    return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def _declare_encoding(text: str, words: Words) -> str:
    return words["instead"] + text


def _name_encoding(text: str, words: Words) -> str:
    return text.replace(words["written"], words["instead"], 1)


def _join_lists(text: str, words: Words) -> str:
    tag = words["tag"]
    return re.sub(rf"</{tag}>\s*<{tag}>", "", text)


def _keep_the_first(text: str, words: Words) -> str:
    tag = words["tag"]
    first = text.index(f"</{tag}>") + len(f"</{tag}>")
    return text[:first] + text[text.rindex(f"</{tag}>") + len(f"</{tag}>") :]


def _without_empty(text: str, words: Words) -> str:
    tag = words["tag"]
    parts = re.findall(rf"<{tag}>.*?</{tag}>", text, re.DOTALL)
    empty = [part for part in parts if "passageCertification>" not in part]
    for part in empty:
        text = text.replace(part, "")
    return text


def _nil(text: str, words: Words) -> str:
    attribute = words["attribute"]
    text = _replace(text, words)
    others = rf"<([\w:.-]+)\s{attribute}=\"true\"\s*(?:/>|></\1>)"
    text = re.sub(others, rf"<\1 {words['nil']}/>", text)
    declare = re.search(r"ajoutez (.*) dans", words["declare"])
    return text.replace("<cpf:flux ", f"<cpf:flux {declare[1]} ") if declare else text


def _prefix(text: str, words: Words) -> str:
    end, right = words["written"].replace("<", "</"), words["instead"].replace("<", "</")
    return _replace(text, words).replace(end, right, 1)


def _remove_stray(text: str, words: Words) -> str:
    written = re.sub(
        r"U\+([0-9A-F]{4})",
        lambda match: bytes.fromhex(match[1]).decode("utf-16-be"),
        words["written"],
    )
    lines = text.splitlines(keepends=True)
    end = sum(map(len, lines[: int(words["line"])]))
    places = re.findall(rf"{re.escape(words['start'])}\s*{re.escape(written)}", text[:end])
    after = text.rindex(places[-1], 0, end) + len(places[-1])
    return text[: after - len(written)] + text[after:]


FOLLOWING: dict[Cause, Callable[[str, Words], str]] = {
    Cause.BLANK_BEFORE: _remove_before,
    Cause.BLANK_BEFORE_ROOT: _remove_before,
    Cause.COMMENT_BEFORE: _remove_before,
    Cause.NOTICE_BEFORE: _remove_before,
    Cause.TEXT_BEFORE: _remove_before,
    Cause.NOTICE_INSIDE: _remove_between,
    Cause.TEXT_INSIDE: _remove_between,
    Cause.MARK_AS_TEXT: lambda text, _: text.removeprefix("ï»¿"),
    Cause.MARKS_BEFORE: lambda text, _: text.lstrip("\ufeff"),
    Cause.TWO_FILES: _remove_after,
    Cause.TEXT_AFTER: _remove_after,
    Cause.DECLARATION_INSIDE: _remove_the_last,
    Cause.NO_ENCODING: _declare_encoding,
    Cause.OTHER_ENCODING: _name_encoding,
    Cause.ANNOUNCED_WRONGLY: _name_encoding,
    Cause.ENCODING_UNKNOWN: _name_encoding,
    Cause.LIST_ALONE: _envelop,
    Cause.ROOT_TAG: _replace_root,
    Cause.ROOT_NAME: _replace_root,
    Cause.PREFIX_UNDECLARED: _replace_root,
    Cause.WRAPPED: _keep_inside,
    Cause.IN_SOAP: _keep_inside,
    Cause.END_TAG_MISSING: _add_end_tag,
    Cause.START_TAG_LOST: _add_start_tag,
    Cause.END_TAG_ALONE: _remove_end_tag,
    Cause.SLASH_MISSING: _replace_this,
    Cause.SIGN_UNESCAPED: _escape,
    Cause.HTML_ENTITY: _replace_everywhere,
    Cause.CONTROL_CHARACTER: _remove_control,
    Cause.CONTROL_REFERENCE: _remove,
    Cause.REFERENCE_MISSPELT: _replace_everywhere,
    Cause.QUOTES: _replace_everywhere,
    Cause.PREFIX_MISSPELT: lambda text, words: re.sub(
        rf"(?<![\w:]){words['prefix']}:", f"{words['right']}:", text
    ),
    Cause.XSI_MISSPELT: _replace,
    Cause.NIL_MISSPELT: _nil,
    Cause.NIL_ON_OPTIONAL: _remove,
    Cause.EMPTY_XMLNS: _replace_everywhere,
    Cause.UNPREFIXED: _prefix,
    Cause.LIST_TWICE: _join_lists,
    Cause.TWO_CERTIFIERS: _keep_the_first,
    Cause.STRAY_TEXT: _remove_stray,
    Cause.NO_SPACE: lambda text, words: text.replace(
        bytes.fromhex(words["sign"][2:]).decode("utf-16-be"), " "
    ),
    Cause.EMPTY_LIST: _without_empty,
}
