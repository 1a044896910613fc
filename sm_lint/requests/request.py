"""A request inside a document: what the API would get, and what of it cannot be told."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.sources.document import Document


class Request(NamedTuple):
    """A request as it stands in a document. It knows neither files nor rules."""

    document: Document
    value: Any
    """What the API would get, under the API's names."""
    base: Pointer = ()
    """Where the request stands in the document; the empty route if it is the whole document."""
    unknown: Mapping[Pointer, str | None] = {}
    """The values that cannot be told, by their routes in the request; each with the type of JSON Schema that it is sure
    to have, None if not even that is sure. What stands for one in `value` is only text that shows it."""
    optional: frozenset[Pointer] = frozenset()
    """The members and items that may be absent."""
    names: Mapping[Pointer, str | None] = {}
    """How a member is called in the document where that is not its name in the API; None for what stands outside of
    it, as an option of the command line."""

    def in_document(self, pointer: Pointer) -> Pointer:
        """Return the route in the document for a route in the request, up to what stands in the document."""
        if not self.names:
            return self.base + pointer
        written: Pointer = self.base
        for length, step in enumerate(pointer, 1):
            name = self.names.get(pointer[:length], step)
            if name is None:
                break
            written = (*written, name)
        return written
