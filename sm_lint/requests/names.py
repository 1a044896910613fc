"""The members by which a request is recognized, and the cheap test for them."""

from collections.abc import Callable
from functools import cache

NAMES = ("ModelPackageName", "ModelPackageGroupName", "InferenceSpecification", "SourceAlgorithmSpecification")
"""Every request has at least one of these top-level members."""
NO_NAME = f"it has none of the top-level members {', '.join(NAMES)}"
"""Why most files are not linted."""

_PARTS = (b"odelp", b"lpack", b"kagen", b"agegr", b"oupna", b"encesp", b"cificat", b"cealg", b"hmspe")
"""Parts of NAMES in lower case. Wherever one character of a name is wrong, too many, missing or exchanged with the next
one, a part is left, and almost always if two are. Few other files contain any."""
USUAL = b"odelP"
"""The first part, as most requests have it."""
BEGINNING = 512
"""The number of bytes at the beginning of a file in which most requests have it."""
_LOWER = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz")
_IGNORED = b"-_ \t\r\n\\"
"""What a misspelling may have between its characters, also where YAML continues a key on the next line."""


def has_part(data: bytes) -> bool:
    """Return whether a text has enough in common with one of NAMES to be looked at, whatever its case."""
    return data.find(USUAL, 0, BEGINNING) >= 0 or _found()(data.translate(_LOWER, _IGNORED).decode("latin-1"))


@cache
def _found() -> Callable[[str], bool]:
    """Return `found(text)`: whether a text has one of _PARTS."""
    from sm_lint.model.validator import search  # imported lazily: showing a rule or the version needs no engine

    return search(b"|".join(_PARTS).decode())
