"""The carriers: the kinds of documents that contain requests, one row each."""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

from sm_lint.requests import payload
from sm_lint.requests.names import NO_NAME, has_part
from sm_lint.requests.request import Request, WhyNot
from sm_lint.requests.shapes import Shapes
from sm_lint.sources.discovery import OF_LINES
from sm_lint.sources.document import Document
from sm_lint.sources.reading import OF_CARRIERS, UNREAD


class Carrier(NamedTuple):
    """A kind of document that contains requests."""

    module: str
    """The module of `sm_lint.requests` that reads it, imported once a document may be of this kind.

    It has `requests(document, shapes) -> list[Request] | None`: the requests in a document, None if it is of another
    kind.
    """
    marks: tuple[str, ...]
    """What the text of each such document contains: the cheap test that excludes most files."""
    description: str
    """What one calls such a document, with its article."""
    syntaxes: tuple[str, ...] = ("json", "yaml")
    """The syntaxes that it may have."""


CARRIERS: dict[str, Carrier] = {
    "pipeline": Carrier("pipeline", ("RegisterModel",), "a pipeline definition"),
    "state-machine": Carrier("state_machine", ("createModelPackage",), "a state machine"),
    "cloudformation": Carrier("cloudformation", ("AWS::SageMaker::ModelPackage",), "a CloudFormation template"),
    "terraform-plan": Carrier(
        "terraform_plan", ("awscc_sagemaker_model_package", "resource_changes"), "a Terraform plan"
    ),
    "ack": Carrier("ack", ("sagemaker.services.k8s.aws/", "ModelPackage"), "a Kubernetes resource"),
    "command": Carrier("command", ("create-model-package",), "a script", ("script", "yaml")),
    "python": Carrier("python_call", ("model_package",), "Python code", ("python",)),
}
"""The carriers that a document may be besides `payload`. A document may be of several kinds."""
PAYLOAD = "payload"
LINES = "json-lines"
_OF_DATA = ("json", "yaml", "")
"""The syntaxes of documents that may be the request itself; the last one is that of a value without a text."""
NOT_WANTED = "it is none of the carriers to look for"
"""Why a document has no request, if others are looked for."""
_NONE = "none"
"""The name of no carrier."""
_OPT_IN = ("command", "python")
"""The carriers that are looked for only in files that the user names for them: most code is about something else."""
_WITHOUT_CODE = tuple(name for name in (PAYLOAD, *CARRIERS, LINES) if name not in _OPT_IN)
"""What is looked for in most files."""


class NoRequest(Exception):  # noqa: N818 - not an error: other documents are ignored
    """The document contains no request; the message is the reason."""

    def __init__(self, why_not: WhyNot) -> None:
        super().__init__(why_not.reason)
        self.is_near = why_not.is_near
        """Whether the document looks like a request."""


def are_lines(name: str, wanted: Collection[str] = ()) -> bool:
    """Return whether each line of a file is to be read as a document: by its extension, or because all files are.

    The latter holds if `wanted` has no other carrier; if it has only others, lines are not looked for.
    """
    if not wanted:
        return name.lower().endswith(OF_LINES)
    return LINES in wanted and (set(wanted) == {LINES} or name.lower().endswith(OF_LINES))


def looked_for(chosen: Collection[str], opted: Collection[str]) -> tuple[str, ...]:
    """Return the carriers to look for in a file: those that are `chosen`, if empty all; of code only the `opted`.

    The result is not empty, which would be all of them.
    """
    if not (chosen or opted):
        return _WITHOUT_CODE
    names = chosen or (PAYLOAD, *CARRIERS, LINES)
    return tuple(name for name in names if name not in _OPT_IN or name in opted) or (_NONE,)


def may_hold_any(data: bytes) -> bool:
    """Return whether the bytes of a file may contain a request in any carrier. Most files do not."""
    return has_part(data) or _may_hold_others()(data.decode("latin-1"))


def may_hold(data: bytes, syntax: str, wanted: Collection[str] = ()) -> bool:
    """Return whether the bytes of a file may contain a request in one of the carriers `wanted`; if empty, in any."""
    if syntax in _OF_DATA and (not wanted or PAYLOAD in wanted) and payload.may_hold(data):
        return True
    return any(_is_marked(data, carrier) for carrier in _possible(syntax, wanted))


def _possible(syntax: str, wanted: Collection[str]) -> Iterator[Carrier]:
    """Yield the carriers `wanted` that a document with a syntax may be."""
    for name, carrier in CARRIERS.items():
        if syntax in carrier.syntaxes and (not wanted or name in wanted):
            yield carrier


