"""Two numbers that are too large together."""

from collections.abc import Iterator
from math import prod
from typing import Any

from sm_lint.checks import At, Found, Match


def find(found: Found, *, objects: At, members: list[str], limit: int) -> Iterator[Match]:
    """Yield each object whose `members` multiply to more than `limit`; the first of them is blamed.

    Where the first is above the limit by itself, nothing is yielded: a rule of its own says so.
    """
    for pointer, value in (place for path in objects for place in found[path]):
        factors: list[Any] = [value.get(member) for member in members] if isinstance(value, dict) else []
        if not factors or not all(type(factor) is int for factor in factors):  # true and false are no numbers
            continue
        result = prod(factors)
        if result > limit >= factors[0]:
            parameters = {"member": members[0], "value": factors[0], "found": f"{result:,}", "limit": limit}
            yield Match((*pointer, members[0]), parameters)
