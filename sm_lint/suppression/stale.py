"""Findings in baselines: the entries whose findings are gone, each at its line."""

from collections.abc import Iterable
from functools import partial

from sm_lint.config.text import text_of
from sm_lint.engine.finding import Finding
from sm_lint.engine.linter import Linter
from sm_lint.model.paths import relative, with_slashes
from sm_lint.model.suppressed import StaleEntry
from sm_lint.sources.document import Document
from sm_lint.sources.json.places import tree
from sm_lint.sources.reading import Problem, Reading
from sm_lint.suppression.baseline import MOST_BYTES
from sm_lint.suppression.covering import Covering
from sm_lint.suppression.suppress import SuppressedFinding, apply, is_over
from sm_lint.suppression.suppressions import of_settings

_ADVICE = "`sm-lint check --prune-baseline`"


def document_of(path: str) -> Document:
    """Return a baseline as a document with the positions of its entries. Raises ConfigError if it is unreadable."""
    text = text_of(path, MOST_BYTES)
    return Document(with_slashes(relative(path)), text, "json", Reading({}, [], places=partial(tree, text)))


def stale(
    document: Document, entries: Iterable[StaleEntry], linter: Linter
) -> tuple[list[Finding], list[SuppressedFinding]]:
    """Return the findings about stale entries of a baseline to report, and those that the configuration suppresses."""
    found = linter.find_problems(document, [_problem(document, entry) for entry in entries])
    active = [suppression for suppression in of_settings(document, linter) if not is_over(suppression)]
    return apply(sorted(found, key=lambda f: f.span.start.offset), Covering(active))


def _problem(document: Document, entry: StaleEntry) -> Problem:
    pointer = ("files", entry.file, entry.code, entry.pointer)
    span = document.locate(pointer, key=True)
    left = entry.number - entry.gone
    has = f"only {left:,} of {entry.number:,}" if left else "no"
    at = f" at {entry.pointer}" if entry.pointer else ""
    parameters = {"word": f"{entry.file} has {has} `{entry.code}`{at}", "advice": _ADVICE}
    return Problem("unused-suppression", span.start.offset, span.end.offset, pointer, parameters)
