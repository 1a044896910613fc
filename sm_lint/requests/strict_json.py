"""Values that JSON cannot represent. They come from YAML, from escapes in JSON strings, or from Python."""

import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.sources.reading import MAX_DEPTH, MAX_DIGITS, MAX_VALUES, UNREAD, step_of

_SURROGATE = re.compile("[\ud800-\udfff]")
_TOO_LARGE = 10**MAX_DIGITS
_NAMES = {
    "date": "a date", "datetime": "a date and time", "TimeStamp": "a date and time", "bytes": "bytes", "set": "a set",
    "int": "an integer", "tuple": "a list",
}  # fmt: skip


class Foreign(NamedTuple):
    """A value or key that JSON cannot represent."""

    kind: str
    """The kind of problem, which determines the rule that explains it."""
    pointer: Pointer
    found: str
    on_key: bool = False


class _TooMany(Exception):  # noqa: N818 - ends the copy
    """There are more than MAX_VALUES values."""


def strict(value: Any) -> tuple[Any, list[Foreign]]:
    """Return a value that is JSON throughout (a copy if anything was replaced), and the keys and values replaced.

    With more than MAX_VALUES values, which a Python object with shared references can have in little memory, the value
    is UNREAD.
    """
    if _is_strict(value, MAX_DEPTH, [MAX_VALUES]):
        return value, []
    found: list[Foreign] = []
    try:
        return _copy(value, (), found, [MAX_VALUES]), found
    except _TooMany:
        return UNREAD, [Foreign("too-many-values", (), f"{MAX_VALUES:,}")]


def _is_strict(value: Any, levels: int, left: list[int]) -> bool:
    """Return whether a value certainly is JSON. This takes less time than a copy."""
    kind = type(value)
    if kind is str:
        return not _SURROGATE.search(value)
    if kind is int:
        return bool(abs(value) < _TOO_LARGE)
    if kind is float:
        return math.isfinite(value)
    if kind is dict or kind is list:
        left[0] -= 2 * len(value)
        inside = [*value, *value.values()] if kind is dict else value
        return (
            levels > 0
            and left[0] > 0
            and (kind is list or all(type(key) is str for key in value))
            and all(_is_strict(part, levels - 1, left) for part in inside)
        )
    return value is None or kind is bool


def _copy(value: Any, pointer: Pointer, found: list[Foreign], left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0:
        raise _TooMany
    if isinstance(value, (bool, type(None))):
        return value
    if isinstance(value, str):
        return _text(value, pointer, found, on_key=False)
    if isinstance(value, int):
        if abs(value) < _TOO_LARGE:
            return int.__index__(value)  # of a subclass, as of IntEnum, the plain value
        found.append(Foreign("not-json", pointer, f"an integer with more than {MAX_DIGITS:,} digits"))
        return 0
    if isinstance(value, float) and math.isfinite(value):
        return float.__float__(value)
    if isinstance(value, (Mapping, list, tuple)):
        if len(pointer) >= MAX_DEPTH:
            found.append(Foreign("too-deep", pointer, ""))
            return None
        if isinstance(value, Mapping):
            left[0] -= len(value)
            return {
                _key(key, pointer, found): _copy(item, (*pointer, _step(key)), found, left)
                for key, item in value.items()
            }
        return [_copy(item, (*pointer, index), found, left) for index, item in enumerate(value)]
    found.append(Foreign("not-json", pointer, _name(value)))
    return None


def _step(key: Any) -> str:
    return key if isinstance(key, str) else step_of(key)


def _key(key: Any, pointer: Pointer, found: list[Foreign]) -> str:
    if isinstance(key, str):
        return _text(key, (*pointer, key), found, on_key=True)
    step = step_of(key)
    found.append(Foreign("yaml-key", (*pointer, step), _name(key), on_key=True))
    return step


def _text(text: str, pointer: Pointer, found: list[Foreign], *, on_key: bool) -> str:
    if not _SURROGATE.search(text):
        return str.__str__(text)
    found.append(Foreign("lone-surrogate", pointer, _SURROGATE.findall(text)[0], on_key))
    return well_formed(text)


def well_formed(text: str) -> str:
    """Return a string as it is sent: the two halves of a surrogate pair, which YAML keeps apart, are one character.

    A lone surrogate becomes U+FFFD, because a pattern that refuses the one refuses the other.
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _name(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else "a boolean"
    if isinstance(value, float):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}.get(str(value), "a number")
    named = (_NAMES[kind.__name__] for kind in type(value).__mro__ if kind.__name__ in _NAMES)
    return next(named, f"a value of type {type(value).__name__}")
