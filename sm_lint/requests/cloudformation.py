"""The carrier `cloudformation`: resources of type `AWS::SageMaker::ModelPackage` in a template."""

from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.requests.request import OF_THE_CLI, Profile, Request
from sm_lint.requests.shapes import Shape, Shapes
from sm_lint.requests.translation import Dialect, Told, translated
from sm_lint.sources.document import Document

_TYPE = "AWS::SageMaker::ModelPackage"
PROFILE = Profile("cloudformation", OF_THE_CLI, noun=f"`{_TYPE}`")
_LACKS = {
    "CreateModelPackageInput": frozenset(("ManagedStorageType", "ModelLifeCycle", "ModelPackageRegistrationType"))
}


def requests(document: Document, shapes: Shapes) -> list[Request] | None:
    """Return the requests of the resources in a template; None if the document is none."""
    resources = document.value.get("Resources") if isinstance(document.value, dict) else None
    if not isinstance(resources, dict):
        return None
    return [
        translated(document, ("Resources", name, "Properties"), shapes, _DIALECT)
        for name, resource in resources.items()
        if isinstance(resource, dict) and resource.get("Type") == _TYPE and "Properties" in resource
    ]


def _tells(_step: str | int, _value: Any, _at: Pointer, _shape: Shape) -> Told | None:
    return None


_DIALECT = Dialect(PROFILE, _tells, lacks=_LACKS)
