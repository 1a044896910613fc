"""Images that are named with one digest and said to have another."""

from collections.abc import Iterator

from sm_lint.checks import Found, Match
from sm_lint.escape import shown

PATHS = ("containers",)


def find(found: Found, *, containers: list[str]) -> Iterator[Match]:
    """Yield the ImageDigest of each container that the paths lead to whose Image ends with another digest."""
    for path in containers:
        for pointer, container in found[path]:
            if not isinstance(container, dict):
                continue
            image, digest = container.get("Image"), container.get("ImageDigest")
            if not isinstance(image, str) or not isinstance(digest, str):
                continue
            _, at, named = image.rpartition("@")
            if at and named.casefold() != digest.casefold():
                yield Match((*pointer, "ImageDigest"), {"value": shown(digest), "found": shown(named)})
