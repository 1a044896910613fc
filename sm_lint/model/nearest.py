"""The name that was probably meant."""

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
    """Return the one of `names` that is most like `name`; None where none is like it.

    A name that differs in case, hyphens, underscores or blanks only is the nearest, then the only one that begins so,
    then the most alike.

    >>> nearest("model-package-name", ["ModelPackageName", "ModelPackageGroupName"])
    'ModelPackageName'
    """
    return _nearest(name, tuple(names))


@lru_cache(maxsize=256)  # a team makes the same mistakes, file by file
def _nearest(name: str, names: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches  # imported late: only a mistake needs it

    folded = _all_folded(names)
    wanted = _folded(name)[:100]
    beginning = [known for known in folded if len(wanted) > 2 and known.startswith(wanted)]
    near = beginning if len(beginning) == 1 else get_close_matches(wanted, folded, n=1, cutoff=0.7)
    return folded[near[0]] if near else None


def same(name: str, names: Iterable[str]) -> str | None:
    """Return the only one of `names` that differs from `name` in nothing but case, hyphens and underscores.

    >>> same("model-package-name", ["ModelPackageName", "ModelPackageGroupName"])
    'ModelPackageName'
    """
    bare = _bare(name)
    alike = [known for known in names if _bare(known) == bare]
    return alike[0] if len(alike) == 1 else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return the end of a sentence that suggests the nearest name, empty where there is none."""
    near = nearest(name, names)
    return f"; did you mean `{near}`?" if near else ""
