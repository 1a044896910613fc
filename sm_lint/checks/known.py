"""Strings that may have any value, but are not among the documented ones."""

from collections.abc import Iterator
from functools import partial
from typing import Annotated, Any

from sm_lint.checks import PLACES, Found, Match, strings
from sm_lint.model.escape import shown

KINDS = ("misspelled", "unknown")
_LONGER = 4
"""A text so many times as long as the longest known value is a misspelling of none."""


def find(found: Found, *, known: Annotated[dict[str, list[str]], PLACES]) -> Iterator[Match]:
    """Yield each string at a path of `known` that is not one of the values known for that path.

    The kind is `misspelled` if only case, hyphens, underscores or spaces differ from a known value, else `unknown`.
    """
    for path, names in known.items():
        for pointer, value in strings(found, [path]):
            if not value or value in names:
                continue
            from sm_lint.model.nearest import nearest  # imported lazily: most values are known

            plain = {_plain(name): name for name in reversed(names)}  # of two alike, the first
            longest = max(map(len, names), default=0)
            meant = plain.get(_plain(value[: _LONGER * longest]))
            near = meant or partial(nearest, value, names)
            parameters: dict[str, Any] = {"member": pointer[-1], "value": partial(shown, value), "nearest": near}
            parameters |= {"exact": bool(meant)}  # whether a fix is safe
            yield Match(pointer, parameters, "misspelled" if meant else "unknown")


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character not in "-_ ")
