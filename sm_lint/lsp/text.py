"""Conversion between offsets and LSP positions: 0-based lines and characters, in units of the position encoding."""

from collections.abc import Iterable

from lsprotocol import types

from sm_lint.model.span import Span
from sm_lint.sources.document import Document

Encoding = types.PositionEncodingKind | str | None


def _units(text: str, encoding: Encoding) -> int:
    if text.isascii() or encoding == types.PositionEncodingKind.Utf32:
        return len(text)
    if encoding == types.PositionEncodingKind.Utf8:
        return len(text.encode(errors="surrogatepass"))
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def positions(document: Document, offsets: Iterable[int], encoding: Encoding) -> dict[int, types.Position]:
    """Return the LSP position of each offset in code points. However many there are, a line is read once."""
    found: dict[int, types.Position] = {}
    line = at = units = 0
    for offset in sorted(set(offsets)):
        number = document.position(offset).line
        if number != line:
            line, at, units = number, document.line_starts[number - 1], 0
        units += _units(document.text[at:offset], encoding)
        at = offset
        found[offset] = types.Position(line - 1, units)
    return found


def ranges(document: Document, spans: Iterable[Span], encoding: Encoding) -> dict[Span, types.Range]:
    """Return the LSP range of each span. However many there are, a line is read once."""
    distinct = set(spans)
    found = positions(document, (place.offset for span in distinct for place in span), encoding)
    return {span: types.Range(found[span.start.offset], found[span.end.offset]) for span in distinct}


def position(document: Document, offset: int, encoding: Encoding) -> types.Position:
    """Return the LSP position of an offset in code points."""
    return positions(document, [offset], encoding)[offset]


def range_of(document: Document, span: Span, encoding: Encoding) -> types.Range:
    """Return the LSP range of a span."""
    start, end = (position(document, place.offset, encoding) for place in span)
    return types.Range(start, end)


def offset(document: Document, place: types.Position, encoding: Encoding) -> int:
    """Return the offset in code points of an LSP position, limited to the end of its line and of the text.

    A position inside a character stands for its end.
    """
    text, starts = document.text, document.line_starts
    if place.line >= len(starts):
        return len(text)
    first = starts[place.line]
    last = starts[place.line + 1] if place.line + 1 < len(starts) else len(text)
    while last > first and text[last - 1] in "\r\n":
        last -= 1
    last = min(last, first + place.character)  # a character has at least one unit
    left = place.character
    while first < last:  # halve what is left of the line
        middle = (first + last) // 2
        units = _units(text[first:middle], encoding)
        if units >= left:
            last = middle
        else:
            left -= units + _units(text[middle], encoding)
            first = middle + 1
    return first
