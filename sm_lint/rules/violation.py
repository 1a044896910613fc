"""The constraints of a schema that a value breaks, and which of them count at one value."""

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
"""One value reports the first constraint that it breaks, in this order; those that are not here are about members."""


class Violation(NamedTuple):
    """A constraint of the schema that a value breaks."""

    pointer: Pointer
    """Where the finding stands; of a missing member, the object that lacks it; of repeated items, each later one."""
    keyword: str
    """Of JSON Schema; `x-integer` is reported as `type`."""
    constraint: Mapping[str, Any]
    """The schema that the keyword belongs to."""
    shape: str
    """The definition that holds it."""
    rule: str | None
    """The rule that was folded into the shape and failed; None if it is a constraint of the shape itself."""
    value: Any
    """What broke the constraint; of a missing member, its name."""
    on_key: bool
    """Whether the key is wrong and not its value."""
    condition: Mapping[str, Any] | None = None
    """All that the rule folded into the shape."""
    at: Pointer = ()
    """Where the shape stands, and with it the condition."""


def of_rules(errors: Iterable[Any], value: Any, schema: Mapping[str, Any]) -> Iterator[Violation]:
    """Yield the violations of the folded schema for errors of jsonschema-rs."""
    located: Located = set()
    for error in errors:
        path = error.schema_path  # the keyword's own place in the document, whatever led there
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
    """Yield the violations of another schema for errors of jsonschema-rs; `rule` is the `x-kind` there."""
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
    """Return how many levels of a value a route through a schema goes down."""
    steps = iter(path)
    levels = 0
    for step in steps:
        if step in ("properties", "patternProperties"):
            next(steps, None)  # the name of a member, which may be that of a keyword
        levels += step in ("properties", "patternProperties", "items", "additionalProperties")
    return levels


def _broken(error: Any, value: Any, located: "Located") -> Iterator[tuple[Pointer, str, Any, bool, int]]:
    """Yield what an error is about: pointer, keyword, what broke it, whether that is a key, the constraint's level."""
    from sm_lint.rules.instance_path import locate

    (pointer, instance), last = locate(value, error, located), error.schema_path[-1]
    level = len(pointer)
    if last == "x-integer" and not instance.is_integer():
        return  # `type` says so already
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


def is_own(violation: Violation) -> bool:
    """Say whether it is a constraint of the shape itself on a value."""
    return violation.rule is None and violation.keyword in ORDER


def is_about_presence(violation: Violation) -> bool:
    """Say whether it is about a member being there, missing or unknown, and not about its value."""
    if violation.keyword == "not":
        return not violation.constraint["not"]
    return violation.keyword not in ORDER
