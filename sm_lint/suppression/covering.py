"""Which suppressions cover a finding: an index, so that the work is not the number of suppressions times findings."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from sm_lint.engine.finding import Finding
from sm_lint.model.pointer import Pointer
from sm_lint.model.span import Span
from sm_lint.suppression.suppressions import Suppression


class Covering:
    """The suppressions of a document, by the lines or the pointers that they cover."""

    def __init__(self, active: Sequence[Suppression]) -> None:
        """Index suppressions: first those of comments, in the order of the text, then those of the configuration."""
        self.active = active
        self.used: set[int] = set()
        """The numbers of the suppressions that cover a finding of which `first` was asked."""
        lines = [s.lines for s in active if s.lines is not None]
        # Both ascend: of two comments, the earlier one covers no line after those of the later one.
        self._first_lines, self._last_lines = [of.start for of in lines], [of.stop - 1 for of in lines]
        self._tree: dict[str | None, Any] = {}
        """The pointers: what follows each step, `*` for any step; by None, the numbers of those that end there."""
        self._anywhere: list[int] = []
        for number, suppression in enumerate(active):
            if suppression.lines is None:
                self._numbers_at(suppression.pointer).append(number)
        self._known: dict[Hashable, int | None] = {}

    def first(self, finding: Finding) -> Suppression | None:
        """Return the first suppression that covers a finding; None if there is none."""
        firsts = [self._first_of(finding.code, key, numbers) for key, numbers in self._groups(finding)]
        number = min((first for first in firsts if first is not None), default=None)
        return None if number is None else self.active[number]

    def _numbers_at(self, pointer: tuple[str, ...] | None) -> list[int]:
        if pointer is None:
            return self._anywhere
        node = self._tree
        for step in pointer:
            node = node.setdefault(step, {})
        numbers: list[int] = node.setdefault(None, [])
        return numbers

    def _groups(self, finding: Finding) -> Iterator[tuple[Hashable, Sequence[int]]]:
        """Yield the numbers of the suppressions at the place of a finding, in groups, each with a key."""
        for span in (finding.span, finding.holder) if self._first_lines else ():
            if span:
                lines = self._of_lines(span)
                yield lines, lines
        yield "anywhere", self._anywhere
        for pointer in _pointers(finding):
            for node in self._nodes(pointer):
                if None in node:
                    yield id(node), node[None]

    def _of_lines(self, span: Span) -> range:
        """Return the numbers of the comments that cover a line of a span."""
        start, end = span
        last = end.line - (end.column == 1 and end.line > start.line)
        return range(bisect_left(self._last_lines, start.line), bisect_right(self._first_lines, last))

    def _nodes(self, pointer: Pointer) -> list[dict[str | None, Any]]:
        nodes = [self._tree]
        for step in map(str, pointer):
            nodes = [node[name] for node in nodes for name in {step, "*"} if name in node]
        return nodes

    def _first_of(self, code: str, key: Hashable, numbers: Sequence[int]) -> int | None:
        """Return the first suppression of a group that is of a rule; None if there is none."""
        if (code, key) not in self._known:
            fitting = [number for number in numbers if code.startswith(self.active[number].prefix)]
            self.used.update(fitting)
            self._known[code, key] = min(fitting, default=None)
        return self._known[code, key]


def _pointers(finding: Finding) -> Iterator[Pointer]:
    """Yield the pointers that name a finding: in the JSON of a string, also that of the string, `#`, and that in it."""
    pointer, inner = finding.in_file
    yield pointer
    if pointer and inner:
        yield (*pointer[:-1], f"{pointer[-1]}#", *inner)
