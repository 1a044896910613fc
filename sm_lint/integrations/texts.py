"""Findings in a request that has no file, as text: their places are pointers."""

from collections import Counter
from collections.abc import Sequence

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.escape import one_line
from sm_lint.model.words import counted

_ROOT = "request"
"""What stands for the pointer of the whole request, which is empty."""


def text(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a line for each finding, as the format `concise` has it, with its pointer in place of file and line."""
    return "\n".join(
        f"{_place(found)}: {found.severity.value}: {found.message} [{found.code}]" for found in diagnostics
    )


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many findings keep a request from being sent."""
    numbers = Counter(found.severity.value for found in diagnostics)
    *others, last = [counted(numbers[kind], kind) for kind in ("error", "warning", "info") if numbers[kind]] or [
        "nothing"
    ]
    return f"Found {', '.join(others)}{' and ' if others else ''}{last} in a request, which was not sent."


def _place(diagnostic: Diagnostic) -> str:
    inner = f", in its JSON at {one_line(diagnostic.inner_pointer)}" if diagnostic.inner_pointer else ""
    return f"{one_line(diagnostic.pointer) or _ROOT}{inner}"
