"""The carrier `ack`: ModelPackage resources of the Kubernetes controller of AWS, in any document of a file.

The schema of the resource is config/crd/bases/sagemaker.services.k8s.aws_modelpackages.yaml of
https://github.com/aws-controllers-k8s/sagemaker-controller, which generates it from the API model.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sm_lint.model.pointer import Pointer, value_at
from sm_lint.requests.names import NAMES
from sm_lint.requests.request import OF_A_REGISTRATION, OF_THE_CLI, Profile, Request
from sm_lint.requests.shapes import Shape, Shapes
from sm_lint.requests.translation import UNKNOWN, Dialect, Told, objects, translated
from sm_lint.sources.document import Document
from sm_lint.sources.documents import documents
from sm_lint.sources.reading import OF_CARRIERS

_GROUP = "sagemaker.services.k8s.aws/"
_KIND = "ModelPackage"
_EXCEPTIONS = {
    "ModelDataUrl": "modelDataURL", "S3Uri": "s3URI", "SamplePayloadUrl": "samplePayloadURL",
    "KmsKeyId": "kmsKeyID", "VolumeKmsKeyId": "volumeKMSKeyID", "ProductId": "productID", "CommitId": "commitID",
    "ProjectId": "projectID", "TransformAmiVersion": "transformAMIVersion", "SourceUri": "sourceURI",
}  # fmt: skip
"""The members that are not spelled as in the API with the first letter in lower case."""
_NAMES = {spelling: name for name, spelling in _EXCEPTIONS.items()}
_ADDS = {"CreateModelPackageInput": frozenset(("ApprovalDescription",))}
_LACKS = {
    "CreateModelPackageInput": frozenset((
        "ManagedStorageType", "ModelCard", "ModelLifeCycle", "ModelPackageRegistrationType", "SecurityConfig",
        "SourceUri",
    )),
    "ModelPackageContainerDefinition": frozenset((
        "AdditionalModelDataSources", "BaseModel", "IsCheckpoint", "ModelDataETag", "ModelDataSource",
    )),
    "SourceAlgorithm": frozenset(("ModelDataETag", "ModelDataSource")),
    "AdditionalS3DataSource": frozenset(("ETag",)),
}  # fmt: skip
_ADOPTION, _READ_ONLY = "services.k8s.aws/adoption-policy", "services.k8s.aws/read-only"
"""The annotations of a resource that is not created: https://aws-controllers-k8s.github.io/docs/guides/adoption says of
the first that a spec is only needed with `adopt-or-create`, https://aws-controllers-k8s.github.io/docs/guides/readonly
of the second that nothing is sent."""
_TEMPLATE = re.compile(r"\$(?:[A-Za-z_]|\{|\()|\{\{|\{%")
"""Matches a variable of envsubst or Kustomize, or an expression of Helm or Jinja."""
_YTT = "#@"
"""What begins an expression of ytt, which is a comment in YAML."""
_PATCHES = re.compile(r"(?i)(?<![a-z])patch(?:es)?(?![a-z])[^/\\]*(?:[/\\][^/\\]*)?\Z")
"""Matches the name of a file that is called a patch, or lies in such a folder."""
_OVERLAYS = re.compile(r"(?i)(?:\A|[/\\])overlays[/\\]")
"""Matches the name of a file in a folder where Kustomize has patches beside whole resources."""
_OTHERWISE = re.compile(
    r"(?i:y|yes|n|no|on|off)|[-+]?(?=[0-9]+_)[0-9_]+(?:\.[0-9_]*)?|[-+]?0[bo][0-7_]+|[-+]?[0-9]+(?::[0-5]?[0-9])+"
)
"""Matches what YAML 1.1, which Kubernetes reads, may take for a boolean or a number, and YAML 1.2 for a string."""
_EXACT = 1e15
"""The integers below are floats too, each its own."""
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
"""Matches a number that both read alike."""


def spelled(name: str) -> str:
    """Return how a resource spells a member of the API.

    >>> spelled("ModelPackageGroupName"), spelled("ModelDataUrl")
    ('modelPackageGroupName', 'modelDataURL')
    """
    return _EXCEPTIONS.get(name) or name[:1].lower() + name[1:]


PROFILE = Profile(
    "ack",
    {
        **OF_THE_CLI,
        **OF_A_REGISTRATION,
        "SM232": "the controller sends the request of a resource once",
    },
    noun="`ModelPackage` of the Kubernetes controller",
    spelled=spelled,
    lacks=_LACKS,
)


def requests(document: Document, shapes: Shapes) -> list[Request] | None:
    """Return the requests of the resources in a file; None if none of its documents is of the controller."""
    found: list[Request] = []
    is_of_controller = False
    for one in documents(document, (_GROUP, _KIND)):
        resources = list(_resources(one.value))
        is_of_controller = is_of_controller or bool(resources)
        if resources and not _is_template(one):
            dialect = _dialect(one)
            found += [_request(one, (*at, "spec"), shapes, dialect) for at, of in resources if _is_sent(of)]
    return found if is_of_controller else None


def _is_template(document: Document) -> bool:
    """Return whether a document is a template that is no YAML itself, or has other values than it seems to have."""
    is_broken = any(problem.kind not in OF_CARRIERS for problem in document.problems)
    return _YTT in document.text or (is_broken and ("{{" in document.text or "{%" in document.text))


def _resources(value: Any) -> Iterator[tuple[Pointer, Mapping[str, Any]]]:
    """Yield the resources of the controller in a document, each with its pointer: the document, or items of a list."""
    waiting: list[tuple[Pointer, Any]] = [((), value)]
    while waiting:
        at, one = waiting.pop()
        if not isinstance(one, dict):
            continue
        items, kind, version = one.get("items"), one.get("kind"), one.get("apiVersion")
        if isinstance(items, list) and isinstance(kind, str) and kind.endswith("List"):
            waiting += [((*at, "items", index), item) for index, item in enumerate(items)][::-1]
        elif isinstance(version, str) and version.startswith(_GROUP):
            yield at, one


def _is_sent(resource: Mapping[str, Any]) -> bool:
    """Return whether the controller creates a model package for a resource, as far as one can tell."""
    if resource.get("kind") != _KIND or not isinstance(resource.get("spec"), dict) or "$patch" in resource:
        return False
    metadata = resource.get("metadata")
    annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
    if not isinstance(annotations, dict):
        return True
    is_created = annotations.get(_ADOPTION, "adopt-or-create") == "adopt-or-create"
    return bool(is_created and annotations.get(_READ_ONLY, "false") == "false")


def _dialect(document: Document) -> Dialect:
    """Return how the resources in a document are written."""
    repeated = {problem.pointer for problem in document.problems if problem.kind == "yaml-repeated-key"}

    def tells(_step: str | int, value: Any, at: Pointer, _shape: Shape) -> Told | None:
        # Of a repeated key, Kubernetes takes the last one, not the first.
        if at in repeated or _is_unknown(document, value, at):
            return UNKNOWN._replace(value=value)
        is_whole = isinstance(value, float) and value.is_integer() and abs(value) < _EXACT
        # Kubernetes turns YAML into JSON, which writes 1.0 as 1.
        return Told(int(value), is_known=True) if is_whole and document.syntax == "yaml" else None

    return Dialect(PROFILE, tells, _name, _ADDS)


def _request(document: Document, base: Pointer, shapes: Shapes, dialect: Dialect) -> Request:
    """Return the request of a spec. What a patch lacks, the resource that it is merged into may have."""
    request = translated(document, base, shapes, dialect)
    if not _is_patch(document, value_at(document.value, base)):
        return request
    return request._replace(open=request.open.union(_collections(request.value)))


def _is_patch(document: Document, spec: Mapping[str, Any]) -> bool:
    """Return whether a spec is probably a patch for Kustomize, by its directives or by the name of the file."""
    if any(str(key).startswith("$") for _, one in objects(spec) for key in one):
        return True
    has_identity = any(spelled(name) in spec or name in spec for name in NAMES[:2])
    return bool(_PATCHES.search(document.name)) or (not has_identity and bool(_OVERLAYS.search(document.name)))


def _collections(value: Any) -> Iterator[Pointer]:
    """Yield the pointers of the objects and lists in a value."""
    waiting: list[tuple[Pointer, Any]] = [((), value)]
    while waiting:
        at, one = waiting.pop()
        if isinstance(one, (dict, list)):
            yield at
            steps = one.items() if isinstance(one, dict) else enumerate(one)
            waiting += [((*at, step), child) for step, child in steps]


def _name(key: str, shape: Shape) -> str:
    """Return the API's name for a key of an object of a shape; for a key that is none there, one that the API lacks."""
    lacking = {name.lower(): name for name in _LACKS.get(shape.name, ())}
    if key.lower() in lacking:
        return lacking[key.lower()]
    members = {*shape.schema.get("properties", ()), *_ADDS.get(shape.name, ())}
    name = _NAMES.get(key) or key[:1].upper() + key[1:]
    if name in members and spelled(name) == key:
        return name
    return spelled(key) if key in members else key


def _is_unknown(document: Document, value: Any, at: Pointer) -> bool:
    """Return whether a value is filled in before it is sent, or read otherwise by Kubernetes than here."""
    if isinstance(value, dict):
        return any(isinstance(key, str) and _TEMPLATE.search(key) for key in value) or _is_expression(
            document, value, at
        )
    if isinstance(value, str):
        return bool(_TEMPLATE.search(value) or (_OTHERWISE.fullmatch(value) and document.source(at)))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        source = document.source(at)
        return source is not None and not _DECIMAL.fullmatch(source)
    return False


def _is_expression(document: Document, value: Mapping[Any, Any], at: Pointer) -> bool:
    """Return whether an object is an expression of Helm or Jinja without quotes: `{{ x }}` is a mapping in YAML."""
    if list(value.values()) != [None] or document.syntax != "yaml":
        return False
    found = document.extent(at)
    return found is not None and document.text.startswith("{{", found[0])
