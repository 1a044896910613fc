"""Members that the items of a list share, and that must be of one of them alone."""

from collections.abc import Iterator
from typing import Any

from sm_lint.checks import At, Found, Match, strings
from sm_lint.model.escape import shown

KINDS = ("same", "but-for-case")


def find(found: Found, *, values: At) -> Iterator[Match]:
    """Yield each member, of the items that the paths lead through last, that an earlier item of the same list has.

    It is `same`, or `but-for-case` where the two differ in case and in nothing else.
    """
    seen: dict[tuple[Any, str], dict[str, None]] = {}
    for pointer, value in strings(found, values):
        if len(pointer) < 2 or not isinstance(pointer[-2], int):
            continue  # it is no member of an item
        alike = seen.setdefault((pointer[:-2], value.casefold()), {})
        if alike:
            kind = "same" if value in alike else "but-for-case"
            yield Match(
                pointer, {"member": pointer[-1], "value": shown(value), "found": shown(next(iter(alike)))}, kind
            )
        alike[value] = None
