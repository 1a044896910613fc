"""Environments that are too large together."""

from collections.abc import Iterator
from typing import Any

from sm_lint.checks import Match, select


def find(payload: Any, *, lists: list[str], limit: int) -> Iterator[Match]:
    """Yield each list of containers whose environments, keys and values, have more than `limit` bytes in UTF-8."""
    for path in lists:
        for pointer, containers in select(payload, path):
            size = sum(
                len(text.encode(errors="surrogatepass"))
                for _, environment in select(containers, "*/Environment")
                if isinstance(environment, dict)
                for entry in environment.items()
                for text in entry
                if isinstance(text, str)
            )
            if size > limit:
                yield Match(pointer, {"length": f"{size:,}", "limit": f"{limit:,}"})
