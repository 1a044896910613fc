"""Documents inside other documents: the JSON in a string, or a part of a text that is a document of its own."""

from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.model.span import Span
from sm_lint.sources.document import Document, Outer
from sm_lint.sources.reading import Reading

_FILLED_IN = "${*}"
"""What stands in JSON in a string for a value that whoever keeps the string fills in."""


def in_string(document: Document, pointer: Pointer, text: str) -> Document:
    """Return the document whose JSON is the `text` of the string at a pointer. Its spans are those of the string."""

    @cache
    def place() -> Callable[[int, int], Span]:
        from sm_lint.sources.string_places import locator

        return locator(document, pointer, text)

    def span(start: int, end: int) -> Span:
        return place()(start, end)

    return _json(document, pointer, text, span)


def joined(document: Document, pointer: Pointer, parts: list[Any]) -> Document:
    """Return the document whose JSON is joined of the strings in the list at a pointer.

    A placeholder stands for a part that is no string. What reaches over several parts has the span from the first to
    the last of them.
    """
    texts = [part if isinstance(part, str) else "${}" for part in parts]
    starts = list(accumulate(map(len, texts[:-1]), initial=0))

    @cache
    def place(index: int) -> Callable[[int, int], Span]:
        from sm_lint.sources.string_places import locator

        at = (*pointer, index)
        return locator(document, at) if isinstance(parts[index], str) else lambda *_: document.locate(at)

    def span(start: int, end: int) -> Span:
        first = bisect_right(starts, start) - 1
        last = max(first, bisect_right(starts, max(start, end - 1)) - 1)
        beginning = place(first)(start - starts[first], min(end - starts[first], len(texts[first])))
        return Span(beginning.start, place(last)(max(start - starts[last], 0), end - starts[last]).end)

    return _json(document, pointer, "".join(texts), span)


def _json(document: Document, pointer: Pointer, text: str, span: Callable[[int, int], Span]) -> Document:
    """Return the document that is a JSON text at the pointer of another one, with its spans there."""
    from sm_lint.sources.json import reader as json

    placeholders = (*document.placeholders, _FILLED_IN)
    inner = Document(document.name, text, "json", json.read(text.encode(errors="replace"), text, placeholders))
    inner.outer = Outer(span, pointer, lambda: document.place(pointer, key=True).written)
    inner.placeholders = placeholders
    return inner


def part(document: Document, start: int, end: int, syntax: str, reading: Reading) -> Document:
    """Return the document that is the text between two offsets of another one, as it was read."""

    def span(first: int, last: int) -> Span:
        return document.span(start + first, start + last)

    inner = Document(document.name, document.text[start:end], syntax, reading)
    inner.outer = Outer(span)
    inner.placeholders = document.placeholders
    return inner
