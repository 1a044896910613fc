"""The line hashes by which GitHub code scanning recognizes an alert after lines have moved.

GitHub's upload action adds them to logs without hashes; logs uploaded in other ways need their own. The hash of a line
covers 100 UTF-16 code units from its start, without spaces and tabs. It is followed by the number of lines with that
hash so far.
"""

import re
import sys
from array import array
from collections import Counter
from functools import reduce

_WINDOW = 100
_64_BITS = 0xFFFF_FFFF_FFFF_FFFF
_END = "\uffff"
_UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"


def line_hashes(text: str) -> list[str]:
    r"""Return the hash of each line of a text. After a final line break there is one more, empty line.

    >>> line_hashes("a\n")
    ['243cbaa4685aab12:1', 'c129715d7a2bc9a3:1']
    """
    unbroken = text.replace("\r\n", "\n").replace("\r", "\n")
    squeezed = re.sub("[ \t]+", "", unbroken) + _END
    units = array("H", squeezed.encode(_UTF_16, "surrogatepass"))
    starts = [0, *(at + 1 for at, unit in enumerate(units) if unit == ord("\n"))]
    units.extend([0] * _WINDOW)
    seen: Counter[int] = Counter()
    hashes = []
    for start in starts:
        value = reduce(lambda so_far, unit: (37 * so_far + unit) & _64_BITS, units[start : start + _WINDOW], 0)
        seen[value] += 1
        hashes.append(f"{value:x}:{seen[value]}")
    return hashes
