"""Items of a list that share what must be theirs alone."""

from collections.abc import Iterator
from typing import Any

from sm_lint.checks import Match, select
from sm_lint.escape import shown


def find(payload: Any, *, lists: list[str], member: str) -> Iterator[Match]:
    """Yield each later item, in the lists that the paths lead to, whose `member` an earlier one of its list has."""
    for path in lists:
        for pointer, items in select(payload, path):
            if not isinstance(items, list):
                continue
            seen = set()
            for index, item in enumerate(items):
                value = item.get(member) if isinstance(item, dict) else None
                if isinstance(value, str):
                    if value in seen:
                        yield Match((*pointer, index, member), {"member": member, "value": shown(value)})
                    seen.add(value)
