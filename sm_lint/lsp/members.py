"""What the request has at a pointer: for hover and completion, from the schema that editors get."""

import json
import re
from functools import cache
from typing import Any, NamedTuple

from sm_lint.diagnostic import Pointer
from sm_lint.editor_schema import editor_schema
from sm_lint.schema import folded
from sm_lint.selection import catalogue

MAX_VALUES = 12
"""So many values of an enumeration are listed in a hover."""


class Place(NamedTuple):
    """A value of the request, as the API's model has it."""

    pointer: Pointer
    shape: str
    owners: tuple[str, ...]
    """The shapes on the way, that of the root first; the last owns the value."""


class Suggestion(NamedTuple):
    """A member or a value that may stand at a place."""

    text: str
    documentation: str
    is_required: bool = False


@cache
def place_of(pointer: Pointer) -> Place | None:
    """Return what is at a pointer; None where the request has nothing there."""
    shapes = folded()["definitions"]
    shape = folded()["allOf"][0]["$ref"]
    owners: list[str] = []
    for step in pointer:
        owner = shape.rsplit("/", 1)[1]
        owners.append(owner)
        definition = shapes[owner]
        if isinstance(step, int):
            reference = definition.get("items")
        else:
            reference = definition.get("properties", {}).get(step) or definition.get("additionalProperties")
        if not reference:
            return None
        shape = reference["$ref"]
    return Place(pointer, shape.rsplit("/", 1)[1], tuple(owners))


def request_members() -> list[str]:
    """Return the names of the members of the request itself."""
    names: list[str] = folded()["x-payload"]["members"]
    return names


def members_of(place: Place, present: set[str]) -> list[Suggestion]:
    """Return the members that the object at a place may still have, those it must have first."""
    definition = folded()["definitions"][place.shape]
    required = definition.get("required", ())
    names = [name for name in definition.get("properties", ()) if name not in present]
    found = [Suggestion(name, _description(place.shape, name), name in required) for name in names]
    return sorted(found, key=lambda suggestion: not suggestion.is_required)


def values_of(place: Place) -> list[Suggestion]:
    """Return the values that the scalar at a place may have, as JSON; none where any text will do."""
    shape = folded()["definitions"][place.shape]
    if shape.get("type") == "boolean":
        return [Suggestion("true", ""), Suggestion("false", "")]
    meanings = _meanings(place)
    return [Suggestion(json.dumps(value), meanings.get(value, "")) for value in shape.get("enum", ())]


def hover_of(place: Place) -> str | None:
    """Return what is to be known of the member at a place, in Markdown; None for what is no member."""
    name = next((step for step in reversed(place.pointer) if isinstance(step, str)), None)
    owner = place.owners[-1 - _items(place.pointer)] if place.owners else ""
    text = _description(owner, str(name))
    if name is None or not text:
        return None
    shape = folded()["definitions"][place.shape]
    values = shape.get("enum", ())
    kind = {"array": "list"}.get(shape["type"], shape["type"])
    parts = [f"**{name}** ({kind})", text]
    meanings = _meanings(place)
    if 0 < len(values) <= MAX_VALUES:
        parts.append("\n".join(f"- `{v}`" + (f": {meanings[v]}" if v in meanings else "") for v in values))
    elif values:
        parts.append(f"One of {len(values)} values, for example `{values[0]}` (list of {folded()['x-model']['date']}).")
    rules = [f"- {code} ({severity}): {title}" for code, (title, severity) in watching(place).items()]
    if rules:
        parts.append("Rules that watch it:\n\n" + "\n".join(rules))
    return "\n\n".join(parts)


def watching(place: Place) -> dict[str, list[str]]:
    """Return name and severity of the rules about a place in particular, by their codes, without those that advise."""
    index = folded()["x-sm-lint"]
    member = next((step for step in reversed(place.pointer) if isinstance(step, str)), "")
    codes = set()
    for depth, owner in enumerate((*place.owners, place.shape)):
        for part in folded()["definitions"][owner].get("allOf", ()):
            if _names(part.get("then", part), place.pointer[depth:]):
                codes.add(part["x-rule"])
    for entry in index["keywords"]:
        names_shape, names_member = "shape" in entry, "member" in entry
        if (names_shape or names_member) and (
            place.shape in entry.get("shape", [place.shape]) and member in entry.get("member", [member])
        ):
            codes.add(entry["rule"])
    for entry in index["checks"]:
        text = json.dumps(entry["with"])
        named = re.findall(r'([\w-]+)(?:/\*)*"', text)
        if entry["check"] == "unique":  # what one item of a list alone may have is about the list, too
            named += re.findall(r'([\w-]+)/\*/[\w-]+"', text)
        if member in named:
            codes.update(code for code, _ in entry["rules"])
    return {code: catalogue()[code] for code in sorted(codes) if catalogue()[code][1] != "info"}


def _names(condition: dict[str, Any], route: Pointer) -> bool:
    """Say whether a condition is about what lies at a route from its own place."""
    for index, step in enumerate(route):
        if index == len(route) - 1 and step in condition.get("required", ()):
            return True
        if isinstance(step, int):
            condition = condition.get("items", {})
        else:
            condition = condition.get("properties", {}).get(step, {})
        if not condition:
            return False
    return True


def _items(pointer: Pointer) -> int:
    """Return how many steps at the end of a pointer are of lists: an item is about its list's member."""
    count = 0
    while count < len(pointer) and isinstance(pointer[-1 - count], int):
        count += 1
    return count


def _property(owner: str, name: str) -> dict[str, Any]:
    definition: dict[str, Any] = editor_schema()["definitions"].get(owner, {})
    found: dict[str, Any] = definition.get("properties", {}).get(name, {})
    return found


def _description(owner: str, name: str) -> str:
    return str(_property(owner, name).get("description", ""))


def _meanings(place: Place) -> dict[str, str]:
    found = _property(place.owners[-1], str(place.pointer[-1])) if place.owners else {}
    return dict(zip(found.get("enum", ()), found.get("enumDescriptions", ()), strict=False))
