"""Values that a list elsewhere in the request should have."""

from collections.abc import Iterator
from typing import Any

from sm_lint.checks import Match, strings
from sm_lint.escape import shown
from sm_lint.nearest import nearest

_MOST = 6


def find(payload: Any, *, values: str, list: str, media_types: bool = False) -> Iterator[Match]:  # noqa: A002 - rules read so
    """Yield each string that the path `values` leads to and the list at `list` does not have.

    An empty list, or none, says nothing. Of `media_types` neither case nor parameters (`; charset=utf-8`) count.
    """
    compared = _media_type if media_types else str
    for pointer, value in strings(payload, [values]):
        allowed = [item for _, item in strings(payload, [f"{list}/*"])]
        if value and allowed and compared(value) not in map(compared, allowed):
            facts = {"member": list.rpartition("/")[2], "value": shown(value), "nearest": nearest(value, allowed)}
            facts["allowed"] = ", ".join(allowed) if len(allowed) <= _MOST else None
            yield Match(pointer, facts)


def _media_type(text: str) -> str:
    return text.partition(";")[0].strip().casefold()
