"""The carriers: the kinds of documents that contain requests, one row each."""

from collections.abc import Set as AbstractSet
from types import ModuleType

from sm_lint.requests import payload
from sm_lint.requests.request import Request, WhyNot
from sm_lint.sources.document import Document

CARRIERS: dict[str, ModuleType] = {
    "payload": payload,
}
"""The module of each carrier, the one that is recognized most reliably first. A module has

* `may_hold(data: bytes) -> bool`: a cheap test that excludes most files without a request,
* `why_not(document, members) -> WhyNot | None`: why a document is not of this kind, None if it is, and
* `requests(document) -> list[Request]`: the requests in a document of this kind.
"""


class NoRequest(Exception):  # noqa: N818 - not an error: other documents are ignored
    """The document contains no request; the message is the reason."""

    def __init__(self, why_not: WhyNot) -> None:
        super().__init__(why_not.reason)
        self.is_near = why_not.is_near
        """Whether the document looks like a request."""


def may_hold(data: bytes) -> bool:
    """Return whether the bytes of a file may contain a request, in any carrier."""
    return any(carrier.may_hold(data) for carrier in CARRIERS.values())


def requests(document: Document, members: AbstractSet[str], *, named: bool = False) -> list[Request]:
    """Return the requests in a document; an empty list if it could not be read.

    `members` are the members of the request. A document of no known kind is treated as a request if the user has
    `named` it, and is then linted or refused; otherwise NoRequest is raised.
    """
    reason = WhyNot("")
    for carrier in CARRIERS.values():
        why_not = carrier.why_not(document, members)
        if why_not is None:
            found: list[Request] = carrier.requests(document)
            return found
        reason = why_not  # the last carrier, `payload`, has the reason that fits most documents
    if named:
        return payload.as_request(document, members, reason)
    raise NoRequest(reason)
