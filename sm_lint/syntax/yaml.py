"""YAML, read as the CLI reads it: ruamel.yaml, safe and pure, with the rules of YAML 1.2."""

import re
import warnings
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, MappingStartEvent, NodeEvent, ScalarEvent, SequenceStartEvent

from sm_lint.syntax import MAX_DEPTH, UNREAD, Node, Problem, Reading

MAX_BYTES = 1024 * 1024

_KEY_AT_COLUMN_1 = re.compile(
    r"""^(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#&*!|>%@`{}\[\],?-][^\n:]*?))[ \t]*:(?=\s|$)""", re.MULTILINE
)
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t\r\n]+)+(?=\S)")


def _yaml() -> Any:
    return YAML(typ="safe", pure=True)


def read(_data: bytes, text: str) -> Reading:
    """Read a YAML text without byte-order mark."""
    deep = _too_deep(text)
    if deep is not None:
        return Reading(UNREAD, [Problem("too-deep", deep, deep + 1)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a repeated anchor: the CLI hides the warning, too
        try:
            # Half a surrogate pair is text to every check of a type; what else JSON has no word for, no engine takes.
            return Reading(_yaml().load(text), [], is_json="\\u" not in text)
        except DuplicateKeyError as error:
            return Reading(_load_repeated(text), [_repeated_key(error)])
        except MarkedYAMLError as error:
            return Reading(UNREAD, [_syntax_problem(text, error)])
        except RecursionError:
            return Reading(UNREAD, [Problem("too-deep", 0, 0)])
        except Exception as error:  # noqa: BLE001 - the CLI stops with whatever a constructor of ruamel.yaml raises
            facts = {"found": str(error).strip() or type(error).__name__}
            return Reading(UNREAD, [Problem("yaml-syntax", 0, 0, facts=facts)])


def _load_repeated(text: str) -> Any:
    yaml = _yaml()
    yaml.allow_duplicate_keys = True
    try:
        return yaml.load(text)
    except (YAMLError, ValueError):
        return UNREAD


def _repeated_key(error: DuplicateKeyError) -> Problem:
    mark = error.problem_mark
    key = re.search(r'duplicate key "(.*?)"', str(error.problem))
    name = key[1] if key else "<<"
    return Problem("yaml-repeated-key", mark.index, mark.index + len(name), facts={"member": name})


def _syntax_problem(text: str, error: MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    start = min(mark.index, len(text)) if mark else 0
    line_end = re.compile(r"$", re.MULTILINE).search(text, start)
    end = min(start + 1, line_end.start() if line_end else start)
    found = ", ".join(part for part in (error.context, error.problem) if part)
    if text[start : start + 1] == "\t":
        found = "a tab, which YAML does not take for indentation or after a dash or colon"
    return Problem("yaml-syntax", start, max(start, end), facts={"found": found})


def _too_deep(text: str) -> int | None:
    """Return where the nesting exceeds the limit: ruamel.yaml needs seconds to fail at that.

    Brackets are counted over the whole text first, which is cheap and counts too many rather than too few.
    """
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return None
    depth = 0
    try:
        for event in _yaml().parse(text):
            if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
                depth += 1
                if depth > MAX_DEPTH:
                    return int(event.start_mark.index)
            elif type(event).__name__ in ("MappingEndEvent", "SequenceEndEvent"):
                depth -= 1
    except YAMLError:
        return None
    return None


def tree(text: str, _problems: object = None) -> Node:
    """Return the places of a text that ruamel.yaml accepts.

    A value that is reached through an alias has the place where it is written; the alias itself has its own.
    """
    events = iter(_yaml().parse(text))
    anchors: dict[str, Node] = {}
    for event in events:
        if isinstance(event, NodeEvent):
            return _node(text, event, events, None, anchors)
    return Node(0, 0, None)


def _node(text: str, event: Any, events: Iterator[Any], key: tuple[int, int] | None, anchors: dict[str, Node]) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, AliasEvent):
        target = anchors.get(event.anchor)
        node = Node(start, end, key)
        node.children = target.children if target else None
        return node
    properties = _PROPERTIES.match(text, start)
    if properties and (event.anchor or event.tag):
        start = min(properties.end(), end) if isinstance(event, ScalarEvent) else properties.end()
    node = Node(start, end, key, collection=not isinstance(event, ScalarEvent))
    if event.anchor:
        anchors[event.anchor] = node
    if isinstance(event, MappingStartEvent):
        _mapping(text, node, events, anchors)
    elif isinstance(event, SequenceStartEvent):
        _sequence(text, node, events, anchors)
    elif start == end and key:
        node.start, node.end = key  # an empty value has no characters: its key stands for it
    elif getattr(event, "style", None) in ("|", ">"):
        node.end = start + len(_trimmed(text[start:end]))
    return node


def _mapping(text: str, node: Node, events: Iterator[Any], anchors: dict[str, Node]) -> None:
    merged: list[Node] = []
    children: dict[str | int, Node] = {}
    for event in events:
        if not isinstance(event, NodeEvent):
            node.end = max(node.end, event.end_mark.index) if text[node.start : node.start + 1] == "{" else node.end
            break
        key_node = _node(text, event, events, None, anchors)
        value = _node(text, next(events), events, (key_node.start, key_node.end), anchors)
        if isinstance(event, ScalarEvent) and event.value == "<<" and not event.style:
            merged.append(value)
        elif isinstance(event, ScalarEvent):
            children[event.value] = value
    for source in merged:
        entries = source.children or {}
        for entry in entries.values() if 0 in entries else [source]:
            for name, child in (entry.children or {}).items():
                children.setdefault(name, child)
    assert node.children is not None  # noqa: S101 - a mapping is a collection
    node.children.update(children)


def _sequence(text: str, node: Node, events: Iterator[Any], anchors: dict[str, Node]) -> None:
    assert node.children is not None  # noqa: S101 - a sequence is a collection
    for event in events:
        if not isinstance(event, NodeEvent):
            node.end = max(node.end, event.end_mark.index) if text[node.start : node.start + 1] == "[" else node.end
            break
        node.children[len(node.children)] = _node(text, event, events, None, anchors)


def _trimmed(block: str) -> str:
    """Return a block scalar without the blank lines and comments after it, unless its `+` keeps them."""
    lines = block.splitlines(keepends=True)
    if "+" not in lines[0].split("#")[0]:
        while len(lines) > 1 and not lines[-1].strip():
            lines.pop()
    return "".join(lines)


def root_keys(text: str) -> set[str]:
    """Return the keys at column 1 of a text that need not be YAML."""
    return {key for match in _KEY_AT_COLUMN_1.findall(text) for key in match if key}
