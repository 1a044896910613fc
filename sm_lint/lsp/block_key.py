"""Where a key of a YAML block ends, in a text that need not be valid."""

import re

from sm_lint.lsp.tokens import end_of_string

_PLAIN_KEY = re.compile(r"""[^\s"'#\[\]{},&*!|>%@`-]|-[^\s#]""")
_COLON = re.compile(r"[ \t]*:(?=\s|$)")
_COLON_OR_HASH = re.compile(r":(?=\s|$)|#")


def key_at(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the offsets of the ends of a key and of its colon; None if no key begins at `start`. A line ends at `end`.

    What follows a key is not read again for each blank in it.
    """
    if text[start] in ("'", '"'):
        close = end_of_string(text, start)
        colon = _COLON.match(text, close, end) if text[close - 1] == text[start] and close - 1 > start else None
        return (close, colon.end()) if colon else None
    first = _PLAIN_KEY.match(text, start, end)
    mark = _COLON_OR_HASH.search(text, first.end(), end) if first else None
    if mark is None or mark[0] == "#":
        return None
    return start + len(text[start : mark.start()].rstrip(" \t")), mark.end()
