"""Six pipelines, built by the SageMaker Python SDK that is installed, 2 or 3: a line each, its name and its definition.

Nothing is to be sent: the tests answer whatever the SDK asks AWS with an object that has no content.
"""

import logging
import sys
import warnings
from importlib.metadata import version
from typing import Any

import boto3

IS_2 = int(version("sagemaker-core").split(".")[0]) < 2
if IS_2:
    from sagemaker.drift_check_baselines import DriftCheckBaselines
    from sagemaker.model import Model
    from sagemaker.model_metrics import MetricsSource, ModelMetrics
    from sagemaker.pipeline import PipelineModel
    from sagemaker.workflow.condition_step import ConditionStep
    from sagemaker.workflow.conditions import ConditionEquals
    from sagemaker.workflow.functions import Join
    from sagemaker.workflow.model_step import ModelStep
    from sagemaker.workflow.parameters import ParameterString
    from sagemaker.workflow.pipeline import Pipeline
    from sagemaker.workflow.pipeline_context import PipelineSession
    from sagemaker.workflow.step_collections import RegisterModel
else:
    from sagemaker.core.drift_check_baselines import DriftCheckBaselines
    from sagemaker.core.model_metrics import MetricsSource, ModelMetrics
    from sagemaker.core.model_registry import create_model_package_from_containers
    from sagemaker.core.workflow.conditions import ConditionEquals
    from sagemaker.core.workflow.functions import Join
    from sagemaker.core.workflow.parameters import ParameterString
    from sagemaker.core.workflow.pipeline_context import PipelineSession
    from sagemaker.mlops.workflow.condition_step import ConditionStep
    from sagemaker.mlops.workflow.model_step import ModelStep
    from sagemaker.mlops.workflow.pipeline import Pipeline
    from sagemaker.serve.model_builder import ModelBuilder

ROLE = "arn:aws:iam::210987654321:role/SageMaker"
IMAGE = "210987654321.dkr.ecr.us-east-1.amazonaws.com/churn:1"
ARCHIVE = "s3://models-bucket/model.tar.gz"
STATUS = ParameterString("ModelApprovalStatus", default_value="PendingManualApproval")
MODEL_DATA = ParameterString("ModelData", default_value=ARCHIVE)
USUAL: dict[str, Any] = {
    "content_types": ["text/csv"],
    "response_types": ["text/csv"],
    "inference_instances": ["ml.m5.large"],
    "transform_instances": ["ml.m5.large"],
    "model_package_group_name": "churn",
}


def session() -> Any:
    """Return a session of pipelines, which collects what `register` would send."""
    boto = boto3.Session("AKIAIOSFODNN7EXAMPLE", "secret", region_name="us-east-1")
    return PipelineSession(boto_session=boto, default_bucket="models-bucket")


def model(of: Any, image: str = IMAGE, data: Any = MODEL_DATA) -> Any:
    """Return what has `register`: a Model of SDK 2, a ModelBuilder of SDK 3."""
    if IS_2:
        return Model(image_uri=image, model_data=data, role=ROLE, sagemaker_session=of, env={"WORKERS": "2"})
    return ModelBuilder(image_uri=image, s3_model_data_url=data, role_arn=ROLE, sagemaker_session=of)


def registered(image: str = IMAGE, data: Any = MODEL_DATA, **arguments: Any) -> Any:
    """Return the step that registers a model."""
    step_args = model(session(), image, data).register(**{**USUAL, **arguments})
    return ModelStep(name="Register", step_args=step_args)


def when(*, yes: Any = (), no: Any = (), name: str = "Check") -> Any:
    """Return a condition and the steps on its branches."""
    return ConditionStep(name, conditions=[ConditionEquals(STATUS, "Approved")], if_steps=[*yes], else_steps=[*no])


def of_two_containers() -> Any:
    """Return the step that registers an inference pipeline."""
    own = session()
    if IS_2:
        models = [model(own), model(own, data=ARCHIVE)]
        both = PipelineModel(models=models, role=ROLE, sagemaker_session=own)
        return ModelStep(name="Register", step_args=both.register(**USUAL))
    own.init_model_step_arguments(model(own))
    containers = [{"Image": IMAGE, "ModelDataUrl": MODEL_DATA}, {"Image": IMAGE, "ModelDataUrl": ARCHIVE}]
    return ModelStep(name="Register", step_args=create_model_package_from_containers(own, containers, **USUAL))


def with_metrics() -> Any:
    """Return the step that registers a model with its metrics and the baselines of its drift."""
    report = MetricsSource("application/json", Join(on="/", values=["s3://models-bucket", MODEL_DATA, "report.json"]))
    bias = MetricsSource("application/json", "s3://models-bucket/bias.json")
    return registered(
        model_metrics=ModelMetrics(model_statistics=report, bias=bias, explainability=bias),
        drift_check_baselines=DriftCheckBaselines(model_statistics=report, bias_pre_training_constraints=bias),
        customer_metadata_properties={"run": STATUS},
        approval_status=STATUS,
        description="weekly",
    )


def with_tags() -> Any:
    """Return the steps that register a model and tag its group."""
    tags = [{"Key": "team", "Value": "growth"}]
    if IS_2:
        return RegisterModel(name="Register", model=model(session()), tags=tags, **USUAL)
    step = registered()
    step.step_args.create_model_package_request["Tags"] = tags  # register() of SDK 3 takes none
    return step


def with_mistakes() -> Any:
    """Return the step that registers a model with a mistake of each kind."""
    return registered(
        image="churn:1",
        data="models-bucket/model.tar.gz",
        model_package_group_name="churn_group",
        inference_instances=["ml.m5.xlarg"],
        approval_status="approved",
        customer_metadata_properties={"run": "x" * 300},
    )


def definitions() -> dict[str, str]:
    """Return the definition of each pipeline by its name."""
    steps = {
        "plain": registered(),
        "condition in condition": when(no=[when(yes=[registered()], name="Inner")]),
        "two containers": of_two_containers(),
        "metrics and drift baselines": with_metrics(),
        "tags": with_tags(),
        "mistakes": when(yes=[with_mistakes()]),
    }
    parameters = [STATUS, MODEL_DATA]
    return {
        name: Pipeline(name="churn", parameters=parameters, steps=[step], sagemaker_session=session()).definition()
        for name, step in steps.items()
    }


if __name__ == "__main__":
    logging.disable()
    warnings.simplefilter("ignore")
    for name, definition in definitions().items():
        sys.stdout.write(f"{name}\t{definition}\n")
