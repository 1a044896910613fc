"""Strings that are short enough in code points, but too long in bytes of UTF-8 or code units of UTF-16."""

from collections.abc import Iterator
from typing import Annotated

from sm_lint.checks import PLACES, Found, Match, strings

_BYTES = {"utf-8": 1, "utf-16-le": 2}
"""The number of bytes per unit of each encoding."""


def may_find(text: str, *, encoding: str) -> bool:  # noqa: ARG001 - the same for each
    """Return whether a request may have a match, by its text."""
    return not text.isascii()


def find(found: Found, *, encoding: str, limits: Annotated[dict[str, int], PLACES]) -> Iterator[Match]:
    """Yield each string within the limit of its path in code points that exceeds it in units of `encoding`."""
    for path, limit in limits.items():
        for pointer, text in strings(found, [path]):
            if text.isascii():
                continue  # as many units as code points
            units = len(text.encode(encoding, errors="surrogatepass")) // _BYTES[encoding]
            if len(text) <= limit < units:
                parameters = {
                    "member": pointer[-1],
                    "length": f"{len(text):,}",
                    "found": f"{units:,}",
                    "limit": f"{limit:,}",
                }
                yield Match(pointer, parameters)
