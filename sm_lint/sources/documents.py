"""The documents in a file: of a YAML stream, each of the parts that `---` and `...` separate."""

from collections.abc import Iterator

from sm_lint.sources.document import Document
from sm_lint.sources.inside import part
from sm_lint.sources.limits import MAX_BYTES
from sm_lint.sources.reading import Reading


def documents(document: Document, marks: tuple[str, ...] = ()) -> Iterator[Document]:
    """Yield the documents in a file that contain all of the `marks`, each read alone: one may be broken.

    The only document of a file is the file. Of texts that libyaml does not surely read as ruamel.yaml, which is much
    slower, as many are read as a single one could have.
    """
    if document.syntax != "yaml":
        yield document
        return
    from sm_lint.sources.yaml.ranges import ranges
    from sm_lint.sources.yaml.reader import read_surely

    found = ranges(document.text)
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
            yield part(document, start, end, reading, number)


def _read(text: str) -> Reading:
    from sm_lint.sources.yaml import ruamel  # imported lazily: it is slow, and few texts need it

    return ruamel.read(text)
