"""Calls of `create_model_package` that are right, as scripts make them; each about another part of the request."""

from enum import Enum
from typing import Any

ACCOUNT = "210987654321"
REGISTRY = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com"
ARCHIVE = "s3://retention-models/churn/2026-11-20/model.tar.gz"
CONTAINER = {"Image": f"{REGISTRY}/churn:7", "ModelDataUrl": ARCHIVE}
SPECIFICATION: dict[str, Any] = {
    "Containers": [CONTAINER],
    "SupportedContentTypes": ["text/csv"],
    "SupportedResponseMIMETypes": ["text/csv"],
}
BOTH_KINDS = {
    "SupportedTransformInstanceTypes": ["ml.m5.xlarge"],
    "SupportedRealtimeInferenceInstanceTypes": ["ml.m5.large", "ml.c5.xlarge"],
}
VERSION: dict[str, Any] = {"ModelPackageGroupName": "churn", "InferenceSpecification": SPECIFICATION}
PACKAGE: dict[str, Any] = {"ModelPackageName": "churn-7", "InferenceSpecification": {**SPECIFICATION, **BOTH_KINDS}}
LARGE_MODEL = {
    "S3DataSource": {
        "S3Uri": "s3://retention-models/llm/weights/",
        "S3DataType": "S3Prefix",
        "CompressionType": "None",
        "ModelAccessConfig": {"AcceptEula": True},
    }
}


class Approval(str, Enum):
    """What many a pipeline has instead of plain strings."""

    PENDING = "PendingManualApproval"


def report(name: str) -> dict[str, str]:
    """Return a file with metrics."""
    return {"ContentType": "application/json", "S3Uri": f"s3://retention-models/reports/{name}.json"}


def version(**members: Any) -> dict[str, Any]:
    """Return the arguments for a version, with further members."""
    return {**VERSION, **members}


def container(**members: Any) -> dict[str, Any]:
    """Return the arguments for a version whose container has further members."""
    return version(InferenceSpecification={**SPECIFICATION, "Containers": [{**CONTAINER, **members}]})


RIGHT: dict[str, dict[str, Any]] = {
    "a version": version(),
    "a version by the ARN of its group": version(
        ModelPackageGroupName=f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:model-package-group/churn"
    ),
    "a version to approve": version(ModelApprovalStatus="PendingManualApproval", ModelPackageDescription="weekly"),
    "an enumeration of Python": version(ModelApprovalStatus=Approval.PENDING),
    "tuples for lists": version(InferenceSpecification={**SPECIFICATION, "Containers": (CONTAINER,)}),
    "a version without a specification": {"ModelPackageGroupName": "churn", "SourceUri": f"{REGISTRY}/churn:7"},
    "an environment": container(Environment={"SAGEMAKER_PROGRAM": "inference.py", "WORKERS": "2", "EMPTY": ""}),
    "a framework": container(Framework="XGBOOST", FrameworkVersion="1.7-1", NearestModelName="xgboost"),
    "a large model": version(
        InferenceSpecification={
            **SPECIFICATION,
            "Containers": [{"Image": f"{REGISTRY}/llm:1", "ModelDataSource": LARGE_MODEL}],
        }
    ),
    "an inference pipeline": version(
        InferenceSpecification={
            **SPECIFICATION,
            "Containers": [
                {**CONTAINER, "ContainerHostname": "features"},
                {**CONTAINER, "ContainerHostname": "churn", "Environment": {"BATCH": "64"}},
            ],
        }
    ),
    "metrics": version(
        ModelMetrics={
            "ModelQuality": {"Statistics": report("quality"), "Constraints": report("constraints")},
            "Bias": {"Report": report("bias")},
            "Explainability": {"Report": report("shap")},
        }
    ),
    "baselines of drift": version(
        DriftCheckBaselines={
            "Bias": {"ConfigFile": report("bias-config"), "PreTrainingConstraints": report("bias")},
            "ModelDataQuality": {"Statistics": report("data")},
        }
    ),
    "a model card": version(
        ModelCard={
            "ModelCardStatus": "Draft",
            "ModelCardContent": '{"intended_uses": {"purpose_of_model": "Who leaves?", "risk_rating": "Low"}}',
        }
    ),
    "metadata": version(
        MetadataProperties={"CommitId": "9f8e7d6", "Repository": "https://git.example.com/churn", "GeneratedBy": "ci"},
        CustomerMetadataProperties={"run": "1207", "owner": "retention"},
    ),
    "a task and its sample": version(
        Domain="MACHINE_LEARNING", Task="CLASSIFICATION", SamplePayloadUrl="s3://retention-models/sample.tar.gz"
    ),
    "another way to serve it": version(
        AdditionalInferenceSpecifications=[{"Name": "batch", "Containers": [CONTAINER], "Description": "at night"}]
    ),
    "a life cycle": version(ModelLifeCycle={"Stage": "Staging", "StageStatus": "Pending", "StageDescription": "A/B"}),
    "not to be validated": version(SkipModelValidation="All", CertifyForMarketplace=False),
    "a package of its own": dict(PACKAGE),
    "a package with tags": {**PACKAGE, "Tags": [{"Key": "team", "Value": "retention"}]},
    "a package of an algorithm": {
        "ModelPackageName": "forecast-2",
        "SourceAlgorithmSpecification": {
            "SourceAlgorithms": [
                {"AlgorithmName": f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:algorithm/forecast", "ModelDataUrl": ARCHIVE}
            ]
        },
    },
    "a token of one's own": version(ClientToken="a1b2c3d4-e5f6-47a8-9b0c-d1e2f3a4b5c6"),
}
"""The keyword arguments by what they are about."""
