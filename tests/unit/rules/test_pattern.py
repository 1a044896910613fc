"""Why a text does not match a pattern."""

import re

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from sm_lint.rules.pattern import mismatch

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
