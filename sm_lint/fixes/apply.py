"""Application of fixes to a document, in passes until nothing more can be fixed.

A fix is not applied if it makes the text unreadable, does not remove its finding, or causes a new one. To know that,
the text is linted again, which is the cost of a fix: the work for a document has a limit.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

from sm_lint.model.diagnostic import Diagnostic, Edit
from sm_lint.model.pointer import resolved, steps_of
from sm_lint.sources import document
from sm_lint.sources.document import Document
from sm_lint.sources.reading import MAX_BYTES, UNREAD

MAX_PASSES = 20
"""The maximum number of passes. A fix may reveal a finding that the next pass fixes; in a request, this soon ends."""
MAX_TRIALS = 50
"""The maximum number of attempts per pass to find the fixes that work. Fixes not tried by then are not applied."""
MAX_WORK = 1.0
"""The work after which no further attempt is made, in all passes over a document together. An attempt with a text as
long as a file may be is 1, and so is one with MAX_FINDINGS."""
MAX_FINDINGS = 10_000
"""The maximum number of findings of a document. One with more is not fixed: each attempt would take too long."""

_UNPARSED = {"json-syntax", "yaml-syntax", "yaml-tab", "yaml-multiple-documents", "yaml-undefined-alias"}
"""Problems of texts that sm-lint reads with repairs, but that other readers refuse."""


class Known(NamedTuple):
    """What is known of a finding without its words."""

    code: str
    steps: tuple[str, ...]
    """The steps of its pointer."""
    start: int
    """The offset of its start, in code points."""
    end: int


class Linted(Protocol):
    """What was found in a document."""

    def known(self) -> Sequence[Known]:
        """Return all findings."""

    def fixable(self) -> Iterable[Diagnostic]:
        """Return the diagnostics that may have a fix."""


AnyLinted = TypeVar("AnyLinted", bound=Linted)


def fixed(
    read: Document, linted: AnyLinted, lint: Callable[[Document], AnyLinted], *, unsafe: bool
) -> tuple[Document, AnyLinted, int]:
    """Apply the safe fixes for what was found in a document, with `unsafe` all fixes.

    `lint` returns what is found in another document. Return the fixed document, what is found in it, and the number of
    findings that were fixed.
    """
    count, work = 0, MAX_WORK
    for _ in range(MAX_PASSES):
        if len(linted.known()) > MAX_FINDINGS:
            break
        wanted = [d for d in linted.fixable() if is_wanted(d, unsafe=unsafe)]
        fixable = without_overlaps(_without_equal_names(read.text, wanted))
        chosen, read, linted, work = _that_work(read, linted, fixable, lint, work)
        if not chosen:
            break
        count += len(chosen)
    return read, linted, count


def _that_work(
    read: Document,
    linted: AnyLinted,
    fixable: list[Diagnostic],
    lint: Callable[[Document], AnyLinted],
    work: float,
) -> tuple[list[Diagnostic], Document, AnyLinted, float]:
    """Return the fixes that work together, the document after them, what is found in it, and the work that is left.

    Fixes that do not work are found by bisection.
    """
    chosen: list[Diagnostic] = []
    after, left = read, linted
    pending = [fixable] if fixable else []
    for _ in range(MAX_TRIALS):
        if not pending or work <= 0:
            break
        part = pending.pop()
        tried = _after(read, [*chosen, *part])
        found = lint(tried) if _is_readable(tried) else None
        work -= len(tried.text) / MAX_BYTES[tried.syntax] + (len(found.known()) / MAX_FINDINGS if found else 0)
        if found and _is_better(read, linted.known(), [*chosen, *part], tried, found.known()):
            chosen, after, left = [*chosen, *part], tried, found
        elif len(part) > 1:
            half = len(part) // 2
            pending += [part[half:], part[:half]]
    return chosen, after, left, work


def is_wanted(diagnostic: Diagnostic, *, unsafe: bool) -> bool:
    """Return whether a diagnostic has a safe fix, with `unsafe` any fix."""
    return diagnostic.fix is not None and (unsafe or diagnostic.fix.safety == "safe")


def works(
    read: Document, linted: AnyLinted, chosen: Sequence[Diagnostic], lint: Callable[[Document], AnyLinted]
) -> bool:
    """Return whether the fixes of `chosen` remove their findings and cause no new ones. `lint` is as in `fixed`."""
    after = _after(read, chosen)
    return _is_readable(after) and _is_better(read, linted.known(), chosen, after, lint(after).known())


def without_overlaps(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics whose edits can be applied together; of two that overlap, the first one."""
    chosen: list[Diagnostic] = []
    taken: list[tuple[int, int]] = []
    for diagnostic in diagnostics:
        spans = [(e.range.start.offset, e.range.end.offset) for e in (diagnostic.fix.edits if diagnostic.fix else ())]
        if not any(_overlaps(span, taken) for span in spans):
            chosen.append(diagnostic)
            for span in spans:
                insort(taken, span)
    return chosen


