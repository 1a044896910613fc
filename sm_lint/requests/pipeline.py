"""The carrier `pipeline`: RegisterModel steps of a SageMaker pipeline definition, also of one in a JSON string."""

from collections.abc import Iterator, Mapping
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.requests.request import OF_THE_CLI, Profile, Request
from sm_lint.requests.shapes import Shape, Shapes
from sm_lint.requests.strings import documents
from sm_lint.requests.translation import UNKNOWN, Dialect, Told, objects, translated
from sm_lint.sources.document import Document

_GROUP_TAGS = (
    "the step tags the model package group, which it creates: https://github.com/aws/sagemaker-python-sdk/pull/2475"
)
PROFILE = Profile(
    "pipeline",
    {**OF_THE_CLI, "SM203": _GROUP_TAGS, "SM204": _GROUP_TAGS, "SM232": "each execution sends the request anew"},
)
_FUNCTIONS = ("Get", "Std:Join", "Std:JsonGet")


def requests(document: Document, shapes: Shapes) -> list[Request] | None:
    """Return the requests of the RegisterModel steps in a document; None if it has no pipeline definition."""
    found: list[Request] = []
    is_pipeline = False
    for inner in documents(document, "RegisterModel"):
        for at, definition in objects(inner.value):
            if not _is_definition(definition):
                continue
            is_pipeline = True
            steps = _steps(definition["Steps"], (*at, "Steps"))
            found += [translated(inner, (*step, "Arguments"), shapes, _DIALECT) for step in steps]
    return found if is_pipeline else None


def _is_definition(value: Mapping[str, Any]) -> bool:
    steps = value.get("Steps")
    return isinstance(steps, list) and any(isinstance(step, dict) and {"Name", "Type"} <= step.keys() for step in steps)


def _steps(steps: Any, at: Pointer) -> Iterator[Pointer]:
    """Yield the pointers of the RegisterModel steps among steps and in the branches of their conditions."""
    for index, step in enumerate(steps) if isinstance(steps, list) else ():
        arguments = step.get("Arguments") if isinstance(step, dict) else None
        if not isinstance(arguments, dict):
            continue
        if step.get("Type") == "RegisterModel":
            yield (*at, index)
        elif step.get("Type") == "Condition":
            for branch in ("IfSteps", "ElseSteps"):
                yield from _steps(arguments.get(branch), (*at, index, "Arguments", branch))


def _tells(_step: str | int, value: Any, _at: Pointer, _shape: Shape) -> Told | None:
    is_function = isinstance(value, dict) and len(value) == 1 and next(iter(value)) in _FUNCTIONS
    return UNKNOWN._replace(value=value) if is_function else None


_DIALECT = Dialect(PROFILE, _tells)
