"""Validation of the conditions `when` and `then` of a rule file: JSON Schema whose errors have a place in a request."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from jsonschema import Draft7Validator

from sm_lint.model.validator import compiled
from sm_lint.rules.valid_condition_names import errors_of_names

# The keywords of JSON Schema whose value is a table of schemas, a list of schemas, or one schema.
_NAMED, _LISTED = ("properties", "patternProperties", "definitions", "dependencies"), ("allOf", "anyOf", "items")
_ALONE = (
    "not", "if", "then", "else", "items", "contains", "propertyNames", "additionalProperties", "additionalItems",
)  # fmt: skip
_MOST_SCHEMAS = 500
_SMALL, _LARGE = 32 * 1024, 256 * 1024
"""The number of bytes that most compiled patterns take, and that a pattern may take."""


def errors_of_condition(
    key: str, condition: dict[str, Any], shapes: Iterable[str], definitions: dict[str, Any]
) -> Iterator[str]:
    """Yield the errors in a condition on values of some shapes: the key, what was found, and what to write.

    Without shapes, the members may have any names. `definitions` are the shapes by name.
    """
    if sum(1 for _ in islice(_subschemas(condition), _MOST_SCHEMAS + 1)) > _MOST_SCHEMAS:
        yield f"{key}: found more than {_MOST_SCHEMAS} conditions in it; write several rules"
        return
    errors = list(_errors_of_form(key, condition, definitions))
    yield from errors
    yield from errors_of_names(key, condition, shapes, definitions)
    if not errors:
        yield from _errors_of_compiling(key, condition, definitions)


def _errors_of_form(key: str, condition: dict[str, Any], definitions: dict[str, Any]) -> Iterator[str]:
    """Yield the errors in a condition that JSON Schema allows, and rules do not."""
    for schema in _subschemas(condition):
        if isinstance(schema, dict):
            yield from (f"{key}: {error}" for error in _errors_of_keywords(schema, definitions, is_then=key == "then"))
        else:
            found = json.dumps(schema, default=str)
            yield f"{key}: expected a condition, found {found}; to forbid a member, write {{ not = {{}} }}"


def _errors_of_compiling(key: str, condition: dict[str, Any], definitions: dict[str, Any]) -> Iterator[str]:
    """Yield the errors for which an engine of JSON Schema refuses a condition."""
    try:
        json.dumps(condition, allow_nan=False)
    except (TypeError, ValueError) as error:  # a date, nan or inf
        yield f"{key}: not a value of JSON: {error}"
        return
    # Without formats: patterns are checked by the engine that runs them, because Python's re does not know \\p{…}.
    found = list(Draft7Validator(Draft7Validator.META_SCHEMA).iter_errors(condition))
    for wrong in found:
        at = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in wrong.absolute_path)
        yield f"{key}{at}: invalid JSON Schema: {wrong.message}"
    if found:
        return
    try:
        compiled({"allOf": [condition], "definitions": definitions}, most=_LARGE)
    except ValueError as error:
        line = str(error).splitlines()[0]
        is_pattern = line.endswith('is not a "regex"')
        yield f"{key}: {line}{' of the linear-time engine, or takes too much memory' if is_pattern else ''}"


def size_of_patterns(condition: dict[str, Any]) -> int:
    """Return the number of bytes that the compiled patterns of a valid condition take at most."""
    size = 0
    for schema in _subschemas(condition):
        for pattern in (schema.get("pattern"), *schema.get("patternProperties", ())):
            if pattern is not None:
                size += _SMALL if _is_small(pattern) else _LARGE
    return size


def _is_small(pattern: str) -> bool:
    try:
        compiled({"pattern": pattern}, most=_SMALL)
    except ValueError:
        return False
    return True


def _errors_of_keywords(schema: dict[str, Any], definitions: dict[str, Any], *, is_then: bool) -> Iterator[str]:
    """Yield the errors in the keywords of one schema that JSON Schema allows, and rules do not."""
    for name in ("$ref", "$id"):
        address = schema.get(name)
        shape = address.removeprefix("#/definitions/") if isinstance(address, str) and name == "$ref" else None
        if isinstance(address, str) and (shape == address or shape not in definitions):
            yield f"{name}: {address!r} leads out of the API model; refer to '#/definitions/SHAPE'"
    if "oneOf" in schema:
        yield "oneOf does not say which of its parts failed; write allOf with if and then, or anyOf"
    if is_then and "$ref" in schema:
        yield "$ref is not allowed: its errors look like the shape's own; write the constraints out"
    for name, value in schema.items():
        if name.startswith("x-"):
            yield f"{name}: unknown keyword; those that begin with x- are sm-lint's own"
        if name.endswith(("Length", "Items", "Properties")) and isinstance(value, float):
            yield f"{name}: expected an integer, found {value!r}"


def _subschemas(schema: Any) -> Iterator[Any]:
    """Yield a schema and all schemas inside it."""
    yield schema
    if not isinstance(schema, dict):
        return
    for key, value in schema.items():
        inside = (
            [part for part in value.values() if not isinstance(part, list)] if key in _NAMED and isinstance(value, dict)
            else value if key in _LISTED and isinstance(value, list)
            else [value] if key in _ALONE
            else ()
        )  # fmt: skip
        for part in inside:
            yield from _subschemas(part)
