"""Values that a list elsewhere in the request should have."""

from collections.abc import Iterator

from sm_lint.checks import Found, Match, select, strings
from sm_lint.escape import shown

PATHS = ("values",)
_MOST = 6


def find(found: Found, *, values: str, within: str, media_types: bool = False) -> Iterator[Match]:
    """Yield each string that the path `values` leads to and the list at `within` does not have.

    An empty list, or none, says nothing. Of `media_types` neither case nor parameters (`; charset=utf-8`) count.
    """
    compared = _media_type if media_types else str
    for pointer, value in strings(found, [values]):
        listed = select(found[""][0][1], f"{within}/*")
        allowed = dict.fromkeys(item for _, item in listed if isinstance(item, str))
        if value and allowed and compared(value) not in map(compared, allowed):
            all_allowed = ", ".join(allowed) if len(allowed) <= _MOST else None
            yield Match(pointer, {"value": shown(value), "allowed": all_allowed})


def _media_type(text: str) -> str:
    return text.partition(";")[0].strip().casefold()
