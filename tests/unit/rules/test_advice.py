"""What help says about the rest of the request: what may be left out, and where a member belongs."""

from typing import Any

import pytest

from tests.support.linting import lint_value, settings_of
from tests.support.work import calls

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"
OBJECT = {"S3Uri": "s3://bucket/x", "S3DataType": "S3Object", "CompressionType": "None"}
REPORT = {"ContentType": "text/csv", "S3Uri": "s3://bucket/report.csv"}
JOB = {
    "TransformInput": {"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://bucket/in/"}}},
    "TransformOutput": {"S3OutputPath": "s3://bucket/out/"},
    "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
}


def version(**members: Any) -> dict[str, Any]:
    return {"ModelPackageGroupName": "churn", **members}


def container(**members: Any) -> dict[str, Any]:
    return version(InferenceSpecification={"Containers": [{"Image": IMAGE, **members}]})


def validation(profile: dict[str, Any]) -> dict[str, Any]:
    role = "arn:aws:iam::123456789012:role/x"
    return version(ValidationSpecification={"ValidationRole": role, "ValidationProfiles": [profile]})


CONSTRAINTS = "`ConfigFile`, `PreTrainingConstraints` or `PostTrainingConstraints`"
MISPLACED = [
    (version(ModelMetrics={"Bias": REPORT}), "`Report`, `PreTrainingReport` or `PostTrainingReport`"),
    (version(ModelMetrics={"Explainability": REPORT}), "`Report`"),
    (version(DriftCheckBaselines={"Bias": REPORT}), CONSTRAINTS),
    (version(ModelCardContent="{}", ModelCardStatus="Draft"), "`ModelCard`"),
    (version(Containers=[{"Image": IMAGE}]), "`InferenceSpecification`"),
    (version(InferenceSpecification={"Image": IMAGE}), "`Containers[0]`"),
    (container(ModelDataSource=OBJECT), "`S3DataSource`"),
    (container(**OBJECT), "`ModelDataSource.S3DataSource`"),
    (container(AdditionalModelDataSources=[{"ChannelName": "a", **OBJECT}]), "`S3DataSource`"),
    (container(SupportedContentTypes=["text/csv"]), "`InferenceSpecification`"),
    (version(InferenceSpecification={"Containers": [{"Image": IMAGE}], "ModelApprovalStatus": "Approved"}),
     "the request itself"),
    (validation({"ProfileName": "x", **JOB}), "`TransformJobDefinition`"),
    (validation({"ProfileName": "x", "TransformJobDefinition": JOB | {"TransformInput": OBJECT | {
        "S3DataType": "S3Prefix", "CompressionType": "None"}}}), "`DataSource.S3DataSource`"),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "home"), MISPLACED, ids=[home for _, home in MISPLACED])
def test_members_in_the_wrong_object_are_one_finding_that_says_where_they_belong(
    request_: dict[str, Any], home: str
) -> None:
    (found,) = [finding for finding in lint_value(request_) if finding.code in ("SM101", "SM102")]
    assert found.code == "SM101"
    assert found.help is not None
    assert found.help.endswith(f" into {home}.")
    assert found.fix is None


def test_what_is_missed_where_a_member_belongs_is_reported_if_the_unknown_member_is_not() -> None:
    request = validation({"ProfileName": "x", **JOB})
    assert [d.code for d in lint_value(request)] == ["SM101"]
    assert [d.code for d in lint_value(request, settings_of({"ignore": ["SM101"]}))] == ["SM102"]


HELPS = [
    (version(Domain=None), "/Domain", "Leave `Domain` out, or write a string."),
    (version(ModelPackageName=None), "/ModelPackageName", "Leave `ModelPackageName` out."),
    (version(ValidationSpecification={}), "/ValidationSpecification",
     "Add `ValidationRole`, or leave `ValidationSpecification` out."),
    (version(ModelPackageGroupName=None), "/ModelPackageGroupName", "Write a string."),
    (container(Image=None), "/InferenceSpecification/Containers/0/Image", "Write a string."),
    (version(SecurityConfig={"KmsKeyId": None}), "/SecurityConfig/KmsKeyId",
     "Write a string: `SecurityConfig` requires `KmsKeyId`."),
    (container(Image=None, IsCheckpoint=True), "/InferenceSpecification/Containers/0/Image",
     "Leave `Image` out, or write a string."),
    (version(CustomerMetadataProperties={"a": None}), "/CustomerMetadataProperties/a", "Write a string."),
    (version(CustomerMetadataProperties={"a": None, "b": "c"}), "/CustomerMetadataProperties/a",
     "Leave `a` out, or write a string."),
    (version(InferenceSpecification={"Containers": []}), "/InferenceSpecification/Containers",
     "Put at least 1 item into the list: `InferenceSpecification` requires `Containers`."),
    (version(AdditionalInferenceSpecifications=[]), "/AdditionalInferenceSpecifications",
     "Put at least 1 item into the list, or leave `AdditionalInferenceSpecifications` out."),
    (version(SecurityConfig={"KmsKeyId": ""}), "/SecurityConfig/KmsKeyId",
     "Write the key that you mean, or leave `SecurityConfig` out."),
    (version(modelPackageGroupName="x"), "/modelPackageGroupName",
     "Remove it: the request has `ModelPackageGroupName` already."),
    (version(ModelCard={"ModelCardContent": "{}", "ModelCardStatus": "Draft"}, ModelCardStatus="Draft"),
     "/ModelCardStatus", "Remove it: `ModelCard` has `ModelCardStatus` already."),
    (version(ModelCard={"ModelCardContent": {}, "ModelCardStatus": "Draft"}), "/ModelCard/ModelCardContent",
     "Write JSON text in a string, for example what `json.dumps(card)` returns."),
    (container(ModelInput={"DataInputConfig": [[1, 3]]}),
     "/InferenceSpecification/Containers/0/ModelInput/DataInputConfig",
     "Write JSON text in a string, for example what `json.dumps(config)` returns."),
    (container(Environment={"A": {}}), "/InferenceSpecification/Containers/0/Environment/A", "Write a string."),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "pointer", "words"), HELPS, ids=[pointer for _, pointer, _ in HELPS])
def test_help_knows_what_can_be_left_out_and_what_is_there(request_: dict[str, Any], pointer: str, words: str) -> None:
    found = lint_value(request_, settings_of({"extend-select": ["SM803"]}))
    assert next(finding.help for finding in found if finding.pointer == pointer) == words


GROWING = {
    "members that belong one level down": {"AdditionalModelDataSources": [{"ChannelName": "a", **OBJECT}]},
    "nothing where a value is required": {"Image": None, "ContainerHostname": None},
    "names that are there already": {"image": "x", "Image": IMAGE},
}


@pytest.mark.parametrize("kind", GROWING)
def test_the_work_for_help_grows_no_faster_than_the_request(kind: str) -> None:
    def work(count: int) -> int:
        request = version(InferenceSpecification={"Containers": [GROWING[kind]] * count})
        return calls(lambda: lint_value(request))

    work(1)
    assert work(200) / work(50) < 4.4
