"""Suggestions for misspelled names: the known name that was probably meant."""

from collections.abc import Iterable
from functools import lru_cache


def _bare(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def _folded(name: str) -> str:
    return _bare(name).replace(" ", "")


@lru_cache(maxsize=64)
def _all_folded(names: tuple[str, ...]) -> dict[str, str]:
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(_folded(name), name)
    return folded


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the name in `names` that is most similar to `name`; None if none is similar.

    Case, hyphens, underscores and spaces are ignored. If exactly one name begins with `name` (at least 3 characters),
    it is preferred to the most similar one.

    >>> nearest("model-package-name", ["ModelPackageName", "ModelPackageGroupName"])
    'ModelPackageName'
    """
    return _nearest(name, tuple(names))


@lru_cache(maxsize=256)  # the same misspelling often recurs in many files
def _nearest(name: str, names: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches  # imported lazily: only misspelled names need it

    folded = _all_folded(names)
    wanted = _folded(name)[:100]
    beginning = [known for known in folded if len(wanted) > 2 and known.startswith(wanted)]
    near = beginning if len(beginning) == 1 else get_close_matches(wanted, folded, n=1, cutoff=0.7)
    return folded[near[0]] if near else None


def same(name: str, names: Iterable[str]) -> str | None:
    """Return the one name that equals `name` except for case, hyphens and underscores; None unless exactly one does.

    >>> same("model-package-name", ["ModelPackageName", "ModelPackageGroupName"])
    'ModelPackageName'
    """
    bare = _bare(name)
    alike = [known for known in names if _bare(known) == bare]
    return alike[0] if len(alike) == 1 else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return the end of a message that suggests the nearest name; the empty string if no name is similar."""
    near = nearest(name, names)
    return f"; did you mean `{near}`?" if near else ""
