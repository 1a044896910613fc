"""A request in a document: the value that the API would get, and the parts of it that are unknown."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.sources.document import Document
from sm_lint.sources.reading import Problem


class WhyNot(NamedTuple):
    """Why a document is not taken for a request."""

    reason: str
    is_near: bool = False
    """Whether it looks like a request, so that the user should hear that it was passed over."""


class Request(NamedTuple):
    """A request in a document. It is independent of files and rules."""

    document: Document
    value: Any
    """The value that the API would get, with the member names of the API."""
    base: Pointer = ()
    """The pointer of the request in the document; empty if the request is the whole document."""
    unknown: Mapping[Pointer, str | None] = {}
    """The pointers, in the request, of unknown values, each with its JSON Schema type; None if that is unknown, too.

    The substitute in `value` is for display only.
    """
    optional: frozenset[Pointer] = frozenset()
    """The pointers of members and items that may be absent."""
    names: Mapping[Pointer, str | None] = {}
    """The name in the document of each member that has another name in the API, by its pointer in the request.

    It is None for a member that is not in the document, such as an option of the command line.
    """

    open: frozenset[Pointer] = frozenset()
    """The pointers, in the request, of objects and lists that were not read to their end: what they lack is unknown."""
    refusal: Problem | None = None
    """What is reported in place of what the request breaks: why a file that the user has named is no request."""

    def in_document(self, pointer: Pointer) -> Pointer:
        """Return the pointer in the document for a pointer in the request, cut before a member that is not in it."""
        if not self.names:
            return self.base + pointer
        written: Pointer = self.base
        for length, step in enumerate(pointer, 1):
            name = self.names.get(pointer[:length], step)
            if name is None:
                break
            written = (*written, name)
        return written
