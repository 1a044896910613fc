"""A decoded text that knows where each of its characters is written, and which of them are only known at run time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

from sm_lint.sources.ranges import Ranges, Run

Range = tuple[int, int]
"""Start and end (exclusive), 0-based offsets in code points."""


class Mapped:
    """A decoded text, such as a word of a shell, and where its characters stand in the file."""

    __slots__ = ("ranges", "text", "unknown")

    def __init__(self, text: str, ranges: Ranges, unknown: tuple[Range, ...] = ()) -> None:
        self.text = text
        """The text. What is unknown stands in it as it is written, for example `$X`."""
        self.ranges = ranges
        """The range in the file of each character."""
        self.unknown = unknown
        """The ranges of the text that are not known before the script runs, in order, apart from each other."""

    def place(self, start: int, end: int) -> Range:
        """Return the range of the file where the characters between two offsets of the text are written.

        An empty range stands behind the character before it. (0, 0) if the text is empty.
        """
        if not self.text:
            return 0, 0
        if start >= end:
            at = self.ranges.of(start - 1)[1] if start else self.ranges.of(0)[0]
            return at, at
        first, last = self.ranges.of(start), self.ranges.of(end - 1)
        return (first[0], last[1]) if last[1] >= first[1] else first

    def is_written(self, start: int, end: int) -> bool:
        """Return whether the characters between two offsets stand in the file as they are, next to each other."""
        if start >= end or self.is_unknown(start, end):
            return False
        runs = list(self.ranges.runs(start, end))
        is_joined = all(run.end == following.start for run, following in pairwise(runs))
        return is_joined and all(run.is_literal for run in runs)

    def is_unknown(self, start: int, end: int) -> bool:
        """Return whether any character between two offsets is unknown."""
        return any(True for _ in unknown_within(self, start, end))


def unknown_within(source: Mapped, start: int, end: int) -> list[Range]:
    """Return the parts of the unknown ranges that are between two offsets."""
    if not source.unknown:
        return []
    first = bisect_right(source.unknown, start, key=lambda known: known[1])
    last = bisect_left(source.unknown, end, key=lambda known: known[0])
    return [(max(one, start), min(other, end)) for one, other in source.unknown[first:last]]


class Builder:
    """Puts a Mapped together from pieces of another one."""

    def __init__(self, source: Mapped) -> None:
        self._source = source
        self._parts: list[str] = []
        self._ranges = Ranges()
        self._unknown: list[Range] = []

    @property
    def length(self) -> int:
        """The number of characters so far."""
        return self._ranges.length

    def copy(self, start: int, end: int) -> None:
        """Add the characters of the source between two offsets, with their places and with what is unknown."""
        for one, other in unknown_within(self._source, start, end):
            self._mark(self.length + one - start, self.length + other - start)
        self._add(self._source.text[start:end], self._source.ranges.runs(start, end))

    def unknown(self, start: int, end: int) -> None:
        """Add the characters of the source between two offsets, which stand for an unknown text."""
        self._mark(self.length, self.length + end - start)
        self._add(self._source.text[start:end], self._source.ranges.runs(start, end))

    def stand(self, text: str, start: int, end: int, unknown: tuple[Range, ...] = ()) -> None:
        """Add a text that the characters of the source between two offsets stand for."""
        for one, other in unknown:
            self._mark(self.length + one, self.length + other)
        self._parts.append(text)
        self._ranges.add(len(text), *self._source.place(start, end), is_literal=False)

    def insert(self, other: Mapped) -> None:
        """Add another text, with its places and with what is unknown of it."""
        for one, end in other.unknown:
            self._mark(self.length + one, self.length + end)
        self._add(other.text, other.ranges.runs(0, len(other.text)))

    def hide(self, start: int, end: int) -> None:
        """Say of the characters between two offsets of what was added that they are unknown."""
        while self._unknown and self._unknown[-1][1] > start:
            start = min(start, self._unknown.pop()[0])
        self._mark(start, end)

    def mapped(self) -> Mapped:
        """Return what was put together."""
        return Mapped("".join(self._parts), self._ranges, tuple(self._unknown))

    def _add(self, text: str, runs: Iterable[Run]) -> None:
        self._parts.append(text)
        for run in runs:
            self._ranges.add(run.length, run.start, run.end, is_literal=run.is_literal)

    def _mark(self, start: int, end: int) -> None:
        if start >= end:
            return
        if self._unknown and self._unknown[-1][1] >= start:
            start = self._unknown.pop()[0]
        self._unknown.append((start, end))


def whole(text: str) -> Mapped:
    """Return the text of a file, in which each character stands for itself."""
    ranges = Ranges()
    ranges.add(len(text), 0, len(text))
    return Mapped(text, ranges)


def part(source: Mapped, start: int, end: int) -> Mapped:
    """Return the characters of a text between two offsets."""
    builder = Builder(source)
    builder.copy(start, end)
    return builder.mapped()
