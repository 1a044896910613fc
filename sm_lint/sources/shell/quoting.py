"""The parts of a shell's words that begin with a quote, a backslash, a dollar sign or a backtick.

Sources: "Quoting" and "Shell Expansions" of the manual of bash 5.2. Nothing is expanded or run.
"""

import re
from collections.abc import Mapping

from sm_lint.sources.shell.mapped import Builder, Mapped, part

HOLE = "\uffff"
"""What stands in the scanned text for each character that the host language replaces before the shell reads it."""
MOST_LEVELS = 25
"""How deep quotes, expansions and scripts may stand inside each other. Deeper ones are not read."""
HOLES = re.compile(f"{HOLE}+")
_IN_QUOTES = re.compile(rf"[^\"\\$`{HOLE}]+")
_IN_TEXT = re.compile(rf"[^\\$`{HOLE}]+")
_IN_BRACES = re.compile(r"[^}'\"\\$`]+")
_IN_ARITHMETIC = re.compile(r"[^()'\"\\$`]+")
_IN_BACKTICKS = re.compile(r"[^\\`]+|\\[\s\S]?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[@*#?$!0-9-]")
_BRACED_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SEVERAL = re.compile(r"\$(?:@|\{(?:@|!?[A-Za-z_][A-Za-z0-9_]*\[@\]|![A-Za-z_][A-Za-z0-9_]*@\}))")
_SPLITS = re.compile(r"[\s*?\[]")
_ANSI = re.compile(
    r"[^'\\]+|\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|c[\s\S]|[\s\S])"
)  # fmt: skip
_ANSI_ESCAPES = dict(zip("abeEfnrtv", "\a\b\x1b\x1b\f\n\r\t\v", strict=True))


class BrokenError(Exception):
    """The script cannot be read on: a quote or bracket is never closed, or too many are inside each other."""


