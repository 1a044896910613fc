"""Positions and spans in a text: 1-based lines and columns, 0-based offsets, all in code points."""

import re
from typing import NamedTuple

_LINE_BREAK = r"\r\n|\n|\r"


class Position(NamedTuple):
    r"""A position between two characters. Only `\n`, `\r\n` and `\r` are line breaks."""

    line: int
    """1-based."""
    column: int
    """1-based, in code points."""
    offset: int
    """0-based, in code points, not counting a byte-order mark."""


class Span(NamedTuple):
    """A range of text. The end is exclusive."""

    start: Position
    end: Position


FILE_START = Span(Position(1, 1, 0), Position(1, 1, 0))
"""The span of a diagnostic about the whole file."""


class SourceText:
    """The text of a file, with the offsets of its lines, which are computed on first use."""

    __slots__ = ("_lines", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        """The file name as the user wrote it, for display."""
        self.text = text
        """The text without a byte-order mark; bytes that are not UTF-8 are replaced by U+FFFD."""
        self._lines: list[int] | None = None

    @property
    def line_starts(self) -> list[int]:
        """The offset of the first character of each line; an empty text has one line."""
        if self._lines is None:
            self._lines = [0, *(match.end() for match in re.finditer(_LINE_BREAK, self.text))]
        return self._lines

    def position(self, offset: int) -> Position:
        """Return the position at an offset in code points."""
        from bisect import bisect_right  # imported lazily: a clean run needs no positions

        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1, offset)

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets in code points."""
        return Span(self.position(start), self.position(end))

    def line(self, number: int) -> str:
        """Return the line with a 1-based number, without its line break."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
