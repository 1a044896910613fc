"""Suggestions for instance types: the one that was probably meant, and those of the same family."""

import re
from collections.abc import Iterable
from math import log

from sm_lint.model.nearest import nearest

_LONGEST = 100
"""The number of characters of a value that are looked at."""
_XLARGES = {"nano": 1 / 32, "micro": 1 / 16, "small": 1 / 8, "medium": 1 / 4, "large": 1 / 2, "xlarge": 1.0}
"""How large each size without a number is, in units of `xlarge`."""


def nearest_type(value: str, types: Iterable[str]) -> str | None:
    """Return the instance type that a value misspells; None if it misspells none.

    It differs only in case, separators or a missing `ml.`, or it is the nearest size of the same family. A type of
    another family is never suggested, however similar it looks.

    >>> nearest_type("m5.large", ["ml.m5.large", "ml.r5.large"])
    'ml.m5.large'
    >>> nearest_type("ml.m5.10xlarge", ["ml.m5.large", "ml.m5.12xlarge", "ml.r5.10xlarge"])
    'ml.m5.12xlarge'
    """
    known = tuple(types)
    plain = _plain(value)
    same = next((name for name in known if _plain(name) == plain), None)
    if same:
        return same
    sizes = {_size(name): name for name in types_of_family(value, known)}
    wanted = _xlarges(_size(value))
    if wanted is None:
        near = nearest(_size(value), sizes)
        return sizes[near] if near else None
    counts = {count: name for size, name in sizes.items() if (count := _xlarges(size))}
    return counts[min(counts, key=lambda count: (abs(log(count / wanted)), -count))] if counts else None


def types_of_family(value: str, types: Iterable[str]) -> list[str]:
    """Return the instance types of the same family as a value, with or without its `ml.`.

    >>> types_of_family("m5.huge", ["ml.m5.large", "ml.m5d.large"])
    ['ml.m5.large']
    """
    family = value[:_LONGEST].lower().removeprefix("ml.").rpartition(".")[0]
    return [name for name in types if name.startswith(f"ml.{family}.")] if family else []


def _plain(value: str) -> str:
    return re.sub("[^a-z0-9]", "", value[:_LONGEST].lower()).removeprefix("ml")


def _size(value: str) -> str:
    return value[:_LONGEST].lower().rpartition(".")[2]


def _xlarges(size: str) -> float | None:
    number = re.fullmatch(r"([1-9][0-9]{0,3})xlarge", size)
    return float(number[1]) if number else _XLARGES.get(size)
