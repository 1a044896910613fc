"""The outline of a request: its members as a tree, with marks where something was found."""

from typing import NamedTuple

Mark = tuple[str, int]
"""A finding: its code, and the offset in the file where its span starts, in code points."""


class Member(NamedTuple):
    """A member of a request, or an item of a list in it. All texts are safe to print."""

    name: str
    """The name as the document has it; of an item, its index in brackets."""
    value: str
    """The beginning of the value, or how many members or items it has; what stands for an unknown one has no quotes."""
    found: tuple[Mark, ...] = ()
    """The findings about the member itself."""
    members: tuple["Member", ...] = ()
    more: int = 0
    """How many more members or items it has than `members`."""


class Outline(NamedTuple):
    """The outline of a request in which something was found."""

    carrier: str
    """The kind of document that has the request."""
    pointer: str
    """The JSON pointer (RFC 6901) of the request in the file; of one inside a string, that of the string."""
    line: int
    """The line in the file where the request starts, 1-based."""
    root: Member
