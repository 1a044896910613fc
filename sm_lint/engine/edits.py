"""The edits of a fix: the `fix` of a rule, applied to one finding.

Only the text that must change is replaced, so that formatting, comments, order and line endings stay byte for byte. If
an edit might be wrong for the way the text is written, there is no fix.
"""

import json
import re
from bisect import bisect_left
from typing import Any

from sm_lint.model.diagnostic import Edit, Fix
from sm_lint.model.escape import visible
from sm_lint.model.pointer import Pointer
from sm_lint.model.rule import action_of
from sm_lint.sources.document import Document
from sm_lint.sources.reading import Node, step_of

_PLAIN = re.compile(r"(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z][A-Za-z0-9_./+-]*", re.IGNORECASE)
"""Matches text that every YAML reader reads as a string without quotes."""
_PROPERTY = re.compile(r"[&!][^\s,\[\]{}]*[ \t]*")
_SELECTORS = re.compile(r"\[([^\[\]]*)\]")
_REST_OF_LINE = re.compile(r"[ \t]*(#[^\r\n]*)?(\r\n|\n|\r|$)")
_WHITESPACE = re.compile(r"[ \t\n\r]*")
_LONGEST_PROPERTIES = 300
_MANY_SELECTORS = 50
_TITLES = {"remove": "Remove {old}", "set": "Change to {new}", "rename": "Rename to {new}", "append": "Append {new}"}
Change = tuple[int, int, str]
"""Start offset, end offset, and the new text between them."""


def fix_of(document: Document, pointer: Pointer, definition: dict[str, Any], parameters: dict[str, Any]) -> Fix | None:
    """Return the fix for a finding at `pointer`; None if there is none.

    `definition` is the rule's `fix`, and `parameters` are the message parameters. If `exact` among them is true, the
    `nearest` name is certain; otherwise a fix that uses it is unsafe.
    """
    route = document.route(pointer)
    if not pointer or route is None or not _is_written_there(route):
        return None
    safety, (action, what) = definition["safety"], action_of(definition)
    if isinstance(what, str) and "{" in what:
        if "{nearest}" in what and not parameters.get("exact"):
            safety = "unsafe"
        if any(parameters.get(name) is None for name in re.findall(r"\{(\w+)\}", what)):
            return None
        what = re.sub(r"\{(\w+)\}", lambda match: str(parameters[match[1]]), what)
    changes = _changes(document, pointer, route, action, what)
    if not changes:
        return None
    shown = what if isinstance(what, str) else json.dumps(what)
    title = _TITLES.get(action, "Add quotes").format(old=_name(pointer), new=visible(shown[:60]))
    return Fix(title, safety, tuple(Edit(document.span(start, end), new) for start, end, new in changes))


def uncommented(document: Document, start: int, end: int, selector: str) -> Fix | None:
    """Return the fix that removes a selector from the comment between two offsets; with the last one, the comment."""
    text = document.text
    brackets = _SELECTORS.search(text, start, end)
    if not text.startswith("#", start) or not brackets:
        return None  # the suppression is in a configuration
    if brackets[1].count(",") > _MANY_SELECTORS:
        return None  # each of so many may be unused, and each fix would look at all of them
    selectors = [part for part in brackets[1].split(",") if part.strip() != selector]
    if any(part.strip() for part in selectors):
        change = (*brackets.span(1), ",".join(selectors).strip())
    else:
        line = _line_start(document, start)
        is_alone = not text[line:start].strip()
        rest = re.compile(r"[ \t]*(\r\n|\n|\r)?" if is_alone else r"[ \t]*").match(text, end)
        change = (line if is_alone else _end_before(text, start, " \t"), rest.end() if rest else end, "")
    return Fix(f"Remove {visible(selector[:60])}", "safe", (Edit(document.span(*change[:2]), change[2]),))


def _is_written_there(route: list[Node]) -> bool:
    """Return whether a value is written at its pointer, not reached through an alias or a merge key."""
    return not (route[-1].is_merged or any(node.anchor for node in route[:-1]))


def _name(pointer: Pointer) -> str:
    step = pointer[-1]
    return f"item {step + 1}" if isinstance(step, int) else visible(step[:60])


