"""For each constraint of the model card's schema a card that meets it and one that breaks it, made from the schema."""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sm_lint.model import data
from sm_lint.model.pointer import Pointer, to_json_pointer
from sm_lint.run.session import Session
from tests.support.linting import SESSION, lint_value

SCHEMA = json.loads(data.schema("model-package-model-card.schema"))
METRICS = {"number": 1, "string": "a", "boolean": True, "linear_graph": [[0, 1]], "bar_chart": [1], "matrix": [[1]]}
_WRONG_TYPES: dict[str, Any] = {"string": 1, "number": "1", "boolean": 1, "object": [], "array": {}}
Wrap = Callable[[Any], Any]


class CardCase(NamedTuple):
    """A card, and the place inside at which a constraint is met or broken."""

    note: str
    card: Any
    pointer: str
    mistake: str | None
    """The name of the rule that reports it; None: the constraint is met."""
    misplaced: tuple[str, ...] = ()
    """The pointers of the fields around it that only full model cards have."""


def holds(case: CardCase, session: Session = SESSION) -> bool:
    """Say whether the engine reports what it should inside the card."""
    card = {"ModelCardContent": json.dumps(case.card), "ModelCardStatus": "Draft"}
    request = {"ModelPackageGroupName": "g", "ModelCard": card}
    found = [d for d in lint_value(request, session=session) if d.inner_pointer is not None]
    expected = [(pointer, "card-full-card-field") for pointer in case.misplaced]
    if case.mistake is not None:
        expected.append((case.pointer, f"card-{case.mistake}"))
    return sorted((d.inner_pointer, d.name) for d in found) == sorted(expected)


def cases() -> Iterator[CardCase]:
    """Yield the cases of the whole card."""
    misplaced = list(_misplaced(SCHEMA, ()))
    for case in _visit(SCHEMA, (), lambda value: value, None):
        around = tuple(pointer for pointer in misplaced if f"{case.pointer}/".startswith(f"{pointer}/"))
        is_itself = case.mistake == "full-card-field"
        yield case if is_itself else case._replace(misplaced=around)


def _misplaced(node: dict[str, Any], pointer: Pointer) -> Iterator[str]:
    """Yield the pointers of the fields that only full model cards have."""
    for name, child in node.get("properties", {}).items():
        if any("not" in part for part in child.get("allOf", ())):
            yield to_json_pointer((*pointer, name))
        yield from _misplaced(child, (*pointer, name))


def _visit(node: dict[str, Any], pointer: Pointer, wrap: Wrap, mistake: str | None) -> Iterator[CardCase]:
    node = _resolved(node)
    mistake = node.get("x-kind", mistake)
    yield from _cases(node, sample(node), pointer, wrap, mistake)
    for name, child in node.get("properties", {}).items():
        yield from _visit(child, (*pointer, name), _member(wrap, sample(node), name), mistake)
    if "items" in node:
        rest = [sample(node["items"])] * (node.get("minItems", 1) - 1)
        yield from _visit(node["items"], (*pointer, 0), lambda v: wrap([v, *rest]), mistake)
    if isinstance(node.get("additionalProperties"), dict):
        yield from _visit(node["additionalProperties"], (*pointer, "k"), lambda v: wrap({"k": v}), mistake)
    for part in node.get("allOf", ()):
        if "then" in part:
            yield from _of_metric(part, pointer, wrap)
        else:
            yield from _cases(part, sample(node), pointer, wrap, part["x-kind"])


def _cases(node: dict[str, Any], usual: Any, pointer: Pointer, wrap: Wrap, mistake: str | None) -> Iterator[CardCase]:
    for rule, note, value, at in _values(node, usual):
        place = to_json_pointer((*pointer, *(at or ())))
        if rule != "type" or place:  # the root has a rule of its own
            yield CardCase(f"{place}: {note}", wrap(value), place, None if at is None else mistake or rule)


def _member(wrap: Wrap, base: dict[str, Any], name: str) -> Wrap:
    return lambda value: wrap({**base, name: value})


def _of_metric(part: dict[str, Any], pointer: Pointer, wrap: Wrap) -> Iterator[CardCase]:
    """Yield the cases of what a metric of a kind is to be."""
    condition = part["if"]["properties"]["type"]
    for kind in condition.get("enum") or [condition["const"]]:
        metric = {"name": "a", "type": kind, "value": METRICS[kind]}
        untyped = {"name": "a", "value": METRICS[kind]}
        yield CardCase(f"{kind} without type", wrap(untyped), to_json_pointer(pointer), "missing-field")
        for name, child in part["then"]["properties"].items():
            place = to_json_pointer((*pointer, name))
            with_value = _member(wrap, metric, name)
            if child.get("x-kind"):  # a value of one of the other simple kinds
                others = [value for other, value in METRICS.items() if other != kind and not isinstance(value, list)]
                yield from (CardCase(f"{place}: {o!r}", with_value(o), place, "intended-limit") for o in others)
            elif isinstance(child.get("type"), list):
                yield CardCase(f"{place}: null", with_value(None), place, "type")
                if kind == "string":
                    yield CardCase(f"{place}: 63", with_value("a" * 63), place, None)
                    yield CardCase(f"{place}: 64", with_value("a" * 64), place, "length")
            else:
                yield from _visit(child, (*pointer, name), with_value, None)


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    return SCHEMA["definitions"][node["$ref"].rsplit("/", 1)[1]] if "$ref" in node else node


def sample(node: dict[str, Any]) -> Any:
    """Return a small value that meets a schema of the card."""
    node = _resolved(node)
    if node is SCHEMA["definitions"]["metric"]:
        return {"name": "a", "type": "number", "value": 1}
    if "enum" in node:
        return node["enum"][0]
    match node.get("type"):
        case "object":
            extra = [name for part in node.get("allOf", ()) for name in part.get("required", ())]
            return {name: sample(node["properties"][name]) for name in [*node.get("required", ()), *extra]}
        case "array":
            return [sample(node["items"])] * node.get("minItems", 1)
        case "string":
            return "a"
    return 1


def _values(node: dict[str, Any], usual: Any) -> Iterator[tuple[str, str, Any, Pointer | None]]:
    """Yield rule, note, value, and where the value breaks the constraint below itself; None if it meets it."""
    if "type" in node:
        yield "type", "sample", usual, None
        yield "type", f"not {node['type']}", _WRONG_TYPES[node["type"]], ()
        yield "type", "null", None, ()
    if "not" in node:
        yield "", "it is there", usual, ()
    if "enum" in node:
        others = [] if "linear_graph" in node["enum"] else node["enum"]  # a kind of metric goes with its value
        yield from (("enum", value, value, None) for value in others)
        yield "enum", "no such value", "x", ()
    for name in node.get("required", ()):
        yield "missing-field", f"without {name}", {k: v for k, v in usual.items() if k != name}, ()
    if node.get("additionalProperties") is False:
        yield "unknown-field", "one more", {**usual, "Unknown": 1}, ("Unknown",)
    for keyword, make in (("Length", lambda n: "a" * n), ("Items", lambda n: [sample(node.get("items", {}))] * n)):
        for side, beyond in (("min", -1), ("max", 1)):
            limit = node.get(side + keyword)
            if limit is not None:
                of = make if "items" in node or keyword == "Length" else lambda n: usual[:1] * n
                yield "length", f"{side}{keyword} {limit}", of(limit), None
                yield "length", f"{side}{keyword} {limit + beyond}", of(limit + beyond), ()
