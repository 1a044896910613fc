"""Message parameters that the rest of the request decides, so that following a help never leads to the next error."""

from collections.abc import Mapping, Sequence
from typing import Any

from sm_lint.model.pointer import Pointer, is_under, value_at
from sm_lint.model.words import listed
from sm_lint.rules.around import can_be_left_out, is_refused, meant, shapes_along
from sm_lint.rules.message import object_at
from sm_lint.rules.misplaced import occupied
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.violation import Misplaced, Violation

_VARIABLES: Mapping[str | int, str] = {"ModelCardContent": "card", "DataInputConfig": "config"}
"""What one would call the object whose JSON is the text of a member."""


def in_request(
    ruleset: RuleSet, request: Any, violation: Violation, parameters: dict[str, Any], templates: Sequence[str]
) -> dict[str, Any]:
    """Return the message parameters that replace or complete those of a violation alone.

    `templates` are those that will be filled in: what takes work is done only if one of them has the placeholder.
    """
    if violation.misplaced:
        return _moved(violation.misplaced, violation.pointer[:-1]) | {"nearest": None, "allowed": None}
    if violation.keyword == "additionalProperties" and "properties" in violation.constraint:
        return _unknown(ruleset, request, violation, parameters.get("nearest"))
    if violation.on_key:
        return {}
    if violation.keyword == "required":
        return _of_empty(ruleset, request, violation.pointer)
    added = _as_text(ruleset, violation)
    if any("{optional}" in template for template in templates):
        added |= _presence(ruleset, request, violation, parameters["object"])
    return added


def _presence(ruleset: RuleSet, request: Any, violation: Violation, around: str) -> dict[str, Any]:
    """Return what can be left out, or which shape requires it. Where only a rule wants it, nothing is said of that."""
    step = violation.pointer[-1] if violation.pointer else None
    if can_be_left_out(ruleset, request, violation.pointer):
        name = f"item {step + 1}" if isinstance(step, int) else f"`{step}`"
        return {"refused" if is_refused(ruleset, request, violation.pointer) else "optional": name}
    is_required = step in shapes_along(ruleset, violation.pointer[:-1])[-1].get("required", ())
    return {"required": f"{around} requires `{step}`"} if is_required else {}


def _of_empty(ruleset: RuleSet, request: Any, pointer: Pointer) -> dict[str, Any]:
    """Return the name of an object that lacks a member, if it has none at all and can be left out itself."""
    is_empty = pointer and not value_at(request, pointer) and isinstance(pointer[-1], str)
    return {"empty": object_at(pointer)} if is_empty and can_be_left_out(ruleset, request, pointer) else {}


def _moved(misplaced: Misplaced, around: Pointer) -> dict[str, Any]:
    names = [f"`{name}`" for name in misplaced.names]
    homes = [_home(home, around) for home in misplaced.homes]
    members = f"members {listed(names, 'and')}" if len(names) > 1 else None
    return {"members": members, "moved": listed(names, "and"), "home": listed(homes, "or")}


def _home(home: Pointer, around: Pointer) -> str:
    """Return the name of an object, as a path from the one around it if it is below that."""
    if not is_under(home, {around}) or home == around:
        return object_at(home) if home else "the request itself"
    steps = home[len(around) :]
    return f"`{''.join(f'[{step}]' if isinstance(step, int) else f'.{step}' for step in steps)[1:]}`"


def _unknown(ruleset: RuleSet, request: Any, violation: Violation, near: str | None) -> dict[str, Any]:
    """Return what replaces the nearest name of an unknown member where that is no help.

    The object may have it already, or may not have it; or the member is not misspelt, but stands elsewhere.
    """
    around = violation.pointer[:-1]
    home = occupied(violation, ruleset, request)
    if home is not None:
        return {"nearest": None, "allowed": None, "present": f"{object_at(home)} has `{violation.value}`"}
    if near is None:
        return {}
    if near in value_at(request, around):
        return {"nearest": None, "allowed": None, "present": f"{object_at(around)} has `{near}`"}
    return {} if meant(ruleset, request, violation) else {"nearest": None}


def _as_text(ruleset: RuleSet, violation: Violation) -> dict[str, Any]:
    """Return the words for a value that must be written as JSON in a string, but is not."""
    pointer = violation.pointer
    is_text = violation.keyword == "type" and violation.constraint["type"] == "string"
    if not is_text or not isinstance(violation.value, (dict, list)):
        return {}
    path = "/".join("*" if isinstance(step, int) else step for step in pointer)
    calls = [call for call in ruleset.folded["x-sm-lint"]["checks"] if call["check"] == "embedded"]
    if not any(path in call["with"]["strings"] for call in calls):
        return {}
    return {"allowed": "JSON text in a string", "dumped": f"json.dumps({_VARIABLES.get(pointer[-1], 'value')})"}
