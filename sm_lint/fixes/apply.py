"""Fixes applied to a document: pass after pass, until nothing more can be fixed.

A fix that leaves a text nobody can read, or its finding, or that brings a new finding, is not applied.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from sm_lint.model.diagnostic import Diagnostic, Edit
from sm_lint.model.pointer import resolved, steps_of
from sm_lint.sources import document
from sm_lint.sources.document import Document
from sm_lint.sources.reading import UNREAD

MAX_PASSES = 20
"""A fix may uncover what another takes away; a request is not so deep that this goes on for long."""
MAX_TRIALS = 50
"""So many times a pass tries which of its fixes work; those that it has not come to are not applied."""

_UNPARSED = {"json-syntax", "yaml-syntax", "yaml-tab", "yaml-multiple-documents", "yaml-undefined-alias"}
"""Problems of a text that is read on past its mistakes, but that nobody else reads."""

Lint = Callable[[Document], Sequence[Diagnostic]]
"""Returns all that is found in a document, however much."""


def fix_all(read: Document, lint: Lint, *, unsafe: bool) -> tuple[Document, int]:
    """Apply the safe fixes of all that `lint` finds in a document, with `unsafe` every fix.

    Return the document after them, and how many findings were fixed.
    """
    fixed = 0
    diagnostics = lint(read)
    for _ in range(MAX_PASSES):
        fixable = without_overlaps(d for d in diagnostics if is_wanted(d, unsafe=unsafe))
        chosen = _that_work(read, diagnostics, fixable, lint)
        if not chosen:
            break
        read = _after(read, chosen)
        diagnostics = lint(read)
        fixed += len(chosen)
    return read, fixed


def is_wanted(diagnostic: Diagnostic, *, unsafe: bool) -> bool:
    """Say whether a diagnostic has a fix that is safe, or with `unsafe` any."""
    return diagnostic.fix is not None and (unsafe or diagnostic.fix.safety == "safe")


def works(read: Document, diagnostics: Sequence[Diagnostic], chosen: Sequence[Diagnostic], lint: Lint) -> bool:
    """Say whether the fixes of `chosen` take their findings away, and bring none."""
    after = _after(read, chosen)
    if after.value is UNREAD or any(problem.kind in _UNPARSED for problem in after.problems):
        return False
    left = Counter(d.code for d in diagnostics)
    left.subtract(Counter(d.code for d in chosen))
    # What stands at a pointer that was not there before was hidden by the name that is gone; but for what is wrong with
    # the text: two names may have become one.
    unread = {(problem.start, problem.end) for problem in after.problems}
    found = Counter(
        d.code
        for d in lint(after)
        if resolved(read.value, steps_of(d.pointer))[1] or (d.range.start.offset, d.range.end.offset) in unread
    )
    return all(found[code] <= left[code] for code in found)


def without_overlaps(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return those whose edits can be made together; of two that cannot, the first."""
    chosen: list[Diagnostic] = []
    taken: list[tuple[int, int]] = []
    for diagnostic in diagnostics:
        spans = [(e.range.start.offset, e.range.end.offset) for e in (diagnostic.fix.edits if diagnostic.fix else ())]
        if not any((start < to and since < end) or start == since for start, end in spans for since, to in taken):
            chosen.append(diagnostic)
            taken += spans
    return chosen


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return a text after edits that do not overlap."""
    parts = []
    at = 0
    for edit in sorted(edits, key=lambda e: e.range.start.offset):
        parts += [text[at : edit.range.start.offset], edit.text]
        at = edit.range.end.offset
    return "".join([*parts, text[at:]])


def _that_work(
    read: Document, diagnostics: Sequence[Diagnostic], fixable: list[Diagnostic], lint: Lint
) -> list[Diagnostic]:
    """Return those fixes that work together; where some do not, they are found by halves."""
    chosen: list[Diagnostic] = []
    pending = [fixable] if fixable else []
    for _ in range(MAX_TRIALS):
        if not pending:
            break
        part = pending.pop()
        if works(read, diagnostics, [*chosen, *part], lint):
            chosen += part
        elif len(part) > 1:
            half = len(part) // 2
            pending += [part[half:], part[:half]]
    return chosen


def _after(read: Document, chosen: Iterable[Diagnostic]) -> Document:
    text = applied(read.text, (edit for d in chosen if d.fix for edit in d.fix.edits))
    mark = b"\xef\xbb\xbf" if read.has_bom else b""
    return document.read(read.name, mark + text.encode(), read.syntax)
