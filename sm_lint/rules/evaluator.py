"""Evaluation of a JSON Schema (draft-07) on a value: a violation for each constraint that the value breaks.

jsonschema-rs decides whether a request is clean. It is not asked what is wrong, because it owns a copy of the whole
failing value for each error, and finds all errors before it returns the first. Here violations are found one by one,
refer to the value itself, and have exact pointers; parts without any are passed over, as far as jsonschema-rs says so
(`sm_lint.rules.gate.shapes_met`). tests/promises/test_properties.py compares the two, with jsonschema as the referee.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from sm_lint.model.escape import as_json
from sm_lint.model.pointer import Pointer
from sm_lint.rules.gate import shapes_met
from sm_lint.rules.shapes import name_of
from sm_lint.rules.violation import Violation

Schema = Mapping[str, Any]
_Schema = Schema | bool
_Test = Callable[[Any, Any], bool]
"""`test(value, wanted)` returns whether a value meets a keyword; a value of a type that it is not about does."""
_NOTHING: Schema = {"not": {}}
_BY_ENGINE = frozenset(("pattern", "format", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"))
"""The keywords about a string or a number that jsonschema-rs evaluates: its patterns take linear time."""


class _Place(NamedTuple):
    """Where a schema applies in the value, and where it stands in its document."""

    pointer: Pointer = ()
    shape: str = ""
    mark: str | None = None
    condition: Schema | None = None
    """The schema with the mark, and the pointer at which it applies."""
    at: Pointer = ()

    def below(self, step: str | int) -> "_Place":
        """Return the place of a member or an item."""
        pointer, shape, mark, condition, at = self
        return _Place((*pointer, step), shape, mark, condition, at)  # _replace takes three times as long


class Evaluator:
    """A schema document, ready to be evaluated. Threads may share it."""

    def __init__(self, document: Schema, usual: Schema, mark: str) -> None:
        """Initialize with a schema, and one that most values meet and none that do not meet this one.

        `mark` is the keyword whose value becomes the `rule` of violations below it.
        """
        self._document = document
        self._definitions: Mapping[str, Schema] = document.get("definitions", {})
        self._mark = mark
        self._is_met = shapes_met(document, usual)
        self._accepts: Callable[[str, Any], Callable[[Any], bool]] = cache(_compiled)

    def violations(self, value: Any) -> Iterator[Violation]:
        """Yield a violation for each constraint that a value breaks. The value must be JSON throughout."""
        return self._of(self._document, value, _Place())

    def meets(self, value: Any, schema: _Schema) -> bool:
        """Return whether a value meets a schema, which may refer to the definitions of the document."""
        return not _lacks_any(value, schema) and next(self._of(schema, value, _Place()), None) is None

    def _of(self, schema: _Schema, value: Any, place: _Place) -> Iterator[Violation]:
        if isinstance(schema, bool):
            yield from () if schema else self._of(_NOTHING, value, place)
            return
        if "$ref" in schema:
            name = name_of(schema)
            if not self._is_met(name, value):
                yield from self._of(self._definitions[name], value, _Place(place.pointer, name))
            return
        if self._mark in schema:
            place = place._replace(mark=schema[self._mark], condition=schema, at=place.pointer)
        for keyword, wanted in schema.items():
            if keyword in _INSIDE:
                yield from _INSIDE[keyword](self, schema, value, place)
            elif not self._holds(keyword, wanted, value):
                yield _violation(schema, "type" if keyword == "x-integer" else keyword, value, place)

    def _holds(self, keyword: str, wanted: Any, value: Any) -> bool:
        """Return whether a value meets a keyword that is about the value as a whole."""
        if keyword in _TESTS:
            return _TESTS[keyword](value, wanted)
        if keyword in _BY_ENGINE:
            is_concerned = _is_number(value) or isinstance(value, str)
            return not is_concerned or self._accepts(keyword, wanted)(value)
        if keyword == "not":
            return not self.meets(value, wanted)
        if keyword == "anyOf":
            return any(self.meets(value, part) for part in wanted)
        if keyword == "contains":
            return not isinstance(value, list) or any(self.meets(item, wanted) for item in value)
        return True  # an annotation

    def _all_of(self, schema: Schema, value: Any, place: _Place) -> Iterator[Violation]:
        for part in schema["allOf"]:
            yield from self._of(part, value, place)

    def _if(self, schema: Schema, value: Any, place: _Place) -> Iterator[Violation]:
        branch = "then" if self.meets(value, schema["if"]) else "else"
        yield from self._of(schema.get(branch, True), value, place)

    def _required(self, schema: Schema, value: Any, place: _Place) -> Iterator[Violation]:
        if isinstance(value, dict):
            for name in schema["required"]:
                if name not in value:
                    yield _violation(schema, "required", name, place)

    def _dependencies(self, schema: Schema, value: Any, place: _Place) -> Iterator[Violation]:
        if isinstance(value, dict):
            for name, wanted in schema["dependencies"].items():
                if name in value:
                    yield from self._of({"required": wanted} if isinstance(wanted, list) else wanted, value, place)

    def _properties(self, schema: Schema, value: Any, place: _Place) -> Iterator[Violation]:
        if isinstance(value, dict):
            for name, wanted in schema["properties"].items():
                if name in value:
                    yield from self._of(wanted, value[name], place.below(name))

    def _pattern_properties(self, schema: Schema, value: Any, place: _Place) -> Iterator[Violation]:
        for pattern, wanted in schema["patternProperties"].items() if isinstance(value, dict) else ():
            for name, child in value.items():
                if self._accepts("pattern", pattern)(name):
                    yield from self._of(wanted, child, place.below(name))

    def _additional_properties(self, schema: Schema, value: Any, place: _Place) -> Iterator[Violation]:
        wanted, known = schema["additionalProperties"], schema.get("properties", {})
        patterns = [self._accepts("pattern", pattern) for pattern in schema.get("patternProperties", ())]
        for name, child in value.items() if isinstance(value, dict) else ():
            if name in known or any(accepts(name) for accepts in patterns):
                continue
            if wanted is False:
                yield _violation(schema, "additionalProperties", name, place.below(name), on_key=True)
            else:
                yield from self._of(wanted, child, place.below(name))

    def _property_names(self, schema: Schema, value: Any, place: _Place) -> Iterator[Violation]:
        for name in value if isinstance(value, dict) else ():
            for violation in self._of(schema["propertyNames"], name, place.below(name)):
                yield violation._replace(on_key=True, condition=None)  # keys are always known

    def _items(self, schema: Schema, value: Any, place: _Place) -> Iterator[Violation]:
        wanted = schema["items"]
        for index, item in enumerate(value) if isinstance(value, list) else ():
            of = wanted
            if isinstance(wanted, list):
                of = wanted[index] if index < len(wanted) else schema.get("additionalItems", True)
            yield from self._of(of, item, place.below(index))

    def _unique_items(self, schema: Schema, value: Any, place: _Place) -> Iterator[Violation]:
        seen = set()
        for index, item in enumerate(value) if isinstance(value, list) and schema["uniqueItems"] else ():
            written = _written(item)
            if written in seen:
                yield _violation(schema, "uniqueItems", item, place.below(index))
            seen.add(written)


def _written(item: Any) -> str:
    """Return the same text for equal values, as JSON."""
    if isinstance(item, str):
        return as_json(item)
    from json import dumps  # imported lazily: in most lists there are texts

    is_whole = isinstance(item, float) and item.is_integer()  # 1.0 equals 1
    return dumps(int(item) if is_whole else item, sort_keys=True)


def _lacks_any(value: Any, schema: _Schema) -> bool:
    """Return whether an object lacks a member that a schema requires. That is how most conditions fail."""
    if not isinstance(value, dict) or isinstance(schema, bool) or "$ref" in schema:  # beside which nothing counts
        return False
    return any(name not in value for name in schema.get("required", ()))


def _violation(schema: Schema, keyword: str, value: Any, place: _Place, *, on_key: bool = False) -> Violation:
    return Violation(place.pointer, keyword, schema, place.shape, place.mark, value, on_key, place.condition, place.at)


def _compiled(keyword: str, wanted: Any) -> Callable[[Any], bool]:
    from sm_lint.model.validator import compiled

    accepts: Callable[[Any], bool] = compiled({keyword: wanted}).is_valid
    return accepts


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _has_type(value: Any, wanted: str | list[str]) -> bool:
    return _OF_TYPE[wanted](value) if isinstance(wanted, str) else any(_OF_TYPE[name](value) for name in wanted)


_OF_TYPE: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": _is_number,
    "integer": lambda value: _is_number(value) and (isinstance(value, int) or value.is_integer()),
}


def _equals(one: Any, other: Any) -> bool:
    """Return whether two values are equal in JSON, where 1 equals 1.0 but not true."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equals(child, other[name]) for name, child in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equals, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _is_one_of(value: Any, options: list[Any]) -> bool:
    return value in options if isinstance(value, str) else any(_equals(value, option) for option in options)


