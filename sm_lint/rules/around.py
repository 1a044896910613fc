"""What the rules say about the object around a value: whether a member can be left out of it, or moved to it.

Help is followed literally. So it says "leave it out" only of what nothing requires.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Any

from sm_lint.model.nearest import nearest, same
from sm_lint.model.pointer import Pointer, value_at
from sm_lint.rules.demands import Demand, shapes_on
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.violation import Violation

_Schema = Mapping[str, Any]


def shapes_along(ruleset: RuleSet, pointer: Pointer) -> list[_Schema]:
    """Return the shapes of the request and of each value on the way to a pointer, as far as they are known."""
    return shapes_on(ruleset.folded, pointer)


def can_be_left_out(ruleset: RuleSet, request: Any, pointer: Pointer) -> bool:
    """Return whether the value at a pointer can be left out of a request without anything missing then."""
    shapes = shapes_along(ruleset, pointer)
    if not pointer or len(shapes) <= len(pointer):
        return False
    around, shape, step = value_at(request, pointer[:-1]), shapes[-2], pointer[-1]
    if isinstance(around, list):
        return len(around) > max(int(shape.get("minItems", 0)), 1)
    if "properties" not in shape:
        return len(around) > int(shape.get("minProperties", 0))
    if step in shape.get("required", ()):
        return False
    with_it = known_members(around, shape)
    without = {name: value for name, value in with_it.items() if name != step}
    return _missing(ruleset, request, pointer[:-1], without) <= _missing(ruleset, request, pointer[:-1], with_it)


def may_be_added(ruleset: RuleSet, request: Any, pointer: Pointer) -> bool:
    """Return whether a member that an object lacks can be added to it, so that no rule forbids any of them then."""
    return not is_there(request, pointer) and _refused_with(ruleset, request, pointer) == set()


def may_be_meant(ruleset: RuleSet, request: Any, pointer: Pointer) -> bool:
    """Return whether a misspelled name may stand for the member at a pointer, which its object lacks.

    What the right name shows of other members is no reason against it: the misspelling has only hidden it.
    """
    added = _refused_with(ruleset, request, pointer)
    if added is None or is_there(request, pointer):
        return False
    return added.isdisjoint({pointer[-1], *chain.from_iterable(ruleset.doubtful.values())})


def meant(ruleset: RuleSet, request: Any, violation: Violation) -> str | None:
    """Return the name of the member that an unknown one misspells; None if it may as well mean another, or none."""
    name, around = violation.value, violation.pointer[:-1]
    members = violation.constraint.get("properties", ())
    near = nearest(name, members)
    if near is None or near in value_at(request, around):
        return None
    is_certain = same(name, members) == near  # it differs only in its form
    is_new = name not in ruleset.every_member
    return near if is_certain or (is_new and may_be_meant(ruleset, request, (*around, near))) else None


def is_refused(ruleset: RuleSet, request: Any, pointer: Pointer) -> bool:
    """Return whether a member of a request, whatever its value, is one that a rule forbids there or next to another."""
    return bool(_refused_with(ruleset, request, pointer))


def _refused_with(ruleset: RuleSet, request: Any, pointer: Pointer) -> set[str] | None:
    """Return the names of the members that rules forbid only if the one at a pointer is there.

    Return None if there is no object with known members around it.
    """
    shapes = shapes_along(ruleset, pointer)
    around = _value(request, pointer[:-1])
    if len(shapes) <= len(pointer) or "properties" not in shapes[-2] or not isinstance(around, dict):
        return None
    name = str(pointer[-1])
    without = {other: value for other, value in known_members(around, shapes[-2]).items() if other != name}
    with_it = without | {name: around.get(name)}
    return _refused(ruleset, request, pointer[:-1], with_it) - _refused(ruleset, request, pointer[:-1], without)


def suits(ruleset: RuleSet, value: Any, pointer: Pointer) -> bool:
    """Return whether a value is of the kind that the shape at a pointer takes. It looks no deeper than its members."""
    shape = shapes_along(ruleset, pointer)[-1]
    if isinstance(value, dict) and "properties" in shape and not shape["properties"].keys() >= value.keys():
        return False
    return ruleset.meets(value, {key: shape[key] for key in ("type", "enum") if key in shape})


def is_there(request: Any, pointer: Pointer) -> bool:
    """Return whether a request has a value at a pointer."""
    try:
        value_at(request, pointer)
    except (LookupError, TypeError):
        return False
    return True


def _value(request: Any, pointer: Pointer) -> Any:
    """Return the value at a pointer; if there is none, the empty object that would be added."""
    return value_at(request, pointer) if is_there(request, pointer) else {}


def known_members(value: Mapping[str, Any], shape: _Schema) -> dict[str, Any]:
    """Return the members of an object that its shape has: never more than a few, however large the object is."""
    return {name: value[name] for name in shape["properties"] if name in value}


def _missing(ruleset: RuleSet, request: Any, pointer: Pointer, around: Mapping[str, Any]) -> set[str]:
    """Return the names of the members that the object at `pointer` lacks, if it is `around`."""
    return _demanded(ruleset, request, pointer, around, lambda demand: demand.required.difference(around))


def _refused(ruleset: RuleSet, request: Any, pointer: Pointer, around: Mapping[str, Any]) -> set[str]:
    """Return the names of the members that the object at `pointer` may not have, if it is `around`."""
    return _demanded(ruleset, request, pointer, around, lambda demand: demand.forbidden.intersection(around))


def _demanded(
    ruleset: RuleSet,
    request: Any,
    pointer: Pointer,
    around: Mapping[str, Any],
    names_in: Callable[[Demand], AbstractSet[str]],
) -> set[str]:
    """Return the names in what the rules that apply say about the object at `pointer`, if it is `around`.

    `names_in(demand)` returns those in what one rule says. Most rules have none, and need not be looked at.
    """
    path = tuple("*" if isinstance(step, int) else step for step in pointer)
    found: set[str] = set()
    for demand in ruleset.demands(path):
        names = names_in(demand)
        if names <= found:
            continue
        value = around if demand.depth == len(pointer) else _value(request, pointer[: demand.depth])
        if demand.condition is None or ruleset.meets(value, demand.condition):
            found |= names
    return found
