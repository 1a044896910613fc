"""Registers models by the SageMaker Python SDK that is installed, 2 or 3, through a guarded session that sends nothing.

It prints a line each: a name, and in JSON the codes that refused it, what was logged, and how often it was sent.
"""

import json
import logging
import sys
import warnings
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse

from sm_lint.integrations.boto3 import RequestRefused, guard
from tests.sdk.pipelines import ARCHIVE, IMAGE, IS_2, ROLE

if IS_2:
    from sagemaker.drift_check_baselines import DriftCheckBaselines
    from sagemaker.metadata_properties import MetadataProperties
    from sagemaker.model import Model
    from sagemaker.model_card import ModelPackageModelCard
    from sagemaker.model_life_cycle import ModelLifeCycle
    from sagemaker.model_metrics import FileSource, MetricsSource, ModelMetrics
    from sagemaker.pipeline import PipelineModel
    from sagemaker.session import Session
else:
    from sagemaker.core.drift_check_baselines import DriftCheckBaselines
    from sagemaker.core.helper.session_helper import Session
    from sagemaker.core.metadata_properties import MetadataProperties
    from sagemaker.core.model_life_cycle import ModelLifeCycle
    from sagemaker.core.model_metrics import FileSource, MetricsSource, ModelMetrics
    from sagemaker.core.model_registry import create_model_package_from_containers
    from sagemaker.core.resources import ModelPackage
    from sagemaker.core.shapes import ModelPackageModelCard
    from sagemaker.serve.model_builder import ModelBuilder

GROUP = {"model_package_group_name": "churn"}
TYPES = {"content_types": ["text/csv"], "response_types": ["text/csv"]}
INSTANCES = {"inference_instances": ["ml.m5.large"], "transform_instances": ["ml.m5.xlarge"]}
USUAL: dict[str, Any] = {**GROUP, **TYPES, **INSTANCES}
ANSWERS: dict[str, dict[str, Any]] = {
    "CreateModelPackage": {
        "ModelPackageArn": "arn:aws:sagemaker:us-east-1:210987654321:model-package/churn/1",
        "ModelPackageName": "churn",  # the service does not say it, but a resource of SDK 3 asks for it
    },
    "DescribeModelPackage": {"ModelPackageStatus": "Completed", "ModelPackageName": "churn"},
    "GetCallerIdentity": {"Account": "210987654321"},
    "ListBuckets": {"Buckets": [{"Name": "models-bucket", "CreationDate": datetime(2026, 1, 1, tzinfo=timezone.utc)}]},
    "ListModelPackageGroups": {"ModelPackageGroupSummaryList": []},
    "Search": {"Results": []},
}
"""What the service would say, by the name of the operation; to others it says nothing."""


class Sessions:
    """A session of the SDK over a guarded one of boto3, and the names of the operations that it would have sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.boto3 = boto3.Session("AKIAIOSFODNN7EXAMPLE", "secret", region_name="us-east-1")
        self.boto3.events.register("before-call", self._answer)
        self.sdk = Session(boto_session=self.boto3, default_bucket="models-bucket")
        guard(self.sdk)  # its client is made already

    def _answer(self, model: Any, **_: Any) -> Any:
        self.sent.append(model.name)
        return AWSResponse("", 200, {}, None), ANSWERS.get(model.name, {})


def model(of: Sessions, image: str = IMAGE, data: Any = ARCHIVE, **more: Any) -> Any:
    """Return what has `register`: a Model of SDK 2, a ModelBuilder of SDK 3."""
    if IS_2:
        return Model(image_uri=image, model_data=data, role=ROLE, sagemaker_session=of.sdk, env={"N": "2"}, **more)
    return ModelBuilder(image_uri=image, s3_model_data_url=data, role_arn=ROLE, sagemaker_session=of.sdk, **more)


def registration(image: str = IMAGE, data: Any = ARCHIVE, **arguments: Any) -> Callable[[Sessions], Any]:
    """Return a function that registers a model with the usual arguments and these."""
    return lambda of: model(of, image, data).register(**{**USUAL, **arguments})


def of_two_containers(of: Sessions) -> Any:
    """Register an inference pipeline."""
    if IS_2:
        return PipelineModel(models=[model(of), model(of)], role=ROLE, sagemaker_session=of.sdk).register(**USUAL)
    return create_model_package_from_containers(of.sdk, [{"Image": IMAGE, "ModelDataUrl": ARCHIVE}] * 2, **USUAL)


def of_containers_with_tags(of: Sessions) -> Any:
    """Send a request with a mistake that `register` would not make, by the client of the SDK's session."""
    return of.sdk.sagemaker_client.create_model_package(
        ModelPackageGroupName="churn", Tags=[{"Key": "a", "Value": "b"}]
    )


