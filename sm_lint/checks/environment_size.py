"""The environments of a list of containers that are too large in total."""

from collections.abc import Iterator

from sm_lint.checks import Found, Match, Places


def find(found: Found, *, environments: Places, limit: int) -> Iterator[Match]:
    """Yield each list of containers whose environments (keys and values) exceed `limit` bytes of UTF-8 in total."""
    sizes: dict[tuple[str | int, ...], int] = {}
    for path in environments:
        for pointer, entries in found[path]:
            if isinstance(entries, dict):
                texts = [text for text in (*entries, *entries.values()) if isinstance(text, str)]
                size = len("".join(texts).encode(errors="surrogatepass"))
                containers = pointer[:-2]
                sizes[containers] = sizes.get(containers, 0) + size
    for containers, size in sizes.items():
        if size > limit:
            yield Match(containers, {"length": f"{size:,}", "limit": f"{limit:,}"})
