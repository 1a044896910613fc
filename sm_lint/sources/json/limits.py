"""The limits of depth and of values in JSON texts, found by their tokens alone, before any value is built."""

import re
from collections.abc import Iterator
from itertools import islice
from json import loads

from sm_lint.sources.json.tokens import tokens, value_after
from sm_lint.sources.limits import JSON_SEPARATORS, MAX_DEPTH, MAX_WRITTEN
from sm_lint.sources.reading import UNREAD, Problem, Reading, too_many

_MAX_TOKENS = 5 * MAX_WRITTEN // 2
"""The number of tokens that are looked at for keys. A text within the limits has at most five a key with its value."""
_BLOCK = 64 * 1024
"""The number of bytes that are looked at together."""


def may_exceed(data: bytes, limit: int) -> bool:
    """Return whether a JSON text may have more keys and values than a limit: by its separators outside of strings.

    The text is passed through in blocks, because what a pattern finds takes memory. With an escape, where strings end
    is not looked for, and the answer is yes.
    """
    if b"\\" in data:
        return True
    count, is_inside = 0, False
    for at in range(0, len(data), _BLOCK):
        block = (b'"' if is_inside else b"") + data[at : at + _BLOCK]
        is_inside = block.count(b'"') % 2 == 1
        outside = re.sub(rb'"[^"]*"?', b"", block)
        count += sum(map(outside.count, JSON_SEPARATORS))
    return count >= limit


def _beyond(text: str, limit: int) -> Problem | None:
    """Return the problem of a text that is nested too deeply or has too many keys and values; None if it is not.

    The text may be invalid JSON. It is scanned no further than the limit.
    """
    depth = count = at = 0
    while found := value_after(text, at):
        start, at = found
        first = text[start]
        if first in "}]":
            depth -= 1
        else:
            count += 1
            depth += first in "{["
            if depth > MAX_DEPTH:
                return Problem("too-deep", start, start + 1)
            if count > limit:
                return too_many(f"{limit // 2:,} keys and values", start)
    return None


def read_to_the_limit(text: str, limit: int = MAX_WRITTEN) -> Reading | None:
    """Return the Reading of a text that is beyond the limits, with the syntax error before them, if there is one.

    Return None if the text is within the limits. `limit` is the maximum number of its keys and values.
    """
    problem = _beyond(text, limit)
    if problem is None:
        return None
    problems = [problem]
    if problem.kind != "too-deep":
        try:
            loads(text[: problem.start])
        except ValueError as error:
            # The cut ends before a token, so an error at its end is only that of the cut.
            if getattr(error, "pos", 0) < problem.start:
                from sm_lint.sources.json.syntax_errors import parse_error

                problems.insert(0, parse_error(text, error).problem)
    return Reading(UNREAD, problems)


def root_keys(text: str) -> Iterator[str]:
    """Yield the keys at depth 1 of a text that may be invalid JSON, from its first tokens."""
    depth = 0
    string = None
    for token, *_ in islice(tokens(text), _MAX_TOKENS):
        if token in "{[":
            depth += 1
        elif token in "}]":
            depth -= 1
        elif token == ":" and depth == 1 and string:
            yield string
        string = token[1:-1] if depth == 1 and token.startswith('"') else None
