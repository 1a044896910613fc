"""Validation of the names in a condition of a rule file: the keywords of JSON Schema and the members of the API."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from jsonschema import Draft7Validator

from sm_lint.model.nearest import did_you_mean, nearest
from sm_lint.rules.shapes import name_of

_KEYWORDS = {
    *Draft7Validator.VALIDATORS, "then", "else", "definitions", "default", "title", "description", "examples",
    "readOnly", "writeOnly", "contentEncoding", "contentMediaType", "$schema", "$id", "$comment",
}  # fmt: skip
_OF_THE_SAME = ("not", "if", "then", "else")
_OF_ITEMS = ("items", "contains", "additionalItems")
_Shapes = AbstractSet[str]
"""The shapes that a value may have; empty if that is not known, so that its members may have any name."""


def errors_of_names(key: str, condition: Any, shapes: Iterable[str], definitions: Mapping[str, Any]) -> Iterator[str]:
    """Yield the errors in the names in a condition on values of some shapes: where, what, and the nearest name.

    `definitions` are the shapes by name. The keys of a map, and all that is in a value of no known shape, are free.
    """
    known = frozenset(shape for shape in shapes if shape in definitions)
    waiting: list[tuple[str, Any, _Shapes]] = [(key, condition, known)]
    while waiting:
        where, schema, of = waiting.pop(0)
        if isinstance(schema, dict):
            members = _members(of, definitions)
            yield from _errors_of_keywords(where, schema, members)
            if members:
                yield from _errors_of_members(where, schema, members, of, definitions)
            waiting += _parts(where, schema, of, definitions)


def _errors_of_keywords(where: str, schema: Mapping[str, Any], members: AbstractSet[str]) -> Iterator[str]:
    for keyword in schema:
        if keyword in _KEYWORDS or keyword.startswith("x-"):  # those are refused as sm-lint's own
            continue
        if nearest(keyword, _KEYWORDS) is None and (keyword in members or nearest(keyword, members)):
            yield f"{where}.{keyword}: a member stands inside `properties`, as in properties = {{ {keyword} = … }}"
        else:
            yield f"{where}.{keyword}: unknown keyword of JSON Schema draft-07{did_you_mean(keyword, _KEYWORDS)}"


def _errors_of_members(
    where: str, schema: Mapping[str, Any], members: AbstractSet[str], of: _Shapes, definitions: Mapping[str, Any]
) -> Iterator[str]:
    """Yield the errors in the names of members that stand in one schema, not in those inside it."""
    for at, name in _named(schema):
        if name not in members:
            near = did_you_mean(name, members) or _elsewhere(name, definitions)
            yield f"{where}.{at}: unknown member {name!r} of {' and '.join(sorted(of))}{near}"


def _named(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each name of a member that stands in one schema, and where it stands."""
    for keyword in ("properties", "dependencies"):
        value = schema.get(keyword)
        if isinstance(value, dict):
            for name, needed in value.items():
                yield f"{keyword}.{name}", name
                if keyword == "dependencies" and isinstance(needed, list):
                    yield from ((f"{keyword}.{name}", other) for other in needed if isinstance(other, str))
    required = schema.get("required")
    if isinstance(required, list):
        yield from (("required", name) for name in required if isinstance(name, str))


def _elsewhere(name: str, definitions: Mapping[str, Any]) -> str:
    """Return the end of a message that says which shapes have a member; the empty string if none has it."""
    having = [shape for shape, of in definitions.items() if name in of.get("properties", ())]
    return f"; it belongs to {' and '.join(having[:2])}" if having else ""


def _members(shapes: _Shapes, definitions: Mapping[str, Any]) -> AbstractSet[str]:
    """Return the names that a member may have in values of some shapes; empty if it may have any."""
    listed = [definitions[shape].get("properties", {}).keys() for shape in shapes]
    return frozenset().union(*listed) if all(listed) else frozenset()


def _parts(
    where: str, schema: Mapping[str, Any], of: _Shapes, definitions: Mapping[str, Any]
) -> Iterator[tuple[str, Any, _Shapes]]:
    """Yield each schema inside a schema: where it stands, the schema, and the shapes of the values that it is about."""
    for keyword, value in schema.items():
        at = f"{where}.{keyword}"
        if keyword in _OF_THE_SAME:
            yield at, value, of
        elif keyword in ("allOf", "anyOf", "oneOf") and isinstance(value, list):
            yield from ((f"{at}[{number}]", part, of) for number, part in enumerate(value))
        elif keyword == "properties" and isinstance(value, dict):
            yield from ((f"{at}.{name}", part, _of_member(name, of, definitions)) for name, part in value.items())
        elif keyword == "dependencies" and isinstance(value, dict):
            yield from ((f"{at}.{name}", part, of) for name, part in value.items())
        elif keyword in ("patternProperties", "definitions") and isinstance(value, dict):
            yield from ((f"{at}.{name}", part, frozenset()) for name, part in value.items())
        elif keyword == "additionalProperties":
            yield at, value, _referred(of, keyword, definitions)
        elif keyword in _OF_ITEMS:
            parts = [(at, value)] if not isinstance(value, list) else [(f"{at}[{n}]", p) for n, p in enumerate(value)]
            yield from ((place, part, _referred(of, "items", definitions)) for place, part in parts)
        elif keyword == "propertyNames":
            yield at, value, frozenset()


def _of_member(name: str, shapes: _Shapes, definitions: Mapping[str, Any]) -> _Shapes:
    """Return the shapes of a member of values of some shapes."""
    having = [definitions[shape].get("properties", {}) for shape in shapes]
    return frozenset(name_of(of[name]) for of in having if name in of) or _referred(
        shapes, "additionalProperties", definitions
    )


def _referred(shapes: _Shapes, keyword: str, definitions: Mapping[str, Any]) -> _Shapes:
    """Return the shapes to which a keyword of some shapes refers: those of list items or of the values of a map."""
    found = [definitions[shape].get(keyword) for shape in shapes]
    return frozenset(name_of(reference) for reference in found if isinstance(reference, dict))
