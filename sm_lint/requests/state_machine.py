"""The carrier `state-machine`: tasks of Step Functions that call createModelPackage, also of one in a JSON string."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.requests.functions import Functions, tags_in
from sm_lint.requests.request import OF_THE_CLI, Profile, Request
from sm_lint.requests.shapes import Shapes
from sm_lint.requests.strings import documents
from sm_lint.requests.templates import JSONATA, JSONPATH, Template
from sm_lint.requests.texts import texts
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

_LANGUAGES = {"Parameters": JSONPATH, "Arguments": JSONATA}
"""The keys under which a task has the request, each with its query language."""


class _Task(NamedTuple):
    """A state that may call the operation."""

    document: Document
    at: Pointer
    state: Mapping[str, Any]
    tags: Mapping[Pointer, str]
    """The YAML tags in the document, by pointer."""
    functions: Functions


def requests(document: Document, shapes: Shapes) -> list[Request] | None:
    """Return the requests of the tasks in a document; None if it has no state machine."""
    found: list[Request] = []
    is_machine = False
    for inner in documents(document, "createModelPackage"):
        tags, functions = tags_in(inner), Functions(inner)
        for at, state in objects(inner.value):
            is_machine = is_machine or {"StartAt", "States"} <= state.keys()
            request = "Resource" in state and _request(_Task(inner, at, state, tags, functions), shapes)
            found += [request] if request else []
    return found if found or is_machine else None


def _request(task: _Task, shapes: Shapes) -> Request | None:
    """Return the request of a task; None if it calls another operation.

    Without parameters, the input of the state is the request: all of it is unknown.
    """
    document, at, state = task[:3]
    text, pointer = _resource(task)
    match = _RESOURCE.fullmatch(text) if text else None
    if not match:
        return None
    problems = _of_resource(document, pointer, match)
    language = _language(document.value, at, state)
    key = next((key for key in sorted(_LANGUAGES, key=lambda key: _LANGUAGES[key] != language) if key in state), None)
    if key is None:
        return Request(document, {}, at, unknown={(): None}, profile=PROFILE, problems=problems)
    request = _translated(task, key, language, shapes)
    return request._replace(problems=(*problems, *request.problems))


def _translated(task: _Task, key: str, language: str | None, shapes: Shapes) -> Request:
    """Return the request that a task has under a key. `language` is the query language, if one is named."""
    document, base = task.document, (*task.at, key)
    is_clear = language in (None, _LANGUAGES[key])
    template = Template(document, _LANGUAGES[key] if is_clear else None, task.tags)
    request = translated(document, base, shapes, template.dialect(PROFILE))
    problems = template.problems if is_clear else [_of_key(document, base, str(language))]
    return request._replace(problems=(*problems, *request.problems), open=request.open | template.open_below(base))


def _resource(task: _Task) -> tuple[str | None, Pointer]:
    """Return the text of the resource of a task, None if it has none, and the pointer where it is written.

    In a template of CloudFormation, the text may be an argument of `Fn::Sub` or `Fn::Join`, or stand behind a tag.
    """
    at = (*task.at, "Resource")
    text = next(texts(task.state["Resource"], at, task.functions), None)
    return (text.value, text.at) if text else (None, at)


def _of_resource(document: Document, at: Pointer, match: "re.Match[str]") -> tuple[Problem, ...]:
    """Return what is wrong with the resource at a pointer."""
    arn, sdk, call, pattern = match["arn"], match["sdk"] or "", match["call"], match["pattern"] or ""
    corrected = {}
    if not sdk:
        corrected["no-such-integration"] = f"{arn}aws-sdk:{call}{pattern}"
    if pattern.startswith(".sync"):
        corrected["run-a-job"] = f"{arn}{sdk}{call}"
    start, end = document.extent(at) or (0, 0)
    return tuple(
        Problem(kind, start, end, at, {"found": pattern.strip("."), "corrected": text})
        for kind, text in corrected.items()
    )


def _of_key(document: Document, at: Pointer, language: str) -> Problem:
    """Return the problem of a key that states with a query language do not have."""
    start, end = document.extent(at, key=True) or (0, 0)
    key = str(at[-1])
    other = next(name for name in _LANGUAGES if name != key)
    return Problem(
        "refused-key", start, end, at, {"member": key, "kind": _LANGUAGES[key], "found": language, "home": other}
    )


def _language(value: Any, at: Pointer, state: Mapping[str, Any]) -> str | None:
    """Return the query language that the state at a pointer of a value has, by itself or by its machine.

    Return None if none is named: it is JSONPath then, unless the value is a part of a machine that is elsewhere.
    """
    language = None
    for step in at:
        if isinstance(value, dict) and "States" in value:
            language = value.get("QueryLanguage", language)
        value = value[step]
    language = state.get("QueryLanguage", language)
    return language if language in (JSONPATH, JSONATA) else None
