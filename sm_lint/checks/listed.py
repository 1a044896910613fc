"""Values that a list elsewhere in the request should have."""

from collections.abc import Iterator

from sm_lint.checks import At, Found, Match, strings
from sm_lint.model.escape import shown

_MOST = 6


def find(found: Found, *, values: At, within: At, media_types: bool = False) -> Iterator[Match]:
    """Yield each string that the paths `values` lead to and the lists at `within` do not have.

    An empty list, or none, says nothing. Of `media_types` neither case nor parameters (`; charset=utf-8`) count.
    """
    compared = _media_type if media_types else str
    lists = [listed for path in within for _, listed in found[path] if isinstance(listed, list)]
    allowed = dict.fromkeys(item for listed in lists for item in listed if isinstance(item, str))
    for pointer, value in strings(found, values):
        if value and allowed and compared(value) not in map(compared, allowed):
            all_allowed = ", ".join(allowed) if len(allowed) <= _MOST else None
            yield Match(pointer, {"value": shown(value), "allowed": all_allowed})


def _media_type(text: str) -> str:
    return text.partition(";")[0].strip().casefold()
