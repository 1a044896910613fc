"""The carrier `state-machine`: tasks of Step Functions that call createModelPackage, also of one in a JSON string."""

import re
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.requests.request import OF_THE_CLI, Profile, Request
from sm_lint.requests.shapes import Shapes
from sm_lint.requests.strings import documents
from sm_lint.requests.templates import JSONATA, JSONPATH, Template
from sm_lint.requests.translation import objects, translated
from sm_lint.sources.document import Document
from sm_lint.sources.reading import Problem

PROFILE = Profile("state-machine", OF_THE_CLI)
_PART = r"(?:[^:$]|\$\{[^{}]*\})*"
_RESOURCE = re.compile(
    rf"(?P<arn>arn:{_PART}:states:{_PART}:{_PART}:)(?P<sdk>aws-sdk:)?(?P<call>sagemaker:createModelPackage)"
    r"(?P<pattern>\.sync(?::2)?|\.waitForTaskToken)?"
)
"""Matches the `Resource` of a task that calls the operation. Templates have `${…}` for partition, region or account."""


class _Resource(NamedTuple):
    """The text of the `Resource` of a task, and the pointer of the value that has it."""

    text: str
    pointer: Pointer


def requests(document: Document, shapes: Shapes) -> list[Request] | None:
    """Return the requests of the tasks in a document; None if it has no state machine."""
    found: list[Request] = []
    is_machine = False
    for inner in documents(document, "createModelPackage"):
        unread = frozenset(inner.unknown)
        for at, state in objects(inner.value):
            is_machine = is_machine or {"StartAt", "States"} <= state.keys()
            resource = _resource(inner, (*at, "Resource"), state.get("Resource"), unread)
            match = resource and _RESOURCE.fullmatch(resource.text)
            if resource and match:
                problems = _of_resource(inner, resource, match)
                found.append(_request(inner, at, state, shapes, problems))
    return found if found or is_machine else None


def _resource(document: Document, at: Pointer, value: Any, unread: AbstractSet[Pointer]) -> _Resource | None:
    """Return the resource at a pointer; None if there is none that can be read.

    In a template of CloudFormation, the text may be an argument of `Fn::Sub` or `Fn::Join`, or stand behind `!Sub`.
    """
    if isinstance(value, dict) and "Fn::Join" in value:
        return _Resource(_joined(value["Fn::Join"]), at)
    if isinstance(value, dict) and "Fn::Sub" in value:
        at, value = (*at, "Fn::Sub"), value["Fn::Sub"]
    if isinstance(value, list) and value:
        at, value = (*at, 0), value[0]
    if value is None and at in unread:
        start, end = document.extent(at) or (0, 0)
        value = document.text[start:end].strip("\"'")
    return _Resource(value, at) if isinstance(value, str) else None


def _joined(arguments: Any) -> str:
    """Return the text that `Fn::Join` makes of its arguments, with a placeholder for each part that is no text."""
    parts = arguments[-1] if isinstance(arguments, list) and arguments else None
    return "".join(part if isinstance(part, str) else "${}" for part in parts) if isinstance(parts, list) else ""


def _of_resource(document: Document, resource: _Resource, match: "re.Match[str]") -> list[Problem]:
    """Return what is wrong with the resource of a task."""
    kinds = []
    if not match["sdk"]:
        kinds.append(("no-such-integration", f"{match['arn']}aws-sdk:{match['call']}{match['pattern'] or ''}"))
    if (match["pattern"] or "").startswith(".sync"):
        kinds.append(("run-a-job", f"{match['arn']}{match['sdk'] or ''}{match['call']}"))
    start, end = document.extent(resource.pointer) or (0, 0)
    return [
        Problem(kind, start, end, resource.pointer, {"found": (match["pattern"] or "").strip("."), "corrected": text})
        for kind, text in kinds
    ]


def _request(document: Document, at: Pointer, state: Any, shapes: Shapes, problems: list[Problem]) -> Request:
    """Return the request of the task at a pointer. Without parameters, its input is the request: all is unknown."""
    key = _key(document.value, at, state)
    if key is None:
        return Request(document, {}, at, unknown={(): None}, profile=PROFILE, problems=tuple(problems))
    template = Template(document, JSONATA if key == "Arguments" else JSONPATH)
    request = translated(document, (*at, key), shapes, template.dialect(PROFILE))
    return request._replace(
        problems=(*problems, *template.problems, *request.problems),
        open=request.open | template.open_below(request.base),
    )


def _key(value: Any, at: Pointer, state: Any) -> str | None:
    """Return the key under which the task at a pointer of a value has the request; None if it has none.

    The query language decides only where there are both: a machine may be a part of one that is elsewhere.
    """
    language = None
    for step in at:
        if isinstance(value, dict) and "States" in value:
            language = value.get("QueryLanguage", language)
        value = value[step]
    is_jsonata = state.get("QueryLanguage", language) == "JSONata"
    keys = ("Arguments", "Parameters") if is_jsonata else ("Parameters", "Arguments")
    return next((key for key in keys if key in state), None)
