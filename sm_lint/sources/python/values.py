"""What is known of a value in a program, and the part of it that is written down when a call is reached."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from sm_lint.model.pointer import Pointer
from sm_lint.sources.limits import MAX_DEPTH
from sm_lint.sources.python.code import Range
from sm_lint.sources.reading import Node

Block = tuple[int, ...]
"""The numbers of the blocks around a statement, from the outside: what is in one of them may not be run."""


class TooMany(Exception):  # noqa: N818 - ends the reading
    """There are too many values."""


class Scalar(NamedTuple):
    """A known string, number or boolean, or None."""

    value: str | int | float | bool | None
    where: Range


class Unknown(NamedTuple):
    """A value that is not known."""

    where: Range
    type: str | None = None
    """Its JSON Schema type, if that is known."""


class Entry(NamedTuple):
    """A member of a dictionary, or an item of a list."""

    value: "Value"
    key: Range | None = None
    """Where its key is written."""
    may_be_absent: bool = False


class Collection:
    """A dictionary, or a list or tuple with its indices as keys. Several names may stand for one, as in the program."""

    __slots__ = ("block", "entries", "is_list", "is_lost", "is_open", "where")

    def __init__(self, where: Range, block: Block, *, is_list: bool = False) -> None:
        self.where = where
        self.block = block
        """The block in which it was made."""
        self.is_list = is_list
        self.entries: dict[str | int, Entry] = {}
        self.is_open = False
        """Whether it may have more entries."""
        self.is_lost = False
        """Whether nothing is known of it, because something unknown may have changed it."""

    def add(self, key: str | int, value: "Value", at: Range | None, block: Block) -> None:
        """Give a key a value in a block. If that may not happen, the entry may be absent or another one."""
        if self._always_in(block):
            self.entries[key] = Entry(value, at)
            return
        old = self.entries.get(key, Entry(value, at, may_be_absent=True))
        is_new = key not in self.entries and not self.is_open
        self.entries[key] = old if is_new else old._replace(value=Unknown(where_of(value)))

    def append(self, entry: Entry, block: Block) -> None:
        """Add an item to a list. Where that may happen never or often, the list may have more items."""
        is_certain = self._always_in(block)
        self.is_open = self.is_open or not is_certain
        may_be_absent = entry.may_be_absent or not is_certain
        self.entries[len(self.entries)] = entry._replace(may_be_absent=may_be_absent)

    def remove(self, key: str | int, block: Block) -> None:
        """Remove a member in a block; where that may not happen, it may be absent."""
        if self._always_in(block):
            self.entries.pop(key, None)
        elif key in self.entries:
            self.entries[key] = self.entries[key]._replace(may_be_absent=True)

    def merge(self, other: "Value", block: Block) -> None:
        """Add the members of another dictionary, or of something unknown, which may replace what is there."""
        if not isinstance(other, Collection) or other.is_lost or other.is_list:
            self.blur()
            return
        if other.is_open:
            self.blur()
        for key, entry in list(other.entries.items()):
            if not entry.may_be_absent:
                self.add(key, entry.value, entry.key, block)
            elif key in self.entries or self.is_open:
                old = self.entries.get(key, entry)
                self.entries[key] = old._replace(value=Unknown(where_of(entry.value)))
            else:
                self.entries[key] = entry

    def blur(self) -> None:
        """Note that any key may get any value."""
        self.is_open = True
        for key, entry in self.entries.items():
            self.entries[key] = entry._replace(value=Unknown(where_of(entry.value)))

    def _always_in(self, block: Block) -> bool:
        """Return whether what is done in a block is done to each such collection that is used later."""
        return self.block[: len(block)] == block


Value: TypeAlias = Scalar | Unknown | Collection


def where_of(value: Value) -> Range:
    """Return where a value is written."""
    return value.where


def lose(value: Value) -> None:
    """Note that something unknown may change a value, and whatever is in it."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Collection) and not one.is_lost:
            one.is_lost = True
            waiting += [entry.value for entry in one.entries.values()]


class Written(NamedTuple):
    """A value as it is at one moment, in the form in which documents have values."""

    value: Any
    node: Node
    """The places; a dictionary has none but those of its entries if it is put together."""
    unknown: Mapping[Pointer, str | None]
    """The pointers of unknown values, each with its JSON Schema type, if that is known."""
    optional: frozenset[Pointer]
    """The pointers of what may be absent."""
    open: frozenset[Pointer]
    """The pointers of what may have more members or items."""


def written(value: Value, key: Range | None, left: Iterator[int], text: str) -> Written:
    """Return a value as it is now. `key` is what names it in the `text`; each value in it takes one of `left`.

    Raises TooMany if none is left.
    """
    unknown: dict[Pointer, str | None] = {}
    optional: set[Pointer] = set()
    opened: set[Pointer] = set()

    def copied(one: Value, key: Range | None, at: Pointer) -> tuple[Any, Node]:
        if next(left, None) is None:
            raise TooMany
        node = Node(*one.where, key, collection=isinstance(one, Collection))
        if isinstance(one, Scalar):
            return one.value, node
        if isinstance(one, Unknown) or one.is_lost or len(at) >= MAX_DEPTH:
            unknown[at] = one.type if isinstance(one, Unknown) else None
            return text[slice(*one.where)], Node(*one.where, key)  # a string, which is the only type that is told
        if one.is_open:
            opened.add(at)
        values: dict[Any, Any] = {}
        children: dict[str | int, Node] = {}
        for step, entry in one.entries.items():
            values[step], children[step] = copied(entry.value, entry.key, (*at, step))
            if entry.may_be_absent:
                optional.add((*at, step))
        node.children = children
        return (list(values.values()) if one.is_list else values), node

    whole, root = copied(value, key, ())
    return Written(whole, root, unknown, frozenset(optional), frozenset(opened))
