"""Integers whose product is too large."""

from collections.abc import Iterator
from math import prod
from typing import Any

from sm_lint.checks import Found, Match, Places

_LARGEST = 2**31 - 1
"""Larger integers are refused by the shape, and nothing follows from them."""


def find(found: Found, *, objects: Places, members: list[str], limit: int) -> Iterator[Match]:
    """Yield the first of `members` in each object at `objects` in which the product of `members` exceeds `limit`.

    If the first one alone exceeds the limit, nothing is yielded, because another rule reports it.
    """
    for pointer, value in (place for path in objects for place in found[path]):
        factors: list[Any] = [value.get(member) for member in members] if isinstance(value, dict) else []
        if not factors or not all(type(factor) is int and factor <= _LARGEST for factor in factors):  # excludes bool
            continue
        result = prod(factors)
        if result > limit >= factors[0]:
            parameters = {"member": members[0], "value": factors[0], "found": f"{result:,}", "limit": limit}
            yield Match((*pointer, members[0]), parameters)
