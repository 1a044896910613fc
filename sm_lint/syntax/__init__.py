"""The two syntaxes of a payload: each module reads the value as the CLI does, and gives the places when asked."""

from typing import Any, NamedTuple

from sm_lint.diagnostic import Pointer

UNREAD: Any = type("Unread", (), {"__repr__": lambda _: "UNREAD"})()
"""The value of a payload that could not be read."""

MARK = "sm-lint:"
"""Begins a comment in YAML that speaks to sm-lint."""

MAX_DEPTH = 200
"""Levels of nesting that are read; a request needs fewer than 15, and jsonschema-rs stops near 255."""


class Problem(NamedTuple):
    """Something that the reader found; the rule with `problem = "<kind>"` explains it."""

    kind: str
    start: int
    """Offset in code points after a byte-order mark."""
    end: int
    pointer: Pointer = ()
    facts: dict[str, str] = {}  # noqa: RUF012 - never written
    """What the placeholders of the rule's message stand for."""
    related: tuple[tuple[str, int, int], ...] = ()
    """Other places: message, start, end."""


class Reading(NamedTuple):
    """The value of a payload, or UNREAD, and what is wrong with its text."""

    value: Any
    problems: list[Problem]
    is_json: bool = False
    """Whether the value is sure to hold only what JSON has words for."""


class Node:
    """The place of one value: offsets into the text, and the nodes of its children."""

    __slots__ = ("children", "end", "key", "start")

    def __init__(self, start: int, end: int, key: tuple[int, int] | None, *, collection: bool = False) -> None:
        self.start = start
        self.end = end
        self.key = key
        """The range of the member's key; None at the root and in a list."""
        self.children: dict[str | int, Node] | None = {} if collection else None
