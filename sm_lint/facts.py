"""What a rule's message may speak of: the facts that its placeholders stand for, and the words made of them."""

import re
from typing import Any

from sm_lint.diagnostic import Pointer
from sm_lint.document import Document
from sm_lint.escape import shown
from sm_lint.nearest import nearest
from sm_lint.rules import as_tuple
from sm_lint.schema import Violation, folded

# One value reports the first constraint that it breaks, in this order; those that are not here are about members.
BOUND = 2
ORDER = {"type": 0, "enum": 1, "pattern": 3, "uniqueItems": 4} | dict.fromkeys(
    (f"{bound}{of}" for bound in ("min", "max") for of in ("Length", "Items", "Properties", "imum")), BOUND
)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_TYPES = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
}


def filled(templates: tuple[str, ...], facts: dict[str, str]) -> str | None:
    """Fill the first template whose placeholders all have a value."""
    for template in templates:
        if all(name in facts for name in _PLACEHOLDER.findall(template)):
            return _PLACEHOLDER.sub(lambda match: facts[match[1]], template)
    return None


def member_of(violation: Violation) -> str:
    """Return the name of the member that a violation is about: an item of a list is about the list's member."""
    if violation.keyword == "required":
        return str(violation.value)
    return last_name(violation.pointer)


def as_written(document: Document, violation: Violation) -> dict[str, str]:
    """Return what more there is to say where YAML turned a value without quotes into another than it looks like."""
    if document.syntax != "yaml":
        return {}
    if violation.keyword == "additionalProperties" and len(violation.pointer) == 1:
        anchor = document.anchor(violation.pointer)
        return {"anchor": anchor} if anchor else {}
    source = document.source(violation.pointer) if violation.keyword == "type" else None
    if source is None:
        return {}
    from sm_lint.syntax.yaml_scalar import reading

    return reading(source, violation.value, violation.constraint["type"])


def last_name(pointer: Pointer) -> str:
    """Return the name of the member at a pointer; an item of a list has that of the list."""
    return next((step for step in reversed(pointer) if isinstance(step, str)), "the request")


def object_of(violation: Violation) -> str:
    """Return how a message calls the object that a violation is in: its member with indices, as `Containers[0]`."""
    route = violation.pointer if violation.keyword == "required" else violation.pointer[:-1]
    indices = ""
    for step in reversed(route):
        if isinstance(step, str):
            return f"`{step}{indices}`"
        indices = f"[{step}]{indices}"
    return "the request"


def facts_of(violation: Violation) -> dict[str, Any]:
    """Return what the placeholders of a rule stand for; None where there is nothing to say."""
    keyword, value, constraint = violation.keyword, violation.value, violation.constraint
    limit = constraint[keyword]
    facts: dict[str, Any] = {
        "value": shown(value),
        "member": member_of(violation),
        "object": object_of(violation),
        "length": _length(value),
        "limit": limit if isinstance(limit, int) else None,
        "date": folded()["x-model"]["date"],
    }
    if keyword == "type":
        if violation.pointer and isinstance(violation.pointer[-1], int):
            facts["member"] += f"[{violation.pointer[-1]}]"  # as the CLI names it
        facts["allowed"] = " or ".join(_TYPES[name] for name in as_tuple(limit))
    elif keyword == "enum":
        facts["allowed"] = ", ".join(limit) if len(limit) <= 12 else None
        facts["nearest"] = nearest(value, limit) if isinstance(value, str) else None
    elif keyword == "additionalProperties":
        facts["nearest"] = nearest(value, constraint["properties"])
        facts["allowed"] = ", ".join(constraint["properties"]) if len(constraint["properties"]) <= 12 else None
    elif keyword == "pattern":
        from sm_lint.pattern import mismatch

        facts["found"] = mismatch(limit, value)
    elif ORDER.get(keyword) == BOUND:
        facts["found"] = _bound(keyword, facts["length"], limit)
    return facts


def _length(value: Any) -> int | None:
    return len(value) if isinstance(value, (str, list, dict)) else None


def _bound(keyword: str, length: int | None, limit: int) -> str:
    units = {"Length": "character", "Items": "item", "Properties": "entry"}
    unit = units.get(keyword[3:])
    if unit is None:
        return f"the {'smallest' if keyword == 'minimum' else 'largest'} is {limit}"
    if keyword.startswith("min"):
        return f"it has {_count(length or 0, unit)}, and needs at least {limit}" if length else "it is empty"
    return f"it has {_count(length or 0, unit)}, and at most {limit} {'are' if limit != 1 else 'is'} allowed"


def _count(number: int, unit: str) -> str:
    plural = f"{unit[:-1]}ies" if unit.endswith("y") else f"{unit}s"
    return f"{number:,} {unit if number == 1 else plural}"
