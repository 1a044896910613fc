"""The lines of JSON Lines, each a document of its own. Of the file, one line and one part are held at a time."""

from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import NamedTuple

from sm_lint.model.span import Position, Span
from sm_lint.sources.document import Document, Outer, read
from sm_lint.sources.limits import BOM, MOST_BYTES
from sm_lint.sources.reading import UNREAD, Reading, too_long

AT_ONCE = 256 * 1024
"""The number of bytes that are read at a time."""
Parts = Callable[[int], bytes]
"""`part_of(size)` returns at most `size` of the next bytes of a file, and no bytes only at its end."""


class Line(NamedTuple):
    """A line of a file."""

    number: int
    """1-based."""
    start: int
    """The offset of its first character in the file, in code points, not counting a byte-order mark."""
    data: bytes
    """Its bytes without the line break; of a line with more than MOST_BYTES only the first ones, but more than that."""


def lines(part_of: Parts, is_wanted: Callable[[bytes], bool]) -> Iterator[Line]:
    r"""Yield the lines of a file that are not blank and `is_wanted`. Only `\n` and `\r\n` end a line.

    `is_wanted` is also asked of many lines at once, which are passed over together: it must be true of a text if it is
    of a line in it. A character that is not UTF-8 counts as those that stand for it in a decoded text.
    """
    number, start = 1, 0
    for data, length in _blocks(part_of):
        if number == 1 and data.startswith(BOM):
            start = -1
        if length is not None:
            if is_wanted(data):
                yield Line(number, max(start, 0), data)
            number, start = number + 1, start + length
        elif is_wanted(data):
            for line in BytesIO(data):
                content = line.removesuffix(b"\n").removesuffix(b"\r")
                if content.strip() and is_wanted(content):
                    yield Line(number, max(start, 0), content)
                number, start = number + 1, start + _length(line)
        else:
            number, start = number + data.count(b"\n"), start + _length(data)


def _blocks(part_of: Parts) -> Iterator[tuple[bytes, int | None]]:
    """Yield a file as blocks of whole lines, each with None.

    Of a line that is too long, yield the beginning, with the length of the line and its line break in code points.
    """
    begun = bytearray()
    part = part_of(AT_ONCE)
    while part:
        end = part.rfind(b"\n") + 1
        following = b""
        if end:
            yield bytes(begun + part[:end]), None
            begun = bytearray(part[end:])
        else:
            begun += part
        if len(begun) > MOST_BYTES + len(b"\r"):
            length, following = _rest(begun, part_of)
            yield bytes(begun), length
            begun = bytearray()
        part = following or part_of(AT_ONCE)
    if begun:
        yield bytes(begun), None


def _rest(begun: bytes | bytearray, part_of: Parts) -> tuple[int, bytes]:
    """Return the length in code points of a line that has begun, and the bytes after it that were read with its end."""
    decoder = getincrementaldecoder("utf-8")("replace")
    length = len(decoder.decode(begun))
    while part := part_of(AT_ONCE):
        rest, line_break, following = part.partition(b"\n")
        length += len(decoder.decode(rest + line_break))
        if line_break:
            return length, following
    return length + len(decoder.decode(b"", final=True)), b""


def _length(data: bytes) -> int:
    return len(data) if data.isascii() else len(data.decode(errors="replace"))


def document_of(line: Line, name: str, placeholders: tuple[str, ...] = ()) -> Document:
    """Return the document that a line of a file is; its spans are those of the file. Nothing is raised."""
    if len(line.data) > MOST_BYTES:
        text = line.data.removeprefix(BOM).decode(errors="replace")
        document = Document(name, text, "json", Reading(UNREAD, [too_long(MOST_BYTES)]))
    else:
        document = read(name, line.data, "json", placeholders)

    def span(start: int, end: int) -> Span:
        first, last = (Position(line.number, offset + 1, line.start + offset) for offset in (start, end))
        return Span(first, last)

    document.outer = Outer(span)
    return document
