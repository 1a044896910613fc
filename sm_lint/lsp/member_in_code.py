"""The member at a cursor in code, which has no syntax of a request: of a command in a script, or a call in Python."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sm_lint.lsp.opened import Opened
from sm_lint.model.pointer import Pointer
from sm_lint.model.span import Span
from sm_lint.requests.request import Request
from sm_lint.sources.limits import OF_CODE


class Member(NamedTuple):
    """A member of a request, and where its name or its value is written."""

    request: Request
    pointer: Pointer
    """The pointer of its value in the request."""
    written: str
    """Its name in the code, such as an option of the command line."""
    span: Span
    """The span of its name or its value in the file."""


def member_in_code(file: Opened, offset: int) -> Member | None:
    """Return the member whose name or scalar value is at an offset of a file in code points; None if there is none."""
    requests = [r for r in file.requests if r.document.syntax in OF_CODE and _is_in(r, offset)]
    found = [
        Member(request, pointer, _name(request, pointer), span)
        for request in requests
        for pointer, span in _places(request)
        if span.start.offset <= offset <= span.end.offset
    ]
    return min(found, key=lambda member: member.span.end.offset - member.span.start.offset, default=None)


def _is_in(request: Request, offset: int) -> bool:
    start, end = request.document.span(0, len(request.document.text))
    return start.offset <= offset <= end.offset


def _places(request: Request) -> Iterator[tuple[Pointer, Span]]:
    """Yield the pointer of each member that the code has, with the spans of its name and of a scalar value."""
    read = request.document
    for pointer, value in _values(request.value, ()):
        written = request.in_document(pointer)
        if len(written) - len(request.base) != len(pointer) - len(request.mounted):
            continue  # it is not in the document
        is_scalar = not isinstance(value, (dict, list))
        for extent in (read.extent(written, key=True), read.extent(written) if is_scalar else None):
            if extent:
                yield pointer, read.span(*extent)


def _values(value: Any, pointer: Pointer) -> Iterator[tuple[Pointer, Any]]:
    """Yield each value in a value that has a name or an index, with its pointer."""
    pending = [(pointer, value)]
    while pending:
        pointer, value = pending.pop()
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        pending += [((*pointer, step), child) for step, child in items]
        if pointer:
            yield pointer, value


def _name(request: Request, pointer: Pointer) -> str:
    return next((step for step in reversed(request.in_document(pointer)) if isinstance(step, str)), "")
