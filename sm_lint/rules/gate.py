"""The gate: compiled validators that decide in microseconds whether a request is clean."""

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from sm_lint.rules.shapes import name_of

_PATIENCE = 4
"""How many requests with other members are evaluated before the schema is compiled, which takes as long."""
_OFTEN = 24
"""How often a shape is asked for before it is compiled, which takes as long as to look at so many values."""


def acceptor(
    schema: Mapping[str, Any],
    usual: Mapping[str, Any],
    are_many: Callable[[], bool],
    is_evaluated: Callable[[], bool],
) -> Callable[[Any], bool]:
    """Return `accepts(value)`: whether a value certainly meets a schema. One that the engine refuses does not.

    Most values meet the `usual` schema, and only such as meet the other one, which may be the same. Values that do not
    are left to the evaluator, until there were so many that to compile the other schema takes no longer. `are_many` and
    `is_evaluated` are as in `_restricted`.
    """
    from sm_lint.model.validator import compiled  # imported lazily: showing a rule or the version needs no engine

    is_usual = _restricted(usual, are_many, is_evaluated)
    whole: list[Callable[[Any], bool]] = []
    left_to_others = iter(range(_PATIENCE))

    def accepts(value: Any) -> bool:
        try:
            if is_usual(value):
                return True
            if not whole:
                if usual is schema or next(left_to_others, None) is not None:
                    return False
                whole.append(compiled(_without_others(schema, None)).is_valid)
            return whole[0](value)
        except ValueError:  # a date, a lone surrogate, a huge integer
            return False

    return accepts


def _restricted(
    schema: Mapping[str, Any], are_many: Callable[[], bool], is_evaluated: Callable[[], bool]
) -> Callable[[Any], bool]:
    """Return `accepts(value)`, as `acceptor` does. Raises ValueError for a value that the engine refuses.

    The first value gets a validator without the members that it does not have. They do not affect the result, and
    compiling the shapes takes most of the time of a run on one file. For others, or if `are_many` says that many are to
    come, the whole schema is compiled: one validator for each set of members would not fit into the processor's cache.
    If `is_evaluated` says that an evaluator is ready, because it has looked at a request, a few others are left to it,
    such as a text with fixes.
    """
    from sm_lint.model.validator import compiled

    known = frozenset(name for shape in schema["definitions"].values() for name in shape.get("properties", ()))
    first: list[tuple[frozenset[str], Callable[[Any], bool]]] = []
    whole: list[Callable[[Any], bool]] = []
    left_to_others = iter(range(_PATIENCE))

    def fitting(value: Any) -> Callable[[Any], bool] | None:
        if not are_many():
            names = known.intersection(_names(value))
            if not first:
                first.append((names, compiled(_without_others(schema, names)).is_valid))
            kept, is_valid = first[0]
            if names <= kept:
                return is_valid
            if is_evaluated() and next(left_to_others, None) is not None:
                return None
        whole.append(compiled(_without_others(schema, None)).is_valid)
        return whole[0]

    def accepts(value: Any) -> bool:
        is_valid = whole[0] if whole else fitting(value)
        return is_valid is not None and is_valid(value)

    return accepts


def shapes_met(schema: Mapping[str, Any], usual: Mapping[str, Any]) -> Callable[[str, Any], bool]:
    """Return `meets(name, value)`: whether a value certainly meets a shape, with the rules for it.

    Of a request that is not clean, most parts are, and need not be looked at one constraint after the other. What is
    `usual` of a text is compiled as soon as it is asked for, which takes less time than to compile its patterns. Else
    the answer is no until a shape has been asked for a few times: to compile it takes longer than to look at one value.
    """
    root = name_of(schema["allOf"][0]) if "allOf" in schema else ""  # what is asked about the root is why it is not met
    asked: dict[str, int] = {root: -sys.maxsize}
    shapes: Mapping[str, Any] = schema.get("definitions", {})
    shorter = {name for name, shape in shapes.items() if usual["definitions"][name] is not shape}
    is_usual = cache(partial(_shape_of, usual))
    is_valid = cache(partial(_shape_of, schema))

    def is_asked_often(name: str) -> bool:
        asked[name] = asked.get(name, 0) + 1
        return asked[name] >= _OFTEN

    def meets(name: str, value: Any) -> bool:
        try:
            return (name in shorter and is_usual(name)(value)) or (is_asked_often(name) and is_valid(name)(value))
        except ValueError:  # as in `acceptor`
            return False

    return meets


def _shape_of(schema: Mapping[str, Any], name: str) -> Callable[[Any], bool]:
    """Return `accepts(value)` for a shape of a schema."""
    from sm_lint.model.validator import compiled

    reference = {"$ref": f"#/definitions/{name}"}
    accepts: Callable[[Any], bool] = compiled(_without_others({**schema, "allOf": [reference]}, None)).is_valid
    return accepts


def _names(value: Any) -> Iterator[str]:
    """Yield the names of all members in a value, at any depth."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield from part
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def _without_others(schema: Mapping[str, Any], names: frozenset[str] | None) -> dict[str, Any]:
    """Return the schema restricted to the members with these names, None for all, and the shapes that they need."""
    needed: dict[str, Any] = {}
    waiting: list[Any] = schema["allOf"][:]
    while waiting:
        part = waiting.pop()
        for key, of in part.items() if isinstance(part, dict) else enumerate(part):
            if key == "$ref":
                shape = name_of(part)
                if shape not in needed:
                    needed[shape] = _with_members(schema["definitions"][shape], names)
                    waiting.append(needed[shape])
            elif isinstance(of, (dict, list)):
                waiting.append(of)
    return {"$schema": schema["$schema"], "allOf": schema["allOf"], "definitions": needed}


def _with_members(shape: Mapping[str, Any], names: frozenset[str] | None) -> Mapping[str, Any]:
    """Return a shape with only those of its members that have one of the names."""
    if names is None or "properties" not in shape:
        return shape
    return {**shape, "properties": {name: of for name, of in shape["properties"].items() if name in names}}
