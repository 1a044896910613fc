"""The positions of a string's characters in the text of its document, for JSON and the five scalar styles of YAML.

The source of a string is decoded piece by piece, so that each character of the value has a range in the source. The
result is compared with the value. If the two differ, no range is returned, because it might be wrong.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from json import loads
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.model.span import Span
from sm_lint.sources.document import Document

_BREAK = r"(?:\r\n|[\n\r\x85\u2028\u2029])"
_JSON = re.compile(r"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|\\u\w{4}|\\.|.", re.DOTALL)
_DOUBLE = re.compile(
    rf"\\x\w\w|\\u\w{{4}}|\\U\w{{8}}|\\{_BREAK}[ \t]*(?:{_BREAK}[ \t]*)*|\\."
    rf"|[ \t]*{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*|[ \t]+|.",
    re.DOTALL,
)
_SINGLE = re.compile("''|.", re.DOTALL)
_ESCAPES = dict(zip('0abt\tnvfre "/\\N_LP', '\0\a\b\t\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029', strict=True))
_WHITESPACE = " \t\n\r\x85\u2028\u2029"


class _Piece(NamedTuple):
    """A range of the source and its decoded text: one character, except that line folding may yield more or none."""

    text: str
    start: int
    end: int


def locate(document: Document, pointer: Pointer, start: int, end: int) -> Span:
    """Return the span of the characters from `start` to `end` (exclusive) of the string at `pointer`.

    If they cannot be located with certainty, for example because the string is reached through an alias, return the
    span of the whole string.
    """
    whole = document.locate(pointer)
    source = document.text[whole.start.offset : whole.end.offset]
    ranges = _ranges(source, _at(document.value, pointer), document.syntax)
    if not ranges:
        return whole
    if start < end:
        first, last = ranges[start][0], ranges[end - 1][1]
    else:  # an empty range, for example at a missing bracket
        first = last = ranges[start - 1][1] if start else ranges[0][0]
    return document.span(whole.start.offset + first, whole.start.offset + last)


def _at(value: Any, pointer: Pointer) -> Any:
    for step in pointer:
        value = value[step]
    return value


@lru_cache(maxsize=4)  # a model card with many findings needs it for each of them
def _ranges(source: str, value: str, syntax: str) -> list[tuple[int, int]] | None:
    """Return the range in the source of each character of the value; None if that is not certain."""
    if syntax == "json":
        return _exact(_json_pieces(source), value)
    if source[:1] == '"':
        return _exact(_double_quoted_pieces(source), value)
    if source[:1] == "'":
        pieces = [_Piece(m[0][0], m.start(), m.end()) for m in _SINGLE.finditer(source, 1, len(source) - 1)]
    else:
        header = re.match(rf"[|>].*?{_BREAK}", source)
        first = header.end() if header else 0
        pieces = [_Piece(source[at], at, at + 1) for at in range(first, len(source))]
    return _aligned(pieces, value)


def _exact(pieces: Iterator[_Piece], value: str) -> list[tuple[int, int]] | None:
    found = list(pieces)
    if "".join(piece.text for piece in found) != value:
        return None
    return [(piece.start, piece.end) for piece in found for _ in piece.text]


def _json_pieces(source: str) -> Iterator[_Piece]:
    for match in _JSON.finditer(source, 1, max(len(source) - 1, 1)):
        text = match[0]
        yield _Piece(loads(f'"{text}"') if text[0] == "\\" else text, *match.span())


def _double_quoted_pieces(source: str) -> Iterator[_Piece]:
    for match in _DOUBLE.finditer(source, 1, len(source) - 1):
        text = match[0]
        breaks = len(re.findall(_BREAK, text))
        if text[0] != "\\" and not breaks:
            yield from (
                _Piece(character, match.start() + at, match.start() + at + 1) for at, character in enumerate(text)
            )
        elif text[0] != "\\":
            yield _Piece("\n" * (breaks - 1) or " ", *match.span())
        elif breaks:
            yield _Piece("\n" * (breaks - 1), *match.span())
        elif text[1] in "xuU":
            yield _Piece(chr(int(f"0x{text[2:]}", base=0)), *match.span())
        else:
            yield _Piece(_ESCAPES.get(text[1], text[1]), *match.span())


def _aligned(pieces: list[_Piece], value: str) -> list[tuple[int, int]] | None:
    """Return the source range of each character in styles that change whitespace only, by folding, indenting, clipping.

    Return None if value and source differ in anything else.
    """
    ranges: list[tuple[int, int]] = []
    at = index = 0
    while True:
        text_end = _skip_whitespace(value, at)
        gap_end = index
        while gap_end < len(pieces) and pieces[gap_end].text in _WHITESPACE:
            gap_end += 1
        ranges += _of_gap(value[at:text_end], pieces[index:gap_end], pieces[index - 1].end if index else 0)
        at, index = text_end, gap_end
        if at == len(value):
            return ranges
        if index == len(pieces) or pieces[index].text != value[at]:
            return None
        ranges.append((pieces[index].start, pieces[index].end))
        at, index = at + 1, index + 1


def _skip_whitespace(text: str, at: int) -> int:
    while at < len(text) and text[at] in _WHITESPACE:
        at += 1
    return at


def _of_gap(text: str, pieces: list[_Piece], after: int) -> list[tuple[int, int]]:
    """Return the source range of each whitespace character between two words of the value.

    Characters that agree with the source at either end have a range of their own. The others share the rest.
    """
    source = "".join(piece.text for piece in pieces)
    shorter = min(len(text), len(source))
    tail = next((n for n in range(shorter) if text[-1 - n] != source[-1 - n]), shorter)
    head = next((n for n in range(shorter - tail) if text[n] != source[n]), shorter - tail)
    middle = pieces[head : len(pieces) - tail]
    start = pieces[head - 1].end if head else pieces[0].start if pieces else after
    whole = (start, middle[-1].end if middle else start)
    alone = [(piece.start, piece.end) for piece in pieces]
    return alone[:head] + [whole] * (len(text) - head - tail) + alone[len(alone) - tail :]
