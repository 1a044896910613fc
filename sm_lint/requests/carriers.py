"""The carriers: the kinds of documents that contain requests, one row each."""

from collections.abc import Collection
from importlib import import_module
from typing import NamedTuple

from sm_lint.requests import payload
from sm_lint.requests.request import Request, WhyNot
from sm_lint.requests.shapes import Shapes
from sm_lint.sources.discovery import OF_LINES
from sm_lint.sources.document import Document
from sm_lint.sources.reading import OF_VALUES, Problem


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


CARRIERS: dict[str, Carrier] = {
    "pipeline": Carrier("pipeline", ("RegisterModel",), "a pipeline definition"),
    "state-machine": Carrier("state_machine", ("createModelPackage",), "a state machine"),
    "cloudformation": Carrier("cloudformation", ("AWS::SageMaker::ModelPackage",), "a CloudFormation template"),
    "terraform-plan": Carrier(
        "terraform_plan", ("awscc_sagemaker_model_package", "resource_changes"), "a Terraform plan"
    ),
    "ack": Carrier("ack", ("sagemaker.services.k8s.aws/", "ModelPackage"), "a Kubernetes resource"),
}
"""The carriers that a document may be besides `payload`. A document may be of several kinds."""
PAYLOAD = "payload"
LINES = "json-lines"


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
    if wanted and LINES not in wanted:
        return False
    return set(wanted) == {LINES} or name.lower().endswith(OF_LINES)


def may_hold(data: bytes, wanted: Collection[str] = ()) -> bool:
    """Return whether the bytes of a file may contain a request in one of the carriers `wanted`; if empty, in any."""
    if (not wanted or PAYLOAD in wanted) and payload.may_hold(data):
        return True
    return any(
        all(mark.encode() in data for mark in carrier.marks)
        for name, carrier in CARRIERS.items()
        if not wanted or name in wanted
    )


def requests(document: Document, shapes: Shapes, *, named: bool = False, wanted: Collection[str] = ()) -> list[Request]:
    """Return the requests in a document; an empty list if it could not be read.

    A document that is no carrier is treated as a request if the user has `named` it, and is then linted or refused;
    otherwise NoRequest is raised, as for a carrier without requests. `wanted` are the carriers to look for; without
    any, all.
    """
    found, kinds = _carried(document, shapes, wanted)
    is_broken = any(problem.kind not in OF_VALUES for problem in _of_first(document))
    if found and (named or not is_broken):
        return found
    if kinds and named:
        return []
    if kinds:
        reason = "it cannot be read to its end" if found else f"it is {kinds[0]} without a request"
        raise NoRequest(WhyNot(reason, is_near=bool(found)))
    why_not = WhyNot("it is none of the carriers to look for")
    if not wanted or PAYLOAD in wanted:
        found_why = payload.why_not(document, shapes.members)
        if found_why is None:
            return payload.requests(document)
        why_not = found_why
    if named:
        return payload.as_request(document, shapes.members, why_not)
    raise NoRequest(why_not)


def _of_first(document: Document) -> list[Problem]:
    return [problem for problem in document.problems if problem.kind != "yaml-multiple-documents"]


def _carried(document: Document, shapes: Shapes, wanted: Collection[str]) -> tuple[list[Request], list[str]]:
    """Return the requests in the carriers that a document is, and what one calls them."""
    found: list[Request] = []
    kinds: list[str] = []
    for name, carrier in CARRIERS.items():
        if (wanted and name not in wanted) or not all(mark in document.text for mark in carrier.marks):
            continue
        requests_in = import_module(f"sm_lint.requests.{carrier.module}").requests(document, shapes)
        if requests_in is not None:
            found += requests_in
            kinds.append(carrier.description)
    return found, kinds
