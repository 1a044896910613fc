"""Why a text does not match a pattern."""

import re

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from sm_lint.model.escape import visible
from sm_lint.model.validator import compiled
from sm_lint.rules.pattern import mismatch
from tests.support.work import calls

NAME = "^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$"
ARN = "^(arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:[a-z-]*/)?[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$"

DOT = r"^[^\n\r\u0085\u2028\u2029]"

PHRASES = [
    (NAME, "churn", None),
    (NAME, "c" * 63, None),
    (NAME, "churn_model", 'expected a-z, A-Z, 0-9 or "-", found "_" at character 6'),
    (NAME, "-churn", 'expected a-z, A-Z or 0-9, found "-" at character 1'),
    (NAME, "churn-", 'must not end with "-"'),
    (NAME, "", "must not be empty"),
    (NAME, "c" * 64, 'expected the end, found "c" at character 64'),
    (NAME, "churn\n", 'expected a-z, A-Z, 0-9 or "-", found "\\n" at character 6'),
    (ARN, "arn:aws:sagemaker:eu-west-1:1234:model-package-group/churn", 'expected 0-9, found ":" at character 33'),
    (ARN, "arn:aws:iam::1", 'expected "sagemaker:", found "i" at character 9'),
    ("^(https|s3)://([^/]+)/?$", "S3://b", 'expected "https://" or "s3://", found "S" at character 1'),
    ("^(https|s3)://([^/]+)/?$", "s3://", 'expected anything but "/" after "/", found the end'),
    (DOT + "*$", "a\u2028b", 'expected anything but a line break, found "\\u2028" at character 2'),
    (r"^[^ \t\n\x0B\f\r]+$", "a b", 'expected anything but whitespace, found " " at character 2'),
    (r"^[\p{L}\p{Z}_.]*$", "a,b", 'expected a letter, a space or one of "_.", found "," at character 2'),
    (r"^[0-9]\.[a-z]+$", "12", 'expected ".", found "2" at character 2'),
    ("^[0-9]{2,}$", "1", 'expected 0-9 after "1", found the end'),
    ("^[0-9]{2}$", "12", None),
    ("^.$", "\n", 'expected anything but a line break, found "\\n" at character 1'),
    ("^(a*)*$", "aab", 'expected "a", found "b" at character 3'),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "text", "phrase"), PHRASES)
def test_the_phrase_names_the_character_and_what_is_allowed(pattern: str, text: str, phrase: str | None) -> None:
    assert mismatch(pattern, text) == phrase


ATOMS = st.sampled_from(["a", "b", "-", r"\.", "[ab]", "[^a]", "[a-c-]", r"[\p{N}.]", "(?:ab|c)", "(a|b)"])
COUNTS = st.sampled_from(["", "*", "+", "?", "{2}", "{1,3}", "{2,}", "{0,2}"])
BRANCHES = st.lists(st.tuples(ATOMS, COUNTS).map("".join), max_size=4).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(BRANCHES, min_size=1, max_size=3).map("|".join), st.text("abc-.1\n", max_size=6))
def test_a_phrase_is_given_exactly_where_there_is_no_full_match(pattern: str, text: str) -> None:
    assert (mismatch(f"^(?:{pattern})$", text) is None) is (regex.fullmatch(f"(?:{pattern})", text) is not None)


@settings(max_examples=200, deadline=None)
@given(st.lists(BRANCHES, min_size=1, max_size=3).map("|".join), st.text("abc-.1", max_size=6))
def test_the_character_it_names_is_the_first_wrong_one(pattern: str, text: str) -> None:
    phrase = mismatch(f"^(?:{pattern})$", text)
    place = re.match(r"character (\d+) is", phrase or "")
    if place:
        at = int(place[1])
        partial = [regex.fullmatch(f"(?:{pattern})", text[:end], partial=True) for end in (at - 1, at)]
        assert [found is not None for found in partial] == [True, False]


KNOWN = [
    (r"^\p{Nd}+$", "12a", r'expected \p{Nd}, found "a" at character 3'),
    (r"^\p{Greek}$", "a", r'expected \p{Greek}, found "a" at character 1'),
    (r"^\P{L}+$", "1a", 'expected anything but a letter, found "a" at character 2'),
    (r"^\u{61}\u{1F600}$", "ab", 'expected "😀", found "b" at character 2'),
    (r"^\d\s\w$", "1 -", 'expected a-z, A-Z, 0-9 or "_", found "-" at character 3'),
    ("^[^a-z_]$", "b", 'expected anything but a-z or "_", found "b" at character 1'),
    (r"^[\w-]+?$", "a.b", 'expected a-z, A-Z, 0-9 or "_" or "-", found "." at character 2'),
    ("^(?<team>risk)-", "churn", 'expected "risk-", found "c" at character 1'),
    ("^risk-", "risk-churn", None),
    (r"^a\$", "a", 'expected "$" after "a", found the end'),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "text", "phrase"), KNOWN)
def test_what_people_write_is_understood(pattern: str, text: str, phrase: str | None) -> None:
    assert mismatch(pattern, text) == phrase
    assert compiled({"pattern": pattern}).is_valid(text) is (phrase is None)


TOO_HARD = [
    r"^a\b", "risk", "^a|b$", "(?i:a)", "^(?s:.)$", "^a$b$", "^^a", "^([a-z]{0,40}-?){0,40}$", "^(a?){0,2000}$",
    "^((){99999}){99999}a$", "^" + "(" * 200 + "a" + ")" * 200 + "$", "^a{99999999}$", "^(a|b)*a(a|b){12}$",
    "a" * 1_000_000,
]  # fmt: skip


@pytest.mark.parametrize("pattern", TOO_HARD, ids=lambda pattern: pattern[:20])
def test_a_pattern_that_is_too_hard_is_named(pattern: str) -> None:
    text = "".join(format(n, "b") for n in range(500)).translate({48: "a", 49: "b"}) + "_"
    assert calls(lambda: mismatch(pattern, text)) < 100_000
    phrase = mismatch(pattern, text)
    assert phrase == f"expected a text that matches {pattern if len(pattern) <= 80 else pattern[:79] + '…'}"


SYNTAX = st.sampled_from([
    "a", "b", "-", "_", "1", "&", "~", "]", "[", "(", ")", "(?:", "(?<n>", "(?i:", "{", "}", "{2}", "{0,3}", "{1,}",
    "*", "+", "?", "|", "^", "$", ".", "[a-c]", "[^a-c]", r"[\d-]", r"[^\s\w]", r"[\p{L}&&b]", "[]", r"\d", r"\W",
    r"\s", r"\p{Nd}", r"\P{L}", r"\p{Greek}", r"\u{61}", r"\u0062", r"\x2d", r"\cJ", r"\-", r"\.", r"\b", r"\q",
    r"\1", "\\",
])  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(["{}", "^{}", "^{}$", "^(?:{})$"]),
    st.lists(SYNTAX, max_size=8).map("".join),
    st.text("abAn-_1&~] .\n\u03b1\u0663é", max_size=6),
)
def test_of_whatever_the_engine_takes_the_explanation_says_the_same(form: str, inside: str, text: str) -> None:
    pattern = form.replace("{}", inside)
    try:
        accepts = compiled({"pattern": pattern})
    except ValueError:
        return
    phrase = mismatch(pattern, text)
    is_named = phrase == f"expected a text that matches {visible(pattern)}"
    assert is_named or (phrase is None) is accepts.is_valid(text)
