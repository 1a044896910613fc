"""The changes of the fixes as a unified diff.

The text of the files is escaped on a terminal. In a file or a pipe it is not, so that the diff can be applied.
"""

import re
from difflib import unified_diff

from sm_lint.model.escape import visible
from sm_lint.model.report import Report

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def render(report: Report, *, terminal: bool = False) -> str:
    """Return a diff of all files that would change; empty if none would. On a `terminal`, it is escaped."""
    lines: list[str] = []
    for before, after, _ in report.changes:
        name = visible(before.name)
        lines += unified_diff(_LINE.findall(before.text), _LINE.findall(after.text), name, name)
    shown = map(_visible, lines) if terminal else lines
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in shown)


def _visible(line: str) -> str:
    """Return a line with escapes, but for the tabs in it and the line break at its end."""
    text = line.removesuffix("\n").removesuffix("\r")
    return "\t".join(map(visible, text.split("\t"))) + line[len(text) :]
