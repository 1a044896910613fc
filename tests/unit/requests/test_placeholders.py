"""Placeholders: which strings contain one, found with work that grows with the string."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.config.load import parse
from sm_lint.model.settings import ConfigError
from sm_lint.requests.placeholders import has_placeholder
from tests.support.linting import SESSION
from tests.support.work import calls

FORMS = st.lists(st.text("ab*\n", min_size=1, max_size=6), min_size=1, max_size=3)


@given(FORMS, st.text("ab\n", max_size=12))
def test_a_placeholder_is_found_where_the_pattern_with_lazy_stars_matches(forms: list[str], text: str) -> None:
    patterns = (".*?".join(map(re.escape, form.split("*"))) for form in forms)
    matches = re.search("|".join(patterns), text, re.DOTALL) is not None
    assert has_placeholder(text, tuple(forms)) is matches


def test_the_work_does_not_grow_with_the_beginnings_of_placeholders() -> None:
    short, long = "${" * 100, "${" * 10_000
    forms = ("${*}", "a*b*c*d")
    assert calls(lambda: has_placeholder(long, forms)) == calls(lambda: has_placeholder(short, forms))


def test_a_list_of_placeholders_ends() -> None:
    with pytest.raises(ConfigError, match="config: placeholders: expected at most 100 entries, found 101"):
        parse({"placeholders": ["${*}"] * 101}, "config", "/", SESSION.linters.rule_set)
    with pytest.raises(ConfigError, match="config: exclude: expected at most 10,000 entries, found 10,001"):
        parse({"exclude": ["a"] * 10_001}, "config", "/", SESSION.linters.rule_set)
