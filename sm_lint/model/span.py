"""Positions and spans in a text: 1-based lines and columns, 0-based offsets, all in code points."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from array import array


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
        self._lines: array[int] | None = None

    def without_value(self) -> SourceText:
        """Return name, text and lines alone: a report keeps them for a whole run, but nothing else of a document."""
        text = SourceText(self.name, self.text)
        text._lines = self._lines
        return text

    @property
    def line_starts(self) -> array[int]:
        """The offset of the first character of each line; an empty text has one line."""
        if self._lines is None:
            self._lines = _line_starts(self.text)
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
        start, end = self.line_range(number)
        return self.text[start:end]

    def line_range(self, number: int) -> tuple[int, int]:
        """Return the offsets of the start and the end of the line with a 1-based number, without its line break.

        For those who need a part of a line: it may have millions of characters, and `line` copies them.
        """
        start = self.line_starts[number - 1]
        if number == len(self.line_starts):
            return start, len(self.text)
        end = self.line_starts[number]
        return start, end - (2 if self.text.startswith("\r\n", end - 2) else 1)


def _line_starts(text: str) -> array[int]:
    """Return the offset of the first character of each line; four bytes each, as there may be millions."""
    from array import array

    unbroken = text.replace("\r\n", "\0\n").replace("\r", "\n")  # as long as the text; `find` is the fastest search
    starts = array("I", [0])
    at = 0
    while at := unbroken.find("\n", at) + 1:
        starts.append(at)
    return starts
