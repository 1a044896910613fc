"""Texts that are short enough in characters, and too long in the units of an encoding."""

from collections.abc import Iterator
from typing import Annotated

from sm_lint.checks import AT, Found, Match, strings

_BYTES = {"utf-8": 1, "utf-16-le": 2}
"""How many bytes the units of each encoding have."""


def find(found: Found, *, encoding: str, limits: Annotated[dict[str, int], AT]) -> Iterator[Match]:
    """Yield each string that is within the limit of the path that leads to it in characters, not so in `encoding`."""
    for path, limit in limits.items():
        for pointer, text in strings(found, [path]):
            if text.isascii():
                continue  # as many units as characters
            units = len(text.encode(encoding, errors="surrogatepass")) // _BYTES[encoding]
            if len(text) <= limit < units:
                parameters = {
                    "member": pointer[-1],
                    "length": f"{len(text):,}",
                    "found": f"{units:,}",
                    "limit": f"{limit:,}",
                }
                yield Match(pointer, parameters)
