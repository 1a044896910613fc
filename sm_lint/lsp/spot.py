"""The spot of a cursor in a request, wherever in a file the request stands."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from sm_lint.lsp.cursor import Cursor, cursor_at
from sm_lint.lsp.members import Members, Place
from sm_lint.lsp.opened import Opened
from sm_lint.lsp.tokens import TooLarge, tokens
from sm_lint.model.pointer import Pointer
from sm_lint.requests.request import Request
from sm_lint.sources import document
from sm_lint.sources.document import Document
from sm_lint.sources.limits import OF_CODE
from sm_lint.sources.reading import UNREAD


class Spot(NamedTuple):
    """A cursor in a request."""

    document: Document
    """The document that has the text: the file, or one inside it. The offsets of the cursor are those in its text."""
    cursor: Cursor
    request: Request

    def place(self, members: Members) -> Place | None:
        """Return the place of the value, or of the object that has the key; None if requests have nothing there."""
        return self._place(members, self.cursor.pointer)

    def member(self, members: Members) -> Place | None:
        """Return the place of the member whose key or value the cursor is at; None if requests have nothing there."""
        return self._place(members, self._steps)

    def _place(self, members: Members, written: Pointer) -> Place | None:
        name = _names(self.request, members)
        place: Place | None = members.root
        for step in (*self.request.mounted, *written[len(self.request.base) :]):
            place = place and members.below(place, name(place, step))
        return place

    def siblings(self, members: Members, place: Place) -> set[str | int]:
        """Return the other members of the object at the cursor, with the names of the API."""
        name = _names(self.request, members)
        return {name(place, key) for key in self.cursor.siblings - {self.cursor.name}}

    def is_literal(self, file: Document) -> bool:
        """Return whether the line of the cursor is written in the file as it stands: in a string, it may be escaped."""
        if self.document.outer is None:
            return True
        line = self.document.line(self.document.position(self.cursor.start).line)
        return file.line(self.document.span(self.cursor.start, self.cursor.end).start.line).strip() == line.strip()

    @property
    def written(self) -> str:
        """The name, as written, of the member that the cursor is at, or whose value it is in."""
        return next((step for step in reversed(self._steps) if isinstance(step, str)), "")

    @property
    def _steps(self) -> Pointer:
        return (*self.cursor.pointer, self.cursor.name) if self.cursor.on_key else self.cursor.pointer


def _names(request: Request, members: Members) -> Callable[[Place, str | int], str | int]:
    """Return `name(place, step)`: the step in the request for a step as written in the object or list at a place.

    A member that is not in the request, because one types it just now, is known by how the carrier spells it.
    """
    known = {at: {step: name for name, step in steps.items()} for at, steps in request.names.items()}

    def name(place: Place, step: str | int) -> str | int:
        found = known.get(place.pointer, {}).get(step)
        return members.spelled_as(place, step, request.profile.spelled) if found is None else found

    return name


def spot_at(file: Opened, offset: int) -> Spot | None:
    """Return the spot at an offset of a file in code points; None if it is in no request, or in one in code."""
    by_document: dict[int, list[Request]] = {}
    for request in _requests(file):
        if request.document.syntax in OF_CODE:
            continue
        by_document.setdefault(id(request.document), []).append(request)
    for requests in by_document.values():
        inner = requests[0].document
        at = _offset_in(inner, offset)
        cursor = None if at is None else cursor_at(inner.text, inner.syntax, at)
        around = _around(cursor, requests) if cursor else None
        if cursor and around:
            return Spot(inner, cursor, around)
    return None


def _requests(file: Opened) -> Sequence[Request]:
    """Return the requests of a file; of one that is a request and cannot be read at all, a request without a value."""
    if file.is_too_large:
        return []
    is_unread = file.is_linted and file.document.value is UNREAD
    return file.requests or ([Request(file.document, None)] if is_unread else [])


def begun_spot_at(file: Opened, offset: int) -> Spot | None:
    """Return the spot at an offset of a file that may be half-written: what is before the cursor tells the requests."""
    read = file.document
    if file.is_too_large or read.syntax in OF_CODE:
        return None
    cursor = cursor_at(read.text, read.syntax, offset)
    data = _ended(read, cursor).encode(errors="replace") if cursor else b""
    if cursor is None or not file.may_carry(data):
        return None
    found = file.carried_in(document.read(read.name, data, read.syntax, read.placeholders))
    request = _around(cursor, (r for r in found if _is_around(r.document, cursor.start)))
    return Spot(read, cursor, request) if request else None


def _is_around(inner: Document, offset: int) -> bool:
    """Return whether an offset of a file is in a document that is the file or a part of it, not a string or code."""
    return inner.string is None and inner.syntax not in OF_CODE and _offset_in(inner, offset) is not None


def _around(cursor: Cursor, requests: Iterable[Request]) -> Request | None:
    """Return the request that has a cursor; None if none has it."""
    return next((r for r in requests if cursor.pointer[: len(r.base)] == r.base), None)


def _ended(read: Document, cursor: Cursor) -> str:
    """Return the text before a cursor, with an end that makes it valid if it is valid so far."""
    text = read.text[: cursor.start]
    if read.syntax == "yaml":
        return text + ("_:" if cursor.on_key or cursor.may_nest else "")
    closing: list[str] = []
    try:
        for start, _ in tokens(text, "json"):
            if text[start] in "{[":
                closing.append("}" if text[start] == "{" else "]")
            elif text[start] in "}]" and closing:
                closing.pop()
    except TooLarge:
        return text
    return text + ('"_": 0' if cursor.on_key else "null") + "".join(reversed(closing))


def _offset_in(inner: Document, offset: int) -> int | None:
    """Return the offset in the text of a document for one in its file; None if it is not there, or not certainly."""
    if inner.outer is None:
        return offset
    length = len(inner.text)
    whole = inner.span(0, length)
    if not whole.start.offset <= offset <= whole.end.offset or inner.span(0, 1) == whole:
        return None
    if offset == whole.end.offset:
        return length
    at = bisect_right(range(length), offset, key=lambda index: inner.span(index, index + 1).start.offset) - 1
    is_there = at >= 0 and offset <= inner.span(at, at + 1).end.offset  # a text may be put together from others
    return at if is_there else None
