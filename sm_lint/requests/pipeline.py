"""The carrier `pipeline`: RegisterModel steps of a SageMaker pipeline definition, also of one in a JSON string."""

from collections.abc import Iterator, Mapping
from typing import Any

from sm_lint.model.pointer import Pointer, is_under, value_at
from sm_lint.requests.functions import Functions
from sm_lint.requests.placeholders import has_placeholder
from sm_lint.requests.request import OF_THE_CLI, Profile, Request
from sm_lint.requests.shapes import Shape, Shapes
from sm_lint.requests.strings import documents
from sm_lint.requests.translation import UNKNOWN, Dialect, Told, objects, translated
from sm_lint.sources.document import Document
from sm_lint.sources.reading import Problem

_GROUP_TAGS = (
    "the step tags the model package group, which it creates: https://github.com/aws/sagemaker-python-sdk/pull/2475"
)
_NAMED_BY_THE_SERVICE = (
    "the service names a model package after its step: "
    "https://github.com/aws/sagemaker-python-sdk/blob/master-v2/tests/integ/sagemaker/workflow/test_model_steps.py"
)
_MARKETPLACE = "SM050 reports `CertifyForMarketplace` in a pipeline, whatever its value"
PROFILE = Profile(
    "pipeline",
    {
        **OF_THE_CLI,
        "SM202": _NAMED_BY_THE_SERVICE,
        **dict.fromkeys(("SM203", "SM204"), _GROUP_TAGS),
        **dict.fromkeys(("SM205", "SM210", "SM230"), _MARKETPLACE),
        "SM232": "whether an execution sends the token of the step is not known",
        "SM233": "a condition before the step may be what approves the model",
    },
    noun="a RegisterModel step",
)
_REJECTED = ("CertifyForMarketplace", "Description")
"""What AWS's SDK removes from the arguments, because the service rejects it there:
https://github.com/aws/sagemaker-python-sdk/blob/master/sagemaker-mlops/src/sagemaker/mlops/workflow/model_step.py

It also removes `ModelPackageName`, unless `PipelineDefinitionConfig(use_custom_job_prefix=True)` asks to keep it. What
is kept is sent, so the rules about a name hold; without one, the service makes up a name.
"""
_BODIES = {"Condition": ("IfSteps", "ElseSteps"), "ForEach": ("ForEachBody",)}
"""The arguments that are lists of steps, by the type of the step."""


def requests(document: Document, shapes: Shapes) -> list[Request] | None:
    """Return the requests of the RegisterModel steps in a document; None if it has no pipeline definition."""
    found: list[Request] = []
    is_pipeline = False
    for inner in documents(document, "RegisterModel"):
        dialect = _dialect(inner)
        for at in _definitions(inner.value):
            is_pipeline = True
            steps = _steps(value_at(inner.value, at)["Steps"], (*at, "Steps"))
            found += [_request(inner, (*step, "Arguments"), shapes, dialect) for step in steps]
    return found if is_pipeline else None


def _definitions(value: Any) -> Iterator[Pointer]:
    """Yield the pointers of the pipeline definitions in a value."""
    found: set[Pointer] = set()
    for at, one in objects(value):
        if _is_definition(one) and not is_under(at, found):
            found.add(at)
            yield at


def _is_definition(value: Mapping[str, Any]) -> bool:
    steps = value.get("Steps")
    return isinstance(steps, list) and any(_is_step(step) for step in steps)


def _is_step(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("Type"), str) and ("Name" in value or "Arguments" in value)


def _steps(steps: Any, at: Pointer) -> Iterator[Pointer]:
    """Yield the pointers of the RegisterModel steps among steps and in the bodies of other steps."""
    for index, step in enumerate(steps) if isinstance(steps, list) else ():
        if not isinstance(step, dict) or "Arguments" not in step:
            continue
        kind, arguments = step.get("Type"), step["Arguments"]
        if kind == "RegisterModel":
            yield (*at, index)
        elif isinstance(kind, str) and isinstance(arguments, dict):
            for body in _BODIES.get(kind, ()):
                yield from _steps(arguments.get(body), (*at, index, "Arguments", body))


def _request(document: Document, base: Pointer, shapes: Shapes, dialect: Dialect) -> Request:
    """Return the request that stands at `base`, with the problems of members that the service rejects there."""
    request = translated(document, base, shapes, dialect)
    if () in request.unknown:
        return request
    arguments = value_at(document.value, base)
    members = arguments if isinstance(arguments, dict) else {}
    problems = [_rejected(document, (*base, name), members) for name in _REJECTED if name in members]
    return request._replace(problems=(*request.problems, *problems))


def _rejected(document: Document, pointer: Pointer, members: Mapping[str, Any]) -> Problem:
    start, end = document.extent(pointer, key=True) or (0, 0)
    parameters = {"member": str(pointer[-1])}
    if pointer[-1] == "Description":
        own = "ModelPackageDescription"
        parameters["present" if own in members else "nearest"] = own
    return Problem("member-rejected-in-a-pipeline", start, end, pointer, parameters)


def _dialect(document: Document) -> Dialect:
    """Return how the definitions in a document are written. In a template, functions of CloudFormation may be in it."""
    placeholders = document.placeholders
    functions = Functions(document) if document.string is None else None

    def tells(_step: str | int, value: Any, at: Pointer, _shape: Shape) -> Told | None:
        if isinstance(value, str) and has_placeholder(value, placeholders):
            return Told(value, type="string")
        is_computed = _is_function(value) or (functions and functions.at(at, value))
        return UNKNOWN._replace(value=value) if is_computed else None

    def name(key: str, _shape: Shape) -> str | None:
        return None if has_placeholder(key, placeholders) else key

    return Dialect(PROFILE, tells, name, adds={"CreateModelPackageInput": frozenset(_REJECTED)})


def _is_function(value: Any) -> bool:
    """Return whether a value is what the service puts in its place: `Get`, `Std:Join`, `Std:JsonGet`."""
    if not isinstance(value, dict) or len(value) != 1:
        return False
    key = next(iter(value))
    return isinstance(key, str) and (key == "Get" or key.startswith("Std:"))
