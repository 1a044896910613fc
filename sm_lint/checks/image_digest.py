"""Images that are named with one digest and said to have another."""

from collections.abc import Iterator
from typing import Any

from sm_lint.checks import Match, select
from sm_lint.escape import shown


def find(payload: Any, *, containers: list[str]) -> Iterator[Match]:
    """Yield the ImageDigest of each container that the paths lead to whose Image ends with another digest."""
    for path in containers:
        for pointer, container in select(payload, path):
            if not isinstance(container, dict):
                continue
            image, digest = container.get("Image"), container.get("ImageDigest")
            if not isinstance(image, str) or not isinstance(digest, str):
                continue
            _, at, named = image.rpartition("@")
            if at and named.casefold() != digest.casefold():
                yield Match((*pointer, "ImageDigest"), {"value": shown(digest), "found": shown(named)})