def from_an_algorithm(of: Sessions) -> Any:
    """Register what an algorithm has trained."""
    arn = "arn:aws:sagemaker:us-east-1:210987654321:algorithm/churn"
    return of.sdk.create_model_package_from_algorithm("churn-1", "weekly", arn, ARCHIVE)


def metrics(name: str) -> Any:
    """Return a file with metrics."""
    return MetricsSource("application/json", f"s3://models-bucket/{name}.json", "sha256:" + 64 * "a")


def card(content: Any) -> Any:
    """Return a model card. SDK 2 makes text of its content, SDK 3 sends the text that it is given."""
    return ModelPackageModelCard(
        model_card_status="Draft",
        model_card_content=content if IS_2 or isinstance(content, str) else json.dumps(content),
    )


LARGE = {
    "S3DataSource": {"S3Uri": "s3://models-bucket/llm/", "S3DataType": "S3Prefix", "CompressionType": "None"},
}
RIGHT: dict[str, Callable[[Sessions], Any]] = {
    "plain": registration(),
    "approved": registration(approval_status="Approved", description="weekly"),
    "without instances": lambda of: model(of).register(**GROUP, **TYPES),
    "two containers": of_two_containers,
    "metrics": registration(
        model_metrics=ModelMetrics(
            model_statistics=metrics("quality"),
            model_constraints=metrics("limits"),
            bias=metrics("bias"),
            model_data_statistics=metrics("data"),
            explainability=metrics("shap"),
        ),
    ),
    "drift baselines": registration(
        drift_check_baselines=DriftCheckBaselines(
            model_statistics=metrics("quality"),
            bias_pre_training_constraints=metrics("bias"),
            bias_config_file=FileSource("s3://models-bucket/bias.json", content_type="application/json"),
            explainability_config_file=FileSource("s3://models-bucket/shap.json", content_type="application/json"),
        ),
    ),
    "model card": registration(model_card=card({"intended_uses": {"purpose_of_model": "churn", "risk_rating": "Low"}})),
    "metadata": registration(
        metadata_properties=MetadataProperties(commit_id="9f8e7d6", repository="https://git.example.com/churn"),
        customer_metadata_properties={"run": "1207"},
        domain="MACHINE_LEARNING",
        task="CLASSIFICATION",
        sample_payload_url="s3://models-bucket/sample.tar.gz",
    ),
    "life cycle": registration(
        model_life_cycle=ModelLifeCycle(stage="Staging", stage_status="Pending", stage_description="A/B")
    ),
    "a large model": registration(data=LARGE, accept_eula=True),
    "not to be validated": registration(skip_model_validation="All"),
    "unversioned": lambda of: model(of).register(model_package_name="churn-1", **TYPES, **INSTANCES),
    "an algorithm": from_an_algorithm,
}
WRONG: dict[str, Callable[[Sessions], Any]] = {
    "group name": registration(model_package_group_name="churn_group"),
    "instance type": registration(inference_instances=["ml.m5.xlarg"]),
    "status": registration(approval_status="approved"),
    "image": registration(image="churn:1"),
    "location": registration(data="models-bucket/model.tar.gz"),
    "a long value": registration(customer_metadata_properties={"run": "x" * 300}),
    "card": registration(model_card=card({"intended_uses": {"risk_rating": "Lowest"}})),
    "tags": of_containers_with_tags,
}
if IS_2:
    from sagemaker.model_card import IntendedUses, ModelCard, RiskRatingEnum

    uses = IntendedUses(purpose_of_model="churn", risk_rating=RiskRatingEnum.LOW)
    RIGHT["a card of its own"] = registration(model_card=ModelCard(name="churn", status="Draft", intended_uses=uses))
    WRONG["a card as text"] = registration(model_card=card('{"intended_uses": {}}'))  # JSON in JSON
else:
    RIGHT["by the resource"] = lambda of: ModelPackage.create(model_package_group_name="churn", session=of.boto3)
    WRONG["by the resource"] = lambda of: ModelPackage.create(model_package_group_name="churn_group", session=of.boto3)


def outcome(register: Callable[[Sessions], Any], of: Sessions, logged: list[str]) -> dict[str, Any]:
    """Return what becomes of a registration."""
    of.sent.clear()
    logged.clear()
    refused: list[str] = []
    try:
        register(of)
    except RequestRefused as error:
        refused = [found.code for found in error.diagnostics]
    return {"refused": refused, "logged": [*logged], "sent": of.sent.count("CreateModelPackage")}


class _Kept(logging.Handler):
    """Keeps messages."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message of a record."""
        self.messages.append(record.getMessage())


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    kept, sessions = _Kept(), Sessions()
    logging.getLogger("sm_lint").addHandler(kept)
    for kind, registrations in (("right", RIGHT), ("wrong", WRONG)):
        for name, register in registrations.items():
            sys.stdout.write(f"{kind}: {name}\t{json.dumps(outcome(register, sessions, kept.messages))}\n")
