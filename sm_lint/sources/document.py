"""A document: its value, what is wrong with its text, and the places of its values, computed only when asked for."""

import os
import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.model.span import SourceText, Span
from sm_lint.sources.reading import MAX_BYTES, UNREAD, Node, Problem, Reading

_BOM = b"\xef\xbb\xbf"
_AT_ONCE = 16 * 1024
_TOO_MANY = max(MAX_BYTES.values()) + 1
_ANCHOR = r"\s*:\s+(?:!\S*\s+)?&(\S+)"
_SYNTAXES = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}


class Place(NamedTuple):
    """Where a value stands, and the alias of YAML through which a pointer leads to it."""

    written: Span
    alias: Span | None
    """The first on the way, or the merge key that brings the value in; None if the pointer follows the text."""


class Document(SourceText):
    """A file that was read, or a value that has no text. What a request is, it does not know."""

    __slots__ = ("_places", "_tree", "has_bom", "is_json", "problems", "syntax", "unknown", "value")

    def __init__(self, name: str, text: str, syntax: str, reading: Reading) -> None:
        super().__init__(name, text)
        self.syntax = syntax
        """`json`, `yaml`, or `` for a value without text."""
        self.value, self.problems, self.is_json, self._places, self.unknown = reading
        self.has_bom = False
        """Whether the file begins with a byte-order mark."""
        self._tree: Node | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Take to another process what a report needs: name and text, without the value."""
        return SourceText, (self.name, self.text)

    @property
    def data(self) -> bytes:
        """The bytes of a file that is UTF-8."""
        return (_BOM if self.has_bom else b"") + self.text.encode(errors="surrogatepass")

    def locate(self, pointer: Pointer, *, key: bool = False) -> Span:
        """Return the place of the value at `pointer`, or with `key` of its key.

        A collection has the place of its key; where it has none, of its opening bracket, and in block YAML of its first
        key or item. What is not in the text has the place of the nearest value around it that is; what an alias of YAML
        stands for has the place of the alias.
        """
        place = self.place(pointer, key=key)
        return place.alias or place.written

    def place(self, pointer: Pointer, *, key: bool = False) -> Place:
        """Return what `locate` does, and the alias that leads there."""
        node, alias = self._node(pointer)
        if node is None:
            return Place(self.span(0, 0), None)
        written = node.anchor or node
        found = _of_value(written)
        if key and node.key:
            found = node.key
            if alias == (node.start, node.end) and not node.is_merged:
                alias = None  # the value is an alias, its key is not
        return Place(self.span(*found), alias and self.span(*alias))

    def source(self, pointer: Pointer) -> str | None:
        """Return a scalar of YAML without quotes as it is written; None for anything else."""
        node, _ = self._node(pointer, exact=True)
        written = node and (node.anchor or node)
        return self.text[written.start : written.end] if written and written.is_plain else None

    def anchor(self, pointer: Pointer) -> str | None:
        """Return the name that YAML's aliases use for the value of a member, which stands between it and its key."""
        node, _ = self._node(pointer, exact=True)
        match = node and node.key and re.compile(_ANCHOR).match(self.text, node.key[1])
        return match[1] if match else None

    def _node(self, pointer: Pointer, *, exact: bool = False) -> tuple[Node | None, tuple[int, int] | None]:
        """Return the node at a pointer, and the place of the first alias on the way.

        What is not in the text has the nearest node around it that is; None if there is no text, or with `exact`.
        """
        node, alias = self._root(), None
        if node is None:
            return None, None
        for step in pointer:
            child = (node.children or {}).get(step)
            if child is None:
                return (None if exact else node), alias
            node = child
            if node.anchor and not alias:
                alias = node.start, node.end
        return node, alias

    def route(self, pointer: Pointer) -> list[Node] | None:
        """Return the places of the root, of each value on the way, and of the value at `pointer`; None without text."""
        root = self._root()
        if root is None:
            return None
        nodes = [root]
        for step in pointer:
            child = (nodes[-1].children or {}).get(step)
            if child is None:
                return None
            nodes.append(child)
        return nodes

    def _root(self) -> Node | None:
        """Return the places of the whole text; None if there is no text, or nothing in it could be read."""
        if self._tree is None and self._places is not None:
            self._tree = self._places()
        return self._tree


def _of_value(node: Node) -> tuple[int, int]:
    if node.children is None:
        return node.start, node.end
    if node.key:
        return node.key
    first = next(iter(node.children.values()), None)
    if first is None or first.key is None or first.key[0] != node.start:
        return node.start, node.start + 1  # a bracket, a brace, or the dash of a block sequence
    return first.key


@cache
def _syntax(name: str) -> Any:
    """Import the reader of one syntax: most runs need only one, and ruamel.yaml takes as long as all else."""
    if name == "json":
        from sm_lint.sources.json import reader as syntax
    else:
        from sm_lint.sources.yaml import reader as syntax  # type: ignore[no-redef]
    return syntax


def syntax_of(name: str, data: bytes) -> str:
    """Return `json` or `yaml`, by the extension of the name, else by the first character that is not blank."""
    by_name = _SYNTAXES.get(os.path.splitext(name)[1].lower())
    return by_name or ("json" if data.removeprefix(_BOM).lstrip()[:1] in (b"{", b"[") else "yaml")


def read(name: str, data: bytes, syntax: str | None = None) -> Document:
    """Return the document in `data`; whatever is wrong with it is in its `problems`, nothing is raised."""
    syntax = syntax or syntax_of(name, data)
    reader = _syntax(syntax)
    problems: list[Problem] = []
    has_bom = data.startswith(_BOM)
    if len(data) > MAX_BYTES[syntax]:
        parameters = {"limit": f"{MAX_BYTES[syntax]:,}"}
        return Document(name, "", syntax, Reading(UNREAD, [Problem("too-large", 0, 0, parameters=parameters)]))
    if has_bom:
        data = data[len(_BOM) :]
        if syntax == "json":
            problems.append(Problem("json-byte-order-mark", 0, 0))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        at = len(data[: error.start].decode())
        is_utf_16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        parameters = {"found": f"0x{data[error.start]:02X}"} | ({"value": "UTF-16"} if is_utf_16 else {})
        problems.append(Problem("not-utf-8", at, at + 1, parameters=parameters))
        return Document(name, data.decode(errors="replace"), syntax, Reading(UNREAD, problems))
    reading: Reading = reader.read(data, text)
    if problems:
        reading = reading._replace(problems=problems + reading.problems)
    document = Document(name, text, syntax, reading)
    document.has_bom = has_bom
    return document


def bytes_of(part_of: Callable[[int], bytes]) -> bytes:
    """Return what `read` needs of a file: its bytes, or so many that they are too many. A device may have no end.

    `part_of` gives so many of the next bytes at the most, and none only at the end.
    """
    left = _TOO_MANY
    parts = []
    while left > 0 and (part := part_of(_AT_ONCE)):  # a buffer of all that a file may have is slow to get
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def unreadable(name: str, reason: str) -> Document:
    """Return the document of a file that exists but cannot be opened."""
    return Document(name, "", "", Reading(UNREAD, [Problem("unreadable", 0, 0, parameters={"found": reason})]))


def root_keys(document: Document) -> set[str]:
    """Return what looks like the keys of the root of a document that could not be parsed."""
    return set(_syntax(document.syntax).root_keys(document.text)) if document.syntax else set()
