"""What cannot be told of a request, all in `Request.unknown`.

That are values given elsewhere, values that are filled in later, and values that JSON has no word for.
"""

from collections.abc import Iterable
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.model.settings import Settings
from sm_lint.requests.placeholders import texts_with_placeholders
from sm_lint.requests.request import Request
from sm_lint.requests.strict_json import Foreign, strict, well_formed
from sm_lint.sources.reading import UNREAD

_STAND_IN = {"?": 0}
"""Stands for a value of which nothing is known: it is of no type that a check looks into, and meets no condition."""


def completed(request: Request, settings: Settings) -> tuple[Request, list[Foreign]]:
    """Return a request whose value is JSON throughout and whose `unknown` is complete, and what was not JSON in it.

    A request with more values than are looked at has the value UNREAD.
    """
    value, unknown, names = request.value, dict(request.unknown), dict(request.names)
    if isinstance(value, dict):
        value = {**value, **dict.fromkeys(settings.given)}
        unknown |= {(name,): None for name in settings.given}
        names |= {(name,): None for name in settings.given}
    value, foreign = strict(value)
    if value is UNREAD:
        return request._replace(value=UNREAD), foreign
    unknown |= {f.pointer: None for f in foreign if f.kind != "lone-surrogate"}
    # Half of a surrogate pair in a key is another character in the request, and has its place under the old name.
    for f in foreign:
        if f.kind == "lone-surrogate" and f.on_key:
            names[_on_the_wire(f.pointer)] = str(f.pointer[-1])
    if settings.placeholders:
        unknown |= dict.fromkeys(texts_with_placeholders(value, settings.placeholders), "string")
    return request._replace(value=value, unknown=unknown, names=names), foreign


def _on_the_wire(pointer: Pointer) -> Pointer:
    return tuple(well_formed(step) if isinstance(step, str) else step for step in pointer)


def with_stand_ins(value: Any, pointers: Iterable[Pointer]) -> Any:
    """Return a copy of a value with something that meets no condition in place of the values at some routes."""
    waiting = sorted(pointers)
    return _with_stand_ins(value, waiting, 0) if waiting else value


def _with_stand_ins(value: Any, pointers: list[Pointer], depth: int) -> Any:
    if any(len(pointer) == depth for pointer in pointers):
        return _STAND_IN
    below: dict[str | int, list[Pointer]] = {}
    for pointer in pointers:
        below.setdefault(pointer[depth], []).append(pointer)
    if isinstance(value, dict):
        return {
            name: _with_stand_ins(child, below[name], depth + 1) if name in below else child
            for name, child in value.items()
        }
    if isinstance(value, list):
        return [
            _with_stand_ins(child, below[index], depth + 1) if index in below else child
            for index, child in enumerate(value)
        ]
    return value
