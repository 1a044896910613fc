"""The range in a source of each character of a text that was decoded from it, kept run by run."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple


class Run(NamedTuple):
    """Characters that stand next to each other in text and source."""

    length: int
    """The number of characters of the text."""
    start: int
    """0-based offset in the source, in code points."""
    end: int
    is_literal: bool
    """Whether they are written as they are. If not, each of them has the whole range."""


class Ranges:
    """The source range of each character of a value, kept run by run."""

    def __init__(self) -> None:
        self.length = 0
        """The number of characters that have a range."""
        self._first = array("L")  # the character of the value with which each run begins
        self._start, self._end = array("L"), array("L")  # the source range of a run
        self._is_literal = array("B")  # whether the run is written as it is; else all characters have the whole range

    def add(self, count: int, start: int, end: int, *, is_literal: bool = True) -> None:
        """Add a run of characters. If it is literal and as long as its range, each has its own place in it."""
        if count:
            self._first.append(self.length)
            self._start.append(start)
            self._end.append(end)
            self._is_literal.append(is_literal and count == end - start)
            self.length += count

    def of(self, character: int) -> tuple[int, int]:
        """Return the source range of a character."""
        run = bisect_right(self._first, character) - 1
        start = self._start[run]
        if self._is_literal[run]:
            start += character - self._first[run]
            return start, start + 1
        return start, self._end[run]

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """Yield the runs of the characters between two offsets of the value, the first and last cut to fit."""
        run = bisect_right(self._first, start) - 1
        while start < end:
            following = self._first[run + 1] if run + 1 < len(self._first) else self.length
            length = min(following, end) - start
            first = self._start[run]
            if self._is_literal[run]:
                first += start - self._first[run]
                yield Run(length, first, first + length, is_literal=True)
            else:
                yield Run(length, first, self._end[run], is_literal=False)
            start += length
            run += 1
