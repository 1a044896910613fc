"""For each constraint of the shape schema a request that meets it and one that breaks it, made from the schema."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import regex

from sm_lint.model.pointer import Pointer, to_json_pointer
from sm_lint.rules import pattern_parts as parts
from sm_lint.rules import pattern_states as automaton
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.shapes import name_of, shapes
from sm_lint.run.session import Session
from tests.support.linting import RULES, SESSION, lint_value

SHAPES: dict[str, Any] = shapes()["definitions"]
ROOT = "CreateModelPackageInput"
# A character of each kind that the classes of the patterns name.
_CHARACTERS = "a0A/.:-_ s"
_SHORT = 300
"""Up to this length all ways through a pattern are followed; a longer text is a short one, stretched."""


class SchemaCase(NamedTuple):
    """A request, and the place at which a constraint of a shape is met or broken."""

    shape: str
    keyword: str
    note: str
    request: Any
    pointer: str
    broken: bool


def explainers(case: SchemaCase, ruleset: RuleSet = RULES) -> set[str]:
    """Return the codes that may report the constraint: those that explain it, and rules that are stricter there."""
    codes = {entry["rule"] for entry in ruleset.explaining(case.keyword)}
    parts = ruleset.folded["definitions"][case.shape].get("allOf", [])
    return codes | {part["x-rule"] for part in parts if case.keyword in part.get("then", part)}


def holds(case: SchemaCase, session: Session = SESSION) -> bool:
    """Say whether the engine reports what it should: a broken constraint at its place, and none that is met."""
    found = lint_value(case.request, session=session)
    ruleset = session.linters.built_in
    if case.broken:
        return any(d.pointer == case.pointer and d.code in explainers(case, ruleset) for d in found)
    explained = {entry["rule"] for entry in ruleset.folded["x-sm-lint"]["keywords"]}
    return not any(d.code in explained for d in found)


def cases_of(shape: str, places: int | None = None) -> Iterator[SchemaCase]:
    """Yield the cases of a shape, at so many of the places where it occurs; None: at all."""
    for route in routes()[shape][:places]:
        for keyword, note, value, at in _values(shape):
            is_key = route[-1:] == ("<key>",)
            pointer = tuple("k" if step == "*" else step for step in route)
            if is_key:
                pointer = (*pointer[:-1], str(value))
            if not is_key or isinstance(value, str):
                request, broken = _request(route, value), at is not None
                yield SchemaCase(shape, keyword, note, request, to_json_pointer((*pointer, *(at or ()))), broken)


def routes() -> dict[str, list[Pointer]]:
    """Return the ways to each shape from the root; `<key>` is the key of a map, `*` an entry, 0 an item."""
    found: dict[str, list[Pointer]] = {}

    def visit(shape: str, route: Pointer) -> None:
        found.setdefault(shape, []).append(route)
        definition = SHAPES[shape]
        for member, of in definition.get("properties", {}).items():
            visit(name_of(of), (*route, member))
        if "items" in definition:
            visit(name_of(definition["items"]), (*route, 0))
        if "propertyNames" in definition:
            visit(name_of(definition["propertyNames"]), (*route, "<key>"))
            visit(name_of(definition["additionalProperties"]), (*route, "*"))

    visit(ROOT, ())
    return found


def _request(route: Pointer, value: Any) -> Any:
    """Return a request with a value at the end of a route, and nothing else that is not required."""

    def build(shape: str, rest: Pointer) -> Any:
        if not rest:
            return value
        step, definition = rest[0], SHAPES[shape]
        if step == "<key>":
            return {value: sample(name_of(definition["additionalProperties"]))}
        if step == "*":
            return {"k": build(name_of(definition["additionalProperties"]), rest[1:])}
        if step == 0:
            return [build(name_of(definition["items"]), rest[1:])]
        return {**sample(shape), step: build(name_of(definition["properties"][step]), rest[1:])}

    request = build(ROOT, route)
    named = not route or not isinstance(request, dict) or route[0] == "ModelPackageName"
    return request if named else {"ModelPackageGroupName": "g", **request}


def sample(shape: str) -> Any:
    """Return the smallest value that meets a shape."""
    definition = SHAPES[shape]
    match definition["type"]:
        case "object" if "propertyNames" in definition:
            return _map(shape, max(definition.get("minProperties", 0), 1))
        case "object":
            return {name: sample(name_of(definition["properties"][name])) for name in definition.get("required", ())}
        case "array":
            return [sample(name_of(definition["items"]))] * definition.get("minItems", 0)
        case "integer":
            return definition.get("minimum", 0)
        case "boolean":
            return True
    if "enum" in definition:
        return definition["enum"][0]
    least = len(_shortest(parts.parts_of(definition["pattern"]))) if "pattern" in definition else 0
    return text(shape, max(least, definition.get("minLength", 0)))


def _shortest(part: Any) -> str:
    match part:
        case parts.Sequence():
            return "".join(map(_shortest, part.parts))
        case parts.Choice():
            return _shortest(part.branches[-1])
        case parts.Repeat():
            return _shortest(part.part) * part.low
    return _character(part)


def _character(part: Any) -> str:
    return next((character for character in _CHARACTERS if part.take(character)), part.singles[:1])


def text(shape: str, length: int) -> str | None:
    """Return a text of a length that meets the pattern of the shape; None where there is none."""
    accepts = SHAPES[shape].get("pattern")
    if accepts is None:
        return "a" * length
    if length <= _SHORT:
        return _of_length(accepts, length)
    shortest = _shortest(parts.parts_of(accepts))
    missing = length - len(shortest)
    stretched = (shortest[:at] + "a" * missing + shortest[at:] for at in range(len(shortest), -1, -1))
    return next((found for found in stretched if matches(accepts, found)), None)


def matches(accepts: str, found: str) -> bool:
    """Say whether a pattern takes a text as a whole, by an engine of its own."""
    return bool(regex.fullmatch(accepts.removeprefix("^").removesuffix("$"), found))


def _of_length(accepts: str, length: int) -> str | None:
    states, first = automaton.states_of(parts.parts_of(accepts))
    routes = {first: ""}
    for _ in range(length):
        longer: dict[int, str] = {}
        for route, so_far in routes.items():
            for number in automaton.reached(states, [route])[0]:
                part, (following,) = states[number]
                longer.setdefault(following, so_far + _character(part))
        routes = longer
    return next((found for route, found in routes.items() if automaton.reached(states, [route])[1]), None)


def _map(shape: str, size: int) -> dict[str, Any]:
    value = sample(name_of(SHAPES[shape]["additionalProperties"]))
    return {f"k{number}": value for number in range(size)}


_WRONG_TYPES: dict[str, list[Any]] = {
    "string": [1, ["a"]],
    "integer": ["1", 1.0, True],
    "boolean": ["true", 0],
    "object": [[], "a"],
    "array": [{}, "a"],
}


def _values(shape: str) -> Iterator[tuple[str, str, Any, Pointer | None]]:
    """Yield keyword, note, value, and where the value breaks the constraint below itself; None if it meets it."""
    definition = SHAPES[shape]
    yield "type", "sample", sample(shape), None
    for wrong in [*_WRONG_TYPES[definition["type"]], None]:
        yield "type", f"{wrong!r}", wrong, ()
    for value in definition.get("enum", ()):
        yield "enum", value, value, None
    if "enum" in definition:
        yield "enum", "another case", definition["enum"][0].swapcase(), ()
        yield "enum", "empty", "", ()
    for name in definition.get("required", ()):
        yield "required", f"without {name}", {k: v for k, v in sample(shape).items() if k != name}, ()
    if definition.get("additionalProperties") is False:
        known = {"ModelPackageGroupName": "a"} if shape == ROOT else sample(shape)  # a file that is a request
        yield "additionalProperties", "one more", {**known, "Unknown": 1}, ("Unknown",)
    yield from _bounds(shape)
    if "pattern" in definition:
        value = sample(shape)
        for broken in (f"{value}\n", f"\n{value}", f"{value}/\n", f"x{value}", f"{value}!"):
            fits = len(broken) <= definition.get("maxLength", len(broken))
            if fits and not matches(definition["pattern"], broken):
                yield "pattern", f"{broken!r}", broken, ()


def _bounds(shape: str) -> Iterator[tuple[str, str, Any, Pointer | None]]:
    definition = SHAPES[shape]
    of_size: dict[str, Callable[[int], Any]] = {
        "Length": lambda size: text(shape, size),
        "Items": lambda size: [sample(name_of(definition["items"]))] * size,
        "Properties": lambda size: _map(shape, size),
        "imum": lambda size: size,
    }
    for unit, make in of_size.items():
        for side, beyond in (("min", -1), ("max", 1)):
            limit = definition.get(side + unit)
            if limit is not None:
                met, broken = make(limit), make(limit + beyond)
                if met is not None:
                    yield side + unit, f"{limit}", met, None
                yield side + unit, f"{limit + beyond}", "a" * (limit + beyond) if broken is None else broken, ()
