"""The carrier `cloudformation`: resources of type `AWS::SageMaker::ModelPackage` in a template."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.requests.functions import TRANSFORM, Function, Functions, is_loop, is_template, loop_of, without_variables
from sm_lint.requests.request import OF_A_REGISTRATION, OF_THE_CLI, Profile, Request
from sm_lint.requests.shapes import Shape, Shapes
from sm_lint.requests.strings import documents
from sm_lint.requests.translation import ABSENT, MORE, UNKNOWN, Dialect, Told, translated
from sm_lint.sources.document import Document

_TYPE = "AWS::SageMaker::ModelPackage"
_REQUIRED = ("SM312", "SM326", "SM505", "SM714")

# What the schema of the resource type and the API model have, each without the other, on 2026-11-26:
# https://github.com/hashicorp/terraform-provider-awscc, internal/service/cloudformation/schemas
_ADDS = {
    "CreateModelPackageInput": frozenset((
        "AdditionalInferenceSpecificationsToAdd", "ApprovalDescription", "CreationTime", "LastModifiedTime",
        "ModelPackageArn", "ModelPackageStatus", "ModelPackageStatusDetails", "ModelPackageVersion",
    )),
}  # fmt: skip
_LACKS = {
    "CreateModelPackageInput": frozenset(("ManagedStorageType", "ModelLifeCycle", "ModelPackageRegistrationType")),
    "ModelPackageContainerDefinition": frozenset((
        "AdditionalModelDataSources", "AdditionalS3DataSource", "BaseModel", "IsCheckpoint", "ModelDataETag",
        "ProductId",
    )),
    "S3ModelDataSource": frozenset(("ETag", "HubAccessConfig", "ManifestEtag", "ManifestS3Uri")),
    "SourceAlgorithm": frozenset(("ModelDataETag", "ModelDataSource")),
    "TransformResources": frozenset(("TransformAmiVersion",)),
}  # fmt: skip

PROFILE = Profile(
    "cloudformation",
    {
        **OF_THE_CLI,
        **OF_A_REGISTRATION,
        **dict.fromkeys(_REQUIRED, "CloudFormation's own schema requires what they advise, and cfn-lint reports it"),
        "SM232": "CloudFormation sends the request once for each resource that it creates",
    },
    noun=f"`{_TYPE}`",
    lacks=_LACKS,
)

_LISTS = ("Fn::Cidr", "Fn::GetAZs", "Fn::Split", "AWS::NotificationARNs")
_TEXTS = (
    "Fn::Base64", "Fn::Join", "Fn::Sub", "Fn::ToJsonString", "AWS::AccountId", "AWS::Partition", "AWS::Region",
    "AWS::StackId", "AWS::StackName", "AWS::URLSuffix",
)  # fmt: skip
"""The functions and pseudo parameters that are surely lists, or texts."""
_RESOLVED = re.compile(r"\{\{resolve:[^{}]*\}\}")
_INTEGER = re.compile(r"\s*[-+]?[0-9]{1,18}\s*")
_WORDS = {"true": True, "false": False}
_WORDS_OF_YAML = {"yes": True, "on": True, "no": False, "off": False}  # of YAML 1.1, which CloudFormation reads


class _Template(NamedTuple):
    """A template, and what is to be known of it to read its values."""

    document: Document
    functions: Functions
    repeated: frozenset[Pointer]
    """The pointers of YAML keys that are repeated: which of their values counts is not certain."""


class _Resource(NamedTuple):
    """A resource in a template."""

    at: Pointer
    identifiers: tuple[str, ...]
    """The identifiers of the loops around it."""


def requests(document: Document, shapes: Shapes) -> list[Request] | None:
    """Return the requests of the resources in a template, also in one that is JSON in a text; None if there is none."""
    templates = [one for one in documents(document, _TYPE) if is_template(one.value)]
    return [request for one in templates for request in _requests(one, shapes)] if templates else None


def _requests(document: Document, shapes: Shapes) -> list[Request]:
    repeated = frozenset(problem.pointer for problem in document.problems if problem.kind == "yaml-repeated-key")
    template = _Template(document, Functions(document), repeated)
    return [
        translated(document, (*resource.at, "Properties"), shapes, _dialect(template, resource.identifiers))
        for resource in _resources(document.value["Resources"], _Resource(("Resources",), ()))
    ]


def _resources(entries: Mapping[Any, Any], around: _Resource) -> Iterator[_Resource]:
    """Yield the resources of the type with properties among entries, also in loops."""
    for name, entry in entries.items():
        at = (*around.at, name)
        loop = loop_of(entry) if is_loop(name) else None
        if loop:
            yield from _resources(loop[1], _Resource((*at, 2), (*around.identifiers, loop[0])))
        elif isinstance(entry, dict) and entry.get("Type") == _TYPE and "Properties" in entry:
            yield _Resource(at, around.identifiers)


def _dialect(template: _Template, identifiers: tuple[str, ...]) -> Dialect:
    """Return how a template writes members and values, in loops with these identifiers."""
    document, functions, repeated = template
    variables = tuple(form for name in identifiers for form in (f"${{{name}}}", f"&{{{name}}}"))

    def is_replaced(text: Any) -> bool:
        """Return whether a part of a text, or of a key, is replaced without a function."""
        return isinstance(text, str) and bool(any(of in text for of in variables) or _RESOLVED.search(text))

    def tells(step: str | int, value: Any, at: Pointer, shape: Shape) -> Told | None:
        if is_loop(step) or step == TRANSFORM or is_replaced(step):
            return MORE
        function = functions.at(at, value)
        if function:
            known = _known(function)
            if known is not None and not is_replaced(known):
                return _as_type(known, shape) or Told(known, is_known=True)
            return _of_function(function, functions, shape)
        if at in repeated or at in document.unknown or (isinstance(value, dict) and _is_transformed(value)):
            return UNKNOWN._replace(value=value)
        if is_replaced(value):
            return Told(value, type=_type_of_text(shape))
        if isinstance(value, (str, bool, int, float)):
            return _of_scalar(value, at, shape, document)
        return None

    return Dialect(PROFILE, tells, adds=_ADDS)


def _is_transformed(value: Mapping[Any, Any]) -> bool:
    """Return whether a macro may change the other members of an object; AWS's own only adds some."""
    transform = value.get(TRANSFORM)
    return TRANSFORM in value and not (isinstance(transform, dict) and transform.get("Name") == "AWS::Include")


