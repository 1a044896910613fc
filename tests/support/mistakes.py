"""One mistake in a request: something that the API model refuses, and the pointer at which it is to be reported."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from hypothesis import strategies as st

from sm_lint.model.pointer import Pointer, to_json_pointer, value_at
from sm_lint.rules.shapes import name_of
from tests.support.schema_cases import ROOT, SHAPES, matches

_FOREIGN = "\n\r\u2028\x00\x7f\u200d !$%&/:_é\u0661😀"
"""Characters that one pattern or another does not take."""
_WRONG: dict[str, tuple[Any, ...]] = {
    "string": (7, 1.5, True, [], ["a"], {"a": "b"}),
    "integer": ("1", 1.0, True, [1], {}, -(2**31) - 1, 2**31, 10**30),
    "boolean": ("true", "yes", 0, 1, [], {}),
    "array": ("a", 1, {}, {"0": "a"}),
    "object": ("a", 1, [], [{}]),
}


class Place(NamedTuple):
    """A value in a request, or a key of a map, with its shape."""

    pointer: Pointer
    shape: str
    value: Any
    is_key: bool = False
    owner: str = ""
    """The name of the structure of which it is a member; empty for items, entries and the request."""


class Mistake(NamedTuple):
    """A request with a mistake."""

    request: Any
    pointer: str
    kind: str
    shape: str


def typed(value: Any, shape: str = ROOT, pointer: Pointer = (), owner: str = "") -> Iterator[Place]:
    """Yield all places in a valid value of a shape."""
    schema = SHAPES[shape]
    yield Place(pointer, shape, value, owner=owner)
    if "properties" in schema:
        for name, child in value.items():
            yield from typed(child, name_of(schema["properties"][name]), (*pointer, name), shape)
    elif schema["type"] == "object":
        for name, child in value.items():
            yield Place((*pointer, name), name_of(schema["propertyNames"]), name, is_key=True)
            yield from typed(child, name_of(schema["additionalProperties"]), (*pointer, name))
    elif schema["type"] == "array":
        for index, item in enumerate(value):
            yield from typed(item, name_of(schema["items"]), (*pointer, index))


def places(value: Any, pointer: Pointer = ()) -> list[tuple[Pointer, Any]]:
    """List all pointers into a value, each with what stands there, without the root."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found: list[tuple[Pointer, Any]] = [] if pointer == () else [(pointer, value)]
    for step, child in children:
        found += places(child, (*pointer, step))
    return found


def replaced(value: Any, pointer: Pointer, new: Any) -> Any:
    """Return a copy of a value with another one at a pointer."""
    if not pointer:
        return new
    step, *rest = pointer
    if isinstance(value, list):
        return [replaced(item, tuple(rest), new) if index == step else item for index, item in enumerate(value)]
    return {**value, step: replaced(value.get(step), tuple(rest), new)}


def _mistakes(place: Place) -> Iterator[tuple[str, Any, Pointer]]:
    """Yield for a place kind, wrong value, and where in it the mistake is to be reported."""
    schema, value = SHAPES[place.shape], place.value
    if not place.is_key:
        yield from (("type", wrong, ()) for wrong in (None, *_WRONG[schema["type"]]))
    if schema["type"] == "string":
        yield from ((kind, wrong, ()) for kind, wrong in _strings(schema, value))
    if "properties" in schema:
        yield "unknown member", {**value, "NoSuchMember": "x"}, ("NoSuchMember",)
        for name in schema.get("required", ()):
            yield "missing member", {other: of for other, of in value.items() if other != name}, ()
    elif schema["type"] == "object":
        entry = next(iter(value.values()), "x")
        yield "too many entries", {f"k{number}": entry for number in range(schema["maxProperties"] + 1)}, ()
        if schema.get("minProperties"):
            yield "too few entries", {}, ()
    elif schema["type"] == "array":
        if schema.get("minItems"):
            yield "too few items", [], ()
        if "maxItems" in schema and value:
            yield "too many items", (value * (schema["maxItems"] + 1))[: schema["maxItems"] + 1], ()
    elif schema["type"] == "integer":
        yield "too small", schema["minimum"] - 1, ()


def _strings(schema: dict[str, Any], value: str) -> Iterator[tuple[str, str]]:
    if "enum" in schema:
        yield from (("enum", wrong) for wrong in ("", "no-such-value", f"{value}x", f" {value}"))
        yield from (("enum", wrong) for wrong in {value.lower(), value.upper()} if wrong not in schema["enum"])
        return
    if "maxLength" in schema:
        yield "too long", (value or "a") + "a" * (schema["maxLength"] + 1 - len(value))
    if schema.get("minLength"):
        yield "too short", value[: schema["minLength"] - 1]
    if "pattern" in schema:
        for foreign in _FOREIGN:
            for wrong in (
                foreign + value,
                value + foreign,
                value[: len(value) // 2] + foreign + value[len(value) // 2 :],
            ):
                if not matches(schema["pattern"], wrong):
                    yield "pattern", wrong


@st.composite
def mistaken(draw: st.DrawFn, requests: st.SearchStrategy[dict[str, Any]]) -> Mistake:
    """Draw a request of a strategy with one mistake. Each shape in it is as likely as another, and so is each kind."""
    request = draw(requests)
    place = _one_of(draw, [(place.shape, place) for place in typed(request) if place.pointer])
    kind, wrong, below = _one_of(draw, [(mistake[0], mistake) for mistake in _mistakes(place)])
    if not place.is_key:
        pointer = to_json_pointer((*place.pointer, *below))
        return Mistake(replaced(request, place.pointer, wrong), pointer, kind, place.shape)
    of_map = place.pointer[:-1]
    entries = {wrong if name == place.value else name: of for name, of in value_at(request, of_map).items()}
    return Mistake(replaced(request, of_map, entries), to_json_pointer((*of_map, wrong)), kind, place.shape)


def _one_of(draw: st.DrawFn, choices: list[tuple[str, Any]]) -> Any:
    """Draw one of the values that have a name: first a name, then one of its values."""
    name = draw(st.sampled_from(sorted({name for name, _ in choices})))
    return draw(st.sampled_from([value for of, value in choices if of == name]))


BROKEN = """\
ModelPackageGroupName: churn
modelApprovalStatus: Approved
Tags:
- Key: team
  Value: risk
ModelPackageDescription: weekly
"""
"""A request in YAML with two mistakes: a member in lower case, and tags beside a group."""
