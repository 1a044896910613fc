"""Texts that are short enough in characters and too long in the units that Java counts."""

from collections.abc import Iterator
from typing import Any

from sm_lint.checks import Match, strings


def find(payload: Any, *, limits: dict[str, int]) -> Iterator[Match]:
    """Yield each string, by the limit for the path that leads to it, that only its UTF-16 code units make too long."""
    for path, limit in limits.items():
        for pointer, text in strings(payload, [path]):
            units = len(text.encode("utf-16-le", errors="surrogatepass")) // 2
            if len(text) <= limit < units:
                facts = {
                    "member": pointer[-1],
                    "length": f"{len(text):,}",
                    "found": f"{units:,}",
                    "limit": f"{limit:,}",
                }
                yield Match(pointer, facts)
