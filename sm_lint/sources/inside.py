"""Documents inside other documents: the JSON in a string, or a part of a text that is a document of its own."""

from collections.abc import Callable
from functools import cache

from sm_lint.model.pointer import Pointer
from sm_lint.model.span import Span
from sm_lint.sources.document import Document, Outer
from sm_lint.sources.reading import Reading


def in_string(document: Document, pointer: Pointer, text: str, placeholders: tuple[str, ...] = ()) -> Document:
    """Return the document whose JSON is the `text` of the string at a pointer. Its spans are those of the string.

    It is read with the placeholders of the outer document and the `placeholders` given.
    """
    from sm_lint.sources.json import reader as json

    @cache
    def place() -> Callable[[int, int], Span]:
        from sm_lint.sources.string_places import locator

        return locator(document, pointer)

    def span(start: int, end: int) -> Span:
        return place()(start, end)

    both = document.placeholders + placeholders
    reading = json.read(text.encode(errors="replace"), text, both)
    inner = Document(document.name, text, "json", reading)
    inner.outer = Outer(span, pointer)
    inner.placeholders = both
    return inner


def part(document: Document, start: int, end: int, syntax: str, reading: Reading) -> Document:
    """Return the document that is the text between two offsets of another one, as it was read."""

    def span(first: int, last: int) -> Span:
        return document.span(start + first, start + last)

    inner = Document(document.name, document.text[start:end], syntax, reading)
    inner.outer = Outer(span)
    inner.placeholders = document.placeholders
    return inner
