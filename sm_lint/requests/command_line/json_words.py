"""The value of a word that is JSON, with the places in the word."""

import re
from bisect import bisect_right
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.requests.command_line.files import reference_to
from sm_lint.requests.command_line.notes import Notes
from sm_lint.requests.command_line.words import Range, Word
from sm_lint.sources.json import reader
from sm_lint.sources.json.tokens import tokens
from sm_lint.sources.reading import UNREAD, Node, Problem

_WORDS = {
    ", or write the file in YAML": "",
    "an empty file": "an empty value",
    "a file contains": "the option takes",
    "the file": "the value",
}
"""Turns the reader's messages about a file into messages about the value of an option."""

_BRACED = re.compile(r"\s*[\[{][\s\[{]*[A-Za-z0-9\-_.#/:]+\s*=")
_BRACES = {
    "found": "shorthand in braces or brackets, which begin JSON",
    "advice": "Remove them: write KEY=VALUE pairs with commas between them, each item of a list as a word of its own.",
}
_NO_QUOTES = {
    "found": "JSON without any double quote",
    "advice": "Put the JSON in single quotes: the shell removes the double quotes from a word without them.",
}
_SINGLE_QUOTES = _NO_QUOTES | {
    "advice": "Write double quotes around the texts in the JSON, and single quotes around the whole of it.",
}


def json_value(word: Word, pointer: Pointer, notes: Notes) -> tuple[Any, Node]:
    """Return the value of a word that is JSON, and its node. What is wrong or unknown goes into the notes.

    An expansion in a string makes the string unknown; one in place of a value, the value. Whatever else it may stand
    for cannot be told, and makes the whole value unknown.
    """
    text, scalars = _filled(word)
    reading = reader.read(text.encode(errors="surrogatepass"), text)
    lacks_quotes = '"' not in text and any(problem.kind == "json-syntax" for problem in reading.problems)
    is_doubtful = bool(scalars) and any(problem.kind != "json-repeated-key" for problem in reading.problems)
    if lacks_quotes and not word.unknown:
        notes.problems.append(_without_quotes(word, pointer))
    elif not is_doubtful:
        notes.problems.extend(_shifted_problem(problem, word.start, pointer) for problem in reading.problems)
    root = Node(word.start, word.end, None)
    if is_doubtful or lacks_quotes or reading.value is UNREAD:
        notes.unknown[pointer] = None
        return word.text, root
    notes.unknown.update(((*pointer, *place), None) for place in reading.unknown)
    notes.open.update((*pointer, *place) for place in reading.open)
    if reading.places:
        root = reading.places()
    value = Unknown(word, scalars, notes).marked(reading.value, root, pointer) if word.unknown else reading.value
    return value, shifted(root, word.start)


def _without_quotes(word: Word, pointer: Pointer) -> Problem:
    """Return the problem of a word without double quotes that should be JSON."""
    reference = reference_to(word.text)
    if reference:
        parameters = {"found": "the name of a file", "advice": f"Write `{reference}` for the content of a file."}
        correction = (word.start, word.end, reference)
        return Problem("json-syntax", word.start, word.end, pointer, parameters, correction=correction)
    parameters = _BRACES if _BRACED.match(word.text) else _SINGLE_QUOTES if "'" in word.text else _NO_QUOTES
    return Problem("json-syntax", word.start, word.end, pointer, parameters)


def _filled(word: Word) -> tuple[str, frozenset[int]]:
    """Return the text with a scalar for each expansion outside a string, and the offsets of these scalars."""
    masked = word.masked
    if not word.unknown:
        return masked, frozenset()
    starts: list[int] = []
    pieces: list[str] = []
    done = 0
    for token in tokens(masked):
        if token.text[0] != '"' and overlaps(word.unknown, (token.start, token.end)):
            length = token.end - token.start
            pieces += [masked[done : token.start], '"'.ljust(length - 1) + '"' if length > 1 else "0"]
            starts.append(token.start)
            done = token.end
    return "".join([*pieces, masked[done:]]), frozenset(starts)


def overlaps(ranges: tuple[Range, ...], range_: Range) -> bool:
    """Return whether one of the ranges, which are in order, has a character of another one."""
    at = bisect_right(ranges, (range_[1] - 1, range_[1])) - 1
    return at >= 0 and ranges[at][1] > range_[0] and ranges[at][0] < range_[1]


class Unknown:
    """Marks what of a value is unknown."""

    def __init__(self, word: Word, scalars: frozenset[int], notes: Notes) -> None:
        """Initialize with a word and the offsets of its `scalars` that may have any type, since they are expansions."""
        self._word, self._scalars, self._notes = word, scalars, notes

    def marked(self, value: Any, node: Node, pointer: Pointer) -> Any:
        """Return the value with the source text for what is unknown, and without the keys that are."""
        if not overlaps(self._word.unknown, (node.start, node.end)):
            return value
        if isinstance(value, dict):
            return self._object(value, node, pointer)
        if isinstance(value, list):
            if any(child.start in self._scalars for child in (node.children or {}).values()):
                self._notes.unknown[pointer] = "array"  # an expansion may be several items
                return value
            children = node.children or {}
            return [
                self.marked(item, children[index], (*pointer, index)) if index in children else item
                for index, item in enumerate(value)
            ]
        is_string = node.start not in self._scalars
        self._notes.unknown[pointer] = "string" if is_string else None
        return self._word.text[node.start + is_string : node.end - is_string]

    def _object(self, value: dict[str, Any], node: Node, pointer: Pointer) -> dict[str, Any]:
        children = node.children or {}
        found = {}
        for key, member in value.items():
            child = children.get(key)
            if child is not None and child.key and overlaps(self._word.unknown, child.key):
                self._notes.open.add(pointer)
            else:
                found[key] = member if child is None else self.marked(member, child, (*pointer, key))
        return found


def shifted(node: Node, by: int) -> Node:
    """Move a node and all below it by a number of characters. Return the node."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        one.start, one.end = one.start + by, one.end + by
        one.key = one.key and (one.key[0] + by, one.key[1] + by)
        waiting += (one.children or {}).values()
    return node


def _shifted_problem(problem: Problem, by: int, pointer: Pointer) -> Problem:
    correction = problem.correction and (problem.correction[0] + by, problem.correction[1] + by, problem.correction[2])
    return problem._replace(
        start=problem.start + by,
        end=problem.end + by,
        pointer=(*pointer, *problem.pointer),
        parameters={name: _reworded(text) for name, text in problem.parameters.items()},
        related=tuple((text, start + by, end + by) for text, start, end in problem.related),
        correction=correction,
    )


def _reworded(text: str) -> str:
    for old, new in _WORDS.items():
        text = text.replace(old, new)
    return text
