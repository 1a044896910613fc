"""The characters of string literals, found where they are written."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.sources.python.strings import pieces

QUOTES = ('"', "'", '"""', "'''")
PREFIXES = ("", "r", "R", "u", "f", "b")
PARTS = (
    "a", "é", "😀", " ", "\\n", "\\\\", "\\'", '\\"', "\\x41", "\\u00e9", "\\U0001F600", "\\101", "\\d", "\\N{BULLET}",
    "\n", "\r\n", "\\\n", "'", '"', "{", "#",
)  # fmt: skip


def literals() -> st.SearchStrategy[str]:
    parts = st.lists(st.sampled_from(PARTS), max_size=8).map("".join)
    return st.builds(
        lambda prefix, quote, text: f"{prefix}{quote}{text}{quote}",
        st.sampled_from(PREFIXES[:4]),
        st.sampled_from(QUOTES),
        parts,
    )


def value_of(source: str) -> object:
    """Return the value of literals; None if they are none."""
    try:
        return ast.literal_eval(f"(\n{source}\n)")
    except (SyntaxError, ValueError):
        return None


@pytest.mark.filterwarnings("ignore")
@given(st.lists(literals(), min_size=1, max_size=3), st.sampled_from((" ", "\n", "  # why 'not'\n", "")))
def test_the_pieces_are_the_value(parts: list[str], between: str) -> None:
    source = between.join(parts)
    value = value_of(source)
    if not isinstance(value, str):
        return
    found = list(pieces(source))
    assert "".join(text for text, _, _ in found) == value
    ends = [0, *(end for _, _, end in found)]
    for (text, start, end), before in zip(found, ends, strict=False):
        assert before <= start < end <= len(source)
        assert len(text) <= end - start
        if len(text) == end - start and "\r" not in source:
            assert source[start:end] == text


@pytest.mark.parametrize("source", ["x", "f'{a}'", "b'a'", "('a')", "'a' + 'b'", "'a", "", "'a' x"])
def test_what_is_written_in_another_way_has_no_whole_value(source: str) -> None:
    assert "".join(text for text, _, _ in pieces(source)) != "ab"
