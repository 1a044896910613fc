"""The words of a finding, with the members of the API as the carrier of the request spells them."""

import re
from collections.abc import Set as AbstractSet
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.requests.request import Request

_QUOTED = re.compile(r"`[^`]*`")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def spelled(text: str, request: Request, members: AbstractSet[str], around: Pointer) -> str:
    """Return a text in which the `members` in backticks have the names that they have in the document of a request.

    The names in the object at the pointer `around`, and in the objects above it, count.
    """
    if not request.names and request.profile.spelled is str:
        return text
    written = _written(request, around)

    def name_of(match: re.Match[str]) -> str:
        word = match[0]
        if word in written:
            return written[word]
        return request.profile.spelled(word) if word in members else word

    return _QUOTED.sub(lambda quoted: _WORD.sub(name_of, quoted[0]), text)


def new_name(request: Request, pointer: Pointer, name: str) -> str:
    """Return how the member at a pointer is written once it has another `name`: with the suffix of its key, if any."""
    written, spelling = request.names.get(pointer), request.profile.spelled(name)
    old = str(pointer[-1])
    is_suffixed = isinstance(written, str) and written.startswith(old)
    return spelling + str(written)[len(old) :] if is_suffixed else spelling


def _written(request: Request, around: Pointer) -> dict[str, str]:
    """Return the names in the document by those of the API, for members that have another one there.

    Those of the object at `around` and of the objects above it count. What the nearest one of them has under the name
    of the API keeps it.
    """
    written: dict[str, str] = {}
    value = request.value
    names: dict[Pointer, dict[str, str]] = {}
    for pointer, name in request.names.items():
        if isinstance(name, str) and isinstance(pointer[-1], str) and pointer[:-1] == around[: len(pointer) - 1]:
            names.setdefault(pointer[:-1], {})[pointer[-1]] = name
    for depth in range(len(around) + 1):
        as_in_the_api = value.keys() if isinstance(value, dict) else ()
        written = {name: of for name, of in written.items() if name not in as_in_the_api}
        written |= names.get(around[:depth], {})
        value = _child(value, around[depth]) if depth < len(around) else None
    return written


def _child(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (LookupError, TypeError):
        return None
