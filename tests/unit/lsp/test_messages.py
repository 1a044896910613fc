"""The reader of messages, on streams that lie."""

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.lsp import messages
from sm_lint.lsp.messages import Malformed, Reader
from tests.support.work import calls


def read(stream: bytes) -> list[Any]:
    return list(Reader(BytesIO(stream)).messages())


def framed(body: bytes, length: int | None = None) -> bytes:
    return b"Content-Length: %d\r\n\r\n%s" % (len(body) if length is None else length, body)


ONE, TWO = b'{"id": 1}', b'{"id": 2}'
NEXT = framed(TWO)
STREAMS: dict[str, tuple[bytes, list[Any]]] = {
    "two messages": (framed(ONE) + NEXT, [{"id": 1}, {"id": 2}]),
    "nothing": (b"", []),
    "more headers": (b"A: b\r\nContent-Length: 9\r\nContent-Type: c\r\n\r\n" + ONE + NEXT, [{"id": 1}, {"id": 2}]),
    "another spelling": (b"content-length:9\n\n" + ONE + NEXT, [{"id": 1}, {"id": 2}]),
    "two lengths": (b"Content-Length: 2\r\nContent-Length: 9\r\n\r\n" + ONE + NEXT, [{"id": 1}, {"id": 2}]),
    "a length too short": (framed(ONE, 3) + NEXT, [None, {"id": 2}]),
    "a length too long by a part of the next header": (framed(ONE, 14) + NEXT, [{"id": 1}, {"id": 2}]),
    "a length too long by a part of the next message": (framed(ONE, 35) + NEXT, [{"id": 1}, {"id": 2}]),
    "a length too long by the next message": (
        framed(ONE, len(ONE + NEXT)) + NEXT + NEXT,
        [{"id": 1}] + 2 * [{"id": 2}],
    ),
    "a length without end": (framed(ONE, 10**17), [{"id": 1}]),
    "no length": (b"Content-Type: a\r\n\r\n" + ONE + NEXT, [{"id": 2}]),
    "a length of zero": (framed(b"") + NEXT, [None, {"id": 2}]),
    "a negative length": (framed(ONE, -9) + NEXT, [{"id": 2}]),
    "a length in words": (b"Content-Length: nine\r\n\r\n" + ONE + NEXT, [{"id": 2}]),
    "a length of many digits": (b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n" + NEXT, [{"id": 2}]),
    "garbage": (b"\0\xff" * 99 + b"\r\n" + NEXT, [{"id": 2}]),
    "blank lines": (b"\r\n" * 99 + NEXT, [{"id": 2}]),
    "no JSON": (framed(b"garbage") + NEXT, [None, {"id": 2}]),
    "two values": (framed(ONE + ONE) + NEXT, [1, {"id": 2}]),
    "an id before what is no JSON": (framed(b'{"jsonrpc":"2.0", "id": "a", "method": x}') + NEXT, ["a", {"id": 2}]),
    "too deep": (framed(b'{"id":7,"x":' + b"[" * 99_999) + NEXT, [7, {"id": 2}]),
    "too many digits": (framed(b'{"id":' + b"7" * 9999 + b"}") + NEXT, [None, {"id": 2}]),
    "no UTF-8": (framed(b'{"id": 1, "x": "\xff\xed\xa0\x80"}') + NEXT, [{"id": 1, "x": 4 * "\ufffd"}, {"id": 2}]),
    "another encoding": (framed('{"id": 1}'.encode("utf-16")) + NEXT, [None, {"id": 2}]),
    "the end in a header": (framed(ONE) + b"Content-Len", [{"id": 1}]),
    "the end in a message": (framed(b'{"id": 3, "x": [', 99), [3]),
}
"""Streams, and the messages in them. Of a malformed one, only its id is given."""


@pytest.mark.parametrize("name", STREAMS)
def test_a_message_is_found_whatever_was_wrong_with_the_one_before(name: str) -> None:
    stream, expected = STREAMS[name]
    assert [found.id if isinstance(found, Malformed) else found for found in read(stream)] == expected


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the limits be small."""
    for name, size in (("_AT_ONCE", 7), ("_HEAD", 14), ("_TEXT", 10), ("MAX_BESIDE_TEXTS", 60), ("MAX_TEXT", 90)):
        monkeypatch.setattr(messages, name, size)
    monkeypatch.setattr(messages, "MAX_MESSAGE", 150)
    monkeypatch.setattr(messages, "MAX_BYTES", {"json": 30})


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("filler", ["x", "\n", "\\", '"', "\u00e9", "\U0001f600"])
@pytest.mark.parametrize("escaped", [True, False])
def test_of_a_text_that_is_too_large_only_that_is_kept(filler: str, escaped: bool) -> None:
    text = "ab" + filler * 1000
    (found,) = read(framed(json.dumps({"a": text, "id": 1}, ensure_ascii=escaped).encode()))
    assert found["id"] == 1
    assert len(found["a"]) < 60
    assert len(found["a"].encode()) > 30
    kept = found["a"].rstrip(" ").rstrip("\ufffd").rstrip("\ud83d")  # half a character
    assert kept.startswith("ab")
    assert text.startswith(kept)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "message",
    [{"id": 1, "a": [0] * 1000}, {"id": 1, **{f"k{i}": "x" for i in range(99)}}, {"id": 1, "a": ["x" * 40] * 9}],
)
def test_what_is_too_large_without_a_text_is_not_read(message: Any) -> None:
    stream = BytesIO(framed(json.dumps(message).encode()) + NEXT)
    found = list(Reader(stream).messages())
    assert isinstance(found[0], Malformed)
    assert found == [Malformed(found[0].reason, 1), {"id": 2}]


@pytest.mark.usefixtures("small")
@given(message=st.recursive(st.none() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_what_is_not_too_large_is_read_as_it_is(message: Any) -> None:
    body = json.dumps(message).encode()
    parts = [body[at : at + 7] for at in range(0, len(body), 7)]
    pieces = list(messages._pieces(parts))
    assert b"".join(piece for piece, _ in pieces) == body
    assert not any(b'"' in piece.replace(b"\\\\", b"").replace(b'\\"', b"") for piece, is_inside in pieces if is_inside)


@pytest.mark.parametrize("body", ['"{}"', "[{}]", "{}", "\\{}"])
@pytest.mark.parametrize("filler", ["x", '\\"', "\n", "[", '""', "\u00e9"])
def test_reading_is_linear(body: str, filler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "_AT_ONCE", 64)
    monkeypatch.setattr(messages, "MAX_BESIDE_TEXTS", 0)
    small, large = (framed(body.replace("{}", filler * n).encode()) for n in (2_000, 8_000))
    assert calls(lambda: read(large)) < 4.4 * calls(lambda: read(small))
