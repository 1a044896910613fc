"""The carriers: kinds of documents that hold requests, a row each."""

from collections.abc import Set as AbstractSet
from types import ModuleType

from sm_lint.requests import payload
from sm_lint.requests.request import Request
from sm_lint.sources.document import Document

CARRIERS: dict[str, ModuleType] = {
    "payload": payload,
}
"""The module of each carrier, the surest first. It has

* `may_hold(data: bytes) -> bool`, a cheap test that says for most files that they hold no such request,
* `why_not(document, members) -> str | None`, why a document is not of this kind, and
* `requests(document) -> list[Request]`.
"""


class NoRequest(Exception):  # noqa: N818 - not an error: the document is not for us
    """The document holds no request, for this reason."""


def may_hold(data: bytes) -> bool:
    """Say whether bytes may hold a request of some carrier."""
    return any(carrier.may_hold(data) for carrier in CARRIERS.values())


def requests(document: Document, members: AbstractSet[str], *, named: bool = False) -> list[Request]:
    """Return the requests in a document; none if it could not be read.

    `members` are those of the request. A document that the user has `named` is a request where it is of no other kind.
    Raises NoRequest.
    """
    reason = ""
    for carrier in CARRIERS.values():
        why_not = carrier.why_not(document, members)
        if why_not is None:
            found: list[Request] = carrier.requests(document)
            return found
        reason = reason or why_not
    if named:
        return payload.requests(document)
    raise NoRequest(reason)
