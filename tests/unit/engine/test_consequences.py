"""What follows from a refused value waits until it is mended, and so does what follows from two names at once."""

from typing import Any

import pytest

from sm_lint import api

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"
SPECIFICATION = {"Containers": [{"Image": IMAGE}]}
ENVIRONMENT = {"Containers": [{"Image": IMAGE, "Environment": {"A": "b"}}]}
TYPES = {"SupportedTransformInstanceTypes": ["ml.m5.large"], "SupportedRealtimeInferenceInstanceTypes": ["ml.m5.large"]}
TAGS = [{"Key": "team", "Value": "risk"}]
BOTH = {"ModelPackageName": "churn", "ModelPackageGroupName": "churn-models"}
NAME, GROUP = "/ModelPackageName", "/ModelPackageGroupName"


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        # a name that is refused: whether there is to be one is unknown
        ({"ModelPackageName": None, "ModelPackageGroupName": "churn"}, {("SM104", NAME)}),
        ({"ModelPackageName": "", "ModelPackageGroupName": "churn"}, {("SM221", NAME)}),
        (
            {"ModelPackageName": "churn", "ModelPackageGroupName": None, "SourceAlgorithmSpecification": 1},
            {("SM104", GROUP), ("SM103", "/SourceAlgorithmSpecification")},
        ),
        ({"ModelPackageName": None}, {("SM104", NAME)}),
        ({"ModelPackageGroupName": ""}, {("SM222", GROUP)}),
        ({"ModelPackageName": 7, "InferenceSpecification": SPECIFICATION}, {("SM103", NAME)}),
        ({"ModelPackageGroupName": [], "Tags": TAGS}, {("SM103", GROUP)}),
        # a name with a wrong character is a name
        (
            {"ModelPackageName": "a b", "InferenceSpecification": {**ENVIRONMENT, **TYPES}},
            {("SM221", NAME), ("SM209", "/InferenceSpecification/Containers/0/Environment")},
        ),
        # both names: one of them is to go, and the rest depends on which
        (BOTH, {("SM201", GROUP)}),
        ({**BOTH, "InferenceSpecification": ENVIRONMENT}, {("SM201", GROUP)}),
        ({**BOTH, "Tags": TAGS}, {("SM201", GROUP)}),
        ({**BOTH, "Tags": []}, {("SM201", GROUP)}),
        ({**BOTH, "CertifyForMarketplace": True}, {("SM201", GROUP)}),
        ({**BOTH, "ModelApprovalStatus": "Approved"}, {("SM201", GROUP)}),
        ({**BOTH, "SourceUri": "s3://bucket/model"}, {("SM201", GROUP)}),
        # what does not depend on it is told
        ({**BOTH, "ModelApprovalStatus": "approved"}, {("SM201", GROUP), ("SM106", "/ModelApprovalStatus")}),
        ({**BOTH, "ModelPackageGroupName": "a b"}, {("SM201", GROUP), ("SM222", GROUP)}),
        # other values
        ({"ModelPackageGroupName": "churn", "Tags": None}, {("SM104", "/Tags")}),
        ({"ModelPackageGroupName": "churn", "Tags": "team"}, {("SM103", "/Tags")}),
        ({"ModelPackageGroupName": "churn", "CertifyForMarketplace": "true"}, {("SM103", "/CertifyForMarketplace")}),
        (
            {"ModelPackageName": "churn", "ModelApprovalStatus": True, "SourceAlgorithmSpecification": None},
            {("SM103", "/ModelApprovalStatus"), ("SM104", "/SourceAlgorithmSpecification")},
        ),
        ({"ModelPackageName": "churn", "InferenceSpecification": None}, {("SM104", "/InferenceSpecification")}),
        (
            {"ModelPackageName": "churn", "InferenceSpecification": {**SPECIFICATION, **dict.fromkeys(TYPES)}},
            {("SM104", f"/InferenceSpecification/{name}") for name in TYPES},
        ),
    ],
)
def test_what_follows_from_a_refused_value_waits(payload: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    assert {(d.code, d.pointer) for d in api.lint(payload)} == expected


def test_a_rule_of_a_team_waits_too(tmp_path: Any) -> None:
    rule = tmp_path / "TEAM001-owner.toml"
    rule.write_text(
        """
code = "TEAM001"
name = "owner"
severity = "error"
evidence = "documented"
since = "1.0.0"
shape = "CreateModelPackageInput"
when = { required = ["ModelPackageGroupName"] }
then = { required = ["MetadataProperties"] }
summary = "A version has no metadata."
message = "missing `MetadataProperties`"
help = "Add it."
why = "Our policy wants to know where each version comes from."
references = ["https://example.com/policy"]
[[invalid]]
base = "version"
pointer = ""
[[valid]]
base = "algorithm"
"""
    )
    config = {"rules": [str(rule)]}
    assert [d.code for d in api.lint(BOTH, config=config)] == ["SM201"]
    alone = {"ModelPackageGroupName": "churn", "SourceUri": "a"}
    assert [d.code for d in api.lint(alone, config=config)] == ["TEAM001"]
