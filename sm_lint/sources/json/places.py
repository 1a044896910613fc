"""The positions of the values in a JSON text."""

import re
from collections.abc import Iterable, Iterator

from sm_lint.model.pointer import Pointer
from sm_lint.sources.json.tokens import value_after
from sm_lint.sources.reading import Node, Problem

_MEMBER = re.compile(r'\s*(?:,\s*)?"([^"\\]*)"\s*:\s*("[^"\\]*"|[^\s{}\[\],:"]+)')
"""Matches what most members are: a key and a value without escapes, the value no list and no object."""


def tree(text: str, problems: list[Problem] | None = None) -> Node:
    """Return the root node of a text that json.loads accepts. Append a problem to `problems` for each repeated key.

    Of repeated keys, the last one has the node, because it has the value.
    """
    root = Node(0, 0, None)
    stack: list[Node] = []
    pointer: list[str | int] = []
    key: tuple[str, tuple[int, int]] | None = None
    at = 0
    while True:
        around = stack[-1].children if stack else None
        is_object = around is not None and text[stack[-1].start] == "{"
        if around is not None and is_object and key is None:
            while member := _MEMBER.match(text, at):  # several times as fast as one token after the other
                start, at = member.span(2)
                _add(around, member[1], Node(start, at, (member.start(1) - 1, member.end(1) + 1)), pointer, problems)
        found = value_after(text, at)
        if found is None:
            return root
        start, at = found
        first = text[start]
        if first in "}]":
            stack.pop().end = at
            del pointer[-1:]
        elif is_object and key is None:
            key = (_unquote(text[start:at]), (start, at))
        else:
            node = Node(start, at, key and key[1], collection=first in "{[")
            step: str | int = ""
            if around is None:
                root = node
            else:
                step = key[0] if key else len(around)
                _add(around, step, node, pointer, problems)
            key = None
            if node.children is not None:
                if stack:
                    pointer.append(step)
                stack.append(node)


def _add(
    around: dict[str | int, Node],
    step: str | int,
    node: Node,
    pointer: Iterable[str | int],
    problems: list[Problem] | None,
) -> None:
    """Add a node to those of the object or list at a pointer, and to `problems` that it repeats an earlier key."""
    earlier = around.get(step)
    if earlier is not None and earlier.key and node.key and problems is not None:
        related = (("earlier value, which is ignored", *earlier.key),)
        problems.append(Problem("json-repeated-key", *node.key, (*pointer, step), {"member": str(step)}, related))
    around[step] = node


def _unquote(token: str) -> str:
    if "\\" not in token:
        return token[1:-1]
    from json import loads  # imported lazily: few keys have escapes

    return str(loads(token, strict=False))


def pointers_at(root: Node, offsets: Iterable[int]) -> Iterator[Pointer]:
    """Yield the pointer of the member or item at each offset. The offset may be in the key or in the value."""
    for offset in offsets:
        pointer: Pointer = ()
        node = root
        while True:
            around = [(step, child) for step, child in (node.children or {}).items() if _holds(child, offset)]
            if not around:
                break
            step, node = around[0]
            pointer = (*pointer, step)
        yield pointer


def _holds(node: Node, offset: int) -> bool:
    return (node.key[0] if node.key else node.start) <= offset < node.end
