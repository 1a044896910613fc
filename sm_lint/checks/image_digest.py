"""Images whose name has another digest than their ImageDigest."""

from collections.abc import Iterator
from typing import Any

from sm_lint.checks import Found, Match, Places, strings
from sm_lint.model.escape import shown
from sm_lint.model.pointer import value_at


def find(found: Found, *, digests: Places) -> Iterator[Match]:
    """Yield each ImageDigest at `digests` if the Image in the same object ends with another digest."""
    request: Any = found[""][0][1]
    for pointer, digest in strings(found, digests):
        container = value_at(request, pointer[:-1])
        image = container.get("Image") if isinstance(container, dict) else None
        _, at, named = image.rpartition("@") if isinstance(image, str) else ("", "", "")
        if at and named.casefold() != digest.casefold():
            yield Match(pointer, {"value": shown(digest), "found": shown(named)})
