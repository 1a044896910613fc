"""The comments and trailing commas of a text that is JSON without them, all found in one pass."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from sm_lint.sources.json.syntax_errors import comment, trailing_comma
from sm_lint.sources.json.tokens import tokens
from sm_lint.sources.reading import Problem

MOST = 10_000
"""The maximum number of comments and trailing commas that are looked for in a text."""
_OF_NOTE = re.compile(r'["#/,}\]]')
_LINE_COMMENT = re.compile(r"(?:#|//)[^\r\n]*")
_BEFORE_A_COMMENT = " \t\r\n,{}[]"
"""A comment begins after one of these: in `s3://bucket` without quotes, or after a misplaced quote, there is none."""


def surplus(text: str) -> list[Problem]:
    """Return the problems of the first MOST comments and trailing commas of a text, in its order.

    What is in a string is none of them. The text is scanned once.
    """
    return sorted(islice(_found(text), MOST), key=lambda problem: problem.start)


def without(text: str, problems: Iterable[Problem]) -> str:
    """Return a text with the places of problems blank. Its length and its line breaks stay."""
    parts, at = [], 0
    for problem in problems:
        parts += [text[at : problem.start], re.sub(r"[^\r\n]", " ", text[problem.start : problem.end])]
        at = problem.end
    return "".join([*parts, text[at:]])


def _found(text: str) -> Iterator[Problem]:
    comma, since = -1, 0  # the last comma, if only comments came after it, and the end of those
    at = 0
    while match := _OF_NOTE.search(text, at):
        start, at = match.span()
        if comma >= 0 and text[since:start].strip():
            comma = -1
        if match[0] == '"':
            at, comma = next(tokens(text, start)).end, -1
        elif match[0] == ",":
            comma, since = start, at
        elif match[0] in "}]":
            if comma >= 0:
                yield trailing_comma(comma)
            comma = -1
        elif start == since or text[start - 1 : start] in _BEFORE_A_COMMENT:
            end = _end_of_comment(text, start)
            if end is None:
                return  # it is never closed
            if end > start:
                at = since = end
                yield comment(text, start, end)


def _end_of_comment(text: str, start: int) -> int | None:
    """Return the offset after a comment, which is `start` if there is none; None if the comment has no end."""
    if text.startswith("/*", start):
        closing = text.find("*/", start + 2)
        return closing + 2 if closing >= 0 else None
    line = _LINE_COMMENT.match(text, start)
    return line.end() if line else start
