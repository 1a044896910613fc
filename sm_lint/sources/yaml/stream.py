"""The documents of a YAML stream: the parts of a file that `---` and `...` separate, each a document of its own."""

import re
from collections.abc import Iterator

from sm_lint.sources.document import Document
from sm_lint.sources.inside import part
from sm_lint.sources.reading import MAX_BYTES, Reading
from sm_lint.sources.yaml.reader import read_surely

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


def documents(document: Document, marks: tuple[str, ...] = ()) -> Iterator[Document]:
    """Yield the documents in a file that contain all of the `marks`, each read alone: one may be broken.

    The only document of a file is the file. Of texts that libyaml does not surely read as ruamel.yaml, which is much
    slower, as many are read as a single one could have.
    """
    found = ranges(document.text) if document.syntax == "yaml" else []
    if len(found) < 2:
        yield document
        return
    left = MAX_BYTES["yaml"]
    for number, (start, end) in enumerate(found):
        text = document.text[start:end]
        if not all(mark in text for mark in marks):
            continue
        data = text.encode(errors="surrogatepass")
        reading = read_surely(data, text)
        if reading is None:
            left -= len(data)
            reading = _read(text) if left >= 0 else None
        if reading:
            yield part(document, start, end, "yaml", reading, number)


def _read(text: str) -> Reading:
    from sm_lint.sources.yaml import ruamel  # imported lazily: it is slow, and few texts need it

    return ruamel.read(text)
