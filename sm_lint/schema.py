"""The folded schema: is a payload clean, and if not, which constraint fails where.

jsonschema-rs compiles the one document; a clean payload costs microseconds. Only what is not clean is listed, and only
the list needs the document as Python objects.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import jsonschema_rs

from sm_lint import data
from sm_lint.diagnostic import Pointer


class Violation(NamedTuple):
    """A constraint of the schema that a payload breaks."""

    pointer: Pointer
    """Where the finding stands; of a missing member, the object that lacks it."""
    keyword: str
    """Of JSON Schema; `x-integer` is reported as `type`."""
    constraint: dict[str, Any]
    """The schema that the keyword belongs to."""
    shape: str
    """The definition that holds it."""
    rule: str | None
    """The rule that was folded into the shape and failed; None if it is a constraint of the shape itself."""
    value: Any
    """What broke the constraint; of a missing member, its name."""
    on_key: bool
    """Whether the key is wrong and not its value."""


class _WholeNumber:
    """The keyword `x-integer`: JSON Schema takes 1.0 for an integer, the CLI does not."""

    def __init__(self, parent_schema: dict[str, Any], value: Any, schema_path: list[str | int]) -> None:
        pass

    def validate(self, instance: Any) -> None:
        if isinstance(instance, float):
            raise ValueError("a float")  # noqa: TRY004 - how a keyword refuses


@cache
def _text() -> str:
    return data.schema_text("create-model-package.folded")


@cache
def folded() -> dict[str, Any]:
    """Return the folded schema."""
    schema: dict[str, Any] = json.loads(_text())
    return schema


@cache
def _with_advice() -> dict[str, Any]:
    """Return the folded schema with the rules that only advise: a document of its own, for those who ask for them."""
    schema: dict[str, Any] = json.loads(_text())
    for definition in schema["definitions"].values():
        if "x-advice" in definition:
            definition["allOf"] = definition.get("allOf", []) + definition.pop("x-advice")
    return schema


@cache
def _validator(*, advice: bool) -> jsonschema_rs.Draft7Validator:
    return _compile(_with_advice() if advice else _text())


def _compile(schema: str | dict[str, Any]) -> jsonschema_rs.Draft7Validator:
    # RegexOptions chooses the linear engine: no pattern can be made slow.
    return jsonschema_rs.Draft7Validator(
        schema, keywords={"x-integer": _WholeNumber}, pattern_options=jsonschema_rs.RegexOptions()
    )


@cache
def _condition(text: str) -> jsonschema_rs.Draft7Validator:
    return _compile({"allOf": [json.loads(text)], "definitions": folded()["definitions"]})


def meets(value: Any, condition: dict[str, Any]) -> bool:
    """Say whether a value meets a JSON Schema, which may refer to the shapes."""
    return _condition(json.dumps(condition)).is_valid(value)


def accepts(value: Any, *, advice: bool) -> bool:
    """Say whether a payload is clean; with `advice` also by the rules that only advise.

    Whatever the engine cannot take (a date, half a surrogate pair, an integer beyond all measure) is not clean.
    """
    try:
        return _validator(advice=advice).is_valid(value)
    except ValueError:
        return False


def violations(value: Any, *, advice: bool) -> Iterator[Violation]:
    """List all constraints that a payload breaks. It must hold nothing that JSON has no word for."""
    schema = _with_advice() if advice else folded()
    for error in _validator(advice=advice).iter_errors(value):
        path = error.schema_path  # the keyword's own place in the document, whatever led there
        pointer = tuple(error.instance_path)
        constraint: Any = schema
        for step in path[:-1]:
            constraint = constraint[step]
        shape = str(path[1])
        rule = schema["definitions"][shape]["allOf"][path[3]]["x-rule"] if path[2] == "allOf" else None
        keyword = "type" if path[-1] == "x-integer" else str(path[-1])
        kind = error.kind.as_dict()
        found: list[tuple[Pointer, Any, bool]]
        if error.kind.name == "propertyNames":
            key = kind["error"].instance
            found = [((*pointer, key), key, True)]
        elif keyword == "additionalProperties":
            found = [((*pointer, name), name, True) for name in kind["unexpected"]]
        elif keyword == "required":
            found = [(pointer, kind["property"], False)]
        else:
            found = [(pointer, _at(value, pointer), False)]
        for where, what, on_key in found:
            yield Violation(where, keyword, constraint, shape, rule, what, on_key)


def _at(value: Any, pointer: Pointer) -> Any:
    for step in pointer:
        value = value[step]
    return value
