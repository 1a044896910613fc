"""Members that stand in the wrong object: one that a level below or above has is sent there, in one finding.

Without this, each would be an unknown member, beside one that is missing where they belong.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from sm_lint.model.nearest import same
from sm_lint.model.pointer import Pointer, above, is_under, value_at
from sm_lint.rules.around import is_there, may_be_added, shapes_along, suits
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.shapes import name_of
from sm_lint.rules.violation import Misplaced, Violation

_MOST_HOMES = 4
"""A member that more objects have could be meant for any of them."""
_MOST_JOINED = 1000
"""How many unknown members a home is looked for. No more findings are reported of a file."""
_LEVELS = 2
"""How many levels down an object is looked for."""


def joined(found: list[tuple[str, Violation]], ruleset: RuleSet, request: Any) -> list[tuple[str, Violation]]:
    """Return the violations with one for all members of an object that belong into the same other object.

    It takes the place of the first of them, and of those that miss these members where they belong. `found` are pairs
    of a rule's code and a violation.
    """
    groups: dict[tuple[Pointer, tuple[Pointer, ...]], list[Violation]] = {}
    unknown = (v for _, v in found if v.keyword == "additionalProperties" and v.value in ruleset.every_member)
    for violation in islice(unknown, _MOST_JOINED):
        homes = _homes(violation, ruleset, request)
        if homes:
            groups.setdefault((violation.pointer[:-1], homes), []).append(violation)
    if not groups:
        return found
    told = {_place(group[0]): _of_group(ruleset, request, group, homes) for (_, homes), group in groups.items()}
    gone = {_place(violation) for group in groups.values() for violation in group[1:]}
    gone |= {("required", (*home, v.value)) for (_, homes), group in groups.items() for v in group for home in homes}
    gone |= {("required", step) for around, homes in groups for home in homes for step in _steps(around, home)}
    return [
        (code, violation._replace(misplaced=told.get(_place(violation))))
        for code, violation in found
        if _place(violation) not in gone
    ]


def occupied(violation: Violation, ruleset: RuleSet, request: Any) -> Pointer | None:
    """Return the pointer of the object that an unknown member belongs into, and that has it already."""
    name, around = violation.value, violation.pointer[:-1]
    homes = _named(ruleset, violation.constraint, around, name) if name in ruleset.every_member else ()
    return next((home for home in homes if is_there(request, (*home, name))), None)


def _place(violation: Violation) -> tuple[str, Pointer]:
    """Return the keyword of a violation and the pointer of the member that it is about."""
    is_missing = violation.keyword == "required"
    return violation.keyword, (*violation.pointer, violation.value) if is_missing else violation.pointer


def _homes(violation: Violation, ruleset: RuleSet, request: Any) -> tuple[Pointer, ...]:
    """Return the pointers of the objects into which an unknown member belongs; none if it may only be misspelt."""
    name, around = violation.value, violation.pointer[:-1]
    if same(name, violation.constraint["properties"]):
        return ()
    homes = _named(ruleset, violation.constraint, around, name)
    if any(is_there(request, (*home, name)) for home in homes):
        return ()
    fitting = [home for home in homes if _fits(ruleset, request, around, (*home, name))]
    value = value_at(request, violation.pointer)
    suited = [home for home in fitting if suits(ruleset, value, (*home, name))] or fitting
    nearest = min((_distance(around, home) for home in suited), default=0)
    near = tuple(home for home in suited if _distance(around, home) == nearest)
    return near if len(near) <= _MOST_HOMES else ()


def _named(ruleset: RuleSet, shape: Mapping[str, Any], around: Pointer, name: str) -> list[Pointer]:
    """Return the pointers of the objects below and above an object that have a member of this name."""
    homes = [(*around, *way) for way in _below(ruleset, shape, name, _LEVELS)]
    if around and name in shapes_along(ruleset, above(around))[-1].get("properties", {}):
        homes.append(above(around))
    return homes


def _of_group(ruleset: RuleSet, request: Any, group: list[Violation], homes: tuple[Pointer, ...]) -> Misplaced:
    """Return what is told of a group. A home that would lack something else is told only if there is no other."""
    names, around = tuple(violation.value for violation in group), group[0].pointer[:-1]
    whole = tuple(home for home in homes if _is_whole(ruleset, request, around, home, names))
    return Misplaced(names, whole or homes)


def _is_whole(ruleset: RuleSet, request: Any, around: Pointer, home: Pointer, names: tuple[str, ...]) -> bool:
    """Return whether the objects down to a home are there, or need no members but those that are moved there."""
    shapes = shapes_along(ruleset, home)
    return all(
        is_there(request, home[:length])
        or set(shapes[length].get("required", ())) <= {*names, *home[length : length + 1]}
        for length in range(len(around) + 1, len(home) + 1)
    )


def _distance(around: Pointer, home: Pointer) -> int:
    """Return how many objects down another one is; of the one above, 1."""
    return len(_steps(around, home)) or 1


def _fits(ruleset: RuleSet, request: Any, around: Pointer, pointer: Pointer) -> bool:
    """Return whether a member can be added at a pointer, with the objects on the way there that are not there yet."""
    *upper, last = _steps(around, pointer) or [pointer]
    return may_be_added(ruleset, request, last) and all(
        is_there(request, step) or may_be_added(ruleset, request, step) for step in upper
    )


def _steps(around: Pointer, pointer: Pointer) -> list[Pointer]:
    """Return the pointers of the members on the way from an object down to one below it; none if it is not below."""
    lengths = range(len(around) + 1, len(pointer) + 1) if is_under(pointer, {around}) else ()
    return [pointer[:length] for length in lengths if isinstance(pointer[length - 1], str)]


def _below(ruleset: RuleSet, shape: Mapping[str, Any], name: str, levels: int) -> Iterator[Pointer]:
    """Yield the ways from a shape down to those that have a member of this name; into a list, to its first item."""
    for member, reference in shape.get("properties", {}).items():
        way: Pointer = (member,)
        below = ruleset.folded["definitions"][name_of(reference)]
        if isinstance(below.get("items"), Mapping):
            way, below = (member, 0), ruleset.folded["definitions"][name_of(below["items"])]
        if name in below.get("properties", {}):
            yield way
        if levels > 1:
            yield from ((*way, *further) for further in _below(ruleset, below, name, levels - 1))
