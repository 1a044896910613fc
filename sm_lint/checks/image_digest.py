"""Images that are named with one digest and said to have another."""

from collections.abc import Iterator
from functools import reduce
from operator import getitem
from typing import Any

from sm_lint.checks import Found, Match, strings
from sm_lint.escape import shown

PATHS = ("digests",)


def find(found: Found, *, digests: list[str]) -> Iterator[Match]:
    """Yield each ImageDigest that the paths lead to if the Image beside it ends with another digest."""
    payload: Any = found[""][0][1]
    for pointer, digest in strings(found, digests):
        image = reduce(getitem, pointer[:-1], payload).get("Image")
        _, at, named = image.rpartition("@") if isinstance(image, str) else ("", "", "")
        if at and named.casefold() != digest.casefold():
            yield Match(pointer, {"value": shown(digest), "found": shown(named)})