def _lengths(of: type[str] | type[list[Any]] | type[dict[str, Any]], name: str) -> Mapping[str, _Test]:
    """Return the tests of the minimum and maximum length of values of a type."""
    return {
        f"min{name}": lambda value, wanted: not isinstance(value, of) or len(value) >= wanted,
        f"max{name}": lambda value, wanted: not isinstance(value, of) or len(value) <= wanted,
    }


_TESTS: Mapping[str, _Test] = {
    "type": _has_type,
    "x-integer": lambda value, _: not (isinstance(value, float) and value.is_integer()),  # 1.0 is none for the CLI
    "enum": _is_one_of,
    "const": _equals,
    "minimum": lambda value, wanted: not _is_number(value) or value >= wanted,
    "maximum": lambda value, wanted: not _is_number(value) or value <= wanted,
    **_lengths(str, "Length"),
    **_lengths(list, "Items"),
    **_lengths(dict, "Properties"),
}
_INSIDE: Mapping[str, Callable[[Evaluator, Schema, Any, _Place], Iterator[Violation]]] = {
    "allOf": Evaluator._all_of,  # noqa: SLF001 - the table of its methods
    "if": Evaluator._if,  # noqa: SLF001
    "required": Evaluator._required,  # noqa: SLF001
    "dependencies": Evaluator._dependencies,  # noqa: SLF001
    "properties": Evaluator._properties,  # noqa: SLF001
    "patternProperties": Evaluator._pattern_properties,  # noqa: SLF001
    "additionalProperties": Evaluator._additional_properties,  # noqa: SLF001
    "propertyNames": Evaluator._property_names,  # noqa: SLF001
    "items": Evaluator._items,  # noqa: SLF001
    "uniqueItems": Evaluator._unique_items,  # noqa: SLF001
}
