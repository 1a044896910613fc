"""One value reports the first constraint that it breaks, whoever states it."""

from typing import Any

import pytest

from sm_lint import api

CONTAINER = "/InferenceSpecification/Containers/0"
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"
TYPES = "SupportedTransformInstanceTypes"


def container(**members: Any) -> dict[str, Any]:
    return {
        "ModelPackageGroupName": "churn",
        "InferenceSpecification": {"Containers": [{"Image": IMAGE, **members}], TYPES: ["ml.m5.huge", "ml.m5.huge"]},
    }


def tags(number: int) -> dict[str, Any]:
    return {"ModelPackageGroupName": "churn", "Tags": [{"Key": f"k{i}", "Value": ""} for i in range(number)]}


@pytest.mark.parametrize(
    ("payload", "pointer", "expected"),
    [
        # what the shape refuses is no matter of a further rule on the value, be it a schema or a check
        (container(ModelDataUrl="model.tar"), f"{CONTAINER}/ModelDataUrl", {"SM405"}),
        (container(ModelDataUrl="s3://b" * 300), f"{CONTAINER}/ModelDataUrl", {"SM405"}),
        (container(ModelDataUrl=1), f"{CONTAINER}/ModelDataUrl", {"SM103"}),
        (container(), f"/InferenceSpecification/{TYPES}/1", {"SM303"}),
        ({"ModelPackageGroupName": "string "}, "/ModelPackageGroupName", {"SM222"}),
        # that a member is there at all is another matter
        (tags(51), "/Tags", {"SM108", "SM203"}),
        # a tighter bound stands for the looser one
        (container(Environment={f"K{i}": "" for i in range(101)}), f"{CONTAINER}/Environment", {"SM301"}),
    ],
)
def test_the_first_broken_constraint_is_reported(payload: dict[str, Any], pointer: str, expected: set[str]) -> None:
    assert {d.code for d in api.lint(payload) if d.pointer == pointer} == expected


def test_a_value_that_the_shape_refuses_stays_silent_where_that_rule_is_ignored() -> None:
    config = {"ignore": ["SM405"]}
    payload = {"ModelPackageGroupName": "churn", "SamplePayloadUrl": "sample.zip"}
    assert api.lint(payload, config=config) == []


def transforms(**members: Any) -> dict[str, Any]:
    job = {
        "TransformInput": {"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://bucket/in"}}},
        "TransformOutput": {"S3OutputPath": "s3://bucket/out"},
        "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
        **members,
    }
    profiles = [{"ProfileName": "p", "TransformJobDefinition": job}]
    role = "arn:aws:iam::123456789012:role/SageMaker"
    return {
        "ModelPackageGroupName": "churn",
        "ValidationSpecification": {"ValidationRole": role, "ValidationProfiles": profiles},
    }


@pytest.mark.parametrize("number", [2**31, 2**63, 2**64, 10**30])
@pytest.mark.parametrize(
    ("member", "others", "expected"),
    [
        ("MaxConcurrentTransforms", {}, "SM120"),  # advice is stricter, but what is refused comes first
        ("MaxConcurrentTransforms", {"MaxPayloadInMB": 6}, "SM120"),  # no product of what is refused
        ("MaxPayloadInMB", {}, "SM508"),  # the documented bound is stricter
    ],
)
def test_an_integer_beyond_32_bits_has_one_finding(
    number: int, member: str, others: dict[str, int], expected: str
) -> None:
    found = api.lint(transforms(**{member: number}, **others), config={"select": ["ALL"]})
    assert [d.code for d in found if d.pointer.endswith(("Transforms", "InMB"))] == [expected]
