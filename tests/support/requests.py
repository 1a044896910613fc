"""Strategies for requests that the service accepts, with all members at all depths, on each side."""

import json
from collections.abc import Callable, Collection, Mapping
from functools import cache, partial
from typing import Any

from hypothesis import strategies as st

from sm_lint.rules.shapes import name_of
from tests.support import texts
from tests.support.cards import CONTENTS
from tests.support.schema_cases import ROOT, SHAPES

Anything = st.SearchStrategy[Any]

SIDES = ("versioned", "unversioned", "marketplace")
_UNIQUE = {"TagList": "Key", "AdditionalInferenceSpecifications": "Name", "AdditionalModelDataSources": "ChannelName"}
_DOCUMENTED = {"EnvironmentMap": 16}
"""The most entries of a map, where the documentation is stricter than the API model."""
_MEMBERS = SHAPES[ROOT]["properties"]
_FEW = 3
_SMALL = 8_000
_MOST = 1_000_000
"""The number of characters that no request reaches."""
_LOCAL_STORAGE = ("g", "p", "trn", "inf", "dl")
"""How the families begin that have, or may have, storage of their own, whose volumes take no key."""


@cache
def shape(name: str) -> Anything:
    """Return a strategy for the values of a shape: what the API model accepts and no documentation forbids."""
    schema = SHAPES[name]
    if name in _MADE:
        return _MADE[name]()
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema["type"] == "array":
        return _list(name)
    if schema["type"] == "object":
        return structure(name) if "properties" in schema else _map(name)
    return st.booleans() if schema["type"] == "boolean" else texts.STRINGS[name]


def structure(name: str, given: Mapping[str, Anything] = {}, leave_out: Collection[str] = ()) -> Anything:
    """Return a strategy for a structure; `given` are the strategies of some of its members."""
    schema = SHAPES[name]
    kept = {member: of for member, of in schema["properties"].items() if member not in leave_out}
    members = {member: given[member] if member in given else shape(name_of(of)) for member, of in kept.items()}
    required = {member: members.pop(member) for member in schema.get("required", ())}
    return st.fixed_dictionaries(required, optional=members)


def _list(name: str) -> Anything:
    """Return a strategy for a list: of a few items, or of as many as there may be."""
    schema = SHAPES[name]
    item, least, most = name_of(schema["items"]), schema.get("minItems", 0), schema.get("maxItems", _FEW)
    if name in _UNIQUE:
        few = st.lists(shape(item), min_size=least, max_size=_FEW, unique_by=lambda entry: entry[_UNIQUE[name]])
        return texts.mostly(few, shape(item).map(partial(_numbered, _UNIQUE[name], most)))
    if "enum" in SHAPES[item]:
        few = st.lists(shape(item), min_size=least, max_size=_FEW, unique=True)
        return texts.mostly(few, st.just(SHAPES[item]["enum"]))
    few = st.lists(shape(item), min_size=least, max_size=min(most, _FEW), unique=SHAPES[item]["type"] == "string")
    return texts.mostly(few, shape(item).map(lambda value: [value] * most)) if "maxItems" in schema else few


def _numbered(member: str, count: int, item: dict[str, Any]) -> list[dict[str, Any]]:
    """Return so many copies of an item, which differ in a member."""
    return [{**item, member: f"n{number}"} for number in range(count)]


def _map(name: str) -> Anything:
    schema = SHAPES[name]
    keys, values = (shape(name_of(schema[part])) for part in ("propertyNames", "additionalProperties"))
    least, most = schema.get("minProperties", 0), _DOCUMENTED.get(name, schema["maxProperties"])
    few = st.dictionaries(keys, values, min_size=least, max_size=_FEW)
    return texts.mostly(few, values.map(lambda value: {f"k{number}": value for number in range(most)}))


def _model_data() -> Anything:
    of_one = structure("S3ModelDataSource", {"S3DataType": st.just("S3Object"), "S3Uri": texts.OBJECTS})
    return of_one | structure("S3ModelDataSource", {"S3DataType": st.just("S3Prefix"), "S3Uri": texts.FOLDERS})


def _transform_data() -> Anything:
    of_many = structure("TransformS3DataSource", {"S3DataType": st.sampled_from(("S3Prefix", "Converse"))})
    of_manifest = {"S3DataType": st.just("ManifestFile"), "S3Uri": texts.OBJECTS}
    return of_many | structure("TransformS3DataSource", of_manifest)


def _job() -> Anything:
    def of_payload(megabytes: int) -> Anything:
        most = 100 // megabytes if megabytes else 2**31 - 1
        limits = {"MaxPayloadInMB": st.just(megabytes), "MaxConcurrentTransforms": st.integers(0, most)}
        return structure("TransformJobDefinition", limits)

    # Without a payload limit, 6 megabytes are the default.
    at_once = {"MaxConcurrentTransforms": st.integers(0, 16)}
    return structure("TransformJobDefinition", at_once, ("MaxPayloadInMB",)) | st.integers(0, 100).flatmap(of_payload)


