"""Why a text does not match a pattern."""

import re

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from sm_lint.model.escape import shown, visible
from sm_lint.model.validator import compiled
from sm_lint.model.words import counted
from sm_lint.rules.pattern import mismatch
from tests.support.work import calls

NAME = "^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$"
ARN = "^(arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:[a-z-]*/)?[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$"

BUCKET = r"^s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9]|arn:[^/]+)(/.*)?$"
TAGGED = "^[^/]+/[a-z0-9]+(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?$"
DIGEST = "^[Ss][Hh][Aa]256:[0-9a-fA-F]{64}$"
DOT = r"^[^\n\r\u0085\u2028\u2029]"

PHRASES = [
    (NAME, "churn", None),
    (NAME, "c" * 63, None),
    (NAME, "churn_model", 'expected a-z, A-Z, 0-9 or "-", found "_" at character 6'),
    (NAME, "-churn", 'expected a-z, A-Z or 0-9, found "-" at character 1'),
    (NAME, "churn-", 'must not end with "-"'),
    (NAME, "", "must not be empty"),
    (NAME, "c" * 64, "must end after 63 characters, found 64"),
    (NAME, "c" * 63 + "-", "must end after 63 characters, found 64"),
    (NAME, "churn\n", 'expected a-z, A-Z, 0-9 or "-", found "\\n" at character 6'),
    (ARN, "arn:aws:sagemaker:eu-west-1:1234:model-package-group/churn", 'expected 12 digits, found 4 in "1234"'),
    (ARN, "c" * 64, "expected at most 63 characters, found 64"),
    (ARN, f"arn:aws:sagemaker:eu-west-1:123456789012:model-package-group/{'c' * 64}",
     f'expected at most 63 characters, found 64 in "{"c" * 64}"'),
    (ARN, "c" * 70 + "_", "must end after 63 characters, found 71"),
    (ARN, "a_b", 'expected a-z, A-Z, 0-9 or "-", found "_" at character 2'),
    (ARN, "arn_b", 'expected a-z, A-Z, 0-9 or "-", found "_" at character 4'),
    ("^(https|s3)://([^/]+)/?$", "htp://b", 'expected "tps://", found "p" at character 3'),
    ("^(a|b)$", "ab", "must end after 1 character, found 2"),
    (BUCKET, "s3://b/key", 'expected at least 3 characters, found 1 in "b"'),
    (BUCKET, "s3://-/key", 'expected a-z, 0-9 or "arn:", found "-" at character 6'),
    (BUCKET, "s3://ab/key", 'expected at least 3 characters, found 2 in "ab"'),
    (BUCKET, f"s3://{'b' * 64}/key", f'expected at most 63 characters, found 64 in "{"b" * 64}"'),
    (BUCKET, "Arn", 'expected "s3://", found "A" at character 1'),
    (BUCKET, "bucket/key", 'must begin with "s3://"'),
    ("^(https|s3)://([^/]+)/?$", "bucket", 'must begin with "https://" or "s3://"'),
    ("^(https|s3)://([^/]+)/?$", "gs://bucket", 'expected "https://" or "s3://", found "g" at character 1'),
    (TAGGED, f"r/i:{'t' * 129}", f'expected at most 128 characters, found 129 in "{"t" * 77}…"'),
    (DIGEST, "0" * 64, 'must begin with "sha256:"'),
    (DIGEST, "sha1:" + "0" * 40, 'must begin with "sha256:", found "sha1"'),
    (DIGEST, "md5:" + "0" * 32, 'expected "sha256:", found "m" at character 1'),
    (DIGEST, "sha256:" + "0" * 63, f'expected 64 characters, found 63 in "{"0" * 63}"'),
    (DIGEST, "SHA256:" + "G" * 64, 'expected 0-9, a-f or A-F, found "G" at character 8'),
    ("^[0-9]{1,4}[.][0-9]{1,4}$", "12345.1", 'expected at most 4 digits, found 5 in "12345"'),
    ("^[0-9]{2,3}$", "1234", "expected at most 3 digits, found 4"),
    ("^[a-z]{2,}$", "a", "expected at least 2 characters, found 1"),
    (ARN, "arn:aws:iam::1", 'expected "sagemaker:", found "i" at character 9'),
    ("^(https|s3)://([^/]+)/?$", "S3://b", 'expected "https://" or "s3://", found "S" at character 1'),
    ("^(https|s3)://([^/]+)/?$", "s3://", 'expected anything but "/" after "/", found the end'),
    (DOT + "*$", "a\u2028b", 'expected anything but a line break, found "\\u2028" at character 2'),
    (r"^[^ \t\n\x0B\f\r]+$", "a b", 'expected anything but whitespace, found " " at character 2'),
    (r"^[\p{L}\p{Z}_.]*$", "a,b", 'expected a letter, a space or one of "_.", found "," at character 2'),
    (r"^[0-9]\.[a-z]+$", "12", 'expected ".", found "2" at character 2'),
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
    ("^(?<team>risk)-", "churn", 'must begin with "risk-"'),
    ("^(?<team>risk)-", "risk", 'expected "-" after "k", found the end'),
    ("^(?<team>risk)-[a-z]+$", "rise-churn", 'must begin with "risk-", found "rise"'),
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


CLASSES = st.sampled_from(
    [r"\p{L}", r"\p{M}", r"\p{Z}", r"\p{S}", r"\p{N}", r"\p{P}", r"\w", r"\s", r"\d", "a-f", "_."]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(CLASSES, min_size=1, unique=True).map("".join), st.text(st.characters(codec="utf-8"), max_size=8))
def test_no_character_is_named_that_the_engine_accepts(inside: str, text: str) -> None:
    accepts = compiled({"pattern": f"^[{inside}]*$"}).is_valid
    wrong = list(dict.fromkeys(character for character in text if not accepts(character)))
    phrase = mismatch(f"^[{inside}]*$", text)
    assert (phrase is None) is (not wrong)
    assert all(shown(character) in (phrase or "") for character in wrong[:5])
    assert (phrase or "").count(" at ") == min(len(wrong), 5)


def test_a_character_that_is_newer_than_python_is_the_engine_s_to_judge() -> None:
    described = r"^[\p{L}\p{M}\p{Z}\p{S}\p{N}\p{P}]*$"
    assert mismatch(described, "\U0001fae8") is None
    assert 'found "\\n" at character 2' in (mismatch(described, "\U0001fae8\n") or "")
    assert "\U0001fae8" not in (mismatch(described, "\U0001fae8\n") or "")


@settings(max_examples=200, deadline=None)
@given(
    st.integers(3, 70),
    st.integers(0, 3),
    st.integers(1, 80),
    st.sampled_from(["{}", "x:{}", "(a|b)?/{}", "{}(:[0-9]+)?"]),
)
def test_a_wrong_length_is_told_with_both_numbers(most: int, least: int, length: int, form: str) -> None:
    pattern = f"^{form.replace('{}', f'[c-f]{{{least},{most}}}')}$"
    text = {"{}": "{}", "x:{}": "x:{}", "(a|b)?/{}": "a/{}", "{}(:[0-9]+)?": "{}:12"}[form].replace("{}", "c" * length)
    phrase = mismatch(pattern, text)
    bound = most if length > most else least
    which = "" if least == most else "at most " if length > most else "at least "
    expected = f"expected {which}{counted(bound, 'character')}, found {length}"
    assert phrase is None if least <= length <= most else (phrase or "").startswith(expected)


LONG = [
    (ARN, "{}"), (ARN, "arn:aws:sagemaker:{}:123456789012:a/" + "c" * 64), (ARN, "{}_"), (BUCKET, "{}"),
    ("^([a-z]{1,4}-)*[a-z]{1,4}$", "{}"), ("^[a-z]*[0-9]{2,3}[a-z]*[0-9]{2,3}[a-z]*$", "{}1111{}1"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "form"), LONG)
def test_the_work_grows_no_faster_than_the_text(pattern: str, form: str) -> None:
    def work(length: int) -> int:
        return calls(lambda: mismatch(pattern, form.replace("{}", "a" * length)))

    work(100)
    assert work(4000) / work(1000) < 4.4


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
