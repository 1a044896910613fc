"""Where a bracketed expression of a host language ends, such as `${var.x}` or `$(VAR)`."""

import re

_TOKENS = re.compile(r"\\[\s\S]|[\"'(){}\[\]]")
_PAIRS = {"{": "}", "(": ")", "[": "]"}


def end_of(text: str, start: int, end: int) -> int | None:
    """Return the offset behind the bracket that closes the one at `start`; None if none before `end` does.

    Texts in quotes inside count as a whole.

    >>> end_of('a${f("}")}b', 2, 11)
    10
    """
    brackets: list[str] = []
    quote = ""
    for token in _TOKENS.finditer(text, start, end):
        character = token[0]
        if quote:
            quote = "" if character == quote else quote
        elif character in {'"', "'"}:
            quote = character
        elif character in _PAIRS:
            brackets.append(_PAIRS[character])
        elif brackets and character == brackets[-1]:
            brackets.pop()
            if not brackets:
                return token.end()
    return None
