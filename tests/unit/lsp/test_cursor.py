"""Cursors in hostile texts, and positions on long lines."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from sm_lint.lsp import text as texts
from sm_lint.lsp import tokens
from sm_lint.lsp.cursor import cursor_at
from sm_lint.sources import document
from sm_lint.sources.limits import MAX_DEPTH
from tests.support.work import calls

LONG: dict[str, tuple[str, Callable[[int], str]]] = {
    "blanks in a line": ("yaml", lambda n: "a" + " " * n + "b\n"),
    "tabs in a line": ("yaml", lambda n: "a" + "\t" * n + "b: c\n"),
    "blanks after a key": ("yaml", lambda n: "a:" + " \t" * n + "#\n"),
    "dashes": ("yaml", lambda n: "- " * n + "\n"),
    "dashes in lines": ("yaml", lambda n: "- - - -\n" * n),
    "anchors": ("yaml", lambda n: "a: " + "&b " * n + "\n"),
    "colons": ("yaml", lambda n: "a:b" * n + "\n"),
    "colons in brackets": ("yaml", lambda n: "a: [" + "a:b" * n + "\n"),
    "hashes": ("yaml", lambda n: "a #b" * n + "\n"),
    "quotes": ("yaml", lambda n: "'" * n + "\n"),
    "escaped quotes": ("yaml", lambda n: '"' + '\\"' * n + ": a\n"),
    "texts in quotes": ("yaml", lambda n: "['a' \"b\" " * n + "\n"),
    "brackets": ("yaml", lambda n: "a: " + "[" * n + "\n"),
    "lines in brackets": ("yaml", lambda n: "a: [\n" + "b,\n" * n),
    "brackets in lines": ("yaml", lambda n: "a: [b]\n" * n),
    "keys": ("yaml", lambda n: "".join(f"k{i}:\n" for i in range(n))),
    "deeper keys": ("yaml", lambda n: "".join(f"{' ' * (i % 50)}a:\n" for i in range(n))),
    "lines of a text": ("yaml", lambda n: "a: |\n" + "  b\n" * n),
    "comments": ("yaml", lambda n: "# a\n" * n),
    "empty lines": ("yaml", lambda n: "\r\n" * n),
    "items in JSON": ("json", lambda n: "[" + "1," * n),
    "objects in JSON": ("json", lambda n: '{"a":' * n),
    "members in JSON": ("json", lambda n: "{" + "".join(f'"k{i}":1,' for i in range(n))),
    "escaped quotes in JSON": ("json", lambda n: '{"a":"' + '\\"' * n + '",'),
    "quotes in JSON": ("json", lambda n: '"' * n),
    "a text in JSON": ("json", lambda n: '{"a":"' + "\u00e9" * n + '",'),
}
"""Unfinished texts of n of something."""


@pytest.mark.parametrize("name", LONG)
def test_the_work_grows_with_the_text_and_no_faster(name: str) -> None:
    syntax, made = LONG[name]

    def work(size: int, share: float) -> int:
        text = made(size)
        return calls(lambda: cursor_at(text, syntax, int(len(text) * share)))

    for share in (0, 0.5, 1):
        assert work(1200, share) < 4.4 * work(300, share) + 50


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_a_text_as_long_as_a_file_may_be_has_a_cursor_or_none(name: str) -> None:
    # A regular expression that takes quadratic time would be at this for hours.
    syntax, made = LONG[name]
    text = made(120_000)
    cursor = cursor_at(text, syntax, len(text))
    assert cursor is None or text[cursor.start : cursor.end] == cursor.text


@pytest.mark.parametrize(("syntax", "form"), [("json", "[{}]"), ("yaml", "a: [{}]"), ("json", '{{"a":{}}}')])
def test_a_cursor_is_as_deep_as_a_request_may_be(syntax: str, form: str) -> None:
    text = "|"
    for _ in range(MAX_DEPTH - 2):
        text = f"[{text}]"
    text = form.format(text)
    at = text.index("|")
    assert cursor_at(text, syntax, at)
    deeper = text.replace("|", "[[[|]]]")
    assert cursor_at(deeper, syntax, deeper.index("|")) is None


def test_there_is_no_cursor_behind_too_many_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MAX_TOKENS", 40)
    assert cursor_at("[" + "1," * 19, "json", 39)
    assert cursor_at("[" + "1," * 99, "json", 199) is None
    assert cursor_at("a: [" + "1," * 99, "yaml", 201) is None
    assert cursor_at("a: b", "yaml", 4)


def test_the_keys_after_the_cursor_are_siblings_too() -> None:
    for syntax, marked in {
        "json": '{"a": {"b": 1, |"c": [{"x": 1}], "d": {"y": 1}}, "e": 1}',
        "yaml": "a:\n  b: 1\n  |c: [{x: 1}]\n  d: {y: 1}\ne: 1\n",
    }.items():
        cursor = cursor_at(marked.replace("|", ""), syntax, marked.index("|"))
        assert cursor
        assert (cursor.pointer, cursor.siblings) == (("a",), {"b", "c", "d"})


class Spy(str):
    """A text that counts the characters that are copied from it."""

    copied = 0
    __slots__ = ()

    def __getitem__(self, key: Any) -> str:
        part = super().__getitem__(key)
        Spy.copied += len(part)
        return part


@pytest.mark.parametrize("encoding", list(types.PositionEncodingKind))
def test_the_positions_on_a_line_are_counted_in_one_pass(encoding: types.PositionEncodingKind) -> None:
    read = document.read("a.json", ("\u00e9\U0001f600" * 2000).encode())
    read.text = Spy(read.text)
    spans = [read.span(at, at + 2) for at in range(0, 3999, 3)]
    Spy.copied = 0
    found = texts.ranges(read, spans, encoding)
    assert Spy.copied <= len(read.text)
    assert len(found) == len(spans)
    Spy.copied = 0
    assert texts.offset(read, found[spans[-1]].end, encoding) == spans[-1].end.offset
    assert Spy.copied <= 2 * len(read.text)


@given(
    text=st.text(alphabet="a\u00e9\u20ac\U0001f600\u2028\n\r", max_size=30),
    pairs=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))),
)
@pytest.mark.parametrize("encoding", list(types.PositionEncodingKind))
def test_many_positions_are_those_of_one_each(
    encoding: types.PositionEncodingKind, text: str, pairs: list[tuple[int, int]]
) -> None:
    read = document.read("a.yaml", text.encode())
    spans = [read.span(*sorted(min(at, len(text)) for at in pair)) for pair in pairs]
    found = texts.ranges(read, spans, encoding)
    for span in spans:
        line = read.text[read.line_starts[span.end.line - 1] : span.end.offset]
        units = {"utf-8": len(line.encode()), "utf-16": len(line.encode("utf-16-le")) // 2, "utf-32": len(line)}
        assert found[span] == texts.range_of(read, span, encoding)
        assert found[span].end == types.Position(span.end.line - 1, units[encoding.value])
