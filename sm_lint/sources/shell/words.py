"""The words of a shell script, with quotes and escapes undone.

Sources: "Shell Grammar" and "Brace Expansion" of the manual of bash 5.2. What zsh or ksh adds is read as bash would.
"""

import re
from typing import NamedTuple

from sm_lint.sources.shell.mapped import Builder, Mapped
from sm_lint.sources.shell.quoting import HOLE, HOLES, MOST_LEVELS, BrokenError, Quoting

ENDS = frozenset(" \t\r\n;|&()<>")
"""The characters that end a word if they are not quoted. A carriage return is taken as part of a line break."""
PLACEHOLDER = re.compile(r"<[A-Za-z][\w.:/-]*(?: [\w.:/-]+)*>")
"""`<name>`, which people write for what is to be filled in. A shell would take it as two redirections."""
_PLAIN = re.compile(rf"[^ \t\r\n'\"\\$`;|&()<>*?~{{}},{HOLE}]+")
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:\[[^\]\s]{0,80}\])?\+?=")
_SOLE = re.compile(r"(\"?)\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})\1")
_BLANK = re.compile(r"[ \t\n]")
_BETWEEN_ITEMS = re.compile(r"(?:[ \t\r\n]|\\\r?\n|(?<=[ \t\n])#[^\n]*)+")
_SEQUENCE = re.compile(r"\{-?\w{1,9}\.\.-?\w{1,9}\}")


class Word(NamedTuple):
    """A word as the program gets it."""

    decoded: Mapped
    """Its text, with the place of each character. Of a variable of known value, that is where the value is assigned."""
    start: int
    """The offset in the file where it begins, with its quotes."""
    end: int
    is_several: bool
    """Whether it may also be several words or none: it has an expansion without quotes, or `"$@"`."""
    is_bare: bool
    """Whether it is written without quotes, escapes and expansions."""
    assigned: int
    """The number of characters before the value if the word has the form of an assignment, `NAME=value`; else 0."""

    @property
    def text(self) -> str:
        """Its text. What is unknown stands in it as it is written."""
        return self.decoded.text

    @property
    def is_known(self) -> bool:
        """Whether it is exactly one word of which everything is known."""
        return not self.is_several and not self.decoded.unknown


class Words(Quoting):
    """Reads the words of a script, from the offset `at` on."""

    def word(self, *, may_assign: bool = False) -> Word:
        """Read the word that begins here, which may be an assignment. Raises BrokenError if it does not end."""
        outer, self.is_several = self.is_several, False
        start, out = self.at, Builder(self.source)
        assignment = _ASSIGNMENT.match(self.text, start)
        value_at = assignment.end() if assignment else -1
        self._pieces(out, value_at, is_split=not (may_assign and assignment))
        decoded = self._followed(start) or out.mapped()
        source = self.source.text[start : self.at]
        place = self.source.place(start, self.at)
        is_bare = decoded.text == source and not decoded.unknown
        word = Word(decoded, *place, self.is_several, is_bare, max(value_at - start, 0))
        self.is_several = outer
        return word

    def _pieces(self, out: Builder, value_at: int, *, is_split: bool) -> None:
        """Read the pieces of a word. `value_at` is where its value begins if it has the form of an assignment."""
        start = self.at
        braces: list[bool] = []  # of those that are open, if they have a comma
        is_list = False
        while self.at < len(self.text):
            at, character = self.at, self.text[self.at]
            if run := _PLAIN.match(self.text, at):
                self.at = run.end()
                out.copy(at, self.at)
            elif character in "{},":
                is_list |= self._brace(out, braces)
            elif character in ENDS:
                if not self._is_inside(value_at):
                    break
                out.unknown(at, self.at)
            else:
                self._marked(out, is_first=at == start, is_split=is_split)
        if is_list:
            out.hide(0, out.length)
            self.is_several = True

    def _brace(self, out: Builder, braces: list[bool]) -> bool:
        """Read a brace or comma without quotes. Return whether it ends a list such as `{a,b}`.

        With one, bash makes several words of the whole word; a shell without brace expansion leaves it as it is.
        """
        character = self.text[self.at]
        if sequence := _SEQUENCE.match(self.text, self.at):
            out.unknown(self.at, sequence.end())
            self.at = sequence.end()
            return True
        out.copy(self.at, self.at + 1)
        self.at += 1
        if character == "{":
            braces.append(False)
        elif braces and character == ",":
            braces[-1] = True
        elif braces:
            return braces.pop()
        return False

    def _is_inside(self, value_at: int) -> bool:
        """Pass over what looks like the end of a word, but is none: `<(…)`, `<name>`, the items of an array."""
        at, character = self.at, self.text[self.at]
        if character in "<>" and self.text.startswith("(", at + 1):
            self.at += 2
            self.inner_commands()
        elif placeholder := PLACEHOLDER.match(self.text, at):
            self.at = placeholder.end()
        elif character == "(" and at == value_at:
            self.at += 1
            self._array()
        else:
            return False
        return True

    def _array(self) -> None:
        """Pass over the items of an array, from behind its bracket on."""
        self.level += 1
        if self.level > MOST_LEVELS:
            raise BrokenError
        while True:
            if between := _BETWEEN_ITEMS.match(self.text, self.at):
                self.at = between.end()
            if self.at >= len(self.text):
                raise BrokenError
            if self.text[self.at] == ")":
                break
            at = self.at
            self.word()
            self.at = max(self.at, at + 1)  # an operator, which has no place there
        self.at += 1
        self.level -= 1

    def _marked(self, out: Builder, *, is_first: bool, is_split: bool) -> None:
        """Read a piece that begins with a character of a meaning of its own."""
        at, character = self.at, self.text[self.at]
        if character == "'":
            self.single_quoted(out)
        elif character == '"':
            self.at += 1
            self.double_quoted(out)
        elif character == "\\":
            self.escape(out)
        elif character in "$`":
            self.expansion(out, in_quotes=False, is_split=is_split)
        elif character == "~" and not is_first:
            self.at += 1
            out.copy(at, self.at)
        else:  # a pattern of file names, a home directory, or what the host language replaces
            holes = HOLES.match(self.text, at)
            self.at = holes.end() if holes else at + 1
            out.unknown(at, self.at)
            # Where Markdown has `<name>`, one value is meant.
            self.is_several = self.is_several or self.source.text[at] not in "~<"

    def _followed(self, start: int) -> Mapped | None:
        """Return the value of the variable that is the whole word; None if it is not known, or more is in the word.

        Without quotes, a value with blanks becomes several words.
        """
        sole = _SOLE.fullmatch(self.text, start, self.at) if self.variables else None
        value = self.known_value(sole[2] or sole[3]) if sole else None
        return None if sole and value and not sole[1] and _BLANK.search(value.text) else value
