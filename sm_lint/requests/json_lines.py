"""The carrier `json-lines`: each line of a file is a request, as for a loop that sends one after the other."""

from sm_lint.requests.carriers import requests
from sm_lint.requests.marks import PAYLOAD
from sm_lint.requests.request import PAYLOAD as OF_FILES
from sm_lint.requests.request import Request
from sm_lint.requests.shapes import Shapes
from sm_lint.sources.document import Document

PROFILE = OF_FILES._replace(carrier="json-lines")
"""All rules apply that apply to a JSON file: whoever sends a line reads it as the AWS CLI reads a file."""


def of_line(line: Document, shapes: Shapes, *, named: bool = False) -> list[Request]:
    """Return the request that a line is, in a list; an empty list if it could not be read.

    A line that is no request is refused if the user has `named` its file; otherwise NoRequest is raised.
    """
    return [found._replace(profile=PROFILE) for found in requests(line, shapes, named=named, wanted=(PAYLOAD,))]
