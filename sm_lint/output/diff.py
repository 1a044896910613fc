"""The changes of the fixes as a unified diff.

The text of the files is escaped on a terminal. In a file or a pipe it is not, so that the diff can be applied.
"""

import re
from collections.abc import Iterable

from sm_lint.model.escape import visible
from sm_lint.model.report import Report
from sm_lint.output.paths import shown

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_MOST_LINES = 8000
"""The number of lines, before and after together, up to which the lines between two changes are left out."""


def render(report: Report, *, terminal: bool = False) -> str:
    """Return a diff of all files that would change; empty if none would. On a `terminal`, it is escaped."""
    written = _visible if terminal else str
    return "".join(
        written(part)
        for before, after, _ in report.changes
        if before.text != after.text
        for part in _diff(shown(before.name), before.text, after.text)
    )


def _visible(text: str) -> str:
    """Return lines with escapes, but for the tabs in them and the line breaks at their ends."""
    return "".join(map(_visible_line, _LINE.findall(text)))


def _visible_line(line: str) -> str:
    text = line.removesuffix("\n").removesuffix("\r")
    return "\t".join(map(visible, text.split("\t"))) + line[len(text) :]


def _diff(name: str, old: str, new: str) -> Iterable[str]:
    """Yield the parts of the diff of a file."""
    if old.count("\n") + new.count("\n") > _MOST_LINES:
        from sm_lint.output.hunk import hunk

        return [f"--- {name}\n+++ {name}\n", hunk(old, new)]
    from difflib import unified_diff

    lines = unified_diff(_LINE.findall(old), _LINE.findall(new), name, name)
    return (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
