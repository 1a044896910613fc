"""The edits of a fix: the `fix` of a rule, applied to one finding.

Only the text that must change is replaced, so that formatting, comments, order and line endings stay byte for byte. If
an edit might be wrong for the way the text is written, there is no fix.
"""

import json
import re
from typing import Any

from sm_lint.model.diagnostic import Edit, Fix
from sm_lint.model.escape import visible
from sm_lint.model.pointer import Pointer
from sm_lint.model.rule import action_of
from sm_lint.sources.document import Document
from sm_lint.sources.reading import Node, step_of

_PLAIN = re.compile(r"(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z][A-Za-z0-9_./+-]*", re.IGNORECASE)
"""Matches text that every YAML reader reads as a string without quotes."""
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t]+)+$")
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
    comment = text[start:end]
    brackets = re.search(r"\[([^\[\]]*)\]", comment)
    if not comment.startswith("#") or not brackets:
        return None  # the suppression is in a configuration
    selectors = [part for part in brackets[1].split(",") if part.strip() != selector]
    if any(part.strip() for part in selectors):
        change = (start + brackets.start(1), start + brackets.end(1), ",".join(selectors).strip())
    else:
        line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        is_alone = not text[line:start].strip()
        rest = re.compile(r"[ \t]*(\r\n|\n|\r)?" if is_alone else r"[ \t]*").match(text, end)
        change = (line if is_alone else len(text[:start].rstrip(" \t")), rest.end() if rest else end, "")
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
        change = _removed(text, parent, node, is_json=document.syntax == "json")
        return [change] if change else []
    if action == "rename":
        assert parent.children is not None  # noqa: S101 - only a mapping has keys
        return [_rewritten(document, node.key, what)] if node.key and what not in parent.children else []
    if action == "quote":
        where = node.key if node.key and _key_is_no_text(document, pointer) else (node.start, node.end)
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


def _key_is_no_text(document: Document, pointer: Pointer) -> bool:
    value: Any = document.value
    for step in pointer[:-1]:
        if isinstance(value, dict):
            value = next((of for key, of in value.items() if step_of(key) == step), None)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
        else:
            return False  # a value that could not be read
    return isinstance(value, dict) and pointer[-1] not in value


def _quoted(document: Document, start: int, end: int) -> list[Change]:
    source = document.text[start:end]
    if document.syntax != "yaml" or not source or source[0] in "\"'|>[{&*!" or "\n" in source or "\r" in source:
        return []
    properties = _PROPERTIES.search(document.text, max(0, start - 300), start)
    if properties and "!" in properties[0]:
        return []  # a tag determines the type, with or without quotes
    quote = "'" if '"' in source or "\\" in source else '"'
    body = source.replace("'", "''") if quote == "'" else source
    return [(start, end, f"{quote}{body}{quote}")]


def _removed(text: str, parent: Node, node: Node, *, is_json: bool) -> Change | None:
    assert parent.children is not None  # noqa: S101 - the parent is a collection
    siblings = sorted(parent.children.values(), key=_start)
    if is_json or text[parent.start] in "{[":
        return _from_flow(text, siblings, node)
    return _from_block(text, [sibling for sibling in siblings if not sibling.is_merged], node)


def _from_flow(text: str, siblings: list[Node], node: Node) -> Change | None:
    """Return the change that removes an entry in brackets with the comma after it; for the last entry, before it."""
    start, end = _start(node), _end(text, node)
    properties = _PROPERTIES.search(text, max(0, start - 300), start)
    start = properties.start() if properties and not node.key else start
    after = _skip_whitespace(text, end)
    if text[after : after + 1] == ",":
        following = _skip_whitespace(text, after + 1)
        if text[following : following + 1] not in ("#", "]", "}"):
            return start, following, ""
        before = len(text[:start].rstrip())
        closes = text[following] != "#" and text[before - 1] in ",[{"
        return (before if closes else start), after + 1, ""
    index = siblings.index(node)
    if index:
        before = _end(text, siblings[index - 1])
        comma = _skip_whitespace(text, before)
        # A comment between the two is kept, and so is the comma, which YAML allows at the end.
        between = text[comma + 1 : start]
        return (before if not between.strip() and text[comma] == "," else start), end, ""
    inside = len(text[:start].rstrip())
    return (inside, after, "") if text[inside - 1 : inside] in ("{", "[") else (start, end, "")


def _from_block(text: str, siblings: list[Node], node: Node) -> Change | None:
    """Return the change that removes the lines of a block entry; the first key of an item leaves the dash to the next.

    Return None if that is not possible.
    """
    if len(siblings) == 1:
        return None  # a block without entries is null
    start, end = _start(node), _end(text, node)
    if not node.key:
        properties = _PROPERTIES.search(text, max(0, start - 300), start)
        dash = len(text[: properties.start() if properties else start].rstrip()) - 1
        if text[dash] != "-":
            return None
        start = dash
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    rest = re.compile(r"[ \t]*(#[^\r\n]*)?(\r\n|\n|\r|$)").match(text, end)
    if text[end - 1] not in "\r\n":
        if rest is None:
            return None
        end = rest.end()
    if not text[line:start].strip():
        return line, end, ""
    index = siblings.index(node)
    following = siblings[index + 1] if index + 1 < len(siblings) else None
    if following is None or not node.key or text[end : _start(following)].strip():
        return None
    return start, _start(following), ""


def _start(node: Node) -> int:
    return node.key[0] if node.key else node.start


def _end(text: str, node: Node) -> int:
    """Return the end offset of a value; that of a block is the end of the last value in it."""
    last = node
    while last.children and not last.anchor and text[last.start] not in "[{":
        if any(child.is_merged for child in last.children.values()):
            break  # the alias after a merge key may be what ends it
        last = max(last.children.values(), key=_start)
    return last.end


def _skip_whitespace(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\t", "\n", "\r"):
        at += 1
    return at
