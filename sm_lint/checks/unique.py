"""Members that must be unique among the items of a list."""

from collections.abc import Iterator
from typing import Any

from sm_lint.checks import Found, Match, Places, strings
from sm_lint.model.escape import shown

KINDS = ("same", "but-for-case")


def find(found: Found, *, values: Places) -> Iterator[Match]:
    """Yield each member at `values` whose value an earlier item of the same list has.

    The kind is `same`, or `but-for-case` if the two values differ in case only.
    """
    seen: dict[tuple[Any, str], dict[str, None]] = {}
    for pointer, value in strings(found, values):
        if len(pointer) < 2 or not isinstance(pointer[-2], int):
            continue  # not a member of a list item
        alike = seen.setdefault((pointer[:-2], value.casefold()), {})
        if alike:
            kind = "same" if value in alike else "but-for-case"
            yield Match(
                pointer, {"member": pointer[-1], "value": shown(value), "found": shown(next(iter(alike)))}, kind
            )
        alike[value] = None
