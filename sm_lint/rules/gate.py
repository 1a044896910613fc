"""The gate: compiled validators that decide in microseconds whether a request is clean."""

from collections.abc import Callable, Mapping
from typing import Any

from sm_lint.rules.shapes import name_of, root_of


def validators(schema: Mapping[str, Any]) -> Callable[[Any], Any]:
    """Return `validator(value)`: for the first value one that is compiled without the top-level members that it lacks.

    They do not affect the result, and compiling the shapes takes most of the time of a run on one file. A run on many
    files is faster with one validator, that of the whole schema, than with one for each set of members: each takes a
    hundred requests to warm up, and together they do not fit into the processor's cache.
    """
    from sm_lint.model.validator import compiled  # imported lazily: showing a rule or the version needs no engine

    request = frozenset(schema["definitions"][root_of(schema)]["properties"])
    first: dict[frozenset[str], Any] = {}
    whole: list[Any] = []

    def validator(value: Any) -> Any:
        if whole:
            return whole[0]
        members = request.intersection(value) if isinstance(value, dict) else frozenset()
        if not first:
            first[members] = compiled(_without_others(schema, members))
        if members in first:
            return first[members]
        whole.append(compiled(dict(schema)))
        return whole[0]

    return validator


def _without_others(schema: Mapping[str, Any], members: frozenset[str]) -> dict[str, Any]:
    """Return the schema restricted to these top-level members and the shapes that they need."""
    name = root_of(schema)
    root = schema["definitions"][name]
    root = {**root, "properties": {key: of for key, of in root["properties"].items() if key in members}}
    needed = {name: root}
    waiting: list[Any] = [root]
    while waiting:
        part = waiting.pop()
        for key, of in part.items() if isinstance(part, dict) else enumerate(part):
            if key == "$ref":
                shape = name_of(part)
                if shape not in needed:
                    needed[shape] = schema["definitions"][shape]
                    waiting.append(needed[shape])
            elif isinstance(of, (dict, list)):
                waiting.append(of)
    return {"$schema": schema["$schema"], "allOf": schema["allOf"], "definitions": needed}
