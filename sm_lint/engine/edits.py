"""The edits of a fix: the `fix` of a rule, applied to one finding.

Only the text that must change is replaced, so that formatting, comments, order and line endings stay byte for byte. If
an edit might be wrong for the way the text is written, there is no fix.
"""

import re
from collections.abc import Mapping
from typing import Any

from sm_lint.engine.removal import end_before, line_start, removed
from sm_lint.engine.scalars import Change, quoted, retyped, rewritten
from sm_lint.model.diagnostic import Edit, Fix, Renaming
from sm_lint.model.escape import as_json, visible
from sm_lint.model.pointer import Pointer, value_at
from sm_lint.model.rule import action_of
from sm_lint.sources.document import Document
from sm_lint.sources.limits import WORDS
from sm_lint.sources.reading import Correction, Node, step_of

# The patterns are compiled on first use: most fixes need none of them.
_SELECTORS = r"\[([^\[\]]*)\]"
_SURROGATE = "[\ud800-\udfff]"
_LONGEST_CUT = 200_000
"""The number of characters of a string in the file up to which its beginning is kept as it is written."""
_MANY_SELECTORS = 50
_TITLES = {"remove": "Remove {old}", "set": "Change to {new}", "rename": "Rename to {new}", "append": "Append {new}"}


def fix_of(
    document: Document, pointer: Pointer, definition: Mapping[str, Any], parameters: dict[str, Any]
) -> Fix | None:
    """Return the fix for a finding at `pointer`; None if there is none.

    `definition` is the rule's `fix`, and `parameters` are the message parameters. If `exact` among them is true, the
    `nearest` name is certain; otherwise a fix that uses it is unsafe. `wanted` among them is the type that a value of
    the wrong type should have.
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
    if action == "quote" and "wanted" in parameters:
        return _of_type(document, pointer, route[-1], parameters["wanted"], safety)
    changes = _changes(document, pointer, route, action, what)
    if not changes or any(not new.isascii() and re.search(_SURROGATE, new) for _, _, new in changes):
        return None
    shown = "" if action == "remove" else what if isinstance(what, str) else as_json(what)
    title = _TITLES.get(action, "Add quotes").format(old=_name(pointer), new=visible(shown[:60]))
    fix = _fix(document, title, safety, *changes)
    if fix is None:
        return None
    is_name = len(changes) == 1 and changes[0][:2] == route[-1].key
    return fix._replace(edits=(Renaming(*fix.edits[0]),)) if is_name else fix


def _fix(document: Document, title: str, safety: str, *changes: Change) -> Fix | None:
    """Return the fix with some changes; None if the outer document does not take them as they are."""
    takes = document.outer.takes if document.outer else None
    if takes and not all(takes(*change) for change in changes):
        return None
    return Fix(title, safety, tuple(Edit(document.span(start, end), new) for start, end, new in changes))


def _of_type(document: Document, pointer: Pointer, node: Node, wanted: Any, safety: str) -> Fix | None:
    """Return the fix that writes a value as the type that is wanted; None if there is none."""
    where = node.start, node.end
    if node.children is not None or node.anchor or where == node.key:
        return None
    found = retyped(document, where, _value(document, pointer), wanted)
    if found is None:
        return None
    change, is_certain = found
    title = "Add quotes" if wanted == "string" else f"Change to {change[2]}"
    return _fix(document, title, safety if is_certain else "unsafe", change)


def corrected(document: Document, correction: Correction, *, is_name: bool = False) -> Fix | None:
    """Return the fix that corrects the syntax of a text, or with `is_name` a name; None if it has no place."""
    start, end, new = correction
    old = document.text[start:end].strip()
    title = (
        f"Write {visible(new[:60].strip())}"
        if new.strip()
        else f"Remove {visible(old[:60])}"
        if old
        else "Replace the tab with spaces"
    )
    fix = _fix(document, title, "safe", correction)
    return fix._replace(edits=(Renaming(*fix.edits[0]),)) if fix and is_name else fix


def uncommented(document: Document, start: int, end: int, selector: str) -> Fix | None:
    """Return the fix that removes a selector from the comment between two offsets; with the last one, the comment."""
    text = document.text
    brackets = re.compile(_SELECTORS).search(text, start, end)
    if not text.startswith("#", start) or not brackets:
        return None  # the suppression is in a configuration
    if brackets[1].count(",") > _MANY_SELECTORS:
        return None  # each of so many may be unused, and each fix would look at all of them
    selectors = [part for part in brackets[1].split(",") if part.strip() != selector]
    if any(part.strip() for part in selectors):
        change = (*brackets.span(1), ",".join(selectors).strip())
    else:
        line = line_start(document, start)
        is_alone = not text[line:start].strip()
        rest = re.compile(r"[ \t]*(\r\n|\n|\r)?" if is_alone else r"[ \t]*").match(text, end)
        change = (line if is_alone else end_before(text, start, " \t"), rest.end() if rest else end, "")
    return _fix(document, f"Remove {visible(selector[:60])}", "safe", change)


def _is_written_there(route: list[Node]) -> bool:
    """Return whether a value is written at its pointer, not reached through an alias or a merge key."""
    return not (route[-1].is_merged or any(node.anchor for node in route[:-1]))


def _value(document: Document, pointer: Pointer) -> Any:
    try:
        return value_at(document.value, pointer)
    except (LookupError, TypeError):  # a step stands for a key that is no string
        return None


def _name(pointer: Pointer) -> str:
    step = pointer[-1]
    return f"item {step + 1}" if isinstance(step, int) else visible(step[:60])


def _changes(document: Document, pointer: Pointer, route: list[Node], action: str, what: Any) -> list[Change]:
    text, node, parent = document.text, route[-1], route[-2]
    if action == "remove":
        if document.syntax == WORDS:
            return []
        change = removed(document, parent, node)
        return [change] if change else []
    if action == "rename":
        assert parent.children is not None  # noqa: S101 - only a mapping has keys
        if not node.key or what in parent.children:
            return []
        is_option = document.syntax == WORDS and document.text.startswith("--", node.key[0])
        return [] if is_option else [rewritten(document, node.key, what)]
    if action == "quote":
        where = node.key if node.key and _key_is_no_text(document, pointer, route) else (node.start, node.end)
        change = quoted(document, where) if document.syntax == "yaml" else None
        return [change] if change else []
    source = text[node.start : node.end]
    if node.children is not None or (node.start, node.end) == node.key or "\n" in source or node.anchor:
        return []
    if action == "append":
        end = node.end - (text[node.end - 1] in "\"'")
        from json import dumps  # imported lazily: few fixes append

        return [(end, end, dumps(what)[1:-1])]
    rest = _rest(document, pointer, node, what)
    return [rest or rewritten(document, (node.start, node.end), what)]


def _rest(document: Document, pointer: Pointer, node: Node, beginning: Any) -> Change | None:
    """Return the change that leaves of a string only its beginning, as it is written; None if that is not certain."""
    value = _value(document, pointer)
    if not (beginning and isinstance(beginning, str) and isinstance(value, str) and value.startswith(beginning)):
        return None
    if node.end - node.start > _LONGEST_CUT or document.syntax == WORDS:
        return None
    from sm_lint.sources.string_places import locator

    start, end = locator(document, pointer)(len(beginning), len(value))
    first = document.span(0, 0).start.offset  # of a document that is a part of a file
    return (start.offset - first, end.offset - first, "") if start.offset - first > node.start else None


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
