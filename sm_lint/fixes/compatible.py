"""Fixes of a document that can be applied together."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator

from sm_lint.model.diagnostic import Diagnostic, Renaming
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
    place_of = renamer(read)
    given: set[tuple[int, str, str]] = set()
    for diagnostic in diagnostics:
        place = place_of(diagnostic)
        if place is None:
            yield diagnostic
        elif place not in given:
            given.add(place)
            yield diagnostic


def renamer(read: Document) -> Callable[[Diagnostic], tuple[int, str, str] | None]:
    """Return `place(diagnostic)`: where a fix gives a member of a file another name; None for any other fix.

    The place is the number of the document in the file, the JSON pointer of the object, and the new name.
    """
    starts: list[int] = []
    if read.syntax == "yaml":
        from sm_lint.sources.yaml.ranges import ranges

        starts = [start for start, _ in ranges(read.text)]

    def place(diagnostic: Diagnostic) -> tuple[int, str, str] | None:
        name = new_name(diagnostic)
        if name is None:
            return None
        return bisect_right(starts, diagnostic.range.start.offset), diagnostic.pointer.rpartition("/")[0], name

    return place


def new_name(diagnostic: Diagnostic) -> str | None:
    """Return the name that the fix of a finding gives to a member; None if it renames none."""
    edit = diagnostic.fix.edits[0] if diagnostic.fix else None
    return edit.text.strip("\"'") if isinstance(edit, Renaming) else None
