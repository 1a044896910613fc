"""Messages: the message parameters of a violation, and the templates that they fill in."""

import re
from collections.abc import Mapping
from typing import Any

from sm_lint.model.escape import shown
from sm_lint.model.nearest import nearest
from sm_lint.model.pointer import Pointer, above
from sm_lint.model.rule import as_tuple
from sm_lint.model.words import counted
from sm_lint.rules.violation import BOUND, ORDER, Violation
from sm_lint.sources.document import Document

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_WRITTEN_PLACEHOLDER = r"<[A-Za-z][^<>]{0,80}>|\$?\{\{?[^{}\"]{0,80}\}\}?|\$[A-Za-z_]\w{0,80}"  # compiled on first use
"""Matches what stands for a value that is to be filled in: `<name>`, `${NAME}`, `{{ name }}`, `{name}`, `$NAME`."""
_TYPES = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def filled(templates: tuple[str, ...], parameters: dict[str, str]) -> str | None:
    """Return the first template whose placeholders all have a value, filled in; None if there is no such template."""
    for template in templates:
        if all(name in parameters for name in _PLACEHOLDER.findall(template)):
            return _PLACEHOLDER.sub(lambda match: parameters[match[1]], template)
    return None


def member_of(violation: Violation) -> str:
    """Return the name of the member that a violation is about; for a list item, the name of the list."""
    if violation.keyword == "required":
        return str(violation.value)
    return last_name(violation.pointer)


def as_written(document: Document, pointer: Pointer, violation: Violation) -> dict[str, str]:
    """Return additional parameters in YAML: how a plain scalar was read, or the anchor of an unknown member."""
    if document.syntax != "yaml":
        return {}
    if violation.keyword == "additionalProperties" and len(pointer) == 1:
        anchor = document.anchor(pointer)
        return {"anchor": anchor} if anchor else {}
    source = document.source(pointer) if violation.keyword == "type" else None
    if source is None:
        return {}
    from sm_lint.sources.yaml.scalar import reading

    return reading(source, violation.value, violation.constraint["type"])


def last_name(pointer: Pointer) -> str:
    """Return the name of the member at a pointer; for a list item, the name of the list."""
    return next((step for step in reversed(pointer) if isinstance(step, str)), "the request")


def object_of(violation: Violation) -> str:
    """Return the name in messages of the object that has the member of a violation, such as `Containers[0]`."""
    return object_at(violation.pointer if violation.keyword == "required" else above(violation.pointer))


def object_at(pointer: Pointer) -> str:
    """Return the name in messages of the object at a pointer.

    >>> object_at(("InferenceSpecification", "Containers", 0)), object_at(())
    ('`Containers[0]`', 'the request')
    """
    indices = ""
    for step in reversed(pointer):
        if isinstance(step, str):
            return f"`{step}{indices}`"
        indices = f"[{step}]{indices}"
    return "the request"


def parameters_of(violation: Violation) -> dict[str, Any]:
    """Return the message parameters of a violation; a parameter without a value is None."""
    keyword, value, constraint = violation.keyword, violation.value, violation.constraint
    limit = constraint[keyword]
    parameters: dict[str, Any] = {
        "value": shown(value),
        "member": member_of(violation),
        "object": object_of(violation),
        "length": _length(value),
        "limit": limit if isinstance(limit, int) else None,
    }
    if keyword == "type":
        if violation.pointer and isinstance(violation.pointer[-1], int):
            parameters["member"] += f"[{violation.pointer[-1]}]"  # as the CLI names it
        parameters["allowed"] = " or ".join(_TYPES[name] for name in as_tuple(limit))
    elif keyword == "enum":
        parameters["allowed"] = ", ".join(map(str, limit)) if len(limit) <= 12 else None
        parameters |= _suggestions(value, constraint) if isinstance(value, str) else {}
    elif keyword == "additionalProperties":
        parameters["nearest"] = nearest(value, constraint["properties"])
        parameters["allowed"] = ", ".join(constraint["properties"]) if len(constraint["properties"]) <= 12 else None
    elif keyword == "pattern":
        from sm_lint.rules.pattern import mismatch

        parameters["found"] = _unfilled(constraint, value) or mismatch(limit, value)
    elif ORDER.get(keyword) == BOUND:
        parameters["found"] = _unfilled(constraint, value) or _stricter(violation)
        if parameters["found"] is None:
            parameters["least" if keyword.startswith("min") else "most"] = _amount(keyword, limit)
            parameters["found"] = _bound(keyword, parameters["length"], limit)
    return parameters


def _suggestions(value: str, constraint: Mapping[str, Any]) -> dict[str, str | None]:
    """Return what was probably meant by a value that an enumeration lacks; with the family of instance types."""
    names = [name for name in constraint["enum"] if isinstance(name, str)]
    if "x-instance-types" not in constraint:
        return {"nearest": nearest(value, names)}
    from sm_lint.model.nearest_type import nearest_type, types_of_family

    family = ", ".join(f"`{name}`" for name in types_of_family(value, names))
    return {"nearest": nearest_type(value, names), "family": family or None}


def _unfilled(constraint: Mapping[str, Any], value: Any) -> str | None:
    """Return the phrase about the placeholder in a text, if that is where the pattern of the text fails."""
    if "pattern" not in constraint or not isinstance(value, str) or not re.search(_WRITTEN_PLACEHOLDER, value):
        return None
    from sm_lint.rules.pattern import matched

    at = matched(constraint["pattern"], value)
    if at is None:
        return None
    written = (match[0] for match in re.finditer(_WRITTEN_PLACEHOLDER, value) if match.start() <= at < match.end())
    return next((f"it contains the placeholder {shown(text)}" for text in written), None)


def _stricter(violation: Violation) -> str | None:
    """Return the phrase about a length that the pattern of the same string states, and that is wrong, too."""
    pattern, value = violation.constraint.get("pattern"), violation.value
    if pattern is None or not isinstance(value, str) or not value:
        return None
    from sm_lint.rules.pattern import length_mismatch

    return length_mismatch(pattern, value)


def _length(value: Any) -> int | None:
    return len(value) if isinstance(value, (str, list, dict)) else None


_UNITS = {"Length": "character", "Items": "item", "Properties": "entry"}


def _amount(keyword: str, limit: int) -> str:
    """Return the limit of a bound with its unit."""
    unit = _UNITS.get(keyword[3:])
    return counted(limit, unit) if unit else f"{limit:,}"


def _bound(keyword: str, length: int | None, limit: int) -> str:
    if keyword == "minLength" and limit == 1 and not length:
        return "must not be empty"
    found = f", found {length or 0:,}" if keyword[3:] in _UNITS else ""
    return f"expected at {'least' if keyword.startswith('min') else 'most'} {_amount(keyword, limit)}{found}"
