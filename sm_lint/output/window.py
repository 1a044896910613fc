"""The part of a line that a frame shows: what is marked, and as much around it as there is room for.

Room is counted in cells, the columns of a terminal: a wide character takes two of them, a combining mark none. A list
`cells` has the cell where each of some characters begins, and last the one where all of them end.
"""

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import NamedTuple

from sm_lint.model.escape import is_visible, visible_characters
from sm_lint.output.cells import width, widths

_MORE = "…"
_TAB = " " * 4
_UNKNOWN = "\ufffd"
"""Stands for an escape that is too long for the room."""
_COLORED = "\ufe0f"
"""Asks for the colored form of the character before it, which may be wider."""
_REACH = 2
"""How many code points are looked at for each cell of the room: of those that take none there may be millions."""


class Window(NamedTuple):
    """A part of a line, as it is printed. An ellipsis stands for what is left out before and after it."""

    before: str
    marked: str
    """What is marked, or as much of its beginning as fits."""
    after: str


def window(text: str, line: tuple[int, int], marked: tuple[int, int], room: int) -> Window:
    """Return the part of a line of `text` that fits into `room` cells, at least nine, with a caret below the mark.

    `line` and `marked` are where the line and its marked part start and end, in code points. A combining mark belongs
    to the character before it: both are shown, and marked, or neither.
    """
    (start, end), (first, last) = line, marked
    reach = room * _REACH
    low, high = max(start, first - reach), min(end, last + reach, first + 2 * reach)
    printed, cells = _printed(text[low:high], _most_marked(room - 2 * len(_MORE)))
    begin = _with_base(cells, first - low)
    stop = max(begin, _ending(cells, cells[min(last, high) - low])) if last > first else begin
    left, cut, right = 0, stop, len(printed)
    if (low, high) != line or max(cells[-1], cells[begin] + 1) > room:
        is_first = begin == 0 and low == start
        left, cut, right = _fitting(cells, begin, stop, room - len(_MORE) * (1 if is_first else 2))
    before, after = _MORE * (low + left > start), _MORE * (low + right < end)
    within = "".join(printed[begin:cut])
    return Window(before + "".join(printed[left:begin]), within, "".join(printed[cut:right]) + after)


def _printed(text: str, longest: int) -> tuple[list[str], list[int]]:
    """Return each character of a text as it is printed, and the cells. No escape is longer than `longest`."""
    taken = widths(text)
    if is_visible(text) and _COLORED not in text:
        return list(text), list(accumulate(taken, initial=0))
    printed = visible_characters(text)
    base = None
    for at, (character, shown) in enumerate(zip(text, printed, strict=True)):
        if shown != character:
            printed[at] = _TAB if character == "\t" else shown if len(shown) <= longest else _UNKNOWN
            taken[at] = len(printed[at])
        elif character == _COLORED and base is not None:
            last = printed[base][-1]
            taken[base] += width(last + _COLORED) - width(last)
            base = None
        base = at if taken[at] else base
    return printed, list(accumulate(taken, initial=0))


def _fitting(cells: list[int], begin: int, stop: int, room: int) -> tuple[int, int, int]:
    """Return where to begin, where to end with what is marked from `begin` to `stop`, and where to end."""
    fits = cells[stop] - cells[begin] <= room
    cut = stop if fits else _ending(cells, cells[begin] + max(_most_marked(room), room - cells[begin]))
    room -= max(cells[cut] - cells[begin], 1)
    following = cells[-1] - cells[cut] if cut == stop else 0
    left = min(begin, _beginning(cells, cells[begin] - max(room * 2 // 5, room - following)))
    right = min(_ending(cells, cells[cut] + room - (cells[begin] - cells[left])), len(cells) - 1 if following else cut)
    return left, cut, right


def _most_marked(room: int) -> int:
    """Return how much of the room is marked where not all that is marked fits: a third is for what is before."""
    return room - room // 3


def _with_base(cells: list[int], at: int) -> int:
    """Return the place of a character; of a mark, the place of what it belongs to."""
    is_mark = at + 1 < len(cells) and cells[at] == cells[at + 1]
    return max(bisect_left(cells, cells[at]) - 1, 0) if is_mark else at


def _beginning(cells: list[int], cell: int) -> int:
    """Return the place of the first character that begins in a cell or after it, without the marks of one before."""
    return bisect_right(cells, cells[bisect_left(cells, cell)]) - 1


def _ending(cells: list[int], cell: int) -> int:
    """Return how many characters end before a cell begins, with their marks."""
    return bisect_right(cells, cell) - 1
