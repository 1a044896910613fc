"""Values that JSON cannot represent. They come from YAML, from escapes in JSON strings, or from Python."""

import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.sources.limits import MAX_CHARACTERS, MAX_DEPTH, MAX_DIGITS, MAX_VALUES
from sm_lint.sources.reading import CHARACTERS, UNREAD, VALUES, step_of

_SURROGATE = "[\ud800-\udfff]"  # compiled on first use: most texts are ASCII
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
    """There are too many values or characters."""


def strict(value: Any) -> tuple[Any, list[Foreign]]:
    """Return a value that is JSON throughout (a copy if anything was replaced), and the keys and values replaced.

    With too many values or characters, which a Python object with shared references can have in little memory, the
    value is UNREAD.
    """
    if _is_strict(value):
        return value, []
    found: list[Foreign] = []
    try:
        return _copy(value, (), found, _Left()), found
    except _TooMany as error:
        return UNREAD, [Foreign("too-many-values", (), str(error))]


class _Left:
    """How many more values and characters a request may have."""

    __slots__ = ("characters", "values")

    def __init__(self) -> None:
        self.values, self.characters = MAX_VALUES, MAX_CHARACTERS


def _is_strict(value: Any) -> bool:
    """Return whether a value certainly is JSON. This takes less time than a copy: one level after the other."""
    values, characters = MAX_VALUES, MAX_CHARACTERS
    level = [value]
    for depth in range(MAX_DEPTH + 1):
        below: list[Any] = []
        for part in level:
            kind = type(part)
            if kind is str:
                characters -= len(part)
                if characters < 0 or not (part.isascii() or not re.search(_SURROGATE, part)):
                    return False
            elif kind is dict or kind is list:
                values -= 2 * len(part)
                if values <= 0 or depth == MAX_DEPTH or (kind is dict and not all(type(key) is str for key in part)):
                    return False
                below += part
                if kind is dict:
                    below += part.values()
            elif not (part is None or kind is bool or _is_number(part, kind)):
                return False
        if not below:
            return True
        level = below
    return False


def _is_number(value: Any, kind: type) -> bool:
    """Return whether a value is a number that JSON can represent."""
    return bool(abs(value) < _TOO_LARGE) if kind is int else kind is float and math.isfinite(value)


def _copy(value: Any, pointer: Pointer, found: list[Foreign], left: _Left) -> Any:
    _spend(left, values=1)
    if isinstance(value, (bool, type(None))):
        return value
    if isinstance(value, str):
        _spend(left, characters=len(value))
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
            _spend(left, values=len(value), characters=sum(len(key) for key in value if isinstance(key, str)))
            return {
                _key(key, pointer, found): _copy(item, (*pointer, _step(key)), found, left)
                for key, item in value.items()
            }
        return [_copy(item, (*pointer, index), found, left) for index, item in enumerate(value)]
    found.append(Foreign("not-json", pointer, _name(value)))
    return None


def _spend(left: _Left, *, values: int = 0, characters: int = 0) -> None:
    """Count values and characters. Raises _TooMany, with what there is more of, if there are too many."""
    left.values -= values
    left.characters -= characters
    if left.values < 0:
        raise _TooMany(VALUES)
    if left.characters < 0:
        raise _TooMany(CHARACTERS)


def _step(key: Any) -> str:
    return key if isinstance(key, str) else step_of(key)


def _key(key: Any, pointer: Pointer, found: list[Foreign]) -> str:
    if isinstance(key, str):
        return _text(key, (*pointer, key), found, on_key=True)
    step = step_of(key)
    found.append(Foreign("yaml-key", (*pointer, step), _name(key), on_key=True))
    return step


def _text(text: str, pointer: Pointer, found: list[Foreign], *, on_key: bool) -> str:
    if not re.search(_SURROGATE, text):
        return str.__str__(text)
    found.append(Foreign("lone-surrogate", pointer, re.findall(_SURROGATE, text)[0], on_key))
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
