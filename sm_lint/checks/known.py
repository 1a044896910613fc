"""Values of free choice that are not among those that somebody documents."""

from collections.abc import Iterator
from functools import partial
from typing import Annotated

from sm_lint.checks import AT, Found, Match, strings
from sm_lint.model.escape import shown
from sm_lint.model.nearest import nearest

KINDS = ("misspelt", "unknown")


def find(found: Found, *, known: Annotated[dict[str, list[str]], AT]) -> Iterator[Match]:
    """Yield each string that a path leads to and that is none of the `known` ones of that path.

    It is `misspelt` if it differs from a known one in case, hyphens, underscores or blanks alone, else `unknown`.
    """
    for path, names in known.items():
        for pointer, value in strings(found, [path]):
            if not value or value in names:
                continue
            meant = next((name for name in names if _plain(name) == _plain(value)), None)
            near = meant or partial(nearest, value, names)
            parameters = {"member": pointer[-1], "value": partial(shown, value), "nearest": near}
            yield Match(pointer, parameters, "misspelt" if meant else "unknown")


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character not in "-_ ")
