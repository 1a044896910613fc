"""The schema that editors get: it describes every member, and it refuses nothing that the rules accept."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import tomli

from sm_lint.cli.main import main
from sm_lint.rules.editor_schema import editor_schema, limits_of
from tests.support.cases import ALL, Case, parametrize
from tests.support.linting import RULES

SHAPES = RULES.folded["definitions"]
DESCRIPTIONS = tomli.loads((Path(__file__).parents[3] / "schemas" / "descriptions.toml").read_text("utf-8"))
MEMBERS = [(shape, member) for shape, schema in SHAPES.items() for member in schema.get("properties", ())]


VALIDATOR = jsonschema_rs.Draft7Validator(editor_schema(RULES))


def test_it_is_draft_07(capsys: pytest.CaptureFixture[str]) -> None:
    assert jsonschema_rs.meta.is_valid(editor_schema(RULES))
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == editor_schema(RULES)
    assert "x-" not in {key[:2] for definition in editor_schema(RULES)["definitions"].values() for key in definition}


@pytest.mark.parametrize(("shape", "member"), MEMBERS, ids=[f"{shape}.{member}" for shape, member in MEMBERS])
def test_every_member_is_described(shape: str, member: str) -> None:
    described = editor_schema(RULES)["definitions"][shape]["properties"][member]
    assert described["title"] == member
    assert described["description"].startswith(DESCRIPTIONS[shape][member])


def test_nothing_else_is_described() -> None:
    values = DESCRIPTIONS["values"]
    assert {(shape, member) for shape, table in DESCRIPTIONS.items() if shape != "values" for member in table} == set(
        MEMBERS
    )
    assert {shape: list(table) for shape, table in values.items()} == {shape: SHAPES[shape]["enum"] for shape in values}


@parametrize("valid")
def test_what_the_rules_accept_is_accepted(case: Case) -> None:
    read = case.read()
    of_carrier = case.rule.code.startswith(("SM05", "SM06"))  # its cases are other documents
    of_carrier = of_carrier or not isinstance(read.value, dict)
    if not (read.problems or of_carrier) and case.rule.category != "sm-lint":  # nor what a comment silences
        assert [error.message for error in VALIDATOR.iter_errors(read.value)] == []


CROSS_FIELD = [
    Case(rule, number, table)
    for rule in ALL
    if rule.severity.value == "error" and "then" in rule.condition and '"$ref"' not in json.dumps(rule.condition)
    for number, table in enumerate(rule.invalid)
]


@pytest.mark.parametrize("case", CROSS_FIELD, ids=[f"{case.rule.code}-{case.number}" for case in CROSS_FIELD])
def test_what_an_error_rule_refuses_is_refused_in_its_words(case: Case) -> None:
    said = [message for error in VALIDATOR.iter_errors(case.read().value) for message in _messages(error.schema_path)]
    assert any(f"({case.rule.code})" in message for message in said)


def _messages(path: list[str | int]) -> Iterator[str]:
    """Yield the messages on the way to what failed: of a member that must not be there, the object tells."""
    schema: Any = editor_schema(RULES)
    for step in path:
        schema = schema[step]
        if isinstance(schema, dict) and "errorMessage" in schema:
            yield schema["errorMessage"]


IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"


def test_instance_types_are_suggested_and_not_enforced() -> None:
    head: dict[str, Any] = {"ModelPackageGroupName": "a"}
    for kind in ("SupportedTransformInstanceTypes", "SupportedRealtimeInferenceInstanceTypes"):
        body = {"Containers": [{"Image": IMAGE}], kind: ["ml.new9.large"]}
        assert VALIDATOR.is_valid(head | {"InferenceSpecification": body})
        assert not VALIDATOR.is_valid(head | {"InferenceSpecification": body | {kind: [9]}})


@pytest.mark.parametrize(
    ("shape", "limits"),
    [
        ({"minLength": 1, "maxLength": 63}, "1 to 63 characters."),
        ({"maxLength": 100000}, "At most 100,000 characters."),
        ({"minItems": 1, "maxItems": 1}, "1 item."),
        ({"maxItems": 1}, "At most 1 item."),
        ({"minItems": 1}, "At least 1 item."),
        ({"maxProperties": 16}, "At most 16 entries."),
        ({"minimum": 0}, "At least 0."),
        ({}, ""),
    ],
)
def test_limits_are_a_sentence(shape: dict[str, Any], limits: str) -> None:
    assert limits_of(shape) == limits
