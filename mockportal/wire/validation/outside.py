"""Reading what stands before and after the root element: comments, instructions, white space."""

from mockportal.wire.validation import faults
from mockportal.wire.validation.tags import Tags


class Outside(Tags):
    """A source that knows what may surround a root element."""

    def prolog(self) -> None:
        """Read up to the name of the root element."""
        while True:
            self.skip_spaces()
            char = self.peek()
            if not char:
                self.fail(faults.PREMATURE_END)
            if char == "&":
                self.pos += 1
                self.fail(faults.REFERENCE_IN_PROLOG)
            if char != "<":
                self.fail(faults.NOT_IN_PROLOG)
            self.pos += 1
            char = self.peek()
            if not char:
                self.cut()
            if char == "?":
                self.pos += 1
                self.instruction()
            elif char == "!":
                self.pos += 1
                self._declaration_in_prolog()
            elif self.starts_name(char):
                return
            else:
                self.fail(faults.MARKUP_IN_PROLOG)

    def _declaration_in_prolog(self) -> None:
        if self.skip("-"):
            if not self.peek():
                self.cut()
            if not self.skip("-"):
                self.fail(faults.COMMENT_START)
            self.comment()
            return
        if self.skip("DOCTYPE"):
            self.fail(faults.DOCTYPE)
        if not self.peek():
            self.cut()
        self.fail(faults.MARKUP_IN_PROLOG)

    def trailing(self) -> None:
        """Read what follows the root element, to the end of the file."""
        while True:
            self.skip_spaces()
            char = self.peek()
            if not char:
                return
            if char != "<":
                self.fail(faults.NOT_AFTER_ROOT)
            self.pos += 1
            if not self.peek():
                self.cut()
            if self.skip("?"):
                self.instruction()
            elif self.skip("!"):
                if not self.skip("--"):
                    self.fail(faults.COMMENT_START)
                self.comment()
            else:
                self.skip("/")
                self.fail(faults.MARKUP_AFTER_ROOT)
