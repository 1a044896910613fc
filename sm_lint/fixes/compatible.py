"""Fixes of a document that can be applied together."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.pointer import resolved, steps_of
from sm_lint.sources.document import Document


def compatible(read: Document, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics whose fixes can be applied together; of two that get into each other's way, the first."""
    return without_overlaps(without_equal_names(read, diagnostics))


def without_overlaps(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics whose edits do not overlap; of two that do, the first one."""
    chosen: list[Diagnostic] = []
    taken: list[tuple[int, int]] = []
    for diagnostic in diagnostics:
        spans = [(e.range.start.offset, e.range.end.offset) for e in (diagnostic.fix.edits if diagnostic.fix else ())]
        if not any(_overlaps(span, taken) for span in spans):
            chosen.append(diagnostic)
            for span in spans:
                insort(taken, span)
    return chosen


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """Return whether a span overlaps or equals one of those taken, which are sorted and do not overlap.

    An insertion does not overlap what is replaced behind it.
    """
    start, end = span
    at = bisect_left(taken, (start, start))
    near = taken[max(at - 1, 0) : at + 2]  # an insertion and a replacement may begin with the span
    return span in near or any(start < to and since < end for since, to in near)


def without_equal_names(read: Document, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the diagnostics without those whose fix gives a member the new name of an earlier one beside it."""
    given: set[tuple[str, str]] = set()
    for diagnostic in diagnostics:
        name = new_name(read, diagnostic)
        if name is None:
            yield diagnostic
        elif name not in given:
            given.add(name)
            yield diagnostic


def new_name(read: Document, diagnostic: Diagnostic) -> tuple[str, str] | None:
    """Return the JSON pointer of an object and the new name of a member of it; None if the fix renames none."""
    parent, slash, _ = diagnostic.pointer.rpartition("/")
    if not (slash and diagnostic.fix and len(diagnostic.fix.edits) == 1):
        return None
    span, new = diagnostic.fix.edits[0]
    if span != diagnostic.range:  # a finding about a name marks the name
        return None
    route = read.route(resolved(read.value, steps_of(diagnostic.pointer))[0])
    is_key = route is not None and route[-1].key == (span.start.offset, span.end.offset)
    return (parent, new.strip("\"'")) if is_key else None
