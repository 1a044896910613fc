"""A document: its value, the problems in its text, and the positions of its values, which are computed on demand."""

import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.model.span import SourceText, Span
from sm_lint.sources.limits import BOM, MOST_BYTES, SCRIPT
from sm_lint.sources.reading import UNREAD, Node, Problem, Reading, too_large

_AT_ONCE = 16 * 1024
_SHELL = rb"#![^\n]{0,200}?sh"  # compiled on first use
"""Matches a first line that names a shell."""
_ANCHOR = r"\s*:\s+(?:!\S*\s+)?&(\S+)"
_SYNTAXES = {".json": "json", ".yaml": "yaml", ".yml": "yaml", ".py": "python", ".ipynb": "python"} | dict.fromkeys(
    (
        ".sh", ".bash", ".zsh", ".ksh", ".bats", ".fish", ".ps1", ".psm1", ".cmd", ".bat",
        ".md", ".markdown", ".mdx", ".rmd", ".qmd", ".mk", ".groovy", ".jenkinsfile", ".jenkins", ".tf", ".hcl",
        ".dockerfile", ".containerfile",
    ),
    SCRIPT,
)  # fmt: skip
"""The syntaxes by the extension. Scripts of shells that are not read are scripts, too, in which no command is found."""
_READERS = {"json": "json.reader", "python": "python.reader", SCRIPT: "script"}
_SCRIPTS = ("makefile", "gnumakefile", "jenkinsfile", "dockerfile", "containerfile")


class Place(NamedTuple):
    """The span where a value is written, and the YAML alias through which a pointer reaches it."""

    written: Span
    alias: Span | None
    """The span of the first alias on the way, which may be that of a merge key; None if there is no alias."""


class Outer(NamedTuple):
    """Where the text of a document stands in another document."""

    span: Callable[[int, int], Span]
    """Returns the span, in the outer document, of the characters between two offsets."""
    pointer: Pointer | None = None
    """The pointer of the string that has the text; None if the text is a part of the outer one, such as a line."""
    holder: Callable[[], Span] | None = None
    """Returns the span of the key of the string, or of the string if it has none."""
    number: int = 0
    """Of a part, which one it is, from 0."""
    inner: Pointer | None = None
    """If `pointer` leads to a string of the file that is JSON, the pointer of the string in that JSON."""
    takes: Callable[[int, int, str], bool] | None = None
    """Returns whether a new text may stand, as it is, in place of what is between two offsets; None if any may."""


