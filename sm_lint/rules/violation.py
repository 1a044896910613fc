"""Violations: the constraints of a schema that a value breaks."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sm_lint.model.pointer import Pointer, value_at

if TYPE_CHECKING:
    from sm_lint.rules.instance_path import Located

BOUND = 2
ORDER = {"type": 0, "enum": 1, "pattern": 3, "uniqueItems": 4} | dict.fromkeys(
    (f"{bound}{of}" for bound in ("min", "max") for of in ("Length", "Items", "Properties", "imum")), BOUND
)
"""The order of constraints, by keyword: only the first broken one of a value is reported. Others are about members."""


class Violation(NamedTuple):
    """A broken constraint of a schema."""

    pointer: Pointer
    """The pointer of the value; for a missing member, of the object without it; for repeated items, of a later one."""
    keyword: str
    """The keyword of JSON Schema; `x-integer` is reported as `type`."""
    constraint: Mapping[str, Any]
    """The schema that contains the keyword."""
    shape: str
    """The name of the shape that contains the constraint; empty in schemas of embedded JSON."""
    rule: str | None
    """The code of the folded rule that failed; None for a constraint of the shape. In embedded JSON, the `x-kind`."""
    value: Any
    """The value that breaks the constraint; for a missing member, its name."""
    on_key: bool
    """Whether the key is wrong, not its value."""
    condition: Mapping[str, Any] | None = None
    """The schema that the rule folded into the shape; None without a rule."""
    at: Pointer = ()
    """The pointer of the value that the condition applies to."""


def of_rules(errors: Iterable[Any], value: Any, schema: Mapping[str, Any]) -> Iterator[Violation]:
    """Yield the violations of the folded schema for the errors of jsonschema-rs on `value`."""
    located: Located = set()
    for error in errors:
        path = error.schema_path  # the keyword's place in the schema document, without the references that led there
        shape = str(path[1])
        part = schema["definitions"][shape]["allOf"][path[3]] if path[2] == "allOf" else None
        constraint = value_at(schema, path[:-1])
        for where, keyword, what, on_key, levels in _broken(error, value, located):
            if part is None:
                yield Violation(where, keyword, constraint, shape, None, what, on_key)
            else:
                at = where[: levels - _levels(path[4:-1])]
                yield Violation(where, keyword, constraint, shape, part["x-rule"], what, on_key, part, at)


def of_schema(errors: Iterable[Any], value: Any, schema: Mapping[str, Any]) -> Iterator[Violation]:
    """Yield the violations of any other schema for the errors of jsonschema-rs on `value`; `rule` is the `x-kind`."""
    located: Located = set()
    for error in errors:
        constraint: Any = schema
        kind = None
        for step in error.schema_path[:-1]:
            constraint = constraint[step]
            kind = constraint.get("x-kind", kind) if isinstance(constraint, dict) else kind
        for where, keyword, what, on_key, _ in _broken(error, value, located):
            yield Violation(where, keyword, constraint, "", kind, what, on_key)


def _levels(path: list[str | int]) -> int:
    """Return the number of levels of a value that a path through its schema descends."""
    steps = iter(path)
    levels = 0
    for step in steps:
        if step in ("properties", "patternProperties"):
            next(steps, None)  # skip the name of a member, which may equal a keyword
        levels += step in ("properties", "patternProperties", "items", "additionalProperties")
    return levels


def _broken(error: Any, value: Any, located: "Located") -> Iterator[tuple[Pointer, str, Any, bool, int]]:
    """Yield `(pointer, keyword, value, on_key, level of the constraint)` for each value that an error is about."""
    from sm_lint.rules.instance_path import locate

    (pointer, instance), last = locate(value, error, located), error.schema_path[-1]
    level = len(pointer)
    if last == "x-integer" and not instance.is_integer():
        return  # `type` reports it
    keyword = "type" if last == "x-integer" else str(last)
    kind = error.kind.as_dict()
    if error.kind.name == "propertyNames":
        key = kind["error"].instance
        yield (*pointer, key), keyword, key, True, level
    elif keyword == "additionalProperties":
        for name in kind["unexpected"]:
            yield (*pointer, name), keyword, name, True, level
    elif keyword == "required":
        yield pointer, keyword, kind["property"], False, level
    elif keyword == "uniqueItems":
        seen = set()
        for index, item in enumerate(instance):
            written = json.dumps(item, sort_keys=True)
            if written in seen:
                yield (*pointer, index), keyword, item, False, level
            seen.add(written)
    else:
        yield pointer, keyword, instance, False, level


def is_of_shape(violation: Violation) -> bool:
    """Return whether a violation is of a constraint that the shape itself has for a value."""
    return violation.rule is None and violation.keyword in ORDER


def is_about_presence(violation: Violation) -> bool:
    """Return whether a violation is about a member that is missing, unknown or forbidden, not about a value."""
    if violation.keyword == "not":
        return not violation.constraint["not"]
    return violation.keyword not in ORDER
