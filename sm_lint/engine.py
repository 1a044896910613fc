"""Gate, then explain: a clean payload costs microseconds, only what is not clean is explained."""

from sm_lint.config import Settings
from sm_lint.diagnostic import Diagnostic
from sm_lint.document import Document
from sm_lint.schema import accepts

MAX_DIAGNOSTICS = 1000
"""So many diagnostics are reported of one file."""


def lint(document: Document, settings: Settings) -> tuple[list[Diagnostic], int]:
    """Return the diagnostics of a document, in the order of their places, and how many were left out."""
    if document.is_json and not document.problems and not settings.given and accepts(document.value):
        return [], 0
    from sm_lint.explanation import explain

    return explain(document, settings, MAX_DIAGNOSTICS)
