"""The gate: compiled validators that decide in microseconds whether a request is clean."""

from collections.abc import Callable, Mapping
from typing import Any

from sm_lint.rules.shapes import name_of, root_of

_FEW = 8
"""The number of sets of members that get a validator of their own. Further ones use that of the whole schema."""


def validators(schema: Mapping[str, Any]) -> Callable[[Any], Any]:
    """Return `validator(value)`: a validator compiled without the top-level members that the value lacks.

    They do not affect the result, and compiling the shapes takes most of the time of a short run.
    """
    from sm_lint.model.validator import compiled  # imported lazily: showing a rule or the version needs no engine

    request = frozenset(schema["definitions"][root_of(schema)]["properties"])
    known: dict[frozenset[str] | None, Any] = {}

    def validator(value: Any) -> Any:
        members = request.intersection(value) if isinstance(value, dict) else frozenset()
        found = known.get(members)
        if found is None:
            if len(known) < _FEW:
                found = compiled(_without_others(schema, members))
            else:
                found = known.get(None) or compiled(dict(schema))
                known[None] = found
            known[members] = found
        return found

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
