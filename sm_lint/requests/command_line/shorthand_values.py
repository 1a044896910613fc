"""The value of a text in shorthand by the shapes of the API, with its places."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.requests.command_line.files import Content
from sm_lint.requests.command_line.json_words import overlaps
from sm_lint.requests.command_line.notes import Notes, refused
from sm_lint.requests.command_line.shorthand import Items, Member, Members, Part, Text
from sm_lint.requests.command_line.words import Word
from sm_lint.requests.shapes import Shape, Shapes
from sm_lint.sources.reading import Node, Problem

Resolve = Callable[[Word, Pointer], Content | None]
"""Returns the content of the file that a word names; None if it names none."""

_NEXT_MEMBER = re.compile(r"(?<!\s)(?:\s+|\s*;\s*)([A-Za-z0-9]+)\s*=")
_PLAIN = re.compile(r"[^'\\]*\Z")


class Sent:
    """What the AWS CLI sends of texts in shorthand."""

    def __init__(self, word: Word, shapes: Shapes, resolve: Resolve, notes: Notes) -> None:
        self._word, self._shapes, self._resolve, self._notes = word, shapes, resolve, notes

    def value(self, part: Part, shape: Shape, pointer: Pointer, holder: Shape) -> tuple[Any, Node]:
        """Return the value and the node of a part at a pointer, by its shape. `holder` is the shape of its object.

        The AWS CLI makes a list of what is none where the API wants one, and does not look into it further.
        """
        if shape.type == "array" and not isinstance(part, Items) and not self._may_be_any(part):
            value, node = self.value(part, Shape(), (*pointer, 0), holder)
            around = Node(node.start, node.end, None, collection=True)
            around.children = {0: node}
            return [value], around
        if isinstance(part, Members):
            return self._members(part, shape, pointer)
        if isinstance(part, Items):
            return self._items(part, shape, pointer, holder)
        return self._text(part, shape, pointer, holder)

    def _members(self, part: Members, shape: Shape, pointer: Pointer) -> tuple[Any, Node]:
        node = self._node(part, collection=True)
        children: dict[str | int, Node] = {}
        node.children = children
        value: dict[str, Any] = {}
        last: dict[str, Member] = {}
        for member in part.members:
            earlier = last.get(member.key)
            if earlier:
                self._repeated(earlier, member, (*pointer, member.key))
            last[member.key] = member
        for key, member in last.items():
            if overlaps(self._word.unknown, (member.start, member.end)):
                self._notes.open.add(pointer)
                continue
            of_member = self._shapes.of_member(shape, key)
            if any(text.is_second and self._is_unknown(text) for text in _texts(member.value)):
                self._notes.open.add(pointer)  # the expansion may be the next member
                value[key], child = self._unknown(member.value, (*pointer, key), None)
            else:
                value[key], child = self.value(member.value, of_member, (*pointer, key), shape)
            child.key = member.start + self._word.start, member.end + self._word.start
            children[key] = child
        if shape.type in ("integer", "boolean"):
            self._refuse(part, shape, pointer)
        return value, node

    def _items(self, part: Items, shape: Shape, pointer: Pointer, holder: Shape) -> tuple[Any, Node]:
        if any(self._may_be_any(item) for item in part.items):
            return self._unknown(part, pointer, "array" if shape.type != "string" else None)
        node = self._node(part, collection=True)
        of_items = self._shapes.of_items(shape)
        found = [self.value(item, of_items, (*pointer, at), Shape()) for at, item in enumerate(part.items)]
        node.children = {at: child for at, (_, child) in enumerate(found)}
        if shape.type in ("integer", "boolean"):
            self._refuse(part, shape, pointer)
        elif shape.type == "string" and not part.has_brackets:
            self._becomes_a_list(part, pointer)
        else:
            last = part.items[-1] if part.items else None
            if isinstance(last, Text) and not part.has_brackets:
                self._look_for_a_forgotten_comma(last, holder, pointer)
        return [value for value, _ in found], node

    def _text(self, part: Text, shape: Shape, pointer: Pointer, holder: Shape) -> tuple[Any, Node]:
        node = self._node(part)
        if self._is_unknown(part):
            self._notes.unknown[pointer] = "string" if part.is_quoted and shape.type == "string" else None
            return self._word.text[part.start + part.is_quoted : part.end - part.is_quoted], node
        value = part.value
        if part.may_be_file:
            content = self._resolve(Word(value, node.start), pointer)
            if content is not None:
                if content.text is None:
                    self._notes.unknown[pointer] = "string"
                    return value, node
                value = content.text
        if not part.is_quoted:
            self._look_for_a_forgotten_comma(part, holder, pointer)
        if shape.type == "integer":
            return self._integer(value, part, shape, pointer), node
        if shape.type == "boolean":
            return {"true": True, "false": False}.get(value.lower(), value), node
        return value, node

    def _integer(self, value: str, part: Text, shape: Shape, pointer: Pointer) -> int | str:
        try:
            return int(value)
        except ValueError:
            self._refuse(part, shape, pointer)
            return value

    def _node(self, part: Part, *, collection: bool = False) -> Node:
        return Node(part.start + self._word.start, part.end + self._word.start, None, collection=collection)

    def _may_be_any(self, part: Part) -> bool:
        """Return whether a part is an expansion without quotes, which may be several texts, or a list."""
        return isinstance(part, Text) and not part.is_quoted and self._is_unknown(part)

    def _unknown(self, part: Part, pointer: Pointer, type_: str | None) -> tuple[Any, Node]:
        self._notes.unknown[pointer] = type_
        return self._word.text[part.start : part.end], self._node(part)

    def _is_unknown(self, text: Text) -> bool:
        return overlaps(self._word.unknown, (text.start, text.end))

    def _refuse(self, part: Part, shape: Shape, pointer: Pointer) -> None:
        what = {"integer": "an integer", "boolean": "`true` or `false`"}[shape.type or ""]
        advice = f"Write {what} after `{pointer[-1]}=`."
        place = Word(self._word.text[part.start : part.end], part.start + self._word.start)
        self._notes.problems.append(refused(place, pointer, f"`{pointer[-1]}`, which is not {what}", advice))
        self._notes.unknown[pointer] = None

    def _becomes_a_list(self, part: Items, pointer: Pointer) -> None:
        source = self._word.text[part.start : part.end]
        quoted = f"'{source}'" if _PLAIN.match(source) and '"' not in source else None
        name = pointer[-1]
        advice = f"Put the text of `{name}` in quotes that reach the CLI, such as `\"{name}='a,b'\"`."
        found = f"a comma, which makes `{name}` a list"
        self._add(part, pointer, found, advice, quoted)

    def _look_for_a_forgotten_comma(self, part: Text, holder: Shape, pointer: Pointer) -> None:
        """Report a blank or a semicolon within a text before what looks like the next member of the object."""
        known = holder.schema.get("properties", ())
        match = _NEXT_MEMBER.search(self._word.text, part.start, part.end)
        while match and match[1] not in known:
            match = _NEXT_MEMBER.search(self._word.text, match.end(), part.end)
        if not match or self._is_unknown(part):
            return
        blank = Text("", match.start(), match.start(1))
        what = "semicolon" if ";" in match[0] else "blank"
        found = f"a {what} before `{match[1]}=`, which makes that a part of the text before it"
        self._add(blank, pointer, found, f"Write a comma in place of the {what}.", ",")

    def _repeated(self, earlier: Member, member: Member, pointer: Pointer) -> None:
        key = Text("", member.start, member.end)
        found = f"`{member.key}` twice in an object, of which the last one counts"
        by = self._word.start
        related = (("earlier value, which is ignored", earlier.start + by, earlier.end + by),)
        self._add(key, pointer, found, "Remove one of them.")
        self._notes.problems[-1] = self._notes.problems[-1]._replace(related=related)

    def _add(self, part: Part, pointer: Pointer, found: str, advice: str, new: str | None = None) -> None:
        """Add a problem of a text that the AWS CLI accepts, and that hardly means what it says."""
        start, end = part.start + self._word.start, part.end + self._word.start
        parameters = {"member": str(pointer[-1]), "found": found, "advice": advice}
        correction = None if new is None else (start, end, new)
        self._notes.problems.append(
            Problem("shorthand-meaning", start, end, pointer, parameters, correction=correction)
        )


def _texts(part: Part) -> Iterator[Text]:
    """Yield the texts of a list without brackets, or the text."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, Items) and not part.has_brackets:
        yield from (item for item in part.items if isinstance(item, Text))
