"""The two syntaxes of a payload: each module reads the value as the CLI does, and gives the places when asked."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer

UNREAD: Any = type("Unread", (), {"__repr__": lambda _: "UNREAD"})()
"""The value of a payload that could not be read."""

MARK = "sm-lint:"
"""Begins a comment in YAML that speaks to sm-lint."""
MAX_BYTES = {"json": 8 * 1024 * 1024, "yaml": 1024 * 1024}
"""Longer texts are not read; ruamel.yaml needs ten times as long as Python's reader of JSON, and more."""

MAX_DEPTH = 200
"""Levels of nesting that are read; a request needs fewer than 15, and jsonschema-rs stops near 255."""

USUAL_DEPTH = 16
"""Levels of nesting that no request goes beyond. Below them ruamel.yaml becomes slow."""

MAX_VALUES = 50_000
"""Keys and values that are looked at, each as often as an alias repeats it; ruamel.yaml reads so many in 3 seconds."""

MAX_DIGITS = 4300
"""Python neither reads nor writes longer integers."""


class Problem(NamedTuple):
    """Something that the reader found; the rule with `problem = "<kind>"` explains it."""

    kind: str
    start: int
    """Offset in code points after a byte-order mark."""
    end: int
    pointer: Pointer = ()
    parameters: dict[str, str] = {}  # noqa: RUF012 - never written
    """What the placeholders of the rule's message stand for."""
    related: tuple[tuple[str, int, int], ...] = ()
    """Other places: message, start, end."""


class ParseError(NamedTuple):
    """A syntax error, plus a repaired text if the intent is unambiguous.

    The length is kept so that offsets stay valid.
    """

    problem: Problem
    repaired: str | None = None
    unknown_at: int | None = None
    """The offset of a scalar whose value the repaired text does not have."""


class Node:
    """The place of one value: offsets into the text, and the nodes of its children."""

    __slots__ = ("anchor", "children", "end", "is_merged", "is_plain", "key", "start")

    def __init__(self, start: int, end: int, key: tuple[int, int] | None, *, collection: bool = False) -> None:
        self.start = start
        self.end = end
        self.key = key
        """The range of the member's key; None at the root and in a list."""
        self.children: dict[str | int, Node] | None = {} if collection else None
        self.anchor: Node | None = None
        """Of an alias of YAML, and of what a merge key brings in: the place where the value is written."""
        self.is_merged = False
        """Whether a merge key brings it in, together with its key."""
        self.is_plain = False
        """Whether it is a scalar of YAML without quotes."""


class Reading(NamedTuple):
    """The value of a payload, or UNREAD, and what is wrong with its text."""

    value: Any
    problems: list[Problem]
    is_json: bool = False
    """Whether the value is sure to hold only what JSON has words for."""
    places: Callable[[], Node] | None = None
    """Gives the places of the value."""
    unknown: tuple[Pointer, ...] = ()
    """The values that could not be read, and stand in the value as something else: nothing is said of them."""


def step_of(key: Any) -> str:
    """Return how a pointer names a key, which in YAML may be anything.

    >>> step_of(True), step_of(None), step_of(10)
    ('true', 'null', '10')
    """
    if key is None or isinstance(key, bool):
        return {True: "true", False: "false", None: "null"}[key]
    try:
        return str(key)
    except ValueError:  # Python does not write an integer of so many digits
        return type(key).__name__
