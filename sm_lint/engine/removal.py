"""The change of a text that removes an entry of a list or an object, in the forms of JSON and YAML."""

import re
from bisect import bisect_left

from sm_lint.engine.scalars import Change, properties
from sm_lint.sources.document import Document
from sm_lint.sources.reading import Node

_REST_OF_LINE = re.compile(r"[ \t]*(#[^\r\n]*)?(\r\n|\n|\r|$)")
_WHITESPACE = re.compile(r"[ \t\n\r]*")


def removed(document: Document, parent: Node, node: Node) -> Change | None:
    """Return the change that removes an entry of a collection; None if the text might be wrong after it."""
    siblings = _entries(document, parent)
    index = bisect_left(siblings, _start(node), key=_start)
    if _is_flow(document, parent):
        return _from_flow(document, siblings, index)
    return _from_block(document, siblings, index)


def _is_flow(document: Document, node: Node) -> bool:
    return document.syntax == "json" or document.text[node.start] in "{["


def _entries(document: Document, parent: Node) -> list[Node]:
    """Return the children of a node in the order of the text. In a block, merged ones are no entries of it."""
    if parent.in_order is None:
        children = (parent.children or {}).values()
        is_flow = _is_flow(document, parent)
        parent.in_order = sorted((child for child in children if is_flow or not child.is_merged), key=_start)
    return parent.in_order


def _from_flow(document: Document, siblings: list[Node], index: int) -> Change | None:
    """Return the change that removes an entry in brackets with the comma after it; for the last entry, before it."""
    text, node = document.text, siblings[index]
    start, end = _start(node), _end(document, node)
    start -= 0 if node.key else len(properties(text, start))
    after = _skip_whitespace(text, end)
    if text[after : after + 1] == ",":
        following = _skip_whitespace(text, after + 1)
        if text[following : following + 1] not in ("#", "]", "}"):
            return start, following, ""
        before = end_before(text, start)
        closes = text[following] != "#" and text[before - 1] in ",[{"
        return (before if closes else start), after + 1, ""
    if index:
        before = _end(document, siblings[index - 1])
        comma = _skip_whitespace(text, before)
        # A comment between the two is kept, and so is the comma, which YAML allows at the end.
        is_free = _skip_whitespace(text, comma + 1) >= start
        return (before if is_free and text[comma] == "," else start), end, ""
    inside = end_before(text, start)
    return (inside, after, "") if text[inside - 1 : inside] in ("{", "[") else (start, end, "")


def _from_block(document: Document, siblings: list[Node], index: int) -> Change | None:
    """Return the change that removes the lines of a block entry; the first key of an item leaves the dash to the next.

    Return None if that is not possible.
    """
    if len(siblings) == 1:
        return None  # a block without entries is null
    text, node = document.text, siblings[index]
    start, end = _start(node), _end(document, node)
    if not node.key:
        dash = end_before(text, start - len(properties(text, start))) - 1
        if text[dash] != "-":
            return None
        start = dash
    line = line_start(document, start)
    rest = _REST_OF_LINE.match(text, end)
    if text[end - 1] not in "\r\n":
        if rest is None:
            return None
        end = rest.end()
    if not text[line:start].strip():
        return line, end, ""
    following = siblings[index + 1] if index + 1 < len(siblings) else None
    if following is None or not node.key or text[end : _start(following)].strip():
        return None
    return start, _start(following), ""


def _start(node: Node) -> int:
    return node.key[0] if node.key else node.start


def _end(document: Document, node: Node) -> int:
    """Return the end offset of a value; that of a block is the end of the last value in it."""
    last = node
    while last.children and not last.anchor and not _is_flow(document, last):
        entries = _entries(document, last)
        if len(entries) < len(last.children):
            break  # the alias after a merge key may be what ends it
        last = entries[-1]
    return last.end


def line_start(document: Document, at: int) -> int:
    """Return the offset at which the line with an offset begins."""
    return document.line_range(document.position(at).line)[0]


def _skip_whitespace(text: str, at: int) -> int:
    match = _WHITESPACE.match(text, at)
    return match.end() if match else at


def end_before(text: str, at: int, blanks: str | None = None) -> int:
    """Return the offset after the last character before `at` that is not one of `blanks`, which are all whitespace."""
    kept = 0
    while at and not kept:
        part = text[max(0, at - 100) : at]  # never the whole text before it
        kept = len(part.rstrip(blanks))
        at -= len(part) - kept
    return at
