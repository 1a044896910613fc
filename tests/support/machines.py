"""State machines of Step Functions with requests, and what is found in them."""

import json
from typing import Any

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.settings import DEFAULTS, Settings
from sm_lint.sources import document
from tests.support.linting import lint

N = {"ModelPackageGroupName": "churn"}
RESOURCE = "arn:aws:states:::aws-sdk:sagemaker:createModelPackage"
OTHER = "arn:aws:states:::sagemaker:createModelPackage"
BAD = {"ModelPackageGroupName": "churn", "ModelApprovalStatus": "Approvd"}
"""A request in which SM106 finds one mistake."""


def task(request: Any = None, resource: Any = RESOURCE, key: str = "Parameters", **more: Any) -> dict[str, Any]:
    sent = {} if request is None else {key: request}
    return {"Type": "Task", "Resource": resource, **sent, **more, "End": True}


def machine(*tasks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**more, "StartAt": "T0", "States": {f"T{index}": state for index, state in enumerate(tasks)}}


def found(value: Any, name: str = "a.asl.json", settings: Settings = DEFAULTS) -> list[tuple[str, str]]:
    """Return code and pointer of each finding in a document, the pointer of JSON in a string after `#`."""
    text = value if isinstance(value, str) else json.dumps(value)
    return [(d.code, _pointer(d)) for d in lint(document.read(name, text.encode()), settings)]


def _pointer(diagnostic: Diagnostic) -> str:
    inner = diagnostic.inner_pointer
    return diagnostic.pointer if inner is None else f"{diagnostic.pointer}#{inner}"


def in_task(request: Any, key: str = "Parameters", settings: Settings = DEFAULTS) -> list[tuple[str, str]]:
    """Return the findings in a machine whose only task has a request, with pointers below the task."""
    base, states = "/States/T0/", machine(task(request, key=key))
    return [(code, at.removeprefix(base)) for code, at in found(states, settings=settings)]


def pointers(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the pointers of all values in a value."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(*at, step) for step, _ in children] + [p for step, of in children for p in pointers(of, (*at, step))]
