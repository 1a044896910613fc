"""The tokens of a JSON text, which may be invalid."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# A repetition of a group takes a hundred bytes of memory a turn, so a string with many escapes is matched in parts.
_FORMS = r'|"[^"\\]*(?:\\.[^"\\]*){0,1000}("?)|[^\s{}\[\],:"]+'
_TOKEN = re.compile(rf"[{{}}\[\],:]{_FORMS}", re.DOTALL)
_NO_SEPARATOR = rf"[{{}}\[\]]{_FORMS}"  # compiled on first use: few texts are so large
_REST_OF_STRING = re.compile(r'(?:\\.[^"\\]*){1,1000}("?)', re.DOTALL)


class Token(NamedTuple):
    """A bracket, a comma, a colon, a string with its quotes, or a run of other characters."""

    text: str
    start: int
    """0-based offset in code points."""
    end: int
    is_open: bool
    """Whether it is a string without its closing quote."""


def tokens(text: str, at: int = 0) -> Iterator[Token]:
    """Yield the tokens of a text from an offset on. A string that is not closed extends to the end of the text."""
    while found := token_after(text, at):
        at = found.end
        yield found


def token_after(text: str, at: int) -> Token | None:
    """Return the first token of a text from an offset on; None if there is none."""
    match = _TOKEN.search(text, at)
    if match is None:
        return None
    start, (end, is_open) = match.start(), _end(text, match)
    return Token(text[start:end], start, end, is_open)


def _end(text: str, match: re.Match[str]) -> tuple[int, bool]:
    """Return where the token of a match ends, and whether it is a string without its closing quote."""
    end, closing = match.end(), match[1]
    while closing == "" and (rest := _REST_OF_STRING.match(text, end)):
        closing, end = rest[1], rest.end()
    return end, closing == ""


def starts(text: str) -> Iterator[int]:
    """Yield the offset of each token that is no comma and no colon, in a third of the time of `tokens`."""
    search = re.compile(_NO_SEPARATOR, re.DOTALL).search
    at = 0
    while match := search(text, at):
        yield match.start()
        at = match.end() if match[1] != "" else _end(text, match)[0]