class Document(SourceText):
    """A file that was read, or a value without a text. It is independent of what a request is."""

    __slots__ = (
        "_places",
        "_reached",
        "_tree",
        "has_bom",
        "is_json",
        "open",
        "outer",
        "placeholders",
        "problems",
        "syntax",
        "unknown",
        "value",
    )

    def __init__(self, name: str, text: str, syntax: str, reading: Reading) -> None:
        super().__init__(name, text)
        self.syntax = syntax
        """`json`, `yaml`, `python`, `script`, `words` for those of a command, or empty for a value without a text."""
        self.value, self.problems, self.is_json, self._places, unknown, self.open = reading
        self.unknown: dict[Pointer, str | None] = dict.fromkeys(unknown)
        """The pointers of values that are unknown, each with its JSON Schema type; None if that is unknown, too."""
        self.has_bom = False
        """Whether the file begins with a byte-order mark."""
        self.placeholders: tuple[str, ...] = ()
        """The placeholders that it was read with."""
        self.outer: Outer | None = None
        """Where the text stands in a file, if it is not the whole file: all spans are those of the file."""
        self._tree: Node | None = None
        self._reached: dict[Pointer, tuple[Node, tuple[int, int] | None, bool]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as a SourceText: the report, made in another process, needs name and text, not the value."""
        return SourceText, (self.name, self.text)

    @property
    def data(self) -> bytes:
        """The bytes of the file, if it is UTF-8: its byte-order mark, if any, and its text."""
        return (BOM if self.has_bom else b"") + self.text.encode(errors="surrogatepass")

    def span(self, start: int, end: int) -> Span:
        """Return the span, in the file, between two offsets of the text in code points."""
        return self.outer.span(start, end) if self.outer else super().span(start, end)

    @property
    def string(self) -> Pointer | None:
        """The pointer of the string whose text it is; None if it is in no string."""
        return self.outer.pointer if self.outer else None

    @property
    def part(self) -> int | None:
        """Which part of a file it is, from 0; None if it is the whole file, or in a string of it."""
        return self.outer.number if self.outer and self.string is None else None

    def of_file(self, pointer: Pointer) -> tuple[Pointer, Pointer | None]:
        """Return the pointer in the file, and that in the JSON of the string there, if the document is in a string.

        In a string that is itself in the JSON of a string, the second one leads no further than to the inner string.
        """
        if self.outer is None or self.string is None:
            return pointer, None
        return self.string, pointer if self.outer.inner is None else self.outer.inner

    def extent(self, pointer: Pointer, *, key: bool = False) -> tuple[int, int] | None:
        """Return the offsets in the text of a value, or with `key` of its key if it has one; None if it has no text."""
        node, _ = self._node(pointer, exact=True)
        if key and node and node.key:
            return node.key
        return (node.start, node.end) if node else None

    def locate(self, pointer: Pointer, *, key: bool = False) -> Span:
        """Return the span of the value at `pointer`, or with `key` of its key.

        A collection has the span of its key, or without a key, that of its opening bracket, or in block YAML that of
        its first key or dash. A value that is not in the text has the span of the nearest enclosing value that is. A
        value reached through a YAML alias has the span of the alias.
        """
        place = self.place(pointer, key=key)
        return place.alias or place.written

    def place(self, pointer: Pointer, *, key: bool = False) -> Place:
        """Return the span where the value or key is written, and the alias through which `pointer` reaches it."""
        node, alias = self._node(pointer)
        if node is None:
            return Place(self.span(0, 0), None)
        written = node.anchor or node
        found = _of_value(written)
        if key and node.key:
            found = node.key
            if alias == (node.start, node.end) and not node.is_merged:
                alias = None  # only the value is an alias; its key is written here
        return Place(self.span(*found), alias and self.span(*alias))

    def source(self, pointer: Pointer) -> str | None:
        """Return the source of the plain (unquoted) YAML scalar at `pointer`; None for any other value."""
        node, _ = self._node(pointer, exact=True)
        written = node and (node.anchor or node)
        return self.text[written.start : written.end] if written and written.is_plain else None

    def anchor(self, pointer: Pointer) -> str | None:
        """Return the name of the YAML anchor (`&name`) before the value of a member; None if it has none."""
        node, _ = self._node(pointer, exact=True)
        match = node and node.key and re.compile(_ANCHOR).match(self.text, node.key[1])
        return match[1] if match else None

    def _node(self, pointer: Pointer, *, exact: bool = False) -> tuple[Node | None, tuple[int, int] | None]:
        """Return the node at a pointer, and the range of the first alias on the way.

        For a value that is not in the text, return the nearest enclosing node, or with `exact` None. Without a text,
        the node is None.
        """
        root = self._root()
        if root is None:
            return None, None
        parent = pointer[:-1]
        # Many findings may be in one collection. A key may be long, so it is not compared again for each of them.
        if parent not in self._reached:
            self._reached[parent] = _descend(root, None, parent)
        node, alias, is_exact = self._reached[parent]
        if is_exact and pointer:
            node, alias, is_exact = _descend(node, alias, pointer[-1:])
        return (node if is_exact or not exact else None), alias

    def route(self, pointer: Pointer) -> list[Node] | None:
        """Return the nodes from the root to the value at `pointer`, both included; None if it is not in the text."""
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
        """Return the node of the root; None if there is no text, or nothing in it could be read."""
        if self._tree is None and self._places is not None:
            self._tree = self._places()
        return self._tree


def _descend(node: Node, alias: tuple[int, int] | None, steps: Pointer) -> tuple[Node, tuple[int, int] | None, bool]:
    """Return the last node on the way from a node, the first alias so far, and whether all steps were taken."""
    for step in steps:
        child = (node.children or {}).get(step)
        if child is None:
            return node, alias, False
        node = child
        if node.anchor and not alias:
            alias = node.start, node.end
    return node, alias, True


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
    """Import the reader of a syntax on first use: most runs need only one, and ruamel.yaml is slow to import."""
    return import_module(f"sm_lint.sources.{_READERS.get(name, 'yaml.reader')}")


def syntax_of(name: str, data: bytes) -> str:
    """Return `json`, `yaml`, `python` or `script`: by the name or the first line of a file.

    Any other file is JSON or YAML, by the first character that is not whitespace.
    """
    by_name = _SYNTAXES.get(os.path.splitext(name)[1].lower())
    if by_name is None and (os.path.basename(name).lower().partition(".")[0] in _SCRIPTS or re.match(_SHELL, data)):
        return SCRIPT
    return by_name or ("json" if data.removeprefix(BOM).lstrip()[:1] in (b"{", b"[") else "yaml")


def read(name: str, data: bytes, syntax: str | None = None, placeholders: tuple[str, ...] = ()) -> Document:
    """Return the document in `data`. Nothing is raised: whatever is wrong with it is in its `problems`.

    In JSON, one of the `placeholders` may stand in place of a value, which is unknown then.
    """
    syntax = syntax or syntax_of(name, data)
    reader = _syntax(syntax)
    problems: list[Problem] = []
    has_bom = data.startswith(BOM)
    if len(data) > MOST_BYTES:
        return Document(name, "", syntax, Reading(UNREAD, [too_large(MOST_BYTES)]))
    if has_bom:
        data = data[len(BOM) :]
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
    reading: Reading = reader.read(data, text, placeholders)
    if reading.problems and any(problem.kind == "too-large" for problem in reading.problems):
        text = ""  # so that nothing else works on it
    if problems:
        reading = reading._replace(problems=problems + reading.problems)
    document = Document(name, text, syntax, reading)
    document.has_bom, document.placeholders = has_bom, placeholders
    return document


def bytes_of(part_of: Callable[[int], bytes]) -> bytes:
    """Return the bytes of a file, but stop once they exceed the limit of `read`, because a device may have no end.

    `part_of(size)` returns at most `size` of the next bytes, and no bytes only at the end.
    """
    left = MOST_BYTES + 1
    parts = []
    while left > 0 and (part := part_of(_AT_ONCE)):  # a buffer of the maximum size would be slow to allocate
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def unreadable(name: str, reason: str) -> Document:
    """Return the document of a file that exists but cannot be opened; `reason` is the error of the system."""
    return Document(name, "", "", Reading(UNREAD, [Problem("unreadable", 0, 0, parameters={"found": reason})]))


def root_keys(document: Document) -> Iterator[str]:
    """Yield the probable top-level keys of a document that could not be parsed."""
    return iter(_syntax(document.syntax).root_keys(document.text) if document.syntax else ())
