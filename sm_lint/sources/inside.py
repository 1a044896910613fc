"""Documents inside other documents: the JSON in a string, or a part of a text that is a document of its own."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.model.span import Span
from sm_lint.sources.document import Document, Outer
from sm_lint.sources.reading import Reading


class Piece(NamedTuple):
    """A part of a text that is put together."""

    at: Pointer
    """The pointer of the value that it comes from."""
    text: str
    is_written: bool = True
    """Whether the value is a string with this text; else the text only stands for it."""


def in_pieces(
    document: Document, pointer: Pointer, pieces: Sequence[Piece], placeholders: tuple[str, ...] = ()
) -> Document:
    """Return the document whose JSON is the text of the value at a pointer, which is put together from `pieces`.

    Its spans are those of the pieces. `placeholders` are further forms that may stand in place of a value.
    """
    from sm_lint.sources.json import reader as json

    text, forms = "".join(piece.text for piece in pieces), (*document.placeholders, *placeholders)
    reading = json.read(text.encode(errors="replace"), text, forms)
    inner = Document(document.name, text, "json", reading)
    at, within = document.of_file(pointer)
    inner.outer = Outer(_spans(document, pieces), at, lambda: document.place(pointer, key=True).written, inner=within)
    inner.placeholders = forms
    return inner


def _spans(document: Document, pieces: Sequence[Piece]) -> Callable[[int, int], Span]:
    """Return `span(start, end)`: where the characters between two offsets of the joined text are written."""
    starts = list(accumulate((len(piece.text) for piece in pieces), initial=0))

    @cache
    def place(index: int) -> Callable[[int, int], Span]:
        from sm_lint.sources.string_places import locator

        return locator(document, pieces[index].at)

    def of_piece(index: int, start: int, end: int) -> Span:
        if not pieces[index].is_written:
            return document.locate(pieces[index].at)
        return place(index)(start - starts[index], min(end, starts[index + 1]) - starts[index])

    def span(start: int, end: int) -> Span:
        last = len(pieces) - 1
        first, final = (min(bisect_right(starts, offset) - 1, last) for offset in (start, max(start, end - 1)))
        if first == final:
            return of_piece(first, start, end)
        return Span(of_piece(first, start, end).start, of_piece(final, starts[final], end).end)

    return span


def part(document: Document, start: int, end: int, reading: Reading, number: int) -> Document:
    """Return the document that is the text between two offsets of another one, as it was read; `number` is from 0."""

    def span(first: int, last: int) -> Span:
        return document.span(start + first, start + last)

    inner = Document(document.name, document.text[start:end], document.syntax, reading)
    inner.outer = Outer(span, number=number)
    inner.placeholders = document.placeholders
    return inner
