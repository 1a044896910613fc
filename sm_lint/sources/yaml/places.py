"""The positions of the values in a YAML text."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from sm_lint.sources.reading import Node, step_of

Range = tuple[int, int]
Aliases = dict[tuple[int, int, bool], Range]
"""The range of each alias, by the id of its collection node, its place in the collection, and whether it is a key.

The place of a key and of its value is the id of the key node, that of an item is its index."""
MERGE = "tag:yaml.org,2002:merge"

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t\r\n]*(?:#[^\r\n]*[\r\n]\s*)*)+")
_BREAKS = "\r\n\x85\u2028\u2029"
_BLOCK_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|\Z)")


def _text_of(node: Any) -> Any:
    return node.value


class _Source(NamedTuple):
    text: str
    aliases: Aliases
    key_of: Callable[[Any], Any]
    known: dict[int, Node]
    """The result for each YAML node, by its id: aliases share a YAML node."""


def tree(text: str, root: Any, aliases: Aliases | None = None, key_of: Callable[[Any], Any] = _text_of) -> Node:
    """Return the root node of a text; `root` is its node of ruamel.yaml or PyYAML, or None if the text is empty.

    A value reached through an alias or a merge key has a node with the range of the alias, whose `anchor` is the node
    where the value is written. `key_of` returns the key for a key node.
    """
    return Node(0, 0, None) if root is None else _place(_Source(text, aliases or {}, key_of, {}), root)


def _place(source: _Source, node: Any) -> Node:
    if id(node) in source.known:
        return source.known[id(node)]
    start, end = extent(source.text, node)
    is_scalar = node.id == "scalar"
    found = source.known[id(node)] = Node(start, end, None, collection=not is_scalar)
    is_tagged = "!" in source.text[node.start_mark.index : start]
    found.is_plain = is_scalar and not node.style and not is_tagged and end > start
    if node.id == "mapping":
        _add_members(source, node, found)
    elif not is_scalar:
        for index, item in enumerate(node.value):
            alias = source.aliases.get((id(node), index, False))
            _add(found, index, _place(source, item), None, alias)
    if found.children and source.text[start] not in "{[":
        # ruamel.yaml ends a block where the next one begins, after empty lines and comments that are not part of it.
        found.end = max(max(child.end, child.key[1] if child.key else 0) for child in found.children.values())
    return found


def _add_members(source: _Source, node: Any, found: Node) -> None:
    merged: list[tuple[Node, Range | None]] = []
    for key, value in node.value:
        alias = source.aliases.get((id(node), id(key), False))
        if key.tag == MERGE:
            mappings = [(value, None)] if value.id == "mapping" else _items(source.aliases, value)
            merged += [(_place(source, mapping), alias or own) for mapping, own in mappings]
        else:
            key_range = source.aliases.get((id(node), id(key), True)) or extent(source.text, key)
            _add(found, step_of(source.key_of(key)), _place(source, value), key_range, alias)
    for mapping, alias in merged:
        for step, entry in (mapping.children or {}).items():
            if found.children is not None and step not in found.children:
                found.children[step] = _seen_through(entry, alias, entry.key, is_merged=True) if alias else entry


def _add(parent: Node, step: str | int, node: Node, key: Range | None, alias: Range | None) -> None:
    if alias:
        node = _seen_through(node, alias, key)
    elif key:
        node.key = key
        if node.start == node.end:  # an empty value has no characters: use the range of its key
            node.start, node.end = key
    if parent.children is not None:
        parent.children[step] = node


def _items(aliases: Aliases, sequence: Any) -> list[tuple[Any, Range | None]]:
    """Return the mappings in the list of a merge key, each with its alias; the first has precedence."""
    return [(item, aliases.get((id(sequence), i, False))) for i, item in enumerate(sequence.value)]


def _seen_through(node: Node, alias: Range, key: Range | None, *, is_merged: bool = False) -> Node:
    seen = Node(*alias, key)
    seen.is_merged = is_merged
    seen.children = node.children
    seen.anchor = node.anchor or node
    return seen


def extent(text: str, node: Any) -> Range:
    """Return the range of a node without its anchor and tag. A block collection ends where the next node begins."""
    start, end = node.start_mark.index, node.end_mark.index
    properties = text.startswith(("&", "!"), start) and _PROPERTIES.match(text, start, end)
    is_scalar = node.id == "scalar"
    if properties and (node.anchor or text.startswith("!", start)) and not (is_scalar and start == end):
        start = properties.end()
    if is_scalar and node.style in ("|", ">"):
        end = start + len(_trimmed(text[start:end]))
    return min(start, end), end


def _trimmed(block: str) -> str:
    """Return the source of a block scalar without the trailing lines that are not part of its value.

    A line of whitespace is part of the value if it is longer than the indentation or has a tab.
    """
    header, *lines = [line for line in _BLOCK_LINE.findall(block) if line]
    indentation = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
    if "+" not in header.split("#")[0]:
        while lines and len(lines[-1].rstrip(_BREAKS)) <= indentation and not lines[-1].strip(f" {_BREAKS}"):
            lines.pop()
    return "".join([header, *lines])
