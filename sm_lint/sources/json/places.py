"""The positions of the values in a JSON text."""

from collections.abc import Iterable, Iterator
from json import loads

from sm_lint.model.pointer import Pointer
from sm_lint.sources.json.tokens import tokens
from sm_lint.sources.reading import Node, Problem


def tree(text: str, problems: list[Problem] | None = None) -> Node:
    """Return the root node of a text that json.loads accepts. Append a problem to `problems` for each repeated key.

    Of repeated keys, the last one has the node, because it has the value.
    """
    root = Node(0, 0, None)
    stack: list[Node] = []
    pointer: list[str | int] = []
    key: tuple[str, tuple[int, int]] | None = None
    found = tokens(text)
    for token, start, end, _ in found:
        if token in "}]":
            stack.pop().end = end
            if pointer:
                pointer.pop()
            continue
        if token == ",":
            continue
        parent = stack[-1] if stack else None
        if parent is not None and text[parent.start] == "{" and key is None:
            key = (_unquote(token), (start, end))
            next(found)  # the colon
            continue
        node = Node(start, end, key and key[1], collection=token in "{[")
        if parent is None or parent.children is None:
            root = node
            step: str | int = ""
        else:
            step = key[0] if key else len(parent.children)
            earlier = parent.children.get(step)
            if earlier is not None and earlier.key and key and problems is not None:
                parameters = {"member": str(step)}
                related = (("earlier value, which is ignored", *earlier.key),)
                problems.append(Problem("json-repeated-key", *key[1], (*pointer, step), parameters, related))
            parent.children[step] = node
        key = None
        if node.children is not None:
            if stack:
                pointer.append(step)
            stack.append(node)
    return root


def _unquote(token: str) -> str:
    return str(loads(token, strict=False)) if "\\" in token else token[1:-1]


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
