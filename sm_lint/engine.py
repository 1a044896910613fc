"""Gate, then explain: a clean payload costs microseconds, only what is not clean is explained."""

from collections.abc import Callable
from typing import Any

from sm_lint import checks
from sm_lint.config import Settings
from sm_lint.diagnostic import Diagnostic
from sm_lint.document import Document
from sm_lint.schema import acceptor, per_document
from sm_lint.selection import advises

MAX_DIAGNOSTICS = 1000
"""So many diagnostics are reported of one file."""


def lint(document: Document, settings: Settings, limit: int = MAX_DIAGNOSTICS) -> tuple[list[Diagnostic], int]:
    """Return the first `limit` diagnostics of a document, in the order of their places, and how many were left out."""
    if _is_clean(document, settings):
        return [], 0
    from sm_lint.explanation import explain

    return explain(document, settings, limit)


def _is_clean(document: Document, settings: Settings) -> bool:
    if document.problems or settings.given or not document.is_json:
        return False
    return _gate(settings)(document.value)


@per_document
def _gate(settings: Settings) -> Callable[[Any], bool]:
    """Return the function that says whether a payload is clean: what does not change from one to the next is done."""
    accepts, matches = acceptor(advice=advises(settings)), checks.finder(settings)
    return lambda value: accepts(value) and next(matches(value), None) is None