def _known(function: Function) -> str | None:
    """Return the text that a function returns; None if it returns anything else, or something unknown."""
    return without_variables(function.text[0]) if function.text else None


def _of_function(function: Function, functions: Functions, shape: Shape) -> Told:
    """Return what a function says that returns something unknown, or nothing."""
    if _is_no_value(function):
        return ABSENT
    may_be_absent = _may_have_no_value(function, functions)
    kind, stand_in = _type_of(function, shape), function.stand_in
    return Told([stand_in] if kind == "array" else stand_in, type=kind, may_be_absent=may_be_absent)


def _is_no_value(function: Function) -> bool:
    return function.name == "Ref" and function.argument == "AWS::NoValue"


def _may_have_no_value(function: Function, functions: Functions) -> bool:
    """Return whether a branch of `Fn::If`, at any depth, is `AWS::NoValue`."""
    if function.name != "Fn::If" or not isinstance(function.argument, list):
        return False
    branches = [functions.at((*function.at, i), branch) for i, branch in enumerate(function.argument)]
    return any(branch and (_is_no_value(branch) or _may_have_no_value(branch, functions)) for branch in branches)


def _type_of(function: Function, shape: Shape) -> str | None:
    """Return the JSON Schema type of what a function returns; None if it cannot be told."""
    name = function.argument if function.name == "Ref" else function.name
    if name in _LISTS:
        return "array"
    is_text = name in _TEXTS
    return _type_of_text(shape) if is_text else None


def _type_of_text(shape: Shape) -> str | None:
    """Return the type of an unknown text where the API has a shape: text stands for other scalars, too."""
    return None if shape.type in ("boolean", "integer", "number") else "string"


def _of_scalar(value: str | bool | float, at: Pointer, shape: Shape, document: Document) -> Told | None:  # noqa: FBT001 - a scalar
    """Return what a scalar says: CloudFormation converts it to the type that the resource has, if it can."""
    if shape.type not in ("boolean", "integer", "string"):
        return None
    source = document.source(at) if document.syntax == "yaml" and not _is_plain(value, shape) else None
    if isinstance(value, str):
        word = _WORDS_OF_YAML.get(source.lower()) if source else None
        value = value if word is None else word
    return _as_type(value, shape, source)


def _is_plain(value: Any, shape: Shape) -> bool:
    """Return whether a value is what the API has and is no word of YAML 1.1, as nearly all are."""
    return isinstance(value, str) and shape.type == "string" and value.lower() not in _WORDS_OF_YAML


def _as_type(value: str | bool | float, shape: Shape, source: str | None = None) -> Told | None:  # noqa: FBT001 - a scalar
    """Return a scalar as the type of a shape; None if it stays what it is. `source` is how YAML has it."""
    if shape.type == "string" and not isinstance(value, str):
        text = _text_of(value, source)
        return Told(source or str(value), type="string") if text is None else Told(text, is_known=True)
    if shape.type == "boolean" and isinstance(value, str):
        word = _WORDS.get(value.lower())
        return None if word is None else Told(word, is_known=True)
    if shape.type == "integer" and isinstance(value, str):
        return Told(int(value), is_known=True) if _INTEGER.fullmatch(value) else None
    if shape.type == "integer" and isinstance(value, float):
        return Told(int(value), is_known=True) if value.is_integer() else None
    return Told(value, is_known=True) if isinstance(value, bool) else None


def _text_of(value: bool | float, source: str | None) -> str | None:  # noqa: FBT001 - a scalar
    """Return the text of a number or boolean; None if there may be several, as for 010 or 1.0."""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return text if isinstance(value, int) and source in (None, text) else None
