"""The tokens of JSON texts, valid or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.sources.json.tokens import tokens, value_after


def values(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    while span := value_after(text, at):
        found.append(span)
        at = span[1]
    return found


LONG = '"' + r"\"" * 5000


@given(st.text(alphabet='{}[],:"\\a \n', max_size=40))
def test_the_values_are_the_tokens_between_the_separators(text: str) -> None:
    assert values(text) == [(token.start, token.end) for token in tokens(text) if token.text not in (",", ":")]


@pytest.mark.parametrize("text", [f'{{"a": {LONG}", "b": 1}}', f"[{LONG}, 1]", f"{LONG}\\"])
def test_a_string_of_many_escapes_is_one_token(text: str) -> None:
    found = [(token.start, token.end) for token in tokens(text) if token.text not in (",", ":")]
    assert values(text) == found
    assert len(found) < 8
