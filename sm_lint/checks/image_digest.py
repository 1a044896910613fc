"""Images that are named with one digest and said to have another."""

from collections.abc import Iterator
from typing import Any

from sm_lint.checks import At, Found, Match, strings
from sm_lint.model.escape import shown
from sm_lint.model.pointer import value_at


def find(found: Found, *, digests: At) -> Iterator[Match]:
    """Yield each ImageDigest that the paths lead to if the Image beside it ends with another digest."""
    request: Any = found[""][0][1]
    for pointer, digest in strings(found, digests):
        image = value_at(request, pointer[:-1]).get("Image")
        _, at, named = image.rpartition("@") if isinstance(image, str) else ("", "", "")
        if at and named.casefold() != digest.casefold():
            yield Match(pointer, {"value": shown(digest), "found": shown(named)})
