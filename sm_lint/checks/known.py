"""Strings that may have any value, but are not among the documented ones."""

from collections.abc import Iterator
from functools import partial
from typing import Annotated

from sm_lint.checks import PLACES, Found, Match, strings
from sm_lint.model.escape import shown
from sm_lint.model.nearest import nearest

KINDS = ("misspelled", "unknown")


def find(found: Found, *, known: Annotated[dict[str, list[str]], PLACES]) -> Iterator[Match]:
    """Yield each string at a path of `known` that is not one of the values known for that path.

    The kind is `misspelled` if only case, hyphens, underscores or spaces differ from a known value, else `unknown`.
    """
    for path, names in known.items():
        for pointer, value in strings(found, [path]):
            if not value or value in names:
                continue
            meant = next((name for name in names if _plain(name) == _plain(value)), None)
            near = meant or partial(nearest, value, names)
            parameters = {"member": pointer[-1], "value": partial(shown, value), "nearest": near}
            yield Match(pointer, parameters, "misspelled" if meant else "unknown")


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character not in "-_ ")
