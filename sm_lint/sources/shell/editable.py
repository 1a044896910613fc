"""Whether a text may be written into a command as it is: what the shell and the language around it make of it."""

import re
from itertools import pairwise

from sm_lint.sources.shell.mapped import Mapped

_PLAIN = re.compile(r"[A-Za-z0-9_./:@%+=,-]*")
"""Matches what means itself to every shell, with quotes and without, and in the languages that have scripts inside."""
_NEVER = frozenset("\\$`\r\n")
_GAP = re.compile(r"[ \t]+")


def is_editable(text: Mapped, file: str, start: int, end: int, new: str) -> bool:
    """Return whether `new` says the same in a file as in the words of a command, in place of those between two offsets.

    `text` has the words, with line breaks between them, and their places in the file. What is replaced must be written
    as it is; blanks between two words may be replaced, too. A character with a meaning of its own, such as a quote,
    may only be written where there is one already that has none.
    """
    old = (start, end) if start < end else (start - 1, start)
    if old[0] < 0 or text.is_unknown(*old):
        return False
    runs = list(text.ranges.runs(*old))
    if not all(one.end == other.start for one, other in pairwise(runs)):
        return False
    written = "".join(file[run.start : run.end] for run in runs if run.is_literal)
    between = [file[run.start : run.end] for run in runs if not run.is_literal]
    if not all(_GAP.fullmatch(gap) for gap in between):
        return False
    if not runs[0].is_literal and not (start and text.ranges.of(start - 1)[1] == runs[0].start):
        return False  # a quote before the blanks
    if not runs[-1].is_literal and not (end < len(text.text) and text.ranges.of(end)[0] == runs[-1].end):
        return False
    special = set(_PLAIN.sub("", new))
    return not special & _NEVER and all(written.count(one) >= new.count(one) for one in special)
