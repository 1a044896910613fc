"""Places in a text: 1-based lines and columns, 0-based offsets, all in code points."""

import re
from typing import NamedTuple

_LINE_BREAK = r"\r\n|\n|\r"


class Position(NamedTuple):
    r"""A place between two characters. Line breaks are `\n`, `\r\n`, `\r` and nothing else."""

    line: int
    """From 1."""
    column: int
    """From 1, in code points."""
    offset: int
    """From 0, in code points after a byte-order mark."""


class Span(NamedTuple):
    """A stretch of text; its end is exclusive."""

    start: Position
    end: Position


FILE_START = Span(Position(1, 1, 0), Position(1, 1, 0))
"""The place of what concerns a whole file."""


class SourceText:
    """The text of a file, and where its lines begin; the lines are looked for when they are first asked for."""

    __slots__ = ("_lines", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        """As given, for people."""
        self.text = text
        """Without byte-order mark; bytes that are not UTF-8 are U+FFFD."""
        self._lines: list[int] | None = None

    @property
    def line_starts(self) -> list[int]:
        """The offsets at which the lines begin; a text without characters has one line."""
        if self._lines is None:
            self._lines = [0, *(match.end() for match in re.finditer(_LINE_BREAK, self.text))]
        return self._lines

    def position(self, offset: int) -> Position:
        """Return line and column of an offset."""
        from bisect import bisect_right  # late: a clean run has no places

        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1, offset)

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        return Span(self.position(start), self.position(end))

    def line(self, number: int) -> str:
        """Return a line of the text, from 1, without its line break."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
