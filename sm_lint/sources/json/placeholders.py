"""Placeholders without quotes in a JSON text: `{"Tags": ${TAGS}}` is valid once the placeholder is filled in."""

import re
from collections.abc import Iterable, Iterator

from sm_lint.model.pointer import Pointer
from sm_lint.sources.json.tokens import tokens
from sm_lint.sources.reading import Node

_LONGEST = 1024
"""The maximum length of a placeholder, which also ends with its line, in code points."""
_ENDS = " \t\r\n,]}"
_COLLECTION = re.compile(r'\[|\{[ \t\r\n]*["}]')


def filled_in(text: str, placeholders: tuple[str, ...]) -> tuple[str, list[int]]:
    """Return a text of the same length with a scalar for each placeholder that stands for a value, and their offsets.

    In `placeholders`, `*` stands for any text. A placeholder counts only where JSON wants a value.
    """
    forms = [parts for form in placeholders if (parts := form.split("*"))[0]]
    pieces: list[str] = []
    starts: list[int] = []
    done = 0
    for start, end in _stretches(text, forms):
        pieces += [text[done:start], '"'.ljust(end - start - 1) + '"' if end - start > 1 else "0"]
        starts.append(start)
        done = end
    return "".join([*pieces, text[done:]]), starts


def _stretches(text: str, forms: list[list[str]]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each placeholder that stands where a value is wanted."""
    inside: list[str] = []
    wants_value = True
    found = tokens(text)
    while token := next(found, None):
        is_json = token.text.startswith('"') or _COLLECTION.match(text, token.start)
        end = _end(text, token.start, forms) if wants_value and not is_json else None
        if end:
            yield token.start, end
            found = tokens(text, end)
        elif token.text in "{[":
            inside.append(token.text)
        elif token.text in "}]" and inside:
            inside.pop()
        wants_value = not end and (token.text in ":[" or (token.text == "," and inside[-1:] == ["["]))


def _end(text: str, at: int, forms: list[list[str]]) -> int | None:
    """Return the end of the placeholder at an offset, if there is one and a value may end there."""
    for first, *others in forms:
        if text.startswith(first, at):
            end = _after(text, at + len(first), others)
            if end and text[end : end + 1].strip(_ENDS) == "":
                return end
    return None


def _after(text: str, at: int, parts: list[str]) -> int | None:
    """Return the offset after the parts of a form, which follow each other in the line; None if they do not."""
    line = text[at : at + _LONGEST].splitlines()[:1]
    limit = at + len(line[0] if line else "")
    for part in parts:
        found = text.find(part, at, limit) if part else _end_of_word(text, at, limit)
        if found < 0:
            return None
        at = found + len(part)
    return at


def _end_of_word(text: str, at: int, limit: int) -> int:
    return next((end for end in range(at, limit) if text[end] in _ENDS), limit)


def pointers_of(root: Node, starts: Iterable[int]) -> Iterator[Pointer]:
    """Yield the pointers of the values that begin at the given offsets."""
    return _pointers_of(root, frozenset(starts), ())


def _pointers_of(node: Node, starts: frozenset[int], pointer: Pointer) -> Iterator[Pointer]:
    if node.children is None:
        if node.start in starts:
            yield pointer
        return
    for step, child in node.children.items():
        yield from _pointers_of(child, starts, (*pointer, step))
