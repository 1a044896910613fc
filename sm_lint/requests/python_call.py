"""The carrier `python`: calls of `create_model_package` of boto3, and calls of the SageMaker SDK that register a model.

The code is parsed and followed in straight lines, never run.
"""

from collections.abc import Callable

from sm_lint.model.span import Span
from sm_lint.requests.names import NAMES
from sm_lint.requests.request import OF_THE_CLI, Profile, Request
from sm_lint.requests.sdk_call import SDK_CALLS, as_request, spelled
from sm_lint.requests.shapes import Shapes
from sm_lint.requests.snake_case import snake_case
from sm_lint.sources.code_places import place_of
from sm_lint.sources.document import Document, Outer
from sm_lint.sources.limits import PYTHON
from sm_lint.sources.python.calls import calls
from sm_lint.sources.python.code import Code
from sm_lint.sources.python.scope import Call
from sm_lint.sources.python.values import Written
from sm_lint.sources.reading import Reading

PROFILE = Profile("python", OF_THE_CLI, noun="the call")
_OF_SDK = PROFILE._replace(spelled=spelled)
_OF_RESOURCES = PROFILE._replace(spelled=snake_case)
"""`ModelPackage.create` names each member as the API does, in another spelling."""
_Place = Callable[[int, int], Span]
_NAME = "create_model_package"
_NAMES = frozenset(NAMES)


def requests(document: Document, shapes: Shapes) -> list[Request] | None:
    """Return the requests of the calls in a file; None if the file is no Python, or cannot be parsed."""
    code = document.value
    if not isinstance(code, Code):
        return None
    place = place_of(document, code)
    found: list[Request] = []
    for call in calls(code, {_NAME, *SDK_CALLS}):
        if _is_of_boto3(call, shapes):
            found.append(_request(document, code.text, place, call.arguments, PROFILE))
        elif written := as_request(call, shapes):
            profile = _OF_RESOURCES if call.name == "create" else _OF_SDK
            found.append(_request(document, code.text, place, written, profile))
    return found


def _is_of_boto3(call: Call, shapes: Shapes) -> bool:
    """Return whether a call surely is one of boto3, of which something is known.

    If nothing tells that it is a method of a client, its arguments must.
    """
    value = call.arguments.value
    if call.name != _NAME or not call.is_method or call.positional or not (value or not call.arguments.open):
        return False
    return call.is_client or (value.keys() <= shapes.members and not _NAMES.isdisjoint(value))


def _request(document: Document, text: str, place: _Place, written: Written, profile: Profile) -> Request:
    """Return the request that a call in a document sends. It is a document of its own, at its place in the file."""
    inner = Document(document.name, text, PYTHON, Reading(written.value, [], places=lambda: written.node))
    inner.outer = Outer(place)
    inner.placeholders = document.placeholders
    return Request(
        inner, written.value, unknown=written.unknown, optional=written.optional, open=written.open, profile=profile
    )
