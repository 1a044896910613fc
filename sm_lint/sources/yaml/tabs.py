"""YAML texts with tabs in their indentation, read where the nesting does not depend on how wide a tab is."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.sources.reading import UNREAD, Node, Problem, Reading

_STOPS = (2, 4, 8, 1)
"""The distances of tab stops that are tried. Each costs one more reading."""
READINGS = len(_STOPS)
_INDENTATION = re.compile(r"^[ \t]*(?:-[ \t]+)*", re.MULTILINE)


class _Widened(NamedTuple):
    """A text with blanks in place of tabs."""

    text: str
    ends: list[int]
    """The offset after the blanks of each tab."""
    widths: list[int]
    """How many blanks each tab is."""
    added: list[int]
    """By how much the text has grown before each tab, and at its end."""

    def before(self, offset: int) -> int:
        """Return the offset in the text with tabs for an offset in this one."""
        number = bisect_right(self.ends, offset)
        if number == len(self.ends):
            return offset - self.added[-1]
        start = self.ends[number] - self.widths[number]
        return min(offset, start) - self.added[number]


def without_tabs(text: str, read: Callable[[str], Reading]) -> Reading | None:
    """Return the Reading of a text whose tabs in the indentation are replaced by blanks, without a problem for them.

    `read` reads a text. None is returned if readings with other tab stops differ, or if the text has other errors.
    """
    readings = []
    for stop in _STOPS:
        widened = _widened(text, stop)
        reading = read(widened.text)
        is_guess = reading.open or any(problem.kind == "yaml-syntax" for problem in reading.problems)
        if reading.value is not UNREAD and not is_guess:
            readings.append((widened, reading))
    if not readings or any(other.value != readings[0][1].value for _, other in readings):
        return None
    widened, reading = readings[0]
    root = reading.places() if reading.places else Node(0, 0, None)
    return reading._replace(
        is_json=False,
        problems=[_moved(problem, widened) for problem in reading.problems],
        unknown=(*reading.unknown, *_across_tabs(root, widened, ())),
        places=lambda: root,
    )


def _widened(text: str, stop: int) -> _Widened:
    pieces: list[str] = []
    ends, widths, added = [], [], [0]
    done = 0
    for indentation in _INDENTATION.finditer(text):
        column = 0
        for at in range(*indentation.span()):
            width = stop - column % stop if text[at] == "\t" else 1
            column += width
            if text[at] == "\t":
                pieces += [text[done:at], " " * width]
                ends.append(at + added[-1] + width)
                widths.append(width)
                added.append(added[-1] + width - 1)
                done = at + 1
    return _Widened("".join([*pieces, text[done:]]), ends, widths, added)


def _moved(problem: Problem, widened: _Widened) -> Problem:
    before = widened.before
    related = tuple((words, before(start), before(end)) for words, start, end in problem.related)
    return problem._replace(start=before(problem.start), end=before(problem.end), related=related)


def _across_tabs(root: Node, widened: _Widened, pointer: Pointer) -> Iterator[Pointer]:
    """Yield the pointers of the scalars with a tab inside, and give each node its place in the text with tabs.

    Nodes that aliases share are visited once.
    """
    waiting, seen = [(root, pointer)], set()
    while waiting:
        node, pointer = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.children is None and bisect_left(widened.ends, node.start + 1) < bisect_left(widened.ends, node.end):
            yield pointer
        node.start, node.end = widened.before(node.start), widened.before(node.end)
        node.key = node.key and (widened.before(node.key[0]), widened.before(node.key[1]))
        waiting += [(child, (*pointer, step)) for step, child in (node.children or {}).items()]
        waiting += [(node.anchor, pointer)] if node.anchor else []
