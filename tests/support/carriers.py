"""Requests put into documents of each carrier, with the values that the carrier does not tell."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from itertools import pairwise
from typing import Any, NamedTuple

import yaml
from botocore import xform_name

from sm_lint.model.pointer import Pointer, value_at
from sm_lint.requests.shapes import Shape
from sm_lint.sources import document
from sm_lint.sources.document import Document
from tests.support.linting import RULES
from tests.support.pointers import replaced

Form = Callable[[Any, Pointer], Any]
"""`form(document, pointer)` returns a copy of the value of a document in which the value at a pointer is not told.

It is None where the carrier has no such form at that place.
"""


class Carried(NamedTuple):
    """A way in which a carrier has a request."""

    name: str
    """The name of the carrier."""
    around: Callable[[Any], Any]
    """Returns the value of a document with the request."""
    base: Pointer
    """The pointer of the request in the document; in that of the string, if it is in a string."""
    written: Callable[[Any], str] = lambda value: json.dumps(value, indent=2, ensure_ascii=False)
    """Returns the text of a document."""
    syntax: str = "json"
    string: Pointer | None = None
    """The pointer of the string that has the document with the request."""
    spelled: Callable[[str], str] = str
    """Returns the name of a member there."""
    unknown: Mapping[str, Form] = {}
    """The forms of a value that is unknown."""
    optional: Mapping[str, Form] = {}
    """The forms of a value that may be absent."""
    absent: Mapping[str, Form] = {}
    """The forms of a value that is absent."""

    def document(self, request: Any) -> Document:
        """Return the document that has a request."""
        return self.read(self.around(self.spell(request)))

    def read(self, value: Any) -> Document:
        """Return the document with a value."""
        return document.read(f"carried.{self.syntax}", self.written(value).encode())

    def spell(self, request: Any) -> Any:
        """Return a request with the names of its members as the carrier writes them."""
        return self._spell(request, RULES.shapes.root)

    def _spell(self, value: Any, shape: Shape) -> Any:
        if isinstance(value, dict):
            return {
                self._name(key, shape): self._spell(child, RULES.shapes.of_member(shape, key))
                for key, child in value.items()
            }
        if isinstance(value, list):
            return [self._spell(item, RULES.shapes.of_items(shape)) for item in value]
        return value

    def _name(self, key: Any, shape: Shape) -> Any:
        return self.spelled(key) if key in shape.schema.get("properties", ()) else key

    def pointer(self, pointer: Pointer) -> Pointer:
        """Return the pointer in the document for one in the request."""
        shape, written = RULES.shapes.root, self.base
        for step in pointer:
            written = (*written, self._name(step, shape))
            shape = RULES.shapes.of_items(shape) if isinstance(step, int) else RULES.shapes.of_member(shape, step)
        return written


def form(new: Any) -> Form:
    """Return the form that puts a value in place of another one."""
    return lambda value, pointer: replaced(value, pointer, new)


def around(template: Any, base: Pointer) -> Callable[[Any], Any]:
    """Return the function that puts a request at a pointer of a template."""
    return lambda request: replaced(template, base, request)


_STEP: dict[str, Any] = {"Name": "Register", "Type": "RegisterModel", "Arguments": {}}
_CONDITION = {"Name": "If", "Type": "Condition", "Arguments": {"Conditions": [], "IfSteps": [], "ElseSteps": []}}
_PIPELINE: dict[str, Any] = {"Version": "2020-12-01", "Parameters": [], "Steps": [{"Name": "T", "Type": "Training"}]}
_PACKAGE = {"Type": "AWS::SageMaker::ModelPackage", "Properties": {}}
_OF_PIPELINES = {
    "Get": form({"Get": "Parameters.X"}),
    "Std:Join": form({"Std:Join": {"On": "/", "Values": ["s3://a", {"Get": "Parameters.X"}]}}),
    "Std:JsonGet": form({"Std:JsonGet": {"PropertyFile": {"Get": "Steps.E.PropertyFiles.R"}, "Path": "a.b"}}),
}


def _pipeline(*steps: Any) -> dict[str, Any]:
    return {**_PIPELINE, "Steps": [*_PIPELINE["Steps"], *steps]}


def _nested() -> dict[str, Any]:
    inner = replaced(_CONDITION, ("Arguments", "ElseSteps"), [_STEP])
    return _pipeline(replaced(_CONDITION, ("Arguments", "IfSteps"), [_PIPELINE["Steps"][0], inner]))


_IN_NESTED: Pointer = ("Steps", 1, "Arguments", "IfSteps", 1, "Arguments", "ElseSteps", 0, "Arguments")
_IN_STEP: Pointer = ("Steps", 1, "Arguments")
_BODY: Pointer = ("Resources", "Pipeline", "Properties", "PipelineDefinition", "PipelineDefinitionBody")


def _in_template(definition: Any) -> str:
    body = {"PipelineDefinitionBody": json.dumps(definition, ensure_ascii=False)}
    resource = {"Type": "AWS::SageMaker::Pipeline", "Properties": {"PipelineDefinition": body}}
    return json.dumps({"Resources": {"Pipeline": resource}}, indent=2)


def as_yaml(value: Any) -> str:
    """Return a value as YAML in block style, on lines as long as they are."""
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=10**9)


_REGISTER = "arn:aws:states:::aws-sdk:sagemaker:createModelPackage"
_TASK: dict[str, Any] = {"Type": "Task", "Resource": _REGISTER, "Parameters": {}, "End": True}
_JSONATA_TASK: dict[str, Any] = {"Type": "Task", "Resource": _REGISTER, "Arguments": {}, "End": True}
_MACHINE: dict[str, Any] = {"StartAt": "Register", "States": {"Register": _TASK}}
_MAP: dict[str, Any] = {"Type": "Map", "ItemProcessor": _MACHINE, "End": True}
_PARALLEL: dict[str, Any] = {"Type": "Parallel", "Branches": [{"StartAt": "Each", "States": {"Each": _MAP}}]}
_DEEP: dict[str, Any] = {"StartAt": "All", "States": {"All": _PARALLEL}}
_IN_TASK: Pointer = ("States", "Register", "Parameters")
_IN_DEEP: Pointer = (
    "States", "All", "Branches", 0, "States", "Each", "ItemProcessor", "States", "Register", "Parameters",
)  # fmt: skip
_JSONATA = {"QueryLanguage": "JSONata", "StartAt": "Register", "States": {"Register": _JSONATA_TASK}}
_IN_JSONATA: Pointer = ("States", "Register", "Arguments")
_TEMPLATE = {"Resources": {"Package": _PACKAGE}}
_IN_PACKAGE: Pointer = ("Resources", "Package", "Properties")
_PLAN: dict[str, Any] = {
    "format_version": "1.2",
    "resource_changes": [
        {"type": "aws_s3_bucket", "change": {"actions": ["create"], "after": {"bucket": "b"}, "after_unknown": {}}},
        {
            "type": "awscc_sagemaker_model_package",
            "change": {"actions": ["create"], "before": None, "after": {}, "after_unknown": {"id": True}},
        },
    ],
}
_IN_PLAN: Pointer = ("resource_changes", 1, "change", "after")
_RESOURCE: dict[str, Any] = {
    "apiVersion": "sagemaker.services.k8s.aws/v1alpha1",
    "kind": "ModelPackage",
    "metadata": {"name": "churn"},
    "spec": {},
}
_OTHER = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"a": "b"}}


def _path(value: Any, pointer: Pointer) -> Any:
    """Return a document in which a member of an object has a path in place of its value."""
    if isinstance(pointer[-1], int):
        return None
    around_it = value_at(value, pointer[:-1])
    renamed = {(f"{key}.$" if key == pointer[-1] else key): child for key, child in around_it.items()}
    renamed[f"{pointer[-1]}.$"] = "$.given"
    return replaced(value, pointer[:-1], renamed)


def _if(value: Any, pointer: Pointer) -> Any:
    return replaced(value, pointer, {"Fn::If": ["Here", value_at(value, pointer), {"Ref": "AWS::NoValue"}]})


def _later(value: Any, pointer: Pointer) -> Any:
    """Return a plan in which a value is known after it is applied."""
    copied = deepcopy(value)
    change = copied["resource_changes"][1]["change"]
    after: Any = change["after"]
    unknown: Any = change["after_unknown"]
    for step, following in pairwise(pointer[4:]):
        after = after[step]
        if isinstance(unknown, list):
            unknown += [{} for _ in range(len(unknown), int(step) + 1)]
        elif step not in unknown:
            unknown[step] = [] if isinstance(following, int) else {}
        unknown = unknown[step]
    if isinstance(unknown, list):
        unknown += [False for _ in range(len(unknown), int(pointer[-1]) + 1)]
        after[pointer[-1]] = None
    else:
        after.pop(pointer[-1])
    unknown[pointer[-1]] = True
    return copied


def _snake(name: str) -> str:
    return str(xform_name(name, "_"))


_SPELLED_BY_ACK = {
    "ModelDataUrl": "modelDataURL", "S3Uri": "s3URI", "SamplePayloadUrl": "samplePayloadURL", "KmsKeyId": "kmsKeyID",
    "VolumeKmsKeyId": "volumeKMSKeyID", "ProductId": "productID", "CommitId": "commitID", "ProjectId": "projectID",
    "TransformAmiVersion": "transformAMIVersion",
}  # fmt: skip


def _camel(name: str) -> str:
    return _SPELLED_BY_ACK.get(name, name[:1].lower() + name[1:])


def _documents(value: Any) -> str:
    return "---\n".join((as_yaml(_OTHER), as_yaml(value), as_yaml(_OTHER)))


_OF_JSONATA = {"{% %}": form("{% $states.input.given %}")}
_OF_JSONPATH = {".$": _path}
_OF_TEMPLATES = {
    "Ref": form({"Ref": "Given"}),
    "Fn::ImportValue": form({"Fn::ImportValue": "given"}),
    "Fn::If": form({"Fn::If": ["Here", {"Ref": "Given"}, {"Ref": "Other"}]}),
}
_MAY_BE_ABSENT = {"Fn::If": _if}
_NO_VALUE = {"Ref: AWS::NoValue": form({"Ref": "AWS::NoValue"})}

CARRIED = {
    "pipeline": Carried("pipeline", around(_pipeline(_STEP), _IN_STEP), _IN_STEP, unknown=_OF_PIPELINES),
    "pipeline in conditions": Carried("pipeline", around(_nested(), _IN_NESTED), _IN_NESTED, unknown=_OF_PIPELINES),
    "pipeline in a template": Carried(
        "pipeline", around(_pipeline(_STEP), _IN_STEP), _IN_STEP, _in_template, string=_BODY, unknown=_OF_PIPELINES
    ),
    "template": Carried(
        "cloudformation",
        around(_TEMPLATE, _IN_PACKAGE),
        _IN_PACKAGE,
        unknown=_OF_TEMPLATES,
        optional=_MAY_BE_ABSENT,
        absent=_NO_VALUE,
    ),
    "template in YAML": Carried(
        "cloudformation",
        around(_TEMPLATE, _IN_PACKAGE),
        _IN_PACKAGE,
        as_yaml,
        "yaml",
        unknown=_OF_TEMPLATES,
        optional=_MAY_BE_ABSENT,
        absent=_NO_VALUE,
    ),
    "state machine": Carried("state-machine", around(_MACHINE, _IN_TASK), _IN_TASK, unknown=_OF_JSONPATH),
    "map in parallel": Carried("state-machine", around(_DEEP, _IN_DEEP), _IN_DEEP, unknown=_OF_JSONPATH),
    "JSONata": Carried("state-machine", around(_JSONATA, _IN_JSONATA), _IN_JSONATA, unknown=_OF_JSONATA),
    "state machine in YAML": Carried(
        "state-machine", around(_MACHINE, _IN_TASK), _IN_TASK, as_yaml, "yaml", unknown=_OF_JSONPATH
    ),
    "plan": Carried(
        "terraform-plan",
        around(_PLAN, _IN_PLAN),
        _IN_PLAN,
        spelled=_snake,
        unknown={"after_unknown": _later},
        absent={"null": form(None)},
    ),
    "resource": Carried(
        "ack", around(_RESOURCE, ("spec",)), ("spec",), as_yaml, "yaml", spelled=_camel, unknown={"$": form("$GIVEN")}
    ),
    "resource among others": Carried(
        "ack", around(_RESOURCE, ("spec",)), ("spec",), _documents, "yaml", spelled=_camel
    ),
}
"""The ways in which carriers have requests, by what one calls them."""
