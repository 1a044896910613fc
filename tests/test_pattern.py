"""Why a text does not match a pattern."""

import re

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from sm_lint.pattern import mismatch

NAME = "^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$"
ARN = "^(arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:[a-z-]*/)?[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$"

DOT = r"^[^\n\r\u0085\u2028\u2029]"

PHRASES = [
    (NAME, "churn", None),
    (NAME, "c" * 63, None),
    (NAME, "churn_model", 'character 6 is "_", where a-z, A-Z, 0-9 or "-" is allowed'),
    (NAME, "-churn", 'character 1 is "-", where a-z, A-Z or 0-9 is allowed'),
    (NAME, "churn-", 'it may not end with "-"'),
    (NAME, "", "it is empty, and must begin with a-z, A-Z or 0-9"),
    (NAME, "c" * 64, 'character 64 is "c", behind its end'),
    (NAME, "churn\n", 'character 6 is "\\n", where a-z, A-Z, 0-9 or "-" is allowed'),
    (ARN, "arn:aws:sagemaker:eu-west-1:1234:model-package-group/churn", 'character 33 is ":", where 0-9 is allowed'),
    (ARN, "arn:aws:iam::1", 'character 9 is "i", where "sagemaker:" is allowed'),
    ("^(https|s3)://([^/]+)/?$", "S3://b", 'character 1 is "S", where "https://" or "s3://" is allowed'),
    ("^(https|s3)://([^/]+)/?$", "s3://", 'it ends after "/", where anything but / must follow'),
    (DOT + "*$", "a\u2028b", 'character 2 is "\\u2028", where anything but a line break is allowed'),
    (r"^[^ \t\n\x0B\f\r]+$", "a b", 'character 2 is " ", where anything but a blank is allowed'),
    (r"^[\p{L}\p{Z}_.]*$", "a,b", 'character 2 is ",", where letters, spaces or one of _ . is allowed'),
    (r"^[0-9]\.[a-z]+$", "12", 'character 2 is "2", where "." is allowed'),
    ("^[0-9]{2,}$", "1", 'it ends after "1", where 0-9 must follow'),
    ("^[0-9]{2}$", "12", None),
    ("^.$", "\n", 'character 1 is "\\n", where anything but a line break is allowed'),
    ("^(a*)*$", "aab", 'character 3 is "b", where "a" is allowed'),
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
