"""The tokens of JSON, and of YAML in brackets, in a text that need not be valid."""

import re
from collections.abc import Iterator

from sm_lint.sources.limits import MAX_VALUES

MAX_TOKENS = 5 * MAX_VALUES
"""The maximum number of tokens that are read. A text within the limits has at most five for a key and its value."""

_TOKEN = {
    "json": re.compile(r'[{}\[\],:"]|[^\s{}\[\],:"]+'),
    "yaml": re.compile(
        r"""[{}\[\],"']|:(?=[\s,\[\]{}]|$)|(?<!\S)\#[^\n\r]*"""
        r"""|[^\s,\[\]{}"'](?:[^\s,\[\]{}:]+|:(?=[^\s,\[\]{}])){0,1000}""",
        re.VERBOSE,
    ),
}
# A repetition without a limit would take 100 bytes of memory a turn.
_IN_QUOTES = {
    '"': re.compile(r'(?:[^"\\\r\n]+|\\[^\r\n]){0,1000}'),
    "'": re.compile(r"(?:[^'\r\n]+|''){0,1000}"),
}


class TooLarge(Exception):  # noqa: N818 - not an error
    """The text has more tokens, or is deeper, than a request within the limits can be."""


def tokens(text: str, syntax: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the beginning and end of each token from `start` on, in `json` or `yaml`. Raises TooLarge.

    A string in quotes is one token. If it is not closed, it extends to the end of its line.
    """
    search = _TOKEN[syntax].search
    for _ in range(MAX_TOKENS):
        found = search(text, start)
        if found is None:
            return
        first, start = found.span()
        if text[first] in _IN_QUOTES and (syntax == "yaml" or text[first] == '"'):
            start = end_of_string(text, first)
        yield first, start
    raise TooLarge


def end_of_string(text: str, start: int) -> int:
    """Return the offset after the string in quotes that begins at `start`, or of the end of its line."""
    quote = text[start]
    end = start + 1
    while (found := _IN_QUOTES[quote].match(text, end)) and found.end() > end:
        end = found.end()
    return end + 1 if text.startswith(quote, end) else end