def _changes(document: Document, pointer: Pointer, route: list[Node], action: str, what: Any) -> list[Change]:
    text, node, parent = document.text, route[-1], route[-2]
    if action == "remove":
        change = _removed(document, parent, node)
        return [change] if change else []
    if action == "rename":
        assert parent.children is not None  # noqa: S101 - only a mapping has keys
        return [_rewritten(document, node.key, what)] if node.key and what not in parent.children else []
    if action == "quote":
        where = node.key if node.key and _key_is_no_text(document, pointer, route) else (node.start, node.end)
        return _quoted(document, *where)
    source = text[node.start : node.end]
    if node.children is not None or (node.start, node.end) == node.key or "\n" in source or node.anchor:
        return []
    if action == "append":
        end = node.end - (text[node.end - 1] in "\"'")
        return [(end, end, json.dumps(what)[1:-1])]
    return [_rewritten(document, (node.start, node.end), what)]


def _rewritten(document: Document, where: tuple[int, int], new: Any) -> Change:
    """Return the change that replaces a scalar, with the same kind of quotes."""
    start, end = where
    first = document.text[start : start + 1]
    if not isinstance(new, str) or first == '"' or document.syntax == "json":
        return start, end, json.dumps(new, ensure_ascii=False)
    if first == "'" or not _PLAIN.fullmatch(new):
        return start, end, "'" + new.replace("'", "''") + "'"
    return start, end, new


def _key_is_no_text(document: Document, pointer: Pointer, route: list[Node]) -> bool:
    value: Any = document.value
    for node, step in zip(route, pointer[:-1], strict=False):
        if isinstance(value, dict):
            value = value[step] if step in value else _of_other_keys(node, value).get(str(step))
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
        else:
            return False  # a value that could not be read
    return isinstance(value, dict) and pointer[-1] not in value


def _of_other_keys(node: Node, value: dict[Any, Any]) -> dict[str, Any]:
    """Return what of the value of a node has a key that is no string, by step."""
    if node.of_other_keys is None:
        node.of_other_keys = {step_of(key): of for key, of in value.items() if not isinstance(key, str)}
    return node.of_other_keys


def _quoted(document: Document, start: int, end: int) -> list[Change]:
    source = document.text[start:end]
    if document.syntax != "yaml" or not source or source[0] in "\"'|>[{&*!" or "\n" in source or "\r" in source:
        return []
    if "!" in _properties(document.text, start):
        return []  # a tag determines the type, with or without quotes
    quote = "'" if '"' in source or "\\" in source else '"'
    body = source.replace("'", "''") if quote == "'" else source
    return [(start, end, f"{quote}{body}{quote}")]


def _properties(text: str, end: int) -> str:
    """Return the anchor and the tag, with the blanks after them, that end at an offset; empty if there are none."""
    window = text[max(0, end - _LONGEST_PROPERTIES) : end]
    start, following = 0, -1
    for match in _PROPERTY.finditer(window):
        if match.start() != following:
            start = match.start()
        following = match.end() if match[0][-1] in " \t" else -1
    return window[start:] if following == len(window) else ""


def _removed(document: Document, parent: Node, node: Node) -> Change | None:
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
    start -= 0 if node.key else len(_properties(text, start))
    after = _skip_whitespace(text, end)
    if text[after : after + 1] == ",":
        following = _skip_whitespace(text, after + 1)
        if text[following : following + 1] not in ("#", "]", "}"):
            return start, following, ""
        before = _end_before(text, start)
        closes = text[following] != "#" and text[before - 1] in ",[{"
        return (before if closes else start), after + 1, ""
    if index:
        before = _end(document, siblings[index - 1])
        comma = _skip_whitespace(text, before)
        # A comment between the two is kept, and so is the comma, which YAML allows at the end.
        is_free = _skip_whitespace(text, comma + 1) >= start
        return (before if is_free and text[comma] == "," else start), end, ""
    inside = _end_before(text, start)
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
        dash = _end_before(text, start - len(_properties(text, start))) - 1
        if text[dash] != "-":
            return None
        start = dash
    line = _line_start(document, start)
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


def _line_start(document: Document, at: int) -> int:
    return document.line_range(document.position(at).line)[0]


def _skip_whitespace(text: str, at: int) -> int:
    match = _WHITESPACE.match(text, at)
    return match.end() if match else at


def _end_before(text: str, at: int, blanks: str | None = None) -> int:
    """Return the offset after the last character before `at` that is not one of `blanks`, which are all whitespace."""
    kept = 0
    while at and not kept:
        part = text[max(0, at - 100) : at]  # never the whole text before it
        kept = len(part.rstrip(blanks))
        at -= len(part) - kept
    return at
