"""What a payload may hold that JSON has no word for; only YAML, JSON's escapes and Python can say it."""

import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from sm_lint.diagnostic import Pointer
from sm_lint.syntax import MAX_DEPTH

_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_DIGITS = 4300
"""Python neither reads nor writes longer integers."""


class Foreign(NamedTuple):
    """A value, or a key, that is not JSON."""

    kind: str
    """Of the reading rule that explains it."""
    pointer: Pointer
    found: str
    on_key: bool = False


def strict(value: Any) -> tuple[Any, list[Foreign]]:
    """Return a copy of a payload that is JSON throughout, and what had to be replaced for it."""
    found: list[Foreign] = []
    return _value(value, (), found), found


def _value(value: Any, pointer: Pointer, found: list[Foreign]) -> Any:
    if isinstance(value, (bool, type(None))):
        return value
    if isinstance(value, str):
        return _text(value, pointer, found, on_key=False)
    if isinstance(value, int):
        if abs(value) < 10**_MAX_DIGITS:
            return value
        found.append(Foreign("not-json", pointer, f"an integer of more than {_MAX_DIGITS:,} digits"))
        return 0
    if isinstance(value, float) and math.isfinite(value):
        return value
    if len(pointer) > MAX_DEPTH and isinstance(value, (Mapping, list, tuple)):
        found.append(Foreign("too-deep", pointer, ""))
        return None
    if isinstance(value, Mapping):
        return {_key(key, pointer, found): _value(item, (*pointer, key), found) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_value(item, (*pointer, index), found) for index, item in enumerate(value)]
    found.append(Foreign("not-json", pointer, _name(value)))
    return None


def _key(key: Any, pointer: Pointer, found: list[Foreign]) -> str:
    if isinstance(key, str):
        return _text(key, (*pointer, key), found, on_key=True)
    found.append(Foreign("not-json", (*pointer, str(key)), f"{_name(key)} as a key", on_key=True))
    return str(key)


def _text(text: str, pointer: Pointer, found: list[Foreign], *, on_key: bool) -> str:
    if not _SURROGATE.search(text):
        return text
    found.append(Foreign("lone-surrogate", pointer, _SURROGATE.findall(text)[0], on_key))
    return _SURROGATE.sub("\ufffd", text)


def _name(value: Any) -> str:
    if isinstance(value, (float, bool, type(None))):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}.get(str(value), str(value))
    names = {"datetime": "a date and time", "date": "a date", "bytes": "bytes", "set": "a set", "int": "an integer"}
    named = (names[kind.__name__] for kind in type(value).__mro__ if kind.__name__ in names)
    return next(named, f"a value of type {type(value).__name__}")
