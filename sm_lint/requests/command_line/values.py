"""The value that the words after an option give to its member."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.requests.command_line import notes as noted
from sm_lint.requests.command_line.files import Content, Read, content
from sm_lint.requests.command_line.json_words import json_value
from sm_lint.requests.command_line.notes import Notes, refused
from sm_lint.requests.command_line.options import Given
from sm_lint.requests.command_line.shorthand import ShorthandError, parse
from sm_lint.requests.command_line.shorthand_errors import explained
from sm_lint.requests.command_line.shorthand_values import Sent
from sm_lint.requests.command_line.words import Range, Word
from sm_lint.requests.shapes import Shape, Shapes
from sm_lint.sources.reading import Node

REFUSALS = frozenset((
    "unknown-option", "ambiguous-option", "stray-word", "two-inputs", "option-value", "shorthand-syntax", "json-syntax",
))  # fmt: skip
"""The problems with which the AWS CLI sends nothing."""

_Value = tuple[Any, Node]


def value_of(given: Given, member: str, shapes: Shapes, read: Read, notes: Notes) -> tuple[Any, Node]:
    """Return the value of a member that an option gives, and its node. What is noticed goes into the notes."""
    shape, pointer = shapes.of_member(shapes.root, member), (member,)
    key = given.word.start, given.word.end
    values = Values(shapes, read, notes, given.option.name)
    if shape.type == "boolean":
        value, node = not given.option.name.startswith("--no-"), Node(*key, None)
    elif shape.type == "array":
        value, node = values.list(given.values, shape, pointer)
        if not given.values:
            node.start, node.end = key
    elif shape.type == "object":
        value, node = values.structure(given.values[0], shape, pointer)
    else:
        value, node = values.string(given.values[0], pointer)
    node.key = key
    return value, node


class Values:
    """Reads the values of one option. What is noticed goes into the notes."""

    def __init__(self, shapes: Shapes, read: Read, notes: Notes, option: str) -> None:
        self._shapes, self._read, self._notes, self._option = shapes, read, notes, option

    def string(self, word: Word, pointer: Pointer) -> _Value:
        """Return the value of a member that is a string, and its node."""
        found = content(word, self._option, pointer, self._read, self._notes)
        if word.unknown or (found is not None and found.text is None):
            self._notes.unknown[pointer] = "string"
        text = found.text if found is not None and found.text is not None else word.text
        return text, Node(word.start, word.end, None)

    def structure(self, word: Word, shape: Shape, pointer: Pointer) -> _Value:
        """Return the value of a member that is an object, and its node."""
        found = self._content(word, pointer)
        return self._one(word, shape, pointer) if found is None else self._of_file(found, word, shape, pointer)

    def list(self, words: Sequence[Word], shape: Shape, pointer: Pointer) -> _Value:
        """Return the value of a member that is a list, and its node."""
        if any(word.may_be_several for word in words[1:]):
            self._notes.open.update(((), pointer))
        if words and words[0].begins_unknown():
            return self._unknown(words[0], pointer)
        if len(words) == 1:
            found = self._content(words[0], pointer)
            if found is not None:
                return self._of_file(found, words[0], shape, pointer)
            if words[0].text.strip().startswith("["):
                return json_value(words[0], pointer, self._notes)
        node = (
            Node(words[0].start, words[-1].end, None, collection=True) if words else Node(0, 0, None, collection=True)
        )
        is_json = bool(words) and _is_json(words[0])
        items = []
        for at, (word, following) in enumerate(zip_longest(words, words[1:])):
            item = self._json_item(word, (*pointer, at)) if is_json else None
            items.append(item or self._shorthand(word, self._shapes.of_items(shape), (*pointer, at), following))
        node.children = {at: child for at, (_, child) in enumerate(items)}
        return [value for value, _ in items], node

    def _json_item(self, word: Word, pointer: Pointer) -> _Value | None:
        """Return the value of one of the words of a list that begins with JSON; None if it is unknown."""
        if word.begins_unknown():
            return None
        if word.text.lstrip().startswith("{"):
            return json_value(word, pointer, self._notes)
        if word.text.lstrip().startswith("["):
            return self._refused(word, pointer, "a JSON list beside other words", "Write one list with all items.")
        advice = "Write all words of the list as JSON objects, or the whole list as one word."
        return self._refused(word, pointer, "a word that is no JSON object, after one that is JSON", advice)

    def _one(self, word: Word, shape: Shape, pointer: Pointer) -> _Value:
        if not _is_json(word):
            return self._shorthand(word, shape, pointer, None)
        if word.text.lstrip().startswith("{"):
            return json_value(word, pointer, self._notes)
        return self._refused(word, pointer, "a JSON array where an object is expected", "Write one JSON object.")

    def _shorthand(self, word: Word, shape: Shape, pointer: Pointer, following: Word | None) -> _Value:
        if word.begins_unknown():
            if word.may_be_several and len(pointer) > 1:
                self._notes.optional.add(pointer)
            return self._unknown(word, pointer)
        try:
            part = parse(word.masked)
        except ShorthandError as error:
            if not _may_be_right(word, error):
                is_list = len(pointer) > 1
                self._notes.problems.append(explained(word, error, pointer, following, is_list=is_list))
            return self._unknown(word, pointer)
        return Sent(word, self._shapes, self._content, self._notes).value(part, shape, pointer, Shape())

    def _content(self, word: Word, pointer: Pointer) -> Content | None:
        if word.begins_unknown():
            return None
        return content(word, self._option, pointer, self._read, self._notes)

    def _of_file(self, found: Content, word: Word, shape: Shape, pointer: Pointer) -> _Value:
        """Return the value that the content of a file gives. Nothing in it has a place in the command."""
        if found.text is None:
            return self._unknown(word, pointer)
        notes, text = noted.empty(), Word(found.text, 0)
        inner = Values(self._shapes, self._read, notes, self._option)
        if shape.type == "array" and text.text.strip().startswith("["):
            value, _ = json_value(text, pointer, notes)
        elif shape.type == "array" and _is_json(text):
            return self._refused(word, pointer, "a file with an object where a list is expected", "Write a list there.")
        else:  # shorthand in a file is one object, even where the API wants a list
            value, _ = inner._one(text, Shape() if shape.type == "array" else shape, pointer)
        self._notes.unknown.update(notes.unknown)
        self._notes.open.update(notes.open)
        self._notes.files.extend(file._replace(start=word.start, end=word.end) for file in notes.files)
        refusal = next((problem for problem in notes.problems if problem.kind in REFUSALS), None)
        if refusal:
            what = refusal.parameters.get("found", "an error")
            return self._refused(word, pointer, f"a file with an error: {what}", "Correct the file.")
        return value, Node(word.start, word.end, None)

    def _unknown(self, word: Word, pointer: Pointer) -> _Value:
        self._notes.unknown[pointer] = None
        return word.text, Node(word.start, word.end, None)

    def _refused(self, word: Word, pointer: Pointer, found: str, advice: str) -> _Value:
        self._notes.problems.append(refused(word, pointer, found, advice))
        return self._unknown(word, pointer)


def _is_json(word: Word) -> bool:
    return word.text.strip().startswith(("{", "["))


def _may_be_right(word: Word, error: ShorthandError) -> bool:
    """Return whether an expansion before an error may take it away: it stands for more than a text of its own."""
    if word.unknown and word.unknown[-1][1] == len(word.text) <= error.at:
        return True  # it may have what is missing at the end
    texts = [(text.start, text.end) for text in error.texts if not text.is_second]
    return any(start <= error.at and not _is_within(texts, start, end) for start, end in word.unknown)


def _is_within(ranges: Sequence[Range], start: int, end: int) -> bool:
    """Return whether one of the ranges, which are in order, has all characters of another one."""
    at = bisect_right(ranges, (start, end + 1)) - 1
    return at >= 0 and ranges[at][0] <= start and end <= ranges[at][1]
