"""The messages of a client, read with bounded memory, whatever their headers claim and however long they are."""

import json
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

from sm_lint.sources.limits import MAX_BYTES

MAX_BESIDE_TEXTS = 2 * 1024 * 1024
"""The maximum size of a message in bytes, without the texts of files. Python makes up to 100 bytes of memory of one."""
MAX_TEXT = 3 * MAX_BYTES["json"]
"""The maximum size of a string in bytes. JSON may write two bytes of UTF-8 as six, so this is too large for a file."""
MAX_MESSAGE = MAX_TEXT + MAX_BESIDE_TEXTS
"""The maximum size of a message in bytes, after its strings were shortened."""

_AT_ONCE = 64 * 1024
_LINE = 64 * 1024
"""The size in bytes of a header and of what is read too much after a wrong length."""
_TEXT = 64 * 1024
"""The size in bytes from which on a string is taken for the text of a file."""
_HEAD = 2 * _AT_ONCE
"""The size in bytes of what at most is left of a string that is too large."""
_LENGTH = re.compile(rb"content-length:[ \t]*(\d{1,18})[ \t]*\r?\n", re.IGNORECASE)
_HEADER = "content-length:"
_BLANK = re.compile(r"[ \t\r\n]*")
_OUTSIDE = re.compile(rb'[^"]+')
_INSIDE = re.compile(rb'[^"\\]*(?:\\.[^"\\]*){0,1000}', re.DOTALL)
_ID = re.compile(
    r'\s*\{(?:\s*"(?:jsonrpc|method)"\s*:\s*"[^"\\]*"\s*,)*\s*"id"\s*:\s*(-?\d{1,18}|"[^"\\\x00-\x1f]{0,256}")\s*[,}]'
)


class Malformed(NamedTuple):
    """A message that is not JSON, or that is too large."""

    reason: str
    id: int | str | None
    """The id of the request, if it can be told from the beginning of the message."""


class Reader:
    """The reader of a stream of messages."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._unread = BytesIO()
        """What was read with a message but belongs to the next one."""

    def messages(self) -> Iterator[Any]:
        """Yield each message as a value, or Malformed, until the end of the stream. Raises OSError or ValueError.

        Of a string longer than MAX_TEXT, the rest is replaced by blanks that are too long for a file, too. What is
        between two messages is skipped, to find the next one after a wrong length.
        """
        length: int | None = None
        while line := self._line():
            found = _LENGTH.search(line)
            if found:
                length = int(found[1])
            elif length is not None and not line.strip():
                yield self._message(length)
                length = None

    def _line(self) -> bytes:
        line = self._unread.readline()
        return line if line.endswith(b"\n") else line + self._stream.readline(_LINE)

    def _read(self, size: int) -> bytes:
        unread = self._unread.read(size)
        return unread + self._stream.read(size - len(unread)) if len(unread) < size else unread

    def _parts(self, size: int) -> Iterator[bytes]:
        while size > 0 and (part := self._read(min(_AT_ONCE, size))):
            size -= len(part)
            yield part

    def _message(self, length: int) -> Any:
        body = self._read(length) if length <= MAX_BESIDE_TEXTS else _shortened(self._parts(length))
        text = body.decode(errors="replace")
        del body  # the text may take four times as much memory
        try:
            start = _BLANK.match(text)
            value, end = json.JSONDecoder().raw_decode(text, start.end() if start else 0)
        except (ValueError, RecursionError, MemoryError) as error:
            return _malformed(text, str(error))
        rest = text[end : end + _LINE + 1].lstrip(" \t\r\n")
        if not rest:
            return value
        if len(rest) > _LINE or not _HEADER.startswith(rest[: len(_HEADER)].lower()):
            return _malformed(text, "there is something after its value")
        self._unread = BytesIO(rest.encode() + self._unread.read())  # the length was that of more than this message
        return value


def _malformed(text: str, reason: str) -> Malformed:
    found = _ID.match(text)
    return Malformed(
        f"the message is not JSON, too large or too deep: {reason}", json.loads(found[1]) if found else None
    )


def _shortened(parts: Iterator[bytes]) -> bytes:
    """Return a message that may be too large. If it is so without texts, it is cut off, and is not JSON any more."""
    kept, string = bytearray(), bytearray()
    beside = safe = 0
    is_cut = False
    for piece, is_inside in _pieces(parts):
        if is_inside:
            string += b"" if is_cut else piece
            if len(string) <= _HEAD:
                safe = len(string)  # no escape is cut in two here
            elif len(string) > MAX_TEXT:
                is_cut = True
                del string[safe:]
            continue
        string += b" " * (MAX_BYTES["json"] + 1) if is_cut else b""
        beside += len(piece) + (len(string) if len(string) < _TEXT else 0)
        kept += string + piece
        string, is_cut = bytearray(), False
        if beside > MAX_BESIDE_TEXTS or len(kept) > MAX_MESSAGE:
            for _ in parts:
                pass
            return bytes(kept[:MAX_BESIDE_TEXTS])
    return bytes(kept)


def _pieces(parts: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield JSON in pieces, and with each whether it is inside a string. Quotes are outside."""
    is_inside, rest = False, b""
    for part in parts:
        joined, at = rest + part, 0
        while at < len(joined):
            found = (_INSIDE if is_inside else _OUTSIDE).match(joined, at)
            if found and found.end() > at:
                yield found[0], is_inside
                at = found.end()
            elif joined.startswith(b'"', at):
                yield b'"', False
                is_inside = not is_inside
                at += 1
            else:  # a backslash, whose character is in the next part
                break
        rest = joined[at:]
