"""The places, in a file, of the code in it."""

from bisect import bisect_right
from collections.abc import Callable
from functools import cache

from sm_lint.model.span import Span
from sm_lint.sources.document import Document
from sm_lint.sources.python.code import Code


def place_of(document: Document, code: Code) -> Callable[[int, int], Span]:
    """Return `place(start, end)`: the span, in a file, of the code between two offsets of its text."""
    if code.pieces is None:
        return document.span
    notebook = Document(document.name, document.text, "json", code.pieces.notebook)
    _, pointers, starts = code.pieces

    @cache
    def in_piece(number: int) -> Callable[[int, int], Span]:
        from sm_lint.sources.string_places import locator

        return locator(notebook, pointers[number])

    def place(start: int, end: int) -> Span:
        first = max(bisect_right(starts, start) - 1, 0)
        last = max(bisect_right(starts, max(end - 1, start)) - 1, 0)
        until = in_piece(last)(max(start - starts[last], 0), end - starts[last])
        if first == last:
            return until
        return Span(in_piece(first)(start - starts[first], start - starts[first] + 1).start, until.end)

    return place
