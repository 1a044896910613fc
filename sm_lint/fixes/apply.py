"""Application of fixes to a document, in passes until nothing more can be fixed.

A fix is not applied if it makes the text unreadable, does not remove its finding, or causes a new one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from sm_lint.model.diagnostic import Diagnostic, Edit
from sm_lint.model.pointer import resolved, steps_of
from sm_lint.sources import document
from sm_lint.sources.document import Document
from sm_lint.sources.reading import UNREAD

MAX_PASSES = 20
"""The maximum number of passes. A fix may reveal a finding that the next pass fixes; in a request, this soon ends."""
MAX_TRIALS = 50
"""The maximum number of attempts per pass to find the fixes that work. Fixes not tried by then are not applied."""

_UNPARSED = {"json-syntax", "yaml-syntax", "yaml-tab", "yaml-multiple-documents", "yaml-undefined-alias"}
"""Problems of texts that sm-lint reads with repairs, but that other readers refuse."""

Lint = Callable[[Document], Sequence[Diagnostic]]
"""Returns the diagnostics of a document, without a limit."""


def fix_all(read: Document, lint: Lint, *, unsafe: bool) -> tuple[Document, int]:
    """Apply the safe fixes for what `lint` finds in a document, with `unsafe` all fixes.

    Return the fixed document and the number of findings that were fixed.
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
    """Return whether a diagnostic has a safe fix, with `unsafe` any fix."""
    return diagnostic.fix is not None and (unsafe or diagnostic.fix.safety == "safe")


def works(read: Document, diagnostics: Sequence[Diagnostic], chosen: Sequence[Diagnostic], lint: Lint) -> bool:
    """Return whether the fixes of `chosen` remove their findings and cause no new ones."""
    after = _after(read, chosen)
    if after.value is UNREAD or any(problem.kind in _UNPARSED for problem in after.problems):
        return False
    left = Counter(d.code for d in diagnostics)
    left.subtract(Counter(d.code for d in chosen))
    # Findings at a new pointer are ignored: a wrong name hid them. Problems of the text always count: renaming may have
    # caused a repeated key.
    unread = {(problem.start, problem.end) for problem in after.problems}
    found = Counter(
        d.code
        for d in lint(after)
        if resolved(read.value, steps_of(d.pointer))[1] or (d.range.start.offset, d.range.end.offset) in unread
    )
    return all(found[code] <= left[code] for code in found)


def without_overlaps(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics whose edits can be applied together; of two that overlap, the first one."""
    chosen: list[Diagnostic] = []
    taken: list[tuple[int, int]] = []
    for diagnostic in diagnostics:
        spans = [(e.range.start.offset, e.range.end.offset) for e in (diagnostic.fix.edits if diagnostic.fix else ())]
        if not any((start < to and since < end) or start == since for start, end in spans for since, to in taken):
            chosen.append(diagnostic)
            taken += spans
    return chosen


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` after edits, which must not overlap."""
    parts = []
    at = 0
    for edit in sorted(edits, key=lambda e: e.range.start.offset):
        parts += [text[at : edit.range.start.offset], edit.text]
        at = edit.range.end.offset
    return "".join([*parts, text[at:]])


def _that_work(
    read: Document, diagnostics: Sequence[Diagnostic], fixable: list[Diagnostic], lint: Lint
) -> list[Diagnostic]:
    """Return the fixes that work together. Those that do not are found by bisection."""
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
