"""Strategies for requests that the service accepts, and for one mistake in them."""

import re
from functools import cache
from typing import Any

from hypothesis import strategies as st

from sm_lint.model.pointer import Pointer
from sm_lint.rules.shapes import name_of
from tests.support.linting import RULES

_DEFINITIONS: dict[str, Any] = RULES.folded["definitions"]
_S3 = st.from_regex(r"s3://[a-z][a-z0-9-]{3,20}[a-z0-9]/[a-zA-Z0-9_-]{1,20}/model\.tar\.gz", fullmatch=True)
_ARN = "arn:aws:sagemaker:us-east-1:123456789012"
_IMAGES = (
    "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1",
    "123456789012.dkr.ecr.us-east-1.amazonaws.com/a/b:2-gpu",
)
_KEYS = ("alias/models", "1234abcd-12ab-34cd-56ef-1234567890ab", "")
# Shapes whose valid values the API model alone does not tell from the refused ones, or whose pattern is Unicode's.
_BY_SHAPE: dict[str, st.SearchStrategy[Any]] = {
    "S3Uri": _S3,
    "S3ModelUri": _S3,
    "Url": _S3,
    "ContainerImage": st.sampled_from(_IMAGES),
    "KmsKeyId": st.sampled_from(_KEYS[:2]),
    "ModelCardContent": st.sampled_from(("{}", '{"model_overview": {"model_creator": "me"}}')),
    "DataInputConfig": st.sampled_from(('{"input": [1, 3, 224, 224]}', "[[1, 3, 224, 224]]")),
    "ModelPackageSourceUri": st.sampled_from(("s3://bucket/model", f"{_ARN}:model/churn", "a plain text")),
    "EntityDescription": st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs")), max_size=60),
    "HubContentArn": st.just(f"{_ARN[:-12]}aws:hub-content/hub/Model/llama/1.0.0"),
    "ModelPackageFrameworkVersion": st.sampled_from(("2.1", "1.12.0")),
    "AlgorithmName": st.sampled_from(("churn", f"{_ARN}:algorithm/churn")),
    "RoleArn": st.just("arn:aws:iam::123456789012:role/SageMaker"),
    "ContentType": st.sampled_from(("text/csv", "application/json", "")),
    "TransformAmiVersion": st.just("al2-ami-sagemaker-batch-gpu-535"),
    "TransformInstanceType": st.sampled_from(("ml.m5.large", "ml.c5.xlarge")),
    "S3ModelDataType": st.just("S3Object"),
    "ModelCompressionType": st.just("Gzip"),
    "S3DataType": st.sampled_from(("S3Prefix", "ManifestFile")),
    "MaxConcurrentTransforms": st.integers(0, 10),
    "MaxPayloadInMB": st.integers(0, 10),
    "TransformInstanceCount": st.integers(1, 100),
    "MetadataPropertyValue": st.text(st.characters(categories=("L", "N", "Zs")), max_size=30),
    "TagKey": st.text("abcXYZ012 _.:/=+-@éü", min_size=1, max_size=12).filter(lambda key: not key.startswith("aws:")),
    "TagValue": st.text("abcXYZ012 _.:/=+-@éü", max_size=12),
    "CustomerMetadataKey": st.text("abcXYZ012 _.:/=+-@éü", min_size=1, max_size=12),
    "CustomerMetadataValue": st.text("abcXYZ012 _.:/=+-@éü", min_size=1, max_size=12),
    "EnvironmentKey": st.from_regex(r"[A-Z_][A-Z0-9_]{0,12}", fullmatch=True),
    "TransformEnvironmentKey": st.from_regex(r"[A-Z_][A-Z0-9_]{0,12}", fullmatch=True),
    "EnvironmentValue": st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20),
    "TransformEnvironmentValue": st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20),
    "String": st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20),
}
# Members that the service refuses in this place whatever their value, or that a rule ties to others.
_LEFT_OUT = {"AdditionalS3DataSource", "VolumeKmsKeyId", "ETag", "ManifestEtag", "ModelDataETag", "ManifestS3Uri"}


_UNIQUE = {"TagList": "Key", "AdditionalInferenceSpecifications": "Name", "AdditionalModelDataSources": "ChannelName"}


