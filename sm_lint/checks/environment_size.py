"""The environments of a list of containers that are too large in total."""

from collections.abc import Iterator

from sm_lint.checks import Found, Match, Places

_MOST_OF_A_CHARACTER = 4
"""The maximum number of bytes that a code point takes in UTF-8."""


def may_find(text: str, *, limit: int) -> bool:
    """Return whether a request may have a match, by its text."""
    return len(text) * _MOST_OF_A_CHARACTER > limit


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
