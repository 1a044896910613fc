"""Which members of the request the misspelled keys of an object mean."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from sm_lint.model.nearest import nearest, same
from sm_lint.requests.names import NAMES, has_part

_MOST = 100
"""The number of keys of an object that are compared with the members of the request: it has 25."""
_TELLING = 10
"""The number of characters of a member from which a similar key tells that a request is meant."""
_ELSEWHERE = frozenset(("algorithmspecification", "modelname", "specification", "specifications"))
"""Members of other operations that are similar to NAMES: they are not misspelled."""


def meant(keys: Iterable[str], members: AbstractSet[str]) -> Mapping[str, str]:
    """Return the member that each misspelled key means, by key. Keys that mean no member are left out."""
    others = [key for key in keys if key not in members]
    # Those that may be the name come first, so that many other keys cannot hide it.
    of_names = [key for key in others if has_part(key.encode(errors="surrogatepass"))][:_MOST]
    found = {}
    for key in dict.fromkeys([*of_names, *others[:_MOST]]):
        member = _meant(key, members)
        if member and (member not in NAMES or key in of_names):
            found[key] = member
    return found


def _meant(key: str, members: AbstractSet[str]) -> str | None:
    """Return the member that a key means; None if it is a name elsewhere, or only the beginning of a member."""
    if key.replace("-", "").replace("_", "").lower() in _ELSEWHERE:
        return None
    near = nearest(key, members)
    return near if near and 2 * len(key) >= len(near) else None


def tells(key: str, member: str) -> bool:
    """Return whether a key that means a member is hardly a word of its own, as `main` and `source` are."""
    return len(member) >= (_TELLING - 1 if same(key, (member,)) else _TELLING)
