"""Which of the violations at one value are reported, and what they leave in doubt."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.model.severity import Severity
from sm_lint.rules.around import meant
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.violation import BOUND, ORDER, Violation, is_about_presence, is_of_shape

_MOST_MISSPELT = 1000
"""How many unknown members are taken for misspelt ones. No more findings are reported of a file."""


def rejected_values(violations: Iterable[Violation]) -> set[tuple[Pointer, bool]]:
    """Return `(pointer, on_key)` for each value or key that a shape itself rejects."""
    return {(violation.pointer, violation.on_key) for violation in violations if is_of_shape(violation)}


def unusable_values(violations: Iterable[Violation]) -> set[Pointer]:
    """Return the pointers of the values that a shape rejects for their type, or for being empty.

    What was meant instead is unknown; null often stands for a member that was to be left out.
    """
    return {
        violation.pointer
        for violation in violations
        if is_of_shape(violation)
        and not violation.on_key
        and (violation.keyword == "type" or violation.value in ("", [], {}))
    }


def members_in_doubt(violations: Iterable[Violation], doubtful: Mapping[str, Sequence[str]]) -> set[Pointer]:
    """Return the pointers of the members of which one is too many. `doubtful` has their names by the code of a rule."""
    return {(*violation.at, name) for violation in violations for name in doubtful.get(violation.rule or "", ())}


def misspelt_members(unknown: Iterable[Violation], request: Any, ruleset: RuleSet) -> set[Pointer]:
    """Return the pointers that unknown members of a request have under the names that they misspell."""
    meanings = ((violation, meant(ruleset, request, violation)) for violation in islice(unknown, _MOST_MISSPELT))
    return {(*violation.pointer[:-1], name) for violation, name in meanings if name}


def first_broken(
    found: list[tuple[str, Violation]], refused: set[tuple[Pointer, bool]], selected: Mapping[str, Severity]
) -> list[tuple[str, Violation]]:
    """Keep one violation per value: the shape's first broken constraint in the order type, enum, bound, pattern.

    A rule with a stricter bound replaces the shape's if it is as severe. Other rules about a value the shape rejects
    (`refused`) are dropped; rules about a member's presence stay. `found` are pairs of a rule's code and a violation;
    `selected` has the severity of each code.
    """
    rank_of_shape = {(v.pointer, v.keyword): selected[code].rank for code, v in found if is_of_shape(v)}

    def is_stricter(code: str, violation: Violation) -> bool:
        rank = selected[code].rank
        is_bound = violation.rule is not None and ORDER.get(violation.keyword) == BOUND
        return is_bound and rank <= rank_of_shape.get((violation.pointer, violation.keyword), rank)

    stricter = {(v.pointer, v.keyword) for code, v in found if is_stricter(code, v)}
    first: dict[tuple[Pointer, bool], int] = {}
    for _, violation in found:
        if is_of_shape(violation):
            place, order = (violation.pointer, violation.on_key), ORDER[violation.keyword]
            first[place] = min(first.get(place, order), order)

    def stays(violation: Violation) -> bool:
        place = violation.pointer, violation.on_key
        is_bounded = (violation.pointer, violation.keyword) in stricter
        if is_of_shape(violation):
            return first[place] == ORDER[violation.keyword] and not is_bounded
        return place not in refused or is_bounded or is_about_presence(violation)

    return [(code, violation) for code, violation in found if stays(violation)]
