"""Suggestions for misspelled names: the known name that was probably meant."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from difflib import SequenceMatcher

_LONGEST = 100
"""The number of characters of a name that are compared."""
_CUTOFF = 0.7
"""How similar a name must be: twice the number of characters in common, divided by those of both."""
_CUTOFF_OF_WORDS = 0.6
"""The same for the words in which two names differ."""
_COMPARED = 50
"""The number of names that are compared character by character."""


def _folded(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").replace(" ", "")


@lru_cache(maxsize=64)
def _all_folded(names: tuple[str, ...]) -> dict[str, str]:
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(_folded(name), name)
    return folded


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the name in `names` that `name` misspells, the most similar one; None if it misspells none.

    Case, hyphens, underscores and spaces are ignored. If exactly one name begins with `name` (at least 3 characters),
    it is preferred to the most similar one. A name with another word in the place of one is no misspelling.

    >>> nearest("model-package-name", ["ModelPackageName", "ModelPackageGroupName"])
    'ModelPackageName'
    """
    return _nearest(name, tuple(names))


@lru_cache(maxsize=256)  # the same misspelling often recurs in many files
def _nearest(name: str, names: tuple[str, ...]) -> str | None:
    folded = _all_folded(names)
    wanted = _folded(name[:_LONGEST])
    beginning = [known for known in folded if len(wanted) > 2 and known.startswith(wanted)]
    if len(beginning) == 1:
        return folded[beginning[0]]
    near = _most_similar(wanted, _bags(names))
    return folded[near] if near and not _has_another_word(name[:_LONGEST], folded[near]) else None


def _has_another_word(name: str, near: str) -> bool:
    """Return whether two names differ in a whole word, so that one is no misspelling of the other.

    >>> _has_another_word("TEXT_CLASSIFICATION", "IMAGE_CLASSIFICATION")
    True
    >>> _has_another_word("ModelDataUri", "ModelDataUrl"), _has_another_word("ApprovalStatus", "ModelApprovalStatus")
    (False, False)
    """
    own, other = Counter(_words(name)), Counter(_words(near))
    left, right = "".join((own - other).elements()), "".join((other - own).elements())
    return bool(left and right) and _likeness(right)(left) < _CUTOFF_OF_WORDS


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def _most_similar(wanted: str, bags: dict[str, int]) -> str | None:
    """Return the most similar name; None if none is similar enough.

    Only names that share enough characters are compared, those that share most of them first.
    """
    own = _bag(wanted)
    shared = sorted(
        ((2 * (own & bag).bit_count() / ((len(wanted) + len(name)) or 1), name) for name, bag in bags.items()),
        reverse=True,
    )
    best = (_CUTOFF, "")
    likeness = _likeness(wanted)
    for most, name in shared[:_COMPARED]:
        if most < best[0]:
            break
        best = max(best, (likeness(name), name))
    return best[1] or None


def _likeness(wanted: str) -> Callable[[str], float]:
    """Return `likeness(name)`: twice the number of characters in common with `wanted`, divided by those of both.

    difflib says which they are, unless it is plain: to import it takes 2 % of a short run, and most misspellings have
    but one slip.
    """

    @cache
    def matcher() -> "SequenceMatcher[str]":
        from difflib import SequenceMatcher

        return SequenceMatcher(None, "", wanted)

    def likeness(name: str) -> float:
        common = _in_common_but_for_a_slip(name, wanted)
        if common is not None:
            return 2 * common / (len(name) + len(wanted))
        matcher().set_seq1(name)
        return matcher().ratio()

    return likeness


def _in_common_but_for_a_slip(one: str, other: str) -> int | None:
    """Return how many characters two texts have in common; None if they differ by more than a slip in one place.

    A slip is a character too many, too few, or wrong, or two that are exchanged.

    >>> [_in_common_but_for_a_slip("domain", text) for text in ("domian", "doman", "domaine", "demain", "demian")]
    [5, 5, 6, 5, None]
    """
    shorter = min(len(one), len(other))
    before = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    after = next((at for at in range(shorter - before) if one[-1 - at] != other[-1 - at]), shorter - before)
    own, others = one[before : len(one) - after], other[before : len(other) - after]
    if len(own) <= 1 and len(others) <= 1:
        return before + after
    return before + after + 1 if len(own) == 2 and own == others[::-1] else None


@lru_cache(maxsize=64)
def _bags(names: tuple[str, ...]) -> dict[str, int]:
    return {name: _bag(name) for name in _all_folded(names)}


def _bag(name: str) -> int:
    """Return a number with a bit for each occurrence of each character of a name, so that `&` has those in common.

    >>> (_bag("banana") & _bag("ananas")).bit_count()
    5
    """
    return sum(
        1 << (ord(character) % 128 * _LONGEST + at) for character, many in Counter(name).items() for at in range(many)
    )


def same(name: str, names: Iterable[str]) -> str | None:
    """Return the one name that equals `name` but for case, hyphens, underscores and spaces; None unless just one does.

    >>> same("model-package-name", ["ModelPackageName", "ModelPackageGroupName"])
    'ModelPackageName'
    """
    folded = _folded(name)
    alike = [known for known in names if _folded(known) == folded]
    return alike[0] if len(alike) == 1 else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return the end of a message that suggests the nearest name; the empty string if no name is similar."""
    near = nearest(name, names)
    return f"; did you mean `{near}`?" if near else ""
