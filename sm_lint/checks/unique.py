"""Items of a list that share what must be theirs alone."""

from collections.abc import Iterator

from sm_lint.checks import Found, Match
from sm_lint.escape import shown

PATHS = ("lists",)


def find(found: Found, *, lists: list[str], member: str | None = None, but_for_case: bool = False) -> Iterator[Match]:
    """Yield each later item, in the lists that the paths lead to, whose `member` an earlier one of its list has.

    Without `member` the items themselves are compared. With `but_for_case` those are yielded that differ from an
    earlier one in case and in nothing else.
    """
    for path in lists:
        for pointer, items in found[path]:
            if not isinstance(items, list) or len(items) < 2:
                continue
            seen: dict[str, str] = {}
            for index, item in enumerate(items):
                value = item.get(member) if member and isinstance(item, dict) else item
                if not isinstance(value, str):
                    continue
                key = value.casefold() if but_for_case else value
                first = seen.get(key)
                if first is None:
                    seen[key] = value
                elif not (but_for_case and first == value):
                    place = (*pointer, index, member) if member else (*pointer, index)
                    yield Match(place, {"member": member, "value": shown(value), "found": shown(first)})
