"""The members and values of a request, for hover and completion, from the schema for editors."""

import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.requests.request import PAYLOAD, Profile
from sm_lint.rules.editor_schema import editor_schema
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.shapes import name_of, root_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_VALUES = 12
"""The maximum number of values of an enumeration that a hover lists."""
PATH_SUFFIX = ".$"
"""What a state machine appends to the name of a member whose value is a path."""


class Place(NamedTuple):
    """A place in a request, with its shape in the API model."""

    pointer: Pointer
    shape: str
    owners: tuple[str, ...]
    """The shapes on the way, the root first. The last one contains the value."""


class Suggestion(NamedTuple):
    """A member or a value that is allowed at a place."""

    text: str
    documentation: str
    is_required: bool = False


class Members:
    """The members of requests, as a rule set defines them."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._ruleset = ruleset
        self._shapes: Mapping[str, Any] = ruleset.folded["definitions"]

    @cached_property
    def _schema(self) -> dict[str, Any]:
        return editor_schema(self._ruleset)

    @property
    def root(self) -> Place:
        """The place of the request."""
        return Place((), root_of(self._ruleset.folded), ())

    def place_of(self, pointer: Pointer) -> Place | None:
        """Return the place at a pointer; None if requests have nothing there."""
        place: Place | None = self.root
        for step in pointer:
            place = place and self.below(place, step)
        return place

    def below(self, place: Place, step: str | int) -> Place | None:
        """Return the place of a member or an item of the value at a place; None if requests have nothing there."""
        definition = self._shapes[place.shape]
        if isinstance(step, int):
            reference = definition.get("items")
        else:
            reference = definition.get("properties", {}).get(step) or definition.get("additionalProperties")
        if not reference:
            return None
        return Place((*place.pointer, step), name_of(reference), (*place.owners, place.shape))

    def spelled_as(self, place: Place, step: str | int, spelled: "Callable[[str], str]") -> str | int:
        """Return the member of the object at a place that a carrier, which spells members so, writes as `step`.

        If there is none, return `step`.
        """
        if isinstance(step, int):
            return step
        names = self._shapes[place.shape].get("properties", ())
        return next((name for name in names if spelled(name) == step.removesuffix(PATH_SUFFIX)), step)

    def members_of(self, place: Place, present: set[str | int], profile: Profile = PAYLOAD) -> list[Suggestion]:
        """Return the members that the object at a place may have besides `present`, the required ones first."""
        definition = self._shapes[place.shape]
        required, without = definition.get("required", ()), present | profile.lacks.get(place.shape, frozenset())
        names = [name for name in definition.get("properties", ()) if name not in without]
        found = [Suggestion(name, self._description(place.shape, name), name in required) for name in names]
        return sorted(found, key=lambda suggestion: not suggestion.is_required)

    def values_of(self, place: Place) -> list[Suggestion]:
        """Return the values that the scalar at a place may have, as JSON; empty if they are not enumerated."""
        shape = self._shapes[place.shape]
        if shape.get("type") == "boolean":
            return [Suggestion("true", ""), Suggestion("false", "")]
        meanings = self._meanings(place)
        return [Suggestion(json.dumps(value), meanings.get(value, "")) for value in shape.get("enum", ())]

    def hover_of(self, place: Place, written: str = "", profile: Profile = PAYLOAD) -> str | None:
        """Return the description of the member at a place, in Markdown; None if it is not a member.

        Its first line says what the member is, because some editors show no other line. `written` is its name in the
        carrier of the request, if it has another one there.
        """
        name = next((step for step in reversed(place.pointer) if isinstance(step, str)), None)
        owner = place.owners[-1 - _items(place.pointer)] if place.owners else ""
        text = self._description(owner, str(name))
        if name is None or not text:
            return None
        shape = self._shapes[place.shape]
        values = shape.get("enum", ())
        kind = {"array": "list"}.get(shape["type"], shape["type"])
        parts = [f"**{written or name}** ({kind}): {text}"]
        meanings = self._meanings(place)
        if 0 < len(values) <= MAX_VALUES:
            parts.append("\n".join(f"- `{v}`" + (f": {meanings[v]}" if v in meanings else "") for v in values))
        elif values:
            parts.append(
                f"One of {len(values)} values, for example `{values[0]}` (as of {self._ruleset.model['date']})."
            )
        about = self.rules_about(place).items()
        rules = [f"- {code} ({severity}): {title}" for code, (title, severity) in about if profile.applies(code)]
        if rules:
            parts.append("Rules that check it:\n\n" + "\n".join(rules))
        return "\n\n".join(parts)

    def rules_about(self, place: Place) -> dict[str, tuple[str, str]]:
        """Return the name and severity of each rule about a place, by code, without those of severity info."""
        index = self._ruleset.folded["x-sm-lint"]
        member = next((step for step in reversed(place.pointer) if isinstance(step, str)), "")
        codes = set()
        for depth, owner in enumerate((*place.owners, place.shape)):
            for part in self._shapes[owner].get("allOf", ()):
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
            if entry["check"] == "unique":  # uniqueness among items also concerns the list
                named += re.findall(r'([\w-]+)/\*/[\w-]+"', text)
            if member in named:
                codes.update(code for code, _ in entry["rules"])
        return {code: self._ruleset.catalog[code] for code in sorted(codes) if self._ruleset.catalog[code][1] != "info"}

    def _property(self, owner: str, name: str) -> dict[str, Any]:
        definition: dict[str, Any] = self._schema["definitions"].get(owner, {})
        found: dict[str, Any] = definition.get("properties", {}).get(name, {})
        return found

    def _description(self, owner: str, name: str) -> str:
        return str(self._property(owner, name).get("description", ""))

    def _meanings(self, place: Place) -> dict[str, str]:
        found = self._property(place.owners[-1], str(place.pointer[-1])) if place.owners else {}
        return dict(zip(found.get("enum", ()), found.get("enumDescriptions", ()), strict=False))


def _names(condition: dict[str, Any], route: Pointer) -> bool:
    """Return whether a condition is about the value at a pointer, relative to the place of the condition."""
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
    """Return the number of list indices at the end of a pointer: an item belongs to the member of its list."""
    count = 0
    while count < len(pointer) and isinstance(pointer[-1 - count], int):
        count += 1
    return count
