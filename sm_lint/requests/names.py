"""The members by which a request is recognized, and the cheap tests for them."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

NAMES = ("ModelPackageName", "ModelPackageGroupName", "InferenceSpecification", "SourceAlgorithmSpecification")
"""Every request has at least one of these top-level members."""
IDENTITY = frozenset(NAMES[:2])
"""Those that say what is registered."""
ANY = frozenset(NAMES)
"""NAMES, to compare with the members of an object."""
OF_MANY = frozenset(("Tags", "ClientToken", "ManagedStorageType"))
COMMON = IDENTITY | OF_MANY
"""Members that other operations also have. An object with only these may be a request of theirs."""
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

ESCAPE = r"\\(?:x|U|u00[24-7])"
"""Matches the escape of a letter, a hyphen or an underscore."""
_ESCAPE = re.compile(ESCAPE.encode())


def may_hold(data: bytes) -> bool:
    """Return whether the bytes of a file may contain one of NAMES or a misspelling of one, as far as it is recognized.

    Most files do not, and need not be parsed.
    """
    return has_part(data) or _ESCAPE.search(data) is not None


def has_part(data: bytes) -> bool:
    """Return whether a text has enough in common with one of NAMES to be looked at, whatever its case."""
    return data.find(USUAL, 0, BEGINNING) >= 0 or _found()(data.translate(_LOWER, _IGNORED).decode("latin-1"))


@cache
def _found() -> Callable[[str], bool]:
    """Return `found(text)`: whether a text has one of _PARTS."""
    from sm_lint.model.validator import search  # imported lazily: showing a rule or the version needs no engine

    return search(b"|".join(_PARTS).decode())


def is_plain(value: Mapping[str, Any]) -> bool:
    """Return whether an object that has no other members than those of a request is certainly taken for one."""
    return not ANY.isdisjoint(value) and not COMMON.issuperset(value)
