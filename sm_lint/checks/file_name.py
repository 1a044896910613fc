"""S3 objects whose key ends with an invalid file name."""

from collections.abc import Iterator

from sm_lint.checks import TOLD_BY_WORD, Found, Match, Places
from sm_lint.model.escape import shown

_ONE = TOLD_BY_WORD["file_name"]
_MAX_BYTES = 255


def find(found: Found, *, sources: Places) -> Iterator[Match]:
    """Yield the S3Uri of each source at `sources` that is a single uncompressed object with an invalid file name.

    A key that is empty or ends with a slash does not name an object. Another rule reports it.
    """
    for path in sources:
        for pointer, source in found[path]:
            if not isinstance(source, dict) or not isinstance(source.get("S3Uri"), str):
                continue
            if source.get("S3DataType") == _ONE and source.get("CompressionType") == "None":
                _, slash, key = source["S3Uri"].partition("://")[2].partition("/")
                name = key.rpartition("/")[2]
                reason = _reason(name) if slash and name else None
                if reason:
                    yield Match((*pointer, "S3Uri"), {"value": shown(name), "found": reason})


def _reason(name: str) -> str | None:
    """Return why a file name is invalid; None if it is valid."""
    if name in (".", ".."):
        return "it refers to a directory"
    if not name.strip():
        return "it is only whitespace"
    if "\0" in name:
        return f"character {name.index(chr(0)) + 1} is a null byte"
    size = len(name.encode(errors="surrogatepass"))
    return f"it has {size} bytes, and at most {_MAX_BYTES} are allowed" if size > _MAX_BYTES else None
