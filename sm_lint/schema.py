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
def _validator() -> jsonschema_rs.Draft7Validator:
    return _compile(_text())


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


def accepts(value: Any) -> bool:
    """Say whether a payload is clean.

    Whatever the engine cannot take (a date, half a surrogate pair, an integer beyond all measure) is not clean.
    """
    try:
        return _validator().is_valid(value)
    except ValueError:
        return False


def violations(value: Any) -> Iterator[Violation]:
    """List all constraints that a payload breaks. It must hold nothing that JSON has no word for."""
    located: set[tuple[Pointer, tuple[str | int, ...]]] = set()
    for error in _validator().iter_errors(value):
        path = error.schema_path  # the keyword's own place in the document, whatever led there
        pointer, instance = _locate(value, error, located)
        constraint: Any = folded()
        for step in path[:-1]:
            constraint = constraint[step]
        shape = str(path[1])
        rule = folded()["definitions"][shape]["allOf"][path[3]]["x-rule"] if path[2] == "allOf" else None
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
            found = [(pointer, instance, False)]
        for where, what, on_key in found:
            yield Violation(where, keyword, constraint, shape, rule, what, on_key)


def _locate(
    value: Any, error: jsonschema_rs.ValidationError, located: set[tuple[Pointer, tuple[str | int, ...]]]
) -> tuple[Pointer, Any]:
    """Return the pointer of what an error is about, and what stands there.

    jsonschema-rs 0.60 reads its paths back from text: a key made of digits comes out as a number, and an empty key not
    at all. Where a payload has such keys, the way is found again by what stands at its end; `located` holds the ways,
    with their keywords, that were taken before.
    """
    here = value
    for step in error.instance_path:
        if isinstance(here, dict) and (isinstance(step, int) or "" in here):
            break
        here = here[step]
    else:
        if not (isinstance(here, dict) and "" in here):
            return tuple(error.instance_path), here
    instance = error.instance
    keyword = tuple(error.schema_path)
    ways = (way for way in _ways(value, error.instance_path, instance) if (way, keyword) not in located)
    pointer = next(ways, tuple(error.instance_path))
    located.add((pointer, keyword))
    return pointer, instance


def _ways(value: Any, path: list[str | int], instance: Any) -> Iterator[Pointer]:
    """Yield the pointers that jsonschema-rs may have meant by a path, the likeliest first."""
    if not path and value == instance:
        yield ()
    for step, child, rest in _steps(value, path):
        for way in _ways(child, rest, instance):
            yield (step, *way)


def _steps(value: Any, path: list[str | int]) -> Iterator[tuple[str | int, Any, list[str | int]]]:
    if isinstance(value, list) and path:
        yield path[0], value[int(path[0])], path[1:]
    if not isinstance(value, dict):
        return
    if path and str(path[0]) in value:
        yield str(path[0]), value[str(path[0])], path[1:]
    if path and isinstance(path[0], int):
        for key, child in value.items():
            if key != str(path[0]) and key.removeprefix("+").lstrip("0") == str(path[0] or ""):
                yield key, child, path[1:]
    if "" in value:
        yield "", value[""], path
