"""The positions of the values in a YAML text."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from sm_lint.sources.reading import Children, Node, step_of

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
    known: dict[int, Node] | None
    """The result for each YAML node, by its id: aliases share a YAML node. None without aliases.

    The nodes that are yet to make their children hold it, and it holds them, which only the collector of garbage ends.
    """


def tree(text: str, root: Any, aliases: Aliases | None = None, key_of: Callable[[Any], Any] = _text_of) -> Node:
    """Return the root node of a text; `root` is its node of ruamel.yaml or PyYAML, or None if the text is empty.

    A value reached through an alias or a merge key has a node with the range of the alias, whose `anchor` is the node
    where the value is written. `key_of` returns the key for a key node.
    """
    return (
        Node(0, 0, None)
        if root is None
        else _place(_Source(text, aliases or {}, key_of, {} if aliases else None), root)
    )


def _place(source: _Source, node: Any) -> Node:
    """Return the node of a YAML node, which makes those of its children later."""
    known = source.known and source.known.get(id(node))
    if known:
        return known
    start, end = extent(source.text, node)
    if node.id == "scalar":
        found = Node(start, end, None)
        is_tagged = "!" in source.text[node.start_mark.index : start]
        found.is_plain = not node.style and not is_tagged and end > start
    else:
        found = Node(start, end, None, collection=True)
        found.make = partial(_members if node.id == "mapping" else _in_list, source, node)
        # ruamel.yaml ends a block where the next one begins, after empty lines and comments that are not part of it.
        found.is_block = source.text[start : start + 1] not in ("{", "[")
    if source.known is not None:
        source.known[id(node)] = found
    return found


def _in_list(source: _Source, node: Any) -> Children:
    aliases = (source.aliases.get((id(node), index, False)) for index in range(len(node.value)))
    return {
        index: _child(source, item, None, alias)
        for index, (item, alias) in enumerate(zip(node.value, aliases, strict=True))
    }


def _members(source: _Source, node: Any) -> Children:
    found: Children = {}
    merged: list[tuple[Node, Range | None]] = []
    for key, value in node.value:
        alias = source.aliases.get((id(node), id(key), False))
        if key.tag == MERGE:
            mappings = [(value, None)] if value.id == "mapping" else _items(source.aliases, value)
            merged += [(_place(source, mapping), alias or own) for mapping, own in mappings]
        else:
            key_range = source.aliases.get((id(node), id(key), True)) or extent(source.text, key)
            found[step_of(source.key_of(key))] = _child(source, value, key_range, alias)
    for mapping, alias in merged:
        for step, entry in (mapping.children or {}).items():
            if step not in found:
                found[step] = _seen_through(entry, alias, entry.key, is_merged=True) if alias else entry
    return found


def _child(source: _Source, value: Any, key: Range | None, alias: Range | None) -> Node:
    """Return the node of a member or an item: that of its value or, through an alias, another one."""
    node = _place(source, value)
    if alias:
        return _seen_through(node, alias, key)
    if key:
        node.key = key
        if value.id == "scalar" and node.start == node.end:  # it has no characters: use the range of its key
            node.start, node.end = key
    return node


def _items(aliases: Aliases, sequence: Any) -> list[tuple[Any, Range | None]]:
    """Return the mappings in the list of a merge key, each with its alias; the first has precedence."""
    return [(item, aliases.get((id(sequence), i, False))) for i, item in enumerate(sequence.value)]


def _seen_through(node: Node, alias: Range, key: Range | None, *, is_merged: bool = False) -> Node:
    seen = Node(*alias, key)
    seen.make = lambda: node.children
    seen.is_merged = is_merged
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
