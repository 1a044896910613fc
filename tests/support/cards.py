"""A strategy for the content of a model card, from the schema of the card: what no error is about."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.support.card_cases import SCHEMA
from tests.support.texts import ANY, spread

Anything = st.SearchStrategy[Any]

_NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
_AXIS = spread(ANY, 0, 63)
_AXES = st.lists(_AXIS, max_size=3)
# Of each kind of metric: the value, and the names of the two axes.
_METRICS: dict[str, tuple[Anything, Anything, Anything]] = {
    "number": (_NUMBERS, _AXIS, _AXIS),
    "string": (_AXIS, _AXIS, _AXIS),
    "boolean": (st.booleans(), _AXIS, _AXIS),
    "linear_graph": (st.lists(st.lists(_NUMBERS, min_size=2, max_size=2), min_size=1, max_size=4), _AXIS, _AXIS),
    "bar_chart": (st.lists(_NUMBERS, min_size=1, max_size=4), _AXES, _AXIS),
    "matrix": (st.lists(st.lists(_NUMBERS, min_size=1, max_size=20), min_size=1, max_size=20), _AXES, _AXES),
}


def _metric(kind: str) -> Anything:
    value, x_axis, y_axis = _METRICS[kind]
    required = {"name": spread(ANY, 1, 255), "type": st.just(kind), "value": value}
    return st.fixed_dictionaries(
        required, optional={"notes": spread(ANY, 0, 1024), "x_axis_name": x_axis, "y_axis_name": y_axis}
    )


def _of(node: dict[str, Any]) -> Anything:
    """Return a strategy for the values of a part of the schema."""
    if "$ref" in node:
        return _of_definition(node["$ref"].rpartition("/")[2])
    if "enum" in node:
        return st.sampled_from(node["enum"])
    return _OF_TYPE[node["type"]](node)


@cache
def _of_definition(name: str) -> Anything:
    if name == "metric":
        return st.sampled_from(sorted(_METRICS)).flatmap(_metric)
    return _of(SCHEMA["definitions"][name])


def _array(node: dict[str, Any]) -> Anything:
    return st.lists(_of(node["items"]), min_size=node.get("minItems", 0), max_size=min(node.get("maxItems", 3), 3))


def _object(node: dict[str, Any]) -> Anything:
    of_any_name = node.get("additionalProperties", {"type": "number"})
    if "properties" not in node:
        return st.dictionaries(spread(ANY, 0, 64), _of(of_any_name), max_size=3)
    members = {name: _of(child) for name, child in node["properties"].items() if "not" not in child}
    extra = {} if of_any_name is False else {"a field of one's own": _of(of_any_name)}
    required = {name: members.pop(name) for name in node.get("required", ())}
    return st.fixed_dictionaries(required, optional={**members, **extra})


_OF_TYPE: dict[str, Callable[[dict[str, Any]], Anything]] = {
    "array": _array,
    "object": _object,
    "number": lambda _: _NUMBERS,
    "string": lambda node: spread(ANY, node.get("minLength", 0), node.get("maxLength", 2000)),
}


def _written(card: Any, escaped: bool) -> str:
    """Return a card as JSON on one line."""
    text = json.dumps(card) if escaped else json.dumps(card, ensure_ascii=False)
    return "".join(c if c not in "\x85\u2028\u2029" else f"\\u{ord(c):04x}" for c in text)


CONTENTS: st.SearchStrategy[str] = st.builds(_written, _of(SCHEMA), st.booleans()).filter(
    lambda text: len(text) <= 100_000
)
"""The content of cards, at most 100,000 characters."""