def _resources() -> Anything:
    count = {"InstanceCount": st.integers(1, 100)}
    types = SHAPES["TransformInstanceType"]["enum"]
    without = [name for name in types if not name.removeprefix("ml.").startswith(_LOCAL_STORAGE) and "d." not in name]
    with_key = structure("TransformResources", {"InstanceType": st.sampled_from(without), **count})
    return with_key | structure("TransformResources", count, ("VolumeKmsKeyId",))


def _source(name: str) -> Anything:
    """Return a strategy for a shape with a model: from a URL or from a data source, not both."""
    return st.one_of([structure(name, leave_out=(member,)) for member in ("ModelDataSource", "ModelDataUrl")])


_MADE = {
    "ModelCardContent": lambda: CONTENTS,
    "ModelPackageContainerDefinition": lambda: _source("ModelPackageContainerDefinition"),
    "S3ModelDataSource": _model_data,
    "SourceAlgorithm": lambda: _source("SourceAlgorithm"),
    "TransformJobDefinition": _job,
    "TransformResources": _resources,
    "TransformS3DataSource": _transform_data,
}


def _containers(request: dict[str, Any]) -> list[dict[str, Any]]:
    specifications = [request.get("InferenceSpecification", {}), *request.get("AdditionalInferenceSpecifications", ())]
    return [container for one in specifications for container in one.get("Containers", ())]


_NAMES = ("ModelPackageName", "ModelPackageGroupName")
_SOURCES = ("InferenceSpecification", "SourceAlgorithmSpecification", "SourceUri")
_GROUPS = texts.name() | texts.arn("sagemaker", texts.name().map("model-package-group/{}".format))


def _joined(*parts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for part in parts for name, value in part.items()}


def _versioned() -> Anything:
    """Return a strategy for versions of a group: with one of the sources, or with none."""
    named = st.fixed_dictionaries({"ModelPackageGroupName": _GROUPS})
    others = structure(ROOT, {"CertifyForMarketplace": st.just(False), "Tags": st.just([])}, (*_NAMES, *_SOURCES))
    sources = [st.fixed_dictionaries({source: shape(name_of(_MEMBERS[source]))}) for source in _SOURCES]
    return st.builds(_joined, named, others, st.just({}) | st.one_of(sources))


def _unversioned(*, certified: bool) -> Anything:
    """Return a strategy for packages with a name of their own; `certified` for AWS Marketplace, or not."""
    others = structure(ROOT, {"CertifyForMarketplace": st.just(False)}, (*_NAMES, *_SOURCES))
    certify = st.just({"CertifyForMarketplace": True} if certified else {})
    sources = [st.fixed_dictionaries({"ModelPackageName": texts.name(), of: _of_source(of)}) for of in _SOURCES[:2]]
    return st.builds(_joined, others, certify, st.one_of(sources))


def _of_source(source: str) -> Anything:
    if source != "InferenceSpecification":
        return shape(source)
    required = {
        f"Supported{kind}InstanceTypes": st.lists(shape(of), min_size=1, max_size=_FEW, unique=True)
        for kind, of in (("Transform", "TransformInstanceType"), ("RealtimeInference", "ProductionVariantInstanceType"))
    }
    return st.builds(_joined, shape(source), st.fixed_dictionaries(required))


def _without_what_is_refused(drawn: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a request without what is refused beside other members. No part of it is there twice."""
    request: dict[str, Any] = json.loads(json.dumps(drawn))
    is_certified = request.get("CertifyForMarketplace") is True
    for container in request.get("InferenceSpecification", {}).get("Containers", ()):
        container.pop("AdditionalS3DataSource", None)
    for container in _containers(request):
        if "ModelPackageName" in request and not is_certified:
            container.pop("Environment", None)
        if is_certified or "ValidationSpecification" in request:
            container.pop("ModelDataSource", None)
    return request


_OF_SIDE: dict[str, Callable[[], Anything]] = {
    "versioned": _versioned,
    "unversioned": partial(_unversioned, certified=False),
    "marketplace": partial(_unversioned, certified=True),
}


@cache
def of_side(side: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for requests of one of the SIDES: all that the service accepts, and nothing else."""
    drawn: st.SearchStrategy[dict[str, Any]] = _OF_SIDE[side]().map(_without_what_is_refused)
    return drawn.filter(lambda request: len(json.dumps(request)) < _MOST)


@cache
def valid() -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for requests of all sides."""
    return st.one_of([of_side(side) for side in SIDES])


@cache
def small() -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for requests of all sides of at most 8,000 characters."""
    return valid().filter(lambda request: len(json.dumps(request)) <= _SMALL)
