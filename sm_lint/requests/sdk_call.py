"""The calls of the SageMaker Python SDK that register a model: what of the request their arguments are."""

from collections.abc import Mapping
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.requests.shapes import Shapes
from sm_lint.requests.snake_case import snake_case
from sm_lint.sources.python.scope import Call
from sm_lint.sources.python.values import Written
from sm_lint.sources.reading import Node

_SPECIFICATION = "InferenceSpecification"
_MEMBERS: Mapping[str, Pointer] = {
    "model_package_name": ("ModelPackageName",),
    "model_package_group_name": ("ModelPackageGroupName",),
    "description": ("ModelPackageDescription",),
    "marketplace_cert": ("CertifyForMarketplace",),
    "approval_status": ("ModelApprovalStatus",),
    "customer_metadata_properties": ("CustomerMetadataProperties",),
    "domain": ("Domain",),
    "task": ("Task",),
    "sample_payload_url": ("SamplePayloadUrl",),
    "source_uri": ("SourceUri",),
    "skip_model_validation": ("SkipModelValidation",),
    "content_types": (_SPECIFICATION, "SupportedContentTypes"),
    "response_types": (_SPECIFICATION, "SupportedResponseMIMETypes"),
    "inference_instances": (_SPECIFICATION, "SupportedRealtimeInferenceInstanceTypes"),
    "transform_instances": (_SPECIFICATION, "SupportedTransformInstanceTypes"),
}
"""Where `register` and `RegisterModel` put their arguments in the request, which they send with others.

https://github.com/aws/sagemaker-python-sdk/blob/v2.245.0/src/sagemaker/session.py
"""
_OTHERS = frozenset((
    "accept_eula", "code_location", "compile_model_family", "data_input_configuration", "depends_on", "dependencies",
    "display_name", "drift_check_baselines", "entry_point", "estimator", "framework", "framework_version", "image_uri",
    "kms_key", "metadata_properties", "model", "model_card", "model_data", "model_life_cycle", "model_metrics",
    "model_name", "model_type", "name", "nearest_model_name", "register_model_step_retry_policies",
    "repack_model_step_retry_policies", "role", "source_dir", "tags", "validation_specification",
))  # fmt: skip
"""Their other arguments: they are objects, or the SDK makes more of them than one member."""
_NAMES = frozenset(("model_package_name", "model_package_group_name"))
_TELLING = frozenset(
    ("approval_status", "content_types", "inference_instances", "response_types", "transform_instances")
)
_OF_SESSIONS = frozenset(("region", "session"))
_MAP = "customer_metadata_properties"
SDK_CALLS = frozenset(("register", "RegisterModel", "create"))
"""The names of the functions and methods."""
_SPELLED = {pointer[-1]: name for name, pointer in _MEMBERS.items()}


def spelled(member: str) -> str:
    """Return how the SDK calls a member of the request; the name itself if it has no name for it.

    >>> spelled("SupportedContentTypes"), spelled("Image")
    ('content_types', 'Image')
    """
    return _SPELLED.get(member, member)


def as_request(call: Call, shapes: Shapes) -> Written | None:
    """Return what a call tells of the request that it sends; None if it is not surely one of the SDK.

    The SDK adds members, so that each may be there.
    """
    names = call.arguments.value.keys()
    if call.name == "create":
        of_members = {snake_case(member): (member,) for member in shapes.members}
        is_sure = call.receiver.rpartition(".")[2] == "ModelPackage" and not _NAMES.isdisjoint(names)
        is_sure = is_sure and names <= of_members.keys() | _OF_SESSIONS
        return _moved(_without_objects(call.arguments), of_members) if is_sure else None
    tells = not _NAMES.isdisjoint(names) or len(_TELLING & names) > 1
    is_sure = tells and names <= _MEMBERS.keys() | _OTHERS and (call.is_method or call.name == "RegisterModel")
    return _moved(call.arguments, _MEMBERS) if is_sure else None


def _without_objects(written: Written) -> Written:
    """Return arguments without what is known of the objects in them: the names of their members are the SDK's."""
    objects: dict[Pointer, str | None] = {
        (name,): None for name, value in written.value.items() if name != _MAP and _has_object(value)
    }
    return written._replace(unknown={**written.unknown, **objects})


def _has_object(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(map(_has_object, value)))


def _moved(written: Written, to: Mapping[str, Pointer]) -> Written:
    """Return a request with the arguments of a call at the pointers `to`. None is left out, as by the SDK."""
    root = written.node
    node = Node(root.start, root.end, root.key, collection=True)
    value: dict[str, Any] = {}
    for name, argument in written.value.items():
        if name not in to or (argument is None and (name,) not in written.unknown):
            continue
        *above, last = to[name]
        object_, place = value, node
        for step in above:
            object_ = object_.setdefault(str(step), {})
            assert place.children is not None  # noqa: S101 - a collection
            place = place.children.setdefault(step, Node(root.start, root.end, root.key, collection=True))
        object_[str(last)] = argument
        assert place.children is not None and root.children is not None  # noqa: S101, PT018 - collections
        place.children[last] = root.children[name]

    def moved(pointer: Pointer) -> Pointer:
        return (*to[str(pointer[0])], *pointer[1:])

    def kept(pointer: Pointer) -> bool:
        return bool(pointer) and pointer[0] in to

    return Written(
        value,
        node,
        {moved(pointer): type_ for pointer, type_ in written.unknown.items() if kept(pointer)},
        frozenset(moved(pointer) for pointer in written.optional if kept(pointer)),
        frozenset(moved(pointer) for pointer in written.open if kept(pointer)) | {(), (_SPECIFICATION,)},
    )
