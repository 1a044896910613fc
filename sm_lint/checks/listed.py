"""Values that a list elsewhere in the request should contain."""

from collections.abc import Iterator

from sm_lint.checks import ContextPlaces, Found, Match, Places, strings
from sm_lint.model.escape import shown

_MOST = 6


def find(found: Found, *, values: Places, within: ContextPlaces, media_types: bool = False) -> Iterator[Match]:
    """Yield each string at `values` that the lists at `within` do not contain.

    If the lists are empty or absent, nothing is yielded. With `media_types`, case and parameters (such as
    `; charset=utf-8`) are ignored.
    """
    compared = _media_type if media_types else str
    lists = [listed for path in within for _, listed in found.get(path, ()) if isinstance(listed, list)]
    allowed = dict.fromkeys(item for listed in lists for item in listed if isinstance(item, str))
    comparable = set(map(compared, allowed))
    all_allowed = ", ".join(allowed) if len(allowed) <= _MOST else None
    for pointer, value in strings(found, values):
        if value and allowed and compared(value) not in comparable:
            yield Match(pointer, {"value": shown(value), "allowed": all_allowed})


def _media_type(text: str) -> str:
    return text.partition(";")[0].strip().casefold()
