"""S3 objects whose key ends in what can be no name of a file."""

from collections.abc import Iterator

from sm_lint.checks import At, Found, Match
from sm_lint.model.escape import shown

_MAX_BYTES = 255


def find(found: Found, *, sources: At) -> Iterator[Match]:
    """Yield the S3Uri of each source, of those that the paths lead to, that is one uncompressed object of such a name.

    A key that ends with a slash, or is empty, names no object at all: that is another rule's.
    """
    for path in sources:
        for pointer, source in found[path]:
            if not isinstance(source, dict) or not isinstance(source.get("S3Uri"), str):
                continue
            if source.get("S3DataType") == "S3Object" and source.get("CompressionType") == "None":
                _, slash, key = source["S3Uri"].partition("://")[2].partition("/")
                name = key.rpartition("/")[2]
                reason = _reason(name) if slash and name else None
                if reason:
                    yield Match((*pointer, "S3Uri"), {"value": shown(name), "found": reason})


def _reason(name: str) -> str | None:
    """Say why no file can have this name; None where one can."""
    if name in (".", ".."):
        return "it refers to a directory"
    if not name.strip():
        return "it is only whitespace"
    if "\0" in name:
        return f"character {name.index(chr(0)) + 1} is a null byte"
    size = len(name.encode(errors="surrogatepass"))
    return f"it has {size} bytes, and at most {_MAX_BYTES} are allowed" if size > _MAX_BYTES else None