class Quoting:
    """Reads quotes and expansions of a script, from the offset `at` on."""

    def __init__(self, source: Mapped, variables: Mapping[str, Mapped], level: int) -> None:
        """Initialize for a script. `variables` are those of a known value, `level` is how deep the script stands."""
        self.source, self.variables, self.level = source, variables, level
        self.text = with_holes(source)
        self.at = 0
        self.is_several = False
        """Whether what was read may be several words or none."""
        self._left = 4 * len(self.text)  # the characters of variables that may be followed, as one may double another

    def inner_commands(self) -> Mapped | None:
        """Read the commands of `$(…)` up to and with its bracket. Return what they print, if that is known."""
        raise NotImplementedError

    def inner_script(self, source: Mapped) -> None:
        """Read the commands of a script inside this one."""
        raise NotImplementedError

    def single_quoted(self, out: Builder) -> None:
        """Read `'…'`."""
        start = self.at + 1
        self.at = self._find("'", start) + 1
        out.copy(start, self.at - 1)

    def double_quoted(self, out: Builder, closer: str = '"') -> None:
        """Read what is between double quotes, from behind the first on, or without a `closer` up to the end."""
        plain = _IN_QUOTES if closer else _IN_TEXT
        while self.at < len(self.text):
            at, character = self.at, self.text[self.at]
            if run := plain.match(self.text, at):
                self.at = run.end()
                out.copy(at, self.at)
            elif character == closer:
                self.at += 1
                return
            elif character == "\\":
                self.escape(out, f"$`\\{closer}")
            elif holes := HOLES.match(self.text, at):
                self.at = holes.end()
                out.unknown(at, self.at)
            else:
                self.expansion(out, in_quotes=True)
        if closer:
            raise BrokenError

    def escape(self, out: Builder, special: str = "") -> None:
        """Read a backslash and what it escapes: one of the `special` characters, or if there are none any."""
        at, following = self.at, self.text[self.at + 1 : self.at + 2]
        if self.text.startswith(("\n", "\r\n"), at + 1):
            self.at += 2 if following == "\n" else 3
        elif following and (not special or following in special):
            self.at += 2
            out.stand(self.source.text[at + 1], at, self.at)
        else:
            self.at += 1
            out.copy(at, self.at)

    def expansion(self, out: Builder, *, in_quotes: bool, is_split: bool = False) -> None:
        """Read what begins with `$` or a backtick. What is split may be several words or none."""
        at = self.at
        if not in_quotes and self.text.startswith("$'", at):
            self._ansi_quoted(out)
            return
        if not in_quotes and self.text.startswith('$"', at):
            self.at += 2
            self.double_quoted(out)
            return
        printed = self._skip_expansion(in_quotes=in_quotes)
        if self.at == at + 1:  # a dollar sign alone
            out.copy(at, self.at)
            return
        value = self._variable(at)
        if printed is not None and not is_split:
            out.insert(printed)
        elif value is not None and not (is_split and (value.unknown or _SPLITS.search(value.text))):
            out.stand(value.text, at, self.at, value.unknown)
        else:
            out.unknown(at, self.at)
            self.is_several = self.is_several or is_split or bool(_SEVERAL.match(self.text, at, self.at))

    def known_value(self, name: str) -> Mapped | None:
        """Return the value of a variable; None if it is not known, or too much was followed already."""
        value = self.variables.get(name)
        if value is not None:
            self._left -= len(value.text)
        return value if self._left >= 0 else None

    def arithmetic(self) -> None:
        """Pass over `((…))`, from behind the first bracket on up to and with the last."""
        depth = 1
        scrap = Builder(self.source)
        while depth:
            if self.at >= len(self.text):
                raise BrokenError
            character = self.text[self.at]
            if run := _IN_ARITHMETIC.match(self.text, self.at):
                self.at = run.end()
            elif character in "()":
                depth += 1 if character == "(" else -1
                self.at += 1
            else:
                self._quoted_part(scrap)

    def _variable(self, at: int) -> Mapped | None:
        """Return the known value of the variable that is expanded at an offset; None if it is not known."""
        if not self.variables:
            return None
        braced = _BRACED_NAME.fullmatch(self.text, at, self.at)
        return self.known_value(braced[1] if braced else self.text[at + 1 : self.at])

    def _skip_expansion(self, *, in_quotes: bool) -> Mapped | None:
        """Pass over an expansion. Return what its commands print, if that is known."""
        at = self.at
        self.level += 1
        if self.level > MOST_LEVELS:
            raise BrokenError
        several, printed = self.is_several, None
        self.at += 1
        if self.text[at] == "`":
            self._backticks()
        elif self.text.startswith("((", self.at):
            self.at += 1
            self.arithmetic()
        elif self.text.startswith("(", self.at):
            self.at += 1
            printed = self.inner_commands()
        elif self.text.startswith("{", self.at):
            self.at += 1
            self._braces(in_quotes=in_quotes)
        elif name := _NAME.match(self.text, self.at):
            self.at = name.end()
        self.is_several = several
        self.level -= 1
        return printed

    def _braces(self, *, in_quotes: bool) -> None:
        """Pass over `${…}`, from behind its brace on. Within double quotes, an apostrophe in it is no quote."""
        scrap = Builder(self.source)
        while True:
            if self.at >= len(self.text):
                raise BrokenError
            if run := _IN_BRACES.match(self.text, self.at):
                self.at = run.end()
            elif self.text[self.at] == "}":
                self.at += 1
                return
            elif self.text[self.at] == "'" and not in_quotes:
                self.single_quoted(scrap)
            else:
                self._quoted_part(scrap)

    def _quoted_part(self, scrap: Builder) -> None:
        """Pass over double quotes, an escape, an expansion or an apostrophe."""
        character = self.text[self.at]
        if character == "'":
            self.at += 1
        elif character == '"':
            self.at += 1
            self.double_quoted(scrap)
        elif character == "\\":
            self.at = min(self.at + 2, len(self.text))
        else:
            self.expansion(scrap, in_quotes=True)

    def _backticks(self) -> None:
        """Read the commands between backticks, from behind the first on.

        There, a backslash escapes a dollar sign, a backtick and itself.
        """
        inner = Builder(self.source)
        while True:
            at = self.at
            if at >= len(self.text):
                raise BrokenError
            if self.text[at] == "`":
                break
            match = _IN_BACKTICKS.match(self.text, at)
            self.at = match.end() if match else at + 1
            if self.text[at] == "\\" and self.text[at + 1 : self.at] in {"$", "`", "\\"}:
                inner.stand(self.source.text[at + 1], at, self.at)
            else:
                inner.copy(at, self.at)
        self.at += 1
        self.inner_script(inner.mapped())

    def _ansi_quoted(self, out: Builder) -> None:
        """Read `$'…'`."""
        self.at += 2
        while not self.text.startswith("'", self.at):
            at = self.at
            match = _ANSI.match(self.text, at)
            if match is None:
                raise BrokenError
            self.at = match.end()
            if self.text[at] == "\\":
                out.stand(_of_ansi_escape(match[0][1:]), at, self.at)
            else:
                out.copy(at, self.at)
        self.at += 1

    def _find(self, character: str, start: int) -> int:
        found = self.text.find(character, start)
        if found < 0:
            raise BrokenError
        return found


def with_holes(source: Mapped) -> str:
    """Return the text to scan: what the host language replaces is hidden, so that no part of it counts."""
    parts, last = [], 0
    for start, end in source.unknown:
        parts += [source.text[last:start], HOLE * (end - start)]
        last = end
    return "".join((*parts, source.text[last:]))


def without_line_breaks(printed: Mapped) -> Mapped:
    """Return what `$(…)` gives if its commands print a text: line breaks at its end are taken away."""
    return part(printed, 0, len(printed.text.rstrip("\n")))


def _of_ansi_escape(escape: str) -> str:
    kind, digits = escape[0], escape[1:]
    if kind in "01234567":
        return _byte(int(escape, 8))
    if kind == "c":
        return chr(ord(digits[0]) & 0x1F) if digits else "\\c"
    if digits and kind == "x":
        return _byte(int(digits, 16))
    if digits:
        code = int(digits, 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
    return _ANSI_ESCAPES.get(kind, escape if kind in "'\"?\\" else f"\\{kind}")


def _byte(code: int) -> str:
    """Return the character of a byte. Bytes above 127 are parts of characters, which nobody writes so."""
    return chr(code & 0xFF) if code & 0xFF < 0x80 else "\ufffd"
