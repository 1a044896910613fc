"""The positions of a string's characters in the text of its document: JSON, Python, YAML's styles, and words.

The source of a string is decoded run by run, so that each character of the value has a range in the source. The result
is compared with the value. If the two differ, no range is returned, because it might be wrong. Time and memory grow
with the number of runs: escapes, line breaks and, in some styles of YAML, words.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from json import loads
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer, value_at
from sm_lint.model.span import Span
from sm_lint.sources.document import Document
from sm_lint.sources.limits import PYTHON
from sm_lint.sources.ranges import Ranges

_WHITESPACE = " \t\n\r\x85\u2028\u2029"
_GAP = re.compile(f"[{_WHITESPACE}]*")
_BREAK = r"(?:\r\n|[\n\r\x85\u2028\u2029])"
_ALL = r"[\s\S]"
_ESCAPED = rf"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|\\u\w{{4}}|\\{_ALL}"
_JSON = re.compile(rf"[^\\]+|{_ESCAPED}")
_JSON_CHUNK = re.compile(rf"(?:[^\\]|{_ESCAPED}){{1,256}}")
_DOUBLE = re.compile(
    rf"\\x\w\w|\\u\w{{4}}|\\U\w{{8}}|\\{_BREAK}[ \t]*(?:{_BREAK}[ \t]*)*|\\{_ALL}"
    rf"|[ \t]*{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*|[ \t]+|[^\\{_WHITESPACE}]+|{_ALL}",
)
_SINGLE = re.compile(f"''|[{_WHITESPACE}]+|[^'{_WHITESPACE}]+|'")
_OTHER = re.compile(f"[{_WHITESPACE}]+|[^{_WHITESPACE}]+")
_BARE = re.compile(r"\\,|[^\\]+|\\")
_QUOTED = {quote: re.compile(rf"\\{quote}|\\\\(?!{quote})|[^\\]+|\\") for quote in "'\""}
_ESCAPES = dict(zip('0abt\tnvfre "/\\N_LP', '\0\a\b\t\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029', strict=True))


class _Piece(NamedTuple):
    """A range of the source and its decoded text: the same text, or what an escape or a folded line stands for."""

    text: str
    start: int
    end: int


class _RangesOfJson:
    """The source range of each character of a JSON string, kept chunk by chunk: few are asked for."""

    def __init__(self, source: str, value: str) -> None:
        """Initialize for a string with its quotes. Raises ValueError if it does not stand for `value`."""
        self._source = source
        self.length = 0
        self._first, self._start = array("L"), array("L")  # of each chunk: its first character, its place in the source
        for match in _JSON_CHUNK.finditer(source, 1, max(len(source) - 1, 1)):
            text = loads(f'"{match[0]}"', strict=False)
            if not value.startswith(text, self.length):
                raise ValueError
            self._first.append(self.length)
            self._start.append(match.start())
            self.length += len(text)
        if self.length != len(value):
            raise ValueError
        self._chunk = cache(self._ranges_of_chunk)

    def of(self, character: int) -> tuple[int, int]:
        """Return the source range of a character."""
        chunk = bisect_right(self._first, character) - 1
        return self._chunk(chunk).of(character - self._first[chunk])

    def _ranges_of_chunk(self, chunk: int) -> Ranges:
        ranges = Ranges()
        end = self._start[chunk + 1] if chunk + 1 < len(self._start) else len(self._source) - 1
        for match in _JSON.finditer(self._source, self._start[chunk], end):
            is_escape = match[0][0] == "\\"
            ranges.add(1 if is_escape else len(match[0]), *match.span())
        return ranges


def locator(document: Document, pointer: Pointer) -> Callable[[int, int], Span]:
    """Return `locate(start, end)`: the span of these characters (end exclusive) of the string at `pointer`.

    If they cannot be located with certainty, for example because the string is reached through an alias, or because the
    value there only stands for one, that is the span of the whole value.
    """
    whole = document.locate(pointer)
    offset, end = document.extent(pointer) or (0, 0)
    source = document.text[offset:end]
    value = value_at(document.value, pointer)
    ranges = _ranges(source, value, document.syntax) if isinstance(value, str) else None

    def locate(start: int, end: int) -> Span:
        if ranges is None or not ranges.length:
            return whole
        if start < end:
            first, last = ranges.of(start)[0], ranges.of(end - 1)[1]
        else:  # an empty range, for example at a missing bracket
            first = last = ranges.of(start - 1)[1] if start else ranges.of(0)[0]
        return document.span(offset + first, offset + last)

    return locate


def ranges_in_yaml(source: str, value: str) -> Ranges | None:
    """Return the range in `source`, a YAML scalar, of each character of its value; None if that is not certain."""
    ranges = _ranges(source, value, "yaml")
    return ranges if isinstance(ranges, Ranges) else None


def _ranges(source: str, value: str, syntax: str) -> Ranges | _RangesOfJson | None:
    """Return the source range of each character of the value; None if that is not certain."""
    if syntax == "json":
        try:
            return _RangesOfJson(source, value)
        except ValueError:
            return None
    if syntax == PYTHON:
        from sm_lint.sources.python.strings import pieces

        return _exact((_Piece(*piece) for piece in pieces(source)), value)
    if syntax == "words":
        return _ranges_in_words(source, value)
    if source[:1] == '"':
        return _exact(_double_quoted_pieces(source), value)
    if source[:1] == "'":
        tokens = _SINGLE.finditer(source, 1, len(source) - 1)
        return _aligned((_Piece("'" if m[0] == "''" else m[0], *m.span()) for m in tokens), value, 1)
    header = re.match(rf"[|>].*?{_BREAK}", source)
    first = header.end() if header else 0
    return _aligned((_Piece(m[0], *m.span()) for m in _OTHER.finditer(source, first)), value, first)


def _ranges_in_words(source: str, value: str) -> Ranges | _RangesOfJson | None:
    """Return the same for a string in the words of a command: a word as it is, in JSON, or in shorthand."""
    if source == value:
        return _exact(iter([_Piece(value, 0, len(source))]), value)
    if source[:1] == '"':
        try:
            return _RangesOfJson(source, value)
        except ValueError:
            pass  # in shorthand, quotes escape less
    return _exact(_shorthand_pieces(source), value)


def _shorthand_pieces(source: str) -> Iterator[_Piece]:
    quoted = _QUOTED.get(source[:1])
    matches = quoted.finditer(source, 1, len(source) - 1) if quoted else _BARE.finditer(source)
    for match in matches:
        is_escape = match[0][0] == "\\" and len(match[0]) > 1
        yield _Piece(match[0][1:] if is_escape else match[0], *match.span())


def _exact(pieces: Iterator[_Piece], value: str) -> Ranges | None:
    ranges = Ranges()
    for text, start, end in pieces:
        if not value.startswith(text, ranges.length):
            return None
        ranges.add(len(text), start, end)
    return ranges if ranges.length == len(value) else None


def _double_quoted_pieces(source: str) -> Iterator[_Piece]:
    for match in _DOUBLE.finditer(source, 1, len(source) - 1):
        text = match[0]
        breaks = len(re.findall(_BREAK, text))
        if text[0] != "\\" and not breaks:
            yield _Piece(text, *match.span())
        elif text[0] != "\\":
            yield _Piece("\n" * (breaks - 1) or " ", *match.span())
        elif breaks:
            yield _Piece("\n" * (breaks - 1), *match.span())
        elif text[1] in "xuU":
            yield _Piece(chr(int(f"0x{text[2:]}", base=0)), *match.span())
        else:
            yield _Piece(_ESCAPES.get(text[1], text[1]), *match.span())


def _aligned(pieces: Iterator[_Piece], value: str, first: int) -> Ranges | None:
    """Return the ranges in styles that change whitespace only, by folding, indenting, clipping.

    The pieces are words and the gaps between them, from the offset `first` of the source on. Return None if value and
    source differ in anything but gaps.
    """
    ranges = Ranges()
    gap = _Piece("", first, first)
    for piece in pieces:
        if piece.text[0] in _WHITESPACE:
            gap = piece
            continue
        _add_gap(ranges, value, gap)
        if not value.startswith(piece.text, ranges.length):
            return None
        ranges.add(len(piece.text), piece.start, piece.end)
        gap = _Piece("", piece.end, piece.end)
    _add_gap(ranges, value, gap)
    return ranges if ranges.length == len(value) else None


def _add_gap(ranges: Ranges, value: str, gap: _Piece) -> None:
    """Add the whitespace of the value at its next character, which stands for a gap of the source.

    Characters that agree with the source at either end have a range of their own. The others share the rest.
    """
    match: Any = _GAP.match(value, ranges.length)
    text, source = match[0], gap.text
    shorter = min(len(text), len(source))
    tail = next((n for n in range(shorter) if text[-1 - n] != source[-1 - n]), shorter)
    head = next((n for n in range(shorter - tail) if text[n] != source[n]), shorter - tail)
    start, end = gap.start + head, gap.end - tail
    ranges.add(head, gap.start, start)
    ranges.add(len(text) - head - tail, start, end)
    ranges.add(tail, end, gap.end)
