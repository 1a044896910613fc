"""The requests in a document, which is one itself or a carrier of requests."""

from collections.abc import Collection
from importlib import import_module

from sm_lint.requests import payload
from sm_lint.requests.marks import NOT_WANTED, OF_DATA, PAYLOAD, Carrier, has_mark, possible, why_none
from sm_lint.requests.names import NO_NAME
from sm_lint.requests.request import Request, WhyNot
from sm_lint.requests.shapes import Shapes
from sm_lint.sources.document import Document
from sm_lint.sources.reading import OF_CARRIERS, UNREAD


class NoRequest(Exception):  # noqa: N818 - not an error: other documents are ignored
    """The document contains no request; the message is the reason."""

    def __init__(self, why_not: WhyNot) -> None:
        super().__init__(why_not.reason)
        self.is_near = why_not.is_near
        """Whether the document looks like a request."""


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
    if document.syntax not in OF_DATA:
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
    return [of for of in possible(document.syntax or "json", wanted) if all(mark in text for mark in of.marks)]


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
