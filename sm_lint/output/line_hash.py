"""The line hashes by which GitHub code scanning recognizes an alert after lines have moved.

GitHub's upload action adds them to logs without hashes; logs uploaded in other ways need their own. The hash of a line
covers 100 UTF-16 code units from its start, without spaces and tabs. It is followed by the number of lines with that
hash so far.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import accumulate, islice, pairwise

from sm_lint.model.span import SourceText

_WINDOW = 100
_MOST_LINES = 1_000_000
"""The number of lines from the start of a text among which lines with the same hash are counted."""
_AT_ONCE = 64 * 1024
_64_BITS = 0xFFFF_FFFF_FFFF_FFFF
_END = "\uffff"
_UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"


def line_hashes(document: SourceText, lines: Iterable[int]) -> dict[int, str]:
    r"""Return the hash of each of the `lines` of a document, by their 1-based numbers.

    Only these lines are hashed. Of the others, those with the same 100 code units are counted.

    >>> line_hashes(SourceText("", "a\n"), [1, 2])
    {1: '243cbaa4685aab12:1', 2: 'c129715d7a2bc9a3:1'}
    """
    wanted = sorted(set(lines))
    cuts = [0, *(document.line_starts[line - 1] for line in wanted), len(document.text)]
    parts = [_units(document.text[start:end]) for start, end in pairwise(cuts)]
    starts = list(accumulate(map(len, parts)))[:-1]
    units = "".join([*parts, _END, "\0" * _WINDOW])
    windows = [units[start : start + _WINDOW] for start in starts]
    seen = dict.fromkeys(windows, 0)
    numbers: dict[int, int] = {}
    for start in islice(_line_starts(units, max(starts, default=0)), _MOST_LINES):
        window = units[start : start + _WINDOW]
        if window in seen:
            seen[window] += 1
            numbers[start] = seen[window]
    return {
        line: f"{_hash(window):x}:{numbers.get(start, seen[window] + 1)}"
        for line, start, window in zip(wanted, starts, windows, strict=True)
    }


def _units(text: str) -> str:
    """Return a text without spaces and tabs, with one character per UTF-16 code unit, its line breaks line feeds."""
    squeezed = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    units = array("H", squeezed.encode(_UTF_16, "surrogatepass"))
    if len(units) == len(squeezed):
        return squeezed
    parts = (units[start : start + _AT_ONCE] for start in range(0, len(units), _AT_ONCE))
    return "".join(["".join(map(chr, part)) for part in parts])


def _line_starts(units: str, last: int) -> Iterator[int]:
    """Yield the offset of each line that begins at or before `last`."""
    start = 0
    yield start
    while (start := units.find("\n", start, last) + 1) > 0:
        yield start


def _hash(window: str) -> int:
    return reduce(lambda so_far, unit: (37 * so_far + ord(unit)) & _64_BITS, window, 0)
