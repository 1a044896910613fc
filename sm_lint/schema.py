"""The folded schema: is a payload clean, and if not, which constraint fails where.

jsonschema-rs compiles the one document; a clean payload costs microseconds. Only what is not clean is listed, and only
the list needs the document as Python objects.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple, TypeVar

import jsonschema_rs

from sm_lint import data
from sm_lint.diagnostic import Pointer
from sm_lint.instance_path import Located, locate


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


_Cached = TypeVar("_Cached", bound=Callable[..., Any])
_caches: list[Any] = []
_substitute: list[str] = []


def per_document(function: _Cached) -> _Cached:
    """Cache what a function makes of the folded schema, until `substituted` puts another in its place."""
    cached: Any = cache(function)
    _caches.append(cached)
    return cached  # type: ignore[no-any-return]


@contextmanager
def substituted(document: dict[str, Any]) -> Iterator[None]:
    """Let a schema that `sm_lint.folding` made be the folded schema within the context: to test rules."""
    _substitute.append(json.dumps(document))
    _forget()
    try:
        yield
    finally:
        _substitute.pop()
        _forget()


def _forget() -> None:
    for cached in _caches:
        cached.cache_clear()


def _text() -> str:
    return _substitute[-1] if _substitute else data.schema_text("create-model-package.folded")


@per_document
def folded() -> dict[str, Any]:
    """Return the folded schema."""
    schema: dict[str, Any] = json.loads(_text())
    return schema


@per_document
def _validator() -> jsonschema_rs.Draft7Validator:
    return compiled(_text())


def compiled(schema: str | dict[str, Any]) -> jsonschema_rs.Draft7Validator:
    """Compile a schema, or its text; raise ValueError for one that is wrong."""
    # RegexOptions chooses the linear engine: no pattern can be made slow.
    return jsonschema_rs.Draft7Validator(
        schema, keywords={"x-integer": _WholeNumber}, pattern_options=jsonschema_rs.RegexOptions()
    )


@per_document
def _condition(text: str) -> jsonschema_rs.Draft7Validator:
    return compiled({"allOf": [json.loads(text)], "definitions": folded()["definitions"]})


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
    located: Located = set()
    for error in _validator().iter_errors(value):
        path = error.schema_path  # the keyword's own place in the document, whatever led there
        shape = str(path[1])
        rule = folded()["definitions"][shape]["allOf"][path[3]]["x-rule"] if path[2] == "allOf" else None
        constraint = _at(folded(), path[:-1])
        for where, keyword, what, on_key in _broken(error, value, located):
            yield Violation(where, keyword, constraint, shape, rule, what, on_key)


@cache
def _other(name: str) -> tuple[jsonschema_rs.Draft7Validator, dict[str, Any]]:
    text = data.schema_text(f"{name}.schema")
    return compiled(text), json.loads(text)


def violations_of(name: str, value: Any) -> Iterator[Violation]:
    """List all constraints that a value breaks of `schemas/<name>.schema.json`; `rule` is the `x-mistake` there."""
    validator, document = _other(name)
    located: Located = set()
    for error in validator.iter_errors(value):
        constraint: Any = document
        mistake = None
        for step in error.schema_path[:-1]:
            constraint = constraint[step]
            mistake = constraint.get("x-mistake", mistake) if isinstance(constraint, dict) else mistake
        for where, keyword, what, on_key in _broken(error, value, located):
            yield Violation(where, keyword, constraint, "", mistake, what, on_key)


def _broken(
    error: jsonschema_rs.ValidationError, value: Any, located: Located
) -> Iterator[tuple[Pointer, str, Any, bool]]:
    """Yield, of each thing that an error is about, the pointer, the keyword, what broke it, and whether it is a key."""
    (pointer, instance), last = locate(value, error, located), error.schema_path[-1]
    keyword = "type" if last == "x-integer" else str(last)
    kind = error.kind.as_dict()
    if error.kind.name == "propertyNames":
        key = kind["error"].instance
        yield (*pointer, key), keyword, key, True
    elif keyword == "additionalProperties":
        for name in kind["unexpected"]:
            yield (*pointer, name), keyword, name, True
    elif keyword == "required":
        yield pointer, keyword, kind["property"], False
    else:
        yield pointer, keyword, instance, False


def _at(value: Any, pointer: Iterable[str | int]) -> Any:
    for step in pointer:
        value = value[step]
    return value
