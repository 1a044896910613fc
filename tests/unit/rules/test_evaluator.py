"""The evaluator on keywords that the rules hardly use, compared with both libraries."""

from typing import Any

import jsonschema
import pytest

from sm_lint.model.validator import compiled
from sm_lint.rules.evaluator import Evaluator

SCHEMAS: list[tuple[dict[str, Any], list[Any]]] = [
    ({"uniqueItems": True}, [[1, 1.0], [0, -0.0], [1, True], ["a", "a"], [{"a": 1}, {"a": 1}], [[], {}], "aa", []]),
    ({"enum": [1, True, "a", [1]]}, [1, 1.0, True, False, "a", [1], [True], None]),
    ({"const": {"a": 1}}, [{"a": 1.0}, {"a": True}, {}]),
    ({"type": ["integer", "null"]}, [1, 1.0, 1.5, True, None, "1"]),
    ({"items": [{"type": "string"}], "additionalItems": False}, [["a"], ["a", 1], [1], {}]),
    ({"dependencies": {"a": ["b"], "c": {"required": ["d"]}}}, [{"a": 1}, {"a": 1, "b": 1}, {"c": 1}, {"d": 1}, []]),
    (
        {"patternProperties": {"^x": {"type": "string"}}, "additionalProperties": False},
        [{"x1": 1}, {"x": "a"}, {"y": 1}],
    ),
    ({"propertyNames": {"maxLength": 1}}, [{"a": 1}, {"aa": 1, "bb": 1}, "aaa"]),
    ({"if": {"type": "string"}, "else": {"minimum": 3}}, ["a", 2, 3, True, None]),
    ({"exclusiveMinimum": 3, "multipleOf": 2}, [3, 4, 5, 6.0, "a", True]),
    ({"contains": {"const": 1}, "maxItems": 2}, [[1], [2], [], [1, 2, 3], {}]),
    ({"not": {"required": ["a"]}, "minProperties": 1}, [{"a": 1}, {"b": 1}, {}, []]),
    ({"not": True}, [1]),
    ({"anyOf": [False, {"required": ["a"]}]}, [{"a": 1}, {}, 1]),
    ({"anyOf": [{"$ref": "#/definitions/b", "required": ["a"]}], "definitions": {"b": {}}}, [{"a": 1}, {}]),
    ({"properties": {"a": False, "b": True}}, [{"a": 1}, {"b": 1}, {}]),
]


@pytest.mark.parametrize(("schema", "value"), [(schema, value) for schema, values in SCHEMAS for value in values])
def test_a_value_breaks_a_schema_if_both_libraries_say_so(schema: dict[str, Any], value: Any) -> None:
    is_valid = jsonschema.Draft7Validator(schema).is_valid(value)
    assert Evaluator(schema, schema, "x-rule").meets(value, schema) is is_valid is compiled(schema).is_valid(value)