def _without_equal_names(text: str, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the diagnostics without those whose fix gives a member the new name of an earlier one beside it."""
    given: set[tuple[str, str]] = set()
    for diagnostic in diagnostics:
        name = _new_name(text, diagnostic)
        if name is None:
            yield diagnostic
        elif name not in given:
            given.add(name)
            yield diagnostic


def _new_name(text: str, diagnostic: Diagnostic) -> tuple[str, str] | None:
    """Return the pointer of an object and the new name of a member of it; None if a fix is no renaming."""
    parent, slash, _ = diagnostic.pointer.rpartition("/")
    if not (slash and diagnostic.fix and len(diagnostic.fix.edits) == 1):
        return None
    (span, new), old = diagnostic.fix.edits[0], steps_of(diagnostic.pointer)[-1]
    is_old = span.end.offset - span.start.offset <= len(old) + 2
    is_old = is_old and text[span.start.offset : span.end.offset].strip("\"'") == old
    return (parent, new.strip("\"'")) if is_old else None


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """Return whether a span overlaps one of those taken, or begins with it. They are sorted and do not overlap."""
    start, end = span
    at = bisect_left(taken, (start, start))
    before, after = taken[max(at - 1, 0) : at], taken[at : at + 1]
    return any(start < to for _, to in before) or any(since == start or since < end for since, _ in after)


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` after edits, which must not overlap."""
    parts = []
    at = 0
    for edit in sorted(edits, key=lambda e: e.range.start.offset):
        parts += [text[at : edit.range.start.offset], edit.text]
        at = edit.range.end.offset
    return "".join([*parts, text[at:]])


def _is_readable(read: Document) -> bool:
    return read.value is not UNREAD and not any(problem.kind in _UNPARSED for problem in read.problems)


def _is_better(
    read: Document,
    known: Iterable[Known],
    chosen: Iterable[Diagnostic],
    after: Document,
    found: Iterable[Known],
) -> bool:
    """Return whether the fixes of `chosen` made `after` of `read`, with their findings gone and no new ones."""
    left = Counter(of.code for of in known)
    left.subtract(Counter(d.code for d in chosen))
    # Findings at a new pointer are ignored: a wrong name hid them. Problems of the text always count: renaming may have
    # caused a repeated key.
    unread = {(problem.start, problem.end) for problem in after.problems}
    codes = Counter(of.code for of in found if (of.start, of.end) in unread or resolved(read.value, of.steps)[1])
    return all(codes[code] <= left[code] for code in codes)


def _after(read: Document, chosen: Iterable[Diagnostic]) -> Document:
    text = applied(read.text, (edit for d in chosen if d.fix for edit in d.fix.edits))
    mark = b"\xef\xbb\xbf" if read.has_bom else b""
    return document.read(read.name, mark + text.encode(), read.syntax, read.placeholders)
