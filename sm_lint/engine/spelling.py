"""The words of a finding, with the members of the API as the carrier of the request spells them."""

import re
from collections.abc import Set as AbstractSet

from sm_lint.model.pointer import Pointer, value_at
from sm_lint.requests.request import Request

_QUOTED = re.compile(r"`[^`]*`")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def spelled(text: str, request: Request, members: AbstractSet[str], around: Pointer) -> str:
    """Return a text in which the `members` in backticks have the names that they have in the document of a request.

    Of a name that is written in several ways there, that in the object at `around` counts.
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

    What the object at `around` has under the name of the API keeps it.
    """
    names = sorted(request.names.items(), key=lambda item: item[0][:-1] == around)
    written = {pointer[-1]: name for pointer, name in names if isinstance(pointer[-1], str) and isinstance(name, str)}
    own = {name for name in written if (*around, name) not in request.names and _has(request, around, name)}
    return {name: of for name, of in written.items() if name not in own}


def _has(request: Request, around: Pointer, name: str) -> bool:
    """Return whether the object at a pointer of a request has a member."""
    try:
        return name in value_at(request.value, around)
    except (LookupError, TypeError):
        return False
