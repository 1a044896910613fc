"""A message names the placeholder that a value still has, if that is what is wrong with it."""

from typing import Any

import pytest

from sm_lint.model.severity import Severity
from tests.support.linting import lint_value

ROLE = "arn:aws:iam::123456789012:role/SageMaker"
FOLDER = {"S3DataType": "S3Prefix", "S3Uri": "s3://bucket/in/"}
JOB = {
    "TransformInput": {"DataSource": {"S3DataSource": FOLDER}},
    "TransformOutput": {"S3OutputPath": "s3://bucket/out/"},
    "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
}


def role(text: str) -> dict[str, Any]:
    profile = {"ProfileName": "check", "TransformJobDefinition": JOB}
    return {"ValidationSpecification": {"ValidationRole": text, "ValidationProfiles": [profile]}}


def container(**members: Any) -> dict[str, Any]:
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"
    return {"InferenceSpecification": {"Containers": [{"Image": image} | members]}}


NAMED = [
    (role("<role>"), "<role>"),
    (role("${SAGEMAKER_EXECUTION_ROLE}"), "${SAGEMAKER_EXECUTION_ROLE}"),
    (role("{role}"), "{role}"),
    (role("arn:aws:iam::{{ account }}:role/SageMaker"), "{{ account }}"),
    (container(FrameworkVersion="${FRAMEWORK_VERSION}"), "${FRAMEWORK_VERSION}"),
    (container(FrameworkVersion="<version>"), "<version>"),
    (container(ImageDigest="<digest>"), "<digest>"),
    (container(ContainerHostname="{host}"), "{host}"),
    (container(ModelDataUrl="<uri>"), "<uri>"),
    ({"ModelLifeCycle": {"Stage": "${STAGE}", "StageStatus": "Approved"}}, "${STAGE}"),
    ({"CustomerMetadataProperties": {"commit": "at {{ commit }}"}}, "{{ commit }}"),
]
OTHERS = [
    (container(ModelDataUrl="S3://bucket/<run>/model.tar.gz"), 'found "S"'),
    (container(ModelDataUrl="s3://bucket/<run>/model\n.tar.gz"), r'found "\n"'),
    ({"CustomerMetadataProperties": {"commit": "first, then {commit}"}}, 'found ","'),
    ({"ModelPackageDescription": "<x*>" + "x" * 1024}, "at most 1,024 characters"),
    ({"ModelPackageDescription": "of <commit>\n"}, r"\n"),
]


@pytest.mark.parametrize(("members", "placeholder"), NAMED)
def test_the_placeholder_is_named(members: dict[str, Any], placeholder: str) -> None:
    found = [d.message for d in lint_value({"ModelPackageGroupName": "churn"} | members)]
    assert len(found) == 1
    assert found[0].endswith(f': it contains the placeholder "{placeholder}"')


@pytest.mark.parametrize(("members", "words"), OTHERS)
def test_another_mistake_is_named_instead(members: dict[str, Any], words: str) -> None:
    found = lint_value({"ModelPackageGroupName": "churn"} | members)
    messages = [d.message for d in found if d.severity is Severity.ERROR]
    assert any(words in message for message in messages), messages
    assert not any("placeholder" in message for message in messages)
