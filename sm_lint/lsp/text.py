"""Conversion between offsets and LSP positions: 0-based lines and characters, in units of the position encoding."""

from lsprotocol import types

from sm_lint.model.span import Span
from sm_lint.sources.document import Document

Encoding = types.PositionEncodingKind | str | None


def _units(text: str, encoding: Encoding) -> int:
    if encoding == types.PositionEncodingKind.Utf8:
        return len(text.encode(errors="surrogatepass"))
    if encoding == types.PositionEncodingKind.Utf32:
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def position(document: Document, offset: int, encoding: Encoding) -> types.Position:
    """Return the LSP position of an offset in code points."""
    line = document.position(offset).line
    start = document.line_starts[line - 1]
    return types.Position(line - 1, _units(document.text[start:offset], encoding))


def range_of(document: Document, span: Span, encoding: Encoding) -> types.Range:
    """Return the LSP range of a span."""
    start, end = (position(document, place.offset, encoding) for place in span)
    return types.Range(start, end)


def offset(document: Document, place: types.Position, encoding: Encoding) -> int:
    """Return the offset in code points of an LSP position, limited to the end of its line and of the text."""
    if place.line >= len(document.line_starts):
        return len(document.text)
    start = document.line_starts[place.line]
    line = document.line(place.line + 1)
    left = place.character
    for index, character in enumerate(line):
        if left <= 0:
            return start + index
        left -= _units(character, encoding)
    return start + len(line)
