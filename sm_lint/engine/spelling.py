"""The words of a finding, with the members of the API as the carrier of the request spells them."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.requests.request import Request
from sm_lint.sources.limits import WORDS

_QUOTED, _WORD = r"`[^`]*`", r"[A-Za-z][A-Za-z0-9]*"  # compiled on first use


def spelled(text: str, request: Request, members: AbstractSet[str], around: Pointer) -> str:
    """Return a text in which the `members` in backticks have the names that they have in the document of a request.

    The names in the object at the pointer `around`, and in the objects above it, count: the nearest first.
    """
    if not request.names and request.profile.spelled is str:
        return text
    objects = list(_objects(request.value, around))[::-1]

    def name_of(match: re.Match[str]) -> str:
        word = match[0]
        nearest = next((pointer for pointer, value in objects if word in value), ())
        written = request.names.get(nearest, {}).get(word)
        if written is not None:
            return str(written)
        return request.profile.spelled(word) if word in members else word

    return re.sub(_QUOTED, lambda quoted: re.sub(_WORD, name_of, quoted[0]), text)


def new_name(request: Request, pointer: Pointer, name: str) -> str:
    """Return how the member at a pointer is written once it has another `name`: with the suffix of its key, if any.

    In a command, an unknown member is one of JSON or shorthand, which have the names of the API: options are none.
    """
    if request.document.syntax == WORDS:
        return name
    old = str(pointer[-1])
    written, spelling = request.names.get(pointer[:-1], {}).get(old), request.profile.spelled(name)
    is_suffixed = isinstance(written, str) and written.startswith(old)
    return spelling + str(written)[len(old) :] if is_suffixed else spelling


def _objects(value: Any, to: Pointer) -> Iterator[tuple[Pointer, Mapping[Any, Any]]]:
    """Yield the objects on the way to a pointer, as far as it leads, each with its pointer."""
    for length in range(len(to) + 1):
        if isinstance(value, dict):
            yield to[:length], value
        try:
            value = value[to[length]]
        except (LookupError, TypeError):
            return