@cache
def shape(name: str) -> st.SearchStrategy[Any]:
    """Return a strategy for the values of a shape."""
    if name in _BY_SHAPE:
        return _BY_SHAPE[name]
    schema = _DEFINITIONS[name]
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema["type"] == "object":
        return _structure(schema) if "properties" in schema else _map(schema)
    if schema["type"] == "array":
        item = name_of(schema["items"])
        sizes = {"min_size": schema.get("minItems", 0), "max_size": min(schema.get("maxItems", 3), 3)}
        if name in _UNIQUE:
            return st.lists(shape(item), unique_by=lambda entry: entry[_UNIQUE[name]], **sizes)
        return st.lists(shape(item), unique=_DEFINITIONS[item]["type"] == "string", **sizes)
    if schema["type"] == "boolean":
        return st.booleans()
    return st.from_regex(re.compile(schema.get("pattern", "^[a-z]{1,20}$").replace("$", r"\Z")), fullmatch=True).filter(
        lambda text: schema.get("minLength", 0) <= len(text) <= schema["maxLength"]
    )


def _map(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    keys, values = (name_of(schema[part]) for part in ("propertyNames", "additionalProperties"))
    return st.dictionaries(shape(keys), shape(values), min_size=schema.get("minProperties", 0), max_size=3)


def _structure(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    members = {
        name: shape(name if name == "AlgorithmName" else name_of(ref))
        for name, ref in schema["properties"].items()
        if name not in _LEFT_OUT
    }
    required = {name: members.pop(name) for name in schema.get("required", [])}
    return st.fixed_dictionaries(required, optional=members)


_ONLY_VERSIONED = ("ModelPackageGroupName", "ModelApprovalStatus", "SourceUri", "AdditionalInferenceSpecifications")
_ONLY_UNVERSIONED = ("ModelPackageName", "Tags", "SourceAlgorithmSpecification")
_ONE_SIDE = {
    "versioned": {*_ONLY_UNVERSIONED, "CertifyForMarketplace"},
    "unversioned": {*_ONLY_VERSIONED, "CertifyForMarketplace"},
}


@st.composite
def valid(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a request that has no error."""
    side = draw(st.sampled_from(sorted(_ONE_SIDE)))
    request: dict[str, Any] = draw(shape("CreateModelPackageInput"))
    request = {name: value for name, value in request.items() if name not in _ONE_SIDE[side]}
    if side == "versioned":
        request["ModelPackageGroupName"] = draw(st.sampled_from(("churn", f"{_ARN}:model-package-group/churn")))
        if "InferenceSpecification" in request:
            request.pop("SourceUri", None)
        return request
    request["ModelPackageName"] = draw(st.sampled_from(("churn", "Churn--2026")))
    specification = request.get("InferenceSpecification")
    if specification:
        specification["SupportedTransformInstanceTypes"] = ["ml.m5.large", "ml.c5.xlarge"]
        specification["SupportedRealtimeInferenceInstanceTypes"] = ["ml.m5.large"]
        for container in specification["Containers"]:
            container.pop("Environment", None)
            container.pop("ModelDataSource", None)
    return request


def places(value: Any, pointer: Pointer = ()) -> list[tuple[Pointer, Any]]:
    """List all pointers into a value, each with what stands there, without the root."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found: list[tuple[Pointer, Any]] = [] if pointer == () else [(pointer, value)]
    for step, child in children:
        found += places(child, (*pointer, step))
    return found


def replaced(value: Any, pointer: Pointer, new: Any) -> Any:
    """Return a copy of a value with another one at a pointer."""
    if not pointer:
        return new
    step, *rest = pointer
    if isinstance(value, list):
        return [replaced(item, tuple(rest), new) if index == step else item for index, item in enumerate(value)]
    return {**value, step: replaced(value.get(step), tuple(rest), new)}


@st.composite
def with_one_mistake(draw: st.DrawFn) -> tuple[dict[str, Any], Pointer]:
    """Draw a request and the pointer at which something was put that the API model refuses."""
    request = draw(valid())
    pointer, value = draw(st.sampled_from(places(request)))
    mistakes: list[tuple[Pointer, Any]] = [(pointer, None)]
    if isinstance(value, str):
        mistakes += [(pointer, 7), (pointer, [value]), (pointer, {"a": value})]
    elif isinstance(value, bool):
        mistakes += [(pointer, "true"), (pointer, 1)]
    elif isinstance(value, int):
        mistakes += [(pointer, -1), (pointer, 1.0), (pointer, True), (pointer, "1")]
    else:
        mistakes += [(pointer, "text"), (pointer, 1)]
    if isinstance(value, dict) and pointer[-1] not in ("Environment", "CustomerMetadataProperties"):
        mistakes.append(((*pointer, "NoSuchMember"), "x"))
    where, what = draw(st.sampled_from(mistakes))
    return replaced(request, where, what), where


BROKEN = """\
ModelPackageGroupName: churn
modelApprovalStatus: Approved
Tags:
- Key: team
  Value: risk
ModelPackageDescription: weekly
"""
"""A request in YAML with two mistakes: a member in lower case, and tags beside a group."""
