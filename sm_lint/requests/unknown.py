"""The unknown values of a request, all of them in `Request.unknown`.

They are members passed as options of the AWS CLI, strings with placeholders, and values that JSON cannot represent.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.model.settings import Settings
from sm_lint.requests.placeholders import texts_with_placeholders
from sm_lint.requests.request import Request
from sm_lint.requests.strict_json import Foreign, strict, well_formed
from sm_lint.sources.reading import UNREAD

_STAND_IN = {"?": 0}
"""The substitute for an unknown value. No check reads it, and no condition matches it."""


def completed(request: Request, settings: Settings) -> tuple[Request, list[Foreign]]:
    """Return the request with a value that is JSON throughout and a complete `unknown`, and what was not JSON.

    A request with more than MAX_VALUES values has the value UNREAD.
    """
    value, unknown = request.value, dict(request.unknown)
    names = {pointer: dict(steps) for pointer, steps in request.names.items()}
    if isinstance(value, dict) and settings.given and request.profile.is_sent_by_cli:
        value = {**value, **dict.fromkeys(settings.given)}
        unknown |= {(name,): None for name in settings.given}
        names[()] = {**names.get((), {}), **dict.fromkeys(settings.given)}
    value, foreign = strict(value)
    if value is UNREAD:
        return request._replace(value=UNREAD), foreign
    unknown |= {f.pointer: None for f in foreign if f.kind != "lone-surrogate"}
    # A lone surrogate in a key is replaced in the request, but the key is located under its original name.
    as_sent = cache(_as_sent)  # many keys may share a long one above them
    for f in foreign:
        if f.kind == "lone-surrogate" and f.on_key:
            *around, name = map(as_sent, f.pointer)
            names.setdefault(tuple(around), {})[name] = str(f.pointer[-1])
    if settings.placeholders:
        for pointer in texts_with_placeholders(value, settings.placeholders):
            unknown.setdefault(pointer, "string")
    return request._replace(value=value, unknown=unknown, names=names), foreign


def _as_sent(step: str | int) -> str | int:
    return well_formed(step) if isinstance(step, str) else step


def with_stand_ins(value: Any, pointers: Iterable[Pointer]) -> Any:
    """Return a copy of a value in which the values at `pointers` are replaced by a substitute that nothing matches."""
    waiting = list(pointers)
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
