"""The changes of the fixes as a unified diff.

The text of the files is not escaped, so that the diff can be applied.
"""

import re
from difflib import unified_diff

from sm_lint.model.escape import visible
from sm_lint.model.report import Report

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def render(report: Report) -> str:
    """Return a diff of all files that would change; empty if none would."""
    lines: list[str] = []
    for before, after, _ in report.changes:
        name = visible(before.name)
        lines += unified_diff(_LINE.findall(before.text), _LINE.findall(after.text), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
