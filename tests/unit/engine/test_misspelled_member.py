"""What is misspelt is one finding: what it would meet, allow or forbid waits until it is right."""

from typing import Any

import pytest

from tests.support.linting import lint_value, settings_of

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"
TYPES = ["ml.m5.large"]


def version(**members: Any) -> dict[str, Any]:
    return {"ModelPackageGroupName": "churn"} | members


def specification(**members: Any) -> dict[str, Any]:
    return {"ModelPackageName": "churn", "InferenceSpecification": {"Containers": [{"Image": IMAGE}]} | members}


ALONE = [
    {"model_package_group_name": "churn", "Domain": "OTHER"},
    {"ModelPackageGroupNme": "churn", "Domain": "OTHER"},
    {"modelPackageName": "churn", "SourceAlgorithmSpecification": {"SourceAlgorithms": [{"AlgorithmName": "churn"}]}},
    {"ModelPackageName": "churn", "inferenceSpecification": {}},
    {"ModelPackageName": "churn", "source-algorithm-specification": {}},
    version(ModelLifeCycle={"stage": "Dev", "StageStatus": "Approved"}),
    version(InferenceSpecification={"Contaners": [{"Image": IMAGE}]}),
    version(InferenceSpecification={"Containers": [{"image": IMAGE}]}),
    version(ModelCard={"modelCardContent": "{}", "ModelCardStatus": "Draft"}),
    specification(supportedTransformInstanceTypes=TYPES, SupportedRealtimeInferenceInstanceTypes=TYPES),
    specification(SupportedTransformInstanceTypes=TYPES, SupportedRealtimeInstanceTypes=TYPES),
    {"ModelPackageName": "churn", "CertifyForMarketplace": True, "validationSpecification": {},
     "SourceAlgorithmSpecification": {"SourceAlgorithms": [{"AlgorithmName": "churn"}]}},
]  # fmt: skip


@pytest.mark.parametrize("request_", ALONE)
def test_one_misspelt_name_is_one_finding(request_: dict[str, Any]) -> None:
    assert [d.code for d in lint_value(request_)] == ["SM101"]


def test_each_misspelt_name_is_one_finding() -> None:
    tagged = {"ModelPackageName": "churn", "Tags": [{"key": "team", "value": "risk"}]}
    algorithm = {"SourceAlgorithmSpecification": {"SourceAlgorithms": [{"AlgorithmName": "churn"}]}}
    assert [d.pointer for d in lint_value(tagged | algorithm)] == ["/Tags/0/key", "/Tags/0/value"]


def test_what_is_missing_is_found_where_the_misspelt_name_is_not_reported() -> None:
    request = version(ModelLifeCycle={"stage": "Dev", "StageStatus": "Approved"})
    assert [d.code for d in lint_value(request, settings_of({"ignore": ["SM101"]}))] == ["SM102"]


def test_what_another_name_lacks_is_missing() -> None:
    request = version(ModelLifeCycle={"stage": "Dev", "Owner": "x"})
    assert sorted((d.code, d.message) for d in lint_value(request)) == [
        ("SM101", "unknown member `Owner` in `ModelLifeCycle`"),
        ("SM101", "unknown member `stage` in `ModelLifeCycle`"),
        ("SM102", "missing required member `StageStatus` in `ModelLifeCycle`"),
    ]


@pytest.mark.parametrize("status", ["pendingManualApproval", "pending", "PENDING_MANUAL_APPROVAL", "", "Unknown"])
def test_a_status_that_the_api_does_not_have_is_one_finding(status: str) -> None:
    algorithm = {"SourceAlgorithmSpecification": {"SourceAlgorithms": [{"AlgorithmName": "churn"}]}}
    found = lint_value({"ModelPackageName": "churn", "ModelApprovalStatus": status} | algorithm)
    assert [d.code for d in found] == ["SM106"]
