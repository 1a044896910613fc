"""The types that the readers of JSON and YAML share. A reader returns the value that the CLI would read."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.sources.limits import MAX_CHARACTERS, MAX_VALUES

UNREAD: Any = type("Unread", (), {"__repr__": lambda _: "UNREAD"})()
"""The value of a document that could not be read."""

Correction = tuple[int, int, str]
"""Start offset, end offset, and what should certainly stand between them."""


class Problem(NamedTuple):
    """A problem that a reader found in a text. The rule with `problem = "<kind>"` explains it."""

    kind: str
    start: int
    """0-based offset in code points, not counting a byte-order mark."""
    end: int
    pointer: Pointer = ()
    parameters: dict[str, str] = {}  # noqa: RUF012 - never written
    """The parameters of the rule's message."""
    related: tuple[tuple[str, int, int], ...] = ()
    """Related places as `(message, start, end)`."""
    correction: Correction | None = None
    """What corrects a text that cannot be parsed, if that is certain."""


OF_VALUES = frozenset((
    "json-byte-order-mark", "json-repeated-key", "yaml-repeated-key", "yaml-1-1", "yaml-tag", "yaml-value", "yaml-key",
    "yaml-long-key", "yaml-undefined-alias", "yaml-self-reference", "not-json", "lone-surrogate",
))  # fmt: skip
"""Problems of single values and keys, or of none: with no other, what the document has is known."""
OF_CARRIERS = OF_VALUES | {"yaml-multiple-documents"}
"""Problems with which all that a carrier has is known. In it, they count only where a request is."""

VALUES = f"{MAX_VALUES:,} keys and values"
CHARACTERS = f"{MAX_CHARACTERS:,} characters"
"""What a request has more of, as the message says it."""


def too_many(what: str, at: int = 0) -> Problem:
    """Return the problem of a request that has more than `what`; the limit is exceeded at the offset `at`."""
    return Problem("too-many-values", at, at + 1, parameters={"limit": what})


def too_large(limit: int, found: str | None = None) -> Problem:
    """Return the problem of a file with more than `limit` bytes; `found` is what in it makes the limit so low."""
    parameters = {"limit": f"{limit:,}"} | ({"found": found} if found else {})
    return Problem("too-large", 0, 0, parameters=parameters)


def too_long(limit: int) -> Problem:
    """Return the problem of a line with more than `limit` bytes."""
    return Problem("too-large", 0, 0, parameters={"length": f"{limit:,}"})


class ParseError(NamedTuple):
    """A syntax error, plus a repaired text if the intent is unambiguous.

    The length is kept so that offsets stay valid.
    """

    problem: Problem
    repaired: str | None = None
    unknown_at: int | None = None
    """The offset of a scalar whose real value is unknown: the repaired text has a substitute."""


class Node:
    """The position of a value: offsets into the text in code points, and the nodes of its children."""

    __slots__ = (
        "_children", "_end", "anchor", "in_order", "is_block", "is_merged", "is_plain", "key", "make", "of_other_keys",
        "start",
    )  # fmt: skip

    def __init__(self, start: int, end: int, key: tuple[int, int] | None, *, collection: bool = False) -> None:
        self.start = start
        self._end = end
        self.key = key
        """The range of the member's key; None for the root and for list items."""
        self._children: Children | None = {} if collection else None
        self.make: Callable[[], Children | None] | None = None
        """Returns the children, once they are asked for: few findings are in few values. None if they are there."""
        self.is_block = False
        """Whether it ends where its last child does, if it has any, and not at `end`."""
        self.anchor: Node | None = None
        """The node where the value is written, if this is the node of a YAML alias or of a merged member."""
        self.is_merged = False
        """Whether it is a member that a merge key (`<<`) adds, with its key."""
        self.is_plain = False
        """Whether it is a plain (unquoted) YAML scalar."""
        self.in_order: list[Node] | None = None
        """The children that are entries of the text, sorted by offset; None until a fix needs them."""
        self.of_other_keys: dict[str, Any] | None = None
        """The values of the keys that are no strings, by step; None until a fix needs them."""

    @property
    def children(self) -> "Children | None":
        """The nodes of the members or items by step; None for a scalar."""
        if self.make is not None:
            make, self.make = self.make, None
            self._children = make()
        return self._children

    @children.setter
    def children(self, children: "Children | None") -> None:
        self._children, self.make = children, None

    @property
    def end(self) -> int:
        """The offset after the value."""
        if self.is_block:
            ends = (max(child.end, child.key[1] if child.key else 0) for child in (self.children or {}).values())
            self._end, self.is_block = max(ends, default=self._end), False
        return self._end

    @end.setter
    def end(self, end: int) -> None:
        self._end, self.is_block = end, False


Children = dict[str | int, Node]


class Reading(NamedTuple):
    """The result of reading a text: the value, or UNREAD, and the problems in the text."""

    value: Any
    problems: list[Problem]
    is_json: bool = False
    """Whether the value certainly contains only what JSON can represent."""
    places: Callable[[], Node] | None = None
    """Returns the root node, which has the positions of all values; None if there are none."""
    unknown: tuple[Pointer, ...] = ()
    """The pointers of values that could not be read. They are not judged: `value` has substitutes there."""
    open: frozenset[Pointer] = frozenset()
    """The pointers of objects and lists of which members or items may be missing in `value`."""


def step_of(key: Any) -> str:
    """Return the step of a pointer for a key, which in YAML may have any type.

    >>> step_of(True), step_of(None), step_of(10)
    ('true', 'null', '10')
    """
    if key is None or isinstance(key, bool):
        return {True: "true", False: "false", None: "null"}[key]
    try:
        return str(key)
    except ValueError:  # an integer with more than MAX_DIGITS digits
        return type(key).__name__
