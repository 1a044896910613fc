"""Explains why the AWS CLI refuses a text as shorthand: the place, the cause and the remedy."""

import re
from typing import NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.requests.command_line.files import reference_to
from sm_lint.requests.command_line.shorthand import ShorthandError
from sm_lint.requests.command_line.words import Word
from sm_lint.sources.reading import Problem

_REST = {False: re.compile(r"[^,'\\]*"), True: re.compile(r"[^,'\\\]}]*")}
_EXPECTED = {",": "a comma or the end", "=": "`=`", "a value": "a value"}


class _Cause(NamedTuple):
    found: str
    advice: str
    start: int
    end: int
    new: str | None = None
    """What to write between `start` and `end`, if that certainly corrects the text."""


def explained(word: Word, error: ShorthandError, pointer: Pointer, following: Word | None, *, is_list: bool) -> Problem:
    """Return the problem of a word that is refused.

    `following` is the next word of the same option, and `is_list` says whether the option takes several words.
    """
    cause = _cause(word, error, following, is_list=is_list)
    by = word.start
    correction = None if cause.new is None else (cause.start + by, cause.end + by, cause.new)
    parameters = {"member": str(pointer[0]), "found": cause.found, "advice": cause.advice}
    return Problem("shorthand-syntax", cause.start + by, cause.end + by, pointer, parameters, correction=correction)


def _cause(word: Word, error: ShorthandError, following: Word | None, *, is_list: bool) -> _Cause:
    text, at = word.text, error.at
    if error.repeated is not None:
        return _repeated(text, error, error.repeated, is_list=is_list)
    if at >= len(text):
        return _at_the_end(word, error, following)
    one = text[at]
    if ord(one) > 0xFFFF or (error.expected == "," and not one.isprintable()):
        return _in_need_of_quotes(text, error)
    if one in "'\"" and not text[:at].strip() and text.endswith(one) and len(text) > at + 1:
        found = f"`{one}` around the whole value, which reach the CLI"
        return _Cause(found, "Remove the inner quotes.", 0, len(text), text[at + 1 : -1])
    if one in "'\"" and error.expected != "," and text.find(one, at + 1) < 0:
        return _Cause(f"a text without its closing `{one}`", f"Close it with `{one}`.", at, at + 1)
    if one in "'\"":
        return _Cause(f"`{one}` within a text", "Put the whole text in quotes.", at, at + 1)
    if error.expected == "," and one in "[{" and text[:at].rstrip().endswith(("]", "}")):
        end = len(text[:at].rstrip())
        return _Cause(f"`{one}` without a comma before it", "Write a comma before it.", end, at, ",")
    if error.expected == "=" and _has_colon(text[:at]):
        return _Cause("a colon after a key", "Write `=` between a key and its value.", at, at + 1)
    found = f"{_named(one)} where {_EXPECTED.get(error.expected, error.expected)} is expected"
    advice = "Write KEY=VALUE pairs with commas between them; put a text with special characters in quotes."
    return _Cause(found, advice, at, at + 1)


def _named(character: str) -> str:
    return f"`{character}`" if character.isprintable() and character != "`" else f"U+{ord(character):04X}"


def _has_colon(text: str) -> bool:
    """Return whether the last key of a text has a colon in it, as between a key and a value in YAML."""
    return ":" in re.split(r"[,={}\[\]]", text)[-1]


def _is_next_item(text: str, following: Word) -> bool:
    """Return whether a word begins with a key that another text has, too, so that it is an item of its own."""
    key = re.match(r"[A-Za-z0-9\-_.#/:]+", following.text)
    return key is not None and re.search(rf"(?:^|,)\s*{re.escape(key[0])}\s*=", text) is not None


def _at_the_end(word: Word, error: ShorthandError, following: Word | None) -> _Cause:
    text = word.text
    end = len(text.rstrip())
    if text[:end].endswith(",") and error.expected != ",":
        if following is not None and not _is_next_item(text, following):
            advice = "Remove the blank after the comma, or quote the whole value: each word is an item of its own."
            return _Cause("a comma at the end of a word", advice, end - 1, following.start - word.start, ",")
        return _Cause("a comma at the end", "Remove the comma.", end - 1, end, "")
    if not text.strip():
        return _Cause("an empty value", "Write KEY=VALUE pairs, or JSON.", 0, len(text))
    opened = _open_brackets(text, error)
    if opened:
        closing = {"[": "]", "{": "}"}[opened]
        return _Cause(f"`{opened}` without its closing `{closing}`", f"Add the missing `{closing}`.", end, end)
    if error.expected == ",":
        return _Cause("a blank at the end", "Remove the blank.", end, len(text), "")
    reference = reference_to(text)
    if reference:
        return _Cause("the name of a file", f"Write `{reference}` for the content of a file.", 0, len(text), reference)
    if _has_colon(text):
        return _Cause("a colon after a key", "Write `=` between a key and its value.", 0, end)
    return _Cause("a key without `=` and a value", "Write KEY=VALUE pairs with commas between them, or JSON.", 0, end)


def _open_brackets(text: str, error: ShorthandError) -> str | None:
    """Return the innermost bracket that is open at the end; None if there is none."""
    inside: list[str] = []
    done = 0
    for start, end in [*((one.start, one.end) for one in error.texts), (len(text), len(text))]:
        for one in text[done:start]:
            if one in "[{":
                inside.append(one)
            elif one in "]}" and inside:
                inside.pop()
        done = max(done, end)
    return inside[-1] if inside else None


def _repeated(text: str, error: ShorthandError, key: str, *, is_list: bool) -> _Cause:
    start, end = error.at, error.at + len(key)
    if not is_list:
        return _Cause(f"`{key}` twice", "Remove one of them.", start, end)
    blank = re.compile(rf"(?<!\s)\s+{re.escape(key)}\s*=").search(text)
    if not blank:
        blank = next(
            (m for one in error.texts if (m := re.compile(r"(?<!\s)\s+[\w.:/-]+=").search(text, one.start, one.end))),
            None,
        )
    if blank:
        found = f"`{key}` twice: the whole is one item"
        return _Cause(
            found, "Write each item as a word of its own: put quotes around each, not around all.", start, end
        )
    comma = text.rfind(",", 0, start)
    found = f"`{key}` twice: a comma where a blank should separate the items"
    return _Cause(found, "Write a blank in place of the comma.", comma, start, " ")


def _in_need_of_quotes(text: str, error: ShorthandError) -> _Cause:
    """Return the cause of an error at a character that only a text in quotes may have."""
    at = error.at
    last = error.texts[-1] if error.texts else None
    is_after = last is not None and not last.is_quoted and not text[last.end : at].strip()
    start = last.start if last is not None and is_after else at
    match = _REST[_open_brackets(text[:at], error) is not None].match(text, start)
    end = len(text[: match.end() if match else at].rstrip())
    new = f"'{text[start:end]}'" if end > at else None
    found = f"{_named(text[at])} in a text without quotes"
    if new is None:
        return _Cause(found, "Put the text in quotes that reach the CLI.", at, at + 1)
    return _Cause(found, "Put the text in quotes that reach the CLI.", start, end, new)