def may_hold_others(data: bytes, wanted: Collection[str]) -> bool:
    """Return whether the bytes of a file may contain a request in one of CARRIERS that is not looked for."""
    return bool(wanted) and any(
        _is_marked(data, of) for name, of in CARRIERS.items() if name not in wanted and name not in _OPT_IN
    )


def _is_marked(data: bytes, carrier: Carrier) -> bool:
    return all(mark.encode() in data for mark in carrier.marks)


def why_none(data: bytes, wanted: Collection[str]) -> str:
    """Return why the bytes of a file have no request in the carriers `wanted`, if `may_hold` says so."""
    return NOT_WANTED if wanted and (PAYLOAD not in wanted or may_hold_others(data, wanted)) else NO_NAME


def requests(document: Document, shapes: Shapes, *, named: bool = False, wanted: Collection[str] = ()) -> list[Request]:
    """Return the requests in a document; an empty list if it could not be read.

    A document that is no carrier is treated as a request if the user has `named` it, and is then linted or refused;
    otherwise NoRequest is raised, as for a carrier without requests. `wanted` are the carriers to look for; without
    any, all.
    """
    marked = _marked(document, wanted)
    kinds = [(of, found) for of in marked if (found := _requests_of(of, document, shapes)) is not None]
    if kinds:
        return _carried(document, kinds, named=named)
    if document.syntax not in _OF_DATA:
        return _not_carried(document, marked, named=named)
    is_wanted = not wanted or PAYLOAD in wanted
    why_not = payload.why_not(document, shapes.members) if is_wanted else WhyNot(NOT_WANTED)
    if why_not is None:
        return payload.requests(document)
    if wanted and why_not.reason == NO_NAME:
        why_not = WhyNot(why_none(document.data, wanted))
    if not named:
        raise NoRequest(why_not)
    # What is left of a broken carrier is no request.
    return [] if marked and is_broken(document) else payload.as_request(document, shapes.members, why_not)


def _marked(document: Document, wanted: Collection[str]) -> list[Carrier]:
    """Return the carriers `wanted` that a document may be, by their marks."""
    text = document.text
    if not has_mark()(text):
        return []
    return [of for of in _possible(document.syntax or "json", wanted) if all(mark in text for mark in of.marks)]


@cache
def has_mark() -> Callable[[str], bool]:
    """Return `found(text)`: whether a text has the first mark of a carrier, which hardly any has."""
    from sm_lint.model.validator import search  # imported lazily: showing a rule or the version needs no engine

    return search(_marks())


def _marks() -> str:
    """Return a pattern for the first marks of all carriers."""
    return "|".join(re.escape(carrier.marks[0]) for carrier in CARRIERS.values())


@cache
def _may_hold_others() -> Callable[[str], bool]:
    """Return `found(text)`: whether a text may have a request that no part of a name tells."""
    from sm_lint.model.validator import search  # imported lazily, as above

    return search(f"{payload.ESCAPE}|{_marks()}")


def _not_carried(document: Document, marked: list[Carrier], *, named: bool) -> list[Request]:
    """Return an empty list for a document that is no data and no carrier. Raises NoRequest unless it is `named`."""
    if named:
        return []
    is_unread = marked and document.value is UNREAD
    raise NoRequest(WhyNot(f"it cannot be read as {marked[0].description}" if is_unread else "it has no call"))


def _carried(document: Document, kinds: list[tuple[Carrier, list[Request]]], *, named: bool) -> list[Request]:
    """Return the requests in the carriers that a document is. Raises NoRequest, unless the user has `named` it."""
    found = [request for _, requests_in in kinds for request in requests_in]
    texts = [_texts(document, request) for request in found]
    broken = {id(text) for text in {id(text): text for pair in texts for text in pair}.values() if is_broken(text)}
    kept = [of for of, pair in zip(found, texts, strict=True) if named or broken.isdisjoint(map(id, pair))]
    if kept or named:
        return kept
    description = kinds[0][0].description
    reason = (
        f"it is {description} that cannot be read to its end" if found else f"it is {description} without a request"
    )
    raise NoRequest(WhyNot(reason, is_near=bool(found)))


def _texts(document: Document, request: Request) -> tuple[Document, Document]:
    """Return the texts that a request is in: a document or the part of it, and the string there, if it is in one."""
    inner = request.document
    return (document if inner.part is None else inner), inner


def is_broken(document: Document) -> bool:
    """Return whether a document could not be read to its end."""
    return any(problem.kind not in OF_CARRIERS for problem in document.problems)


def _requests_of(carrier: Carrier, document: Document, shapes: Shapes) -> list[Request] | None:
    found: list[Request] | None = import_module(f"sm_lint.requests.{carrier.module}").requests(document, shapes)
    return found
