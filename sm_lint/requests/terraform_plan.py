"""The carrier `terraform-plan`."""

from sm_lint.requests.request import Request
from sm_lint.requests.shapes import Shapes
from sm_lint.sources.document import Document


def requests(document: Document, shapes: Shapes) -> list[Request] | None:  # noqa: ARG001
    """Return the requests in a document; None if it is of another kind."""
    return None
