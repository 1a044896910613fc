"""Environments that are too large together."""

from collections.abc import Iterator

from sm_lint.checks import Found, Match

PATHS = ("lists",)


def find(found: Found, *, lists: list[str], limit: int) -> Iterator[Match]:
    """Yield each list of containers whose environments, keys and values, have more than `limit` bytes in UTF-8."""
    for path in lists:
        for pointer, containers in found[path]:
            size = sum(
                len(text.encode(errors="surrogatepass"))
                for container in (containers if isinstance(containers, list) else ())
                if isinstance(container, dict) and isinstance(container.get("Environment"), dict)
                for entry in container["Environment"].items()
                for text in entry
                if isinstance(text, str)
            )
            if size > limit:
                yield Match(pointer, {"length": f"{size:,}", "limit": f"{limit:,}"})
