"""What the rules demand of the members of an object: which it must have and which it may not have, and when."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.rules.shapes import name_of, root_of

_Schema = Mapping[str, Any]
FORBIDDEN: _Schema = {"not": {}}
"""What a rule says of a member that may not be there."""
_EACH = ("items", "contains", "uniqueItems", "additionalProperties", "patternProperties", "propertyNames")
"""The keywords that look at all that an object or a list has."""


class Demand(NamedTuple):
    """What one rule says about the members of an object."""

    depth: int
    """How many steps down the path to the object that stands to which the condition applies; 0 is the request."""
    condition: _Schema | None
    """A schema; None if the rule always applies, or if that would take looking at each item of a list."""
    required: frozenset[str]
    """The names of the members that it must have."""
    forbidden: frozenset[str]
    """The names of those that it may not have."""


def shapes_on(folded: _Schema, pointer: Pointer) -> list[_Schema]:
    """Return the shapes of the request and of each value on the way to a pointer, as far as they are known.

    An item of a list may be `*` in the pointer.
    """
    definitions = folded["definitions"]
    found: list[_Schema] = [definitions[root_of(folded)]]
    for step in pointer:
        shape = found[-1]
        below = shape.get("properties", {}).get(step) or shape.get("items") or shape.get("additionalProperties")
        if not isinstance(below, dict) or "$ref" not in below:
            break
        found.append(definitions[name_of(below)])
    return found


def demands_of(folded: _Schema, path: tuple[str, ...]) -> list[Demand]:
    """Return what the rules say about the members of the object at a path, in which `*` is an item of a list."""
    found = []
    for depth, shape in enumerate(shapes_on(folded, path)):
        for rule in shape.get("allOf", ()):
            part: _Schema | None = rule.get("then", rule)
            for step in path[depth:]:
                part = part and (part.get("items") if step == "*" else part.get("properties", {}).get(step))
            part = part or {}
            required = frozenset(part.get("required", ()))
            forbidden = frozenset(name for name, of in part.get("properties", {}).items() if of == FORBIDDEN)
            if required or forbidden:
                condition = rule.get("if")
                found.append(Demand(depth, None if _looks_at_each(condition) else condition, required, forbidden))
    return found


def _looks_at_each(schema: Any) -> bool:
    if isinstance(schema, dict):
        return any(key in _EACH or _looks_at_each(below) for key, below in schema.items())
    return isinstance(schema, list) and any(map(_looks_at_each, schema))
