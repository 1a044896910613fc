"""Values that a list elsewhere in the request should contain."""

from collections.abc import Callable, Iterable, Iterator

from sm_lint.checks import ContextPlaces, Found, Match, Places, strings
from sm_lint.model.escape import shown

_ANY = "*/*"
_MOST = 6


def find(found: Found, *, values: Places, within: ContextPlaces, media_types: bool = False) -> Iterator[Match]:
    """Yield each string at `values` that the lists at `within` do not contain.

    If the lists are empty or absent, or have an item that is no string, nothing is yielded. With `media_types`, case
    and parameters (such as `; charset=utf-8`) are ignored, `*` stands for any type or subtype, and a value may name
    several types.
    """
    lists = [listed for path in within for _, listed in found.get(path, ()) if isinstance(listed, list)]
    items = [item for listed in lists for item in listed]
    allowed = dict.fromkeys(items) if all(isinstance(item, str) for item in items) else {}
    others = [
        (pointer, value)
        for pointer, value in strings(found, values)
        if value and allowed and (value not in allowed or (media_types and "," in value))
    ]
    if not others:
        return  # most values are in the list as they are
    accepts = _accepts_type(allowed) if media_types else allowed.__contains__
    all_allowed = ", ".join(allowed) if len(allowed) <= _MOST else None
    for pointer, value in others:
        if not accepts(value):
            yield Match(pointer, {"value": shown(value), "allowed": all_allowed})


def _accepts_type(allowed: Iterable[str]) -> Callable[[str], bool]:
    """Return whether one of the media types in a text is among those allowed."""
    listed = set(map(_media_type, allowed))
    families = {_family(item) for item in listed}

    def accepts(text: str) -> bool:
        return any(is_listed(_media_type(part)) for part in text.split(","))

    def is_listed(wanted: str) -> bool:
        if wanted == _ANY or _ANY in listed or wanted in listed:
            return True
        family = _family(wanted)
        return family in families if wanted == family else family in listed

    return accepts


def _family(media_type: str) -> str:
    """Return the range of all subtypes of a type.

    >>> _family("image/png")
    'image/*'
    """
    return f"{media_type.partition('/')[0]}/*"


def _media_type(text: str) -> str:
    plain = text.partition(";")[0].strip().casefold()
    return _ANY if plain == "*" else plain
