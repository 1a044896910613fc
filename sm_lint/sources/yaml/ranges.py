"""The ranges of the documents of a YAML stream, which `---` and `...` separate."""

import re

_MARKER = re.compile(r"(?<![^\r\n])(?:---|\.\.\.)(?=[ \t\r\n]|\Z)")
"""Matches what separates documents. At the start of a line, YAML allows it nowhere inside a document, not even in a
block or in quotes: https://yaml.org/spec/1.2.2/#rule-c-forbidden."""
_CONTENT = re.compile(r"(?<![^\r\n])[ \t]*[^ \t\r\n#%]")
"""Matches the start of a line that is neither empty nor a comment nor a directive."""
_REST_OF_LINE = re.compile(r"[^\r\n]*")


def ranges(text: str) -> list[tuple[int, int]]:
    """Return the offsets, in code points, of the start and the end of each document in a text.

    A document has the comments and directives before its `---`. What is only comments is none.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for marker in _MARKER.finditer(text):
        has_content = _CONTENT.search(text, start, marker.start())
        if has_content:
            found.append((start, marker.start()))
        if marker[0] == "...":
            rest = _REST_OF_LINE.match(text, marker.end())
            start = rest.end() if rest else marker.end()
        elif has_content:
            start = marker.start()
    if _CONTENT.search(text, start):
        found.append((start, len(text)))
    return found
