"""Positions and spans in a text: 1-based lines and columns, 0-based offsets, all in code points."""

from collections.abc import Mapping
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

    def without_value(self) -> "SourceText":
        """Return name, text and lines alone: a report keeps them for a whole run, but nothing else of a document."""
        text = SourceText(self.name, self.text)
        text._lines = self._lines
        return text

    @property
    def line_starts(self) -> "array[int]":
        """The offset of the first character of each line; an empty text has one line."""
        if self._lines is None:
            self._lines = _line_starts(self.text)
        return self._lines

    def in_text(self, place: Position) -> Position:
        """Return a position of the file as one of `text`, which may have only some lines of the file."""
        return place

    def around(self, line: int) -> range:
        """Return the numbers of the lines to show for one of the file: of those that `text` has, the line among them.

        They are none if there is nothing to show.
        """
        return range(max(line - 1, 1), min(line + 1, len(self.line_starts)) + 1) if self.text else range(0)

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


class Excerpt(SourceText):
    """Some lines of a file that is too large to be kept: `text` has them one after the other."""

    __slots__ = ("_rows",)

    def __init__(self, name: str, lines: Mapping[int, tuple[int, str]]) -> None:
        """Initialize with the offset in the file and the text of each line, by its number, in ascending order."""
        from array import array
        from itertools import accumulate

        kept = lines if 1 in lines else {1: (0, ""), **lines}  # line 1 has what is said of the whole file
        super().__init__(name, "\n".join(text for _, text in kept.values()))
        self._lines = array("I", accumulate((len(text) + 1 for _, text in kept.values()), initial=0))[:-1]
        self._rows = {number: (row, start) for row, (number, (start, _)) in enumerate(kept.items(), 1)}

    def in_text(self, place: Position) -> Position:
        """Return the position in `text` of a position in one of the lines."""
        row, start = self._rows[place.line]
        return Position(row, place.column, place.offset - start + self.line_starts[row - 1])

    def around(self, line: int) -> range:
        """Return the number of the line alone: its neighbors are other documents."""
        start, end = self.line_range(self._rows[line][0])
        return range(line, line + (end > start))


def _line_starts(text: str) -> "array[int]":
    """Return the offset of the first character of each line; four bytes each, as there may be millions."""
    from array import array

    unbroken = text.replace("\r\n", "\0\n").replace("\r", "\n")  # as long as the text; `find` is the fastest search
    starts = array("I", [0])
    at = 0
    while at := unbroken.find("\n", at) + 1:
        starts.append(at)
    return starts
