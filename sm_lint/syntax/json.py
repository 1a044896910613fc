"""JSON, read as the CLI reads it: Python's `json.loads` over strict UTF-8, the last of repeated keys winning."""

import re
from json import JSONDecodeError, loads
from typing import Any

import jiter

from sm_lint.syntax import MAX_DEPTH, UNREAD, Node, Problem, Reading

MAX_BYTES = 8 * 1024 * 1024

_TOKEN = re.compile(r'[{}\[\],:]|"[^"\\]*(?:\\.[^"\\]*)*"?|[^\s{}\[\],:"]+', re.DOTALL)
_BLANK = " \t\n\r"


def read(data: bytes, text: str) -> Reading:
    """Read a JSON text; `data` is its UTF-8 without byte-order mark, `text` the same decoded.

    What jiter accepts, json.loads reads to the same value, at the same price and with repeated keys refused. What it
    refuses is read again by json.loads, and only that decides.
    """
    try:
        return Reading(jiter.from_json(data, catch_duplicate_keys=True, allow_inf_nan=False), [], is_json=True)
    except ValueError:
        return _read_again(text)


def _read_again(text: str) -> Reading:
    deep = _too_deep(text)
    if deep is not None:
        return Reading(UNREAD, [Problem("too-deep", deep, deep + 1)])
    repeated = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        value = dict(pairs)
        repeated = repeated or len(value) != len(pairs)
        return value

    try:
        value = loads(text, object_pairs_hook=members)
    except JSONDecodeError as error:
        return Reading(UNREAD, [_syntax_problem(text, error)])
    except ValueError:  # an integer of more than 4,300 digits: int() refuses, and with it the CLI
        match = re.search(r"\d{4301,}", text)
        start, end = match.span() if match else (0, 0)
        facts = {"found": f"an integer of {end - start:,} digits", "advice": "Python reads at most 4,300 digits."}
        return Reading(UNREAD, [Problem("json-syntax", start, end, facts=facts)])
    problems: list[Problem] = []
    if repeated:
        tree(text, problems)
    return Reading(value, problems)


def _too_deep(text: str) -> int | None:
    depth = 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "{[":
            depth += 1
            if depth > MAX_DEPTH:
                return match.start()
        elif token in "}]":
            depth -= 1
    return None


def _syntax_problem(text: str, error: JSONDecodeError) -> Problem:
    """Say what is wrong from the text itself: the wording and place of JSONDecodeError differ between Pythons."""
    at = error.pos
    before = text[:at].rstrip(_BLANK)
    here = text[at : at + 1]
    end = at + 1
    if not text.strip(_BLANK):
        return Problem("json-syntax", 0, 0, facts=_say("nothing: the file is empty", "Write one JSON object."))
    if error.msg.startswith("Unterminated string"):
        quoted = text[at : text.find("\n", at) if "\n" in text[at:] else None]
        found = _say("a string without its closing quote", 'Close the string with ".')
        return Problem("json-syntax", at, at + max(len(quoted.rstrip()), 1), facts=found)
    if error.msg.startswith("Invalid control character"):
        name = "a line break" if here in "\r\n" else f"the control character U+{ord(here):04X}"
        found = _say(f"{name} inside a string", "Write it as an escape, for example \\n.")
    elif error.msg.startswith("Invalid \\"):
        found = _say(
            "an escape that JSON does not have", 'The escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX.'
        )
        at, end = (at - 1, at + 1) if here != "\\" else (at, at + 2)
    elif before.endswith(",") and here in ("}", "]", ""):
        at, end = len(before) - 1, len(before)
        found = _say("a trailing comma", "Remove it: JSON has a comma only between two entries.")
    elif here == "," and text[end:].lstrip(_BLANK)[:1] in ("}", "]"):
        found = _say("a trailing comma", "Remove it: JSON has a comma only between two entries.")
    elif not here:
        at = end = len(before)
        found = _say("the end of the file inside a value", "A closing bracket, brace or value is missing.")
    elif here in "/#":
        found = _say(
            "a comment", "JSON has no comments, and the CLI refuses them. Remove it, or write the file in YAML."
        )
    elif here == "'":
        found = _say("a single quote", 'JSON quotes with " only.')
    elif error.msg.startswith("Extra data"):
        found = _say("text after the end of the value", "A file holds one JSON object and nothing else.")
    else:
        match = re.compile(r"[\w.$-]+").match(text, at)
        end = match.end() if match else end
        found = _unexpected(error.msg, text[at:end])
    return Problem("json-syntax", at, end, facts=found)


def _say(found: str, advice: str) -> dict[str, str]:
    return {"found": found, "advice": advice}


def _unexpected(msg: str, token: str) -> dict[str, str]:
    if msg.startswith("Expecting property name"):
        return _say(f"{token} where a member name is expected", 'Put member names in ".')
    if msg.startswith("Expecting ','"):
        return _say(f"{token} where a comma or a closing bracket is expected", "Is a comma missing before it?")
    if msg.startswith("Expecting ':'"):
        return _say(f"{token} where a colon is expected", "A colon stands between a member name and its value.")
    words = {"True": "true", "False": "false", "None": "null"}
    advice = f"Write {words[token]}." if token in words else 'Put text in ".'
    return _say(f"{token} where a value is expected", advice)


def tree(text: str, problems: list[Problem] | None = None) -> Node:
    """Return the places of a text that json.loads accepts; append its repeated keys to `problems`.

    Of repeated keys the last has the place, as it has the value.
    """
    root = Node(0, 0, None)
    stack: list[Node] = []
    pointer: list[str | int] = []
    key: tuple[str, tuple[int, int]] | None = None
    tokens = _TOKEN.finditer(text)
    for match in tokens:
        token = match[0]
        start, end = match.span()
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
            next(tokens)  # the colon
            continue
        node = Node(start, end, key and key[1], collection=token in "{[")
        if parent is None or parent.children is None:
            root = node
            step: str | int = ""
        else:
            step = key[0] if key else len(parent.children)
            earlier = parent.children.get(step)
            if earlier is not None and earlier.key and key and problems is not None:
                facts = {"member": str(step)}
                related = (("the earlier one, which is ignored", *earlier.key),)
                problems.append(Problem("json-repeated-key", *key[1], (*pointer, step), facts, related))
            parent.children[step] = node
        key = None
        if node.children is not None:
            if stack:
                pointer.append(step)
            stack.append(node)
    return root


def _unquote(token: str) -> str:
    return str(loads(token, strict=False)) if "\\" in token else token[1:-1]


def root_keys(text: str) -> set[str]:
    """Return the keys at depth 1 of a text that need not be JSON."""
    keys = set()
    depth = 0
    string = None
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "{[":
            depth += 1
        elif token in "}]":
            depth -= 1
        elif token == ":" and depth == 1 and string:
            keys.add(string)
        string = token[1:-1] if token.startswith('"') else None
    return keys
