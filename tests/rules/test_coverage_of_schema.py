"""Each constraint of the shape schema, at each place where its shape occurs: met and broken, through the engine."""

import pytest

from tests.support import card_cases, schema_cases
from tests.support.schema_cases import SHAPES

OUT_OF_REACH = {
    ("RoleArn", "minLength"): "the shortest ARN of a role has more characters",
    ("ImageDigest", "maxLength"): "a digest has 71 characters, no more and no fewer",
    ("ContentDigest", "maxLength"): "a digest has 71 characters, no more and no fewer",
    **{
        (key, "type"): "a key is a string"
        for key in ("EnvironmentKey", "TransformEnvironmentKey", "CustomerMetadataKey")
    },
}
"""Bounds that no value reaches, because the pattern of the same shape refuses it, and types that nothing breaks."""


def test_there_is_a_place_for_each_shape() -> None:
    assert set(schema_cases.routes()) == {shape for shape in SHAPES if not shape.startswith("x-")}


@pytest.mark.parametrize("shape", [name for name in SHAPES if not name.startswith("x-")])
def test_each_constraint_is_met_and_broken_wherever_its_shape_occurs(shape: str) -> None:
    wrong = [
        f"{case.keyword} {case.note}: {'not reported' if case.broken else 'reported'} at {case.pointer}"
        for case in schema_cases.cases_of(shape)
        if not schema_cases.holds(case)
    ]
    assert wrong == []


def test_each_constraint_has_both_cases() -> None:
    lacking = set()
    for shape, definition in SHAPES.items():
        if shape.startswith("x-"):
            continue
        cases = list(schema_cases.cases_of(shape, 1))
        met, broken = ({case.keyword for case in cases if case.broken is kind} for kind in (False, True))
        constraints = {*definition} - {"properties", "items", "propertyNames", "x-integer", "x-instance-types"}
        if isinstance(definition.get("additionalProperties"), dict):
            constraints.remove("additionalProperties")
        lacking |= {(shape, keyword) for keyword in constraints - broken}
        # What the smallest value of a shape meets is all but the bounds and the values of an enumeration.
        lacking |= {(shape, keyword) for keyword in constraints - met if keyword.startswith(("min", "max", "enum"))}
    assert lacking == set(OUT_OF_REACH)


def test_each_constraint_of_the_model_card_is_met_and_broken() -> None:
    cases = list(card_cases.cases())
    assert [case.note for case in cases if not card_cases.holds(case)] == []
    assert len(cases) > 400
