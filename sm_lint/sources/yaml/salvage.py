"""YAML texts with a syntax error that cannot be repaired: the smallest block around it is left out, and the rest read.

A block is a line with the lines after it that are indented more deeply.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.sources.reading import Node

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BEGINNING = re.compile(
    r"""(?P<indent>\ *)(?P<dashes>(?:-\ +)*)
    (?P<key>(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s"'#&*!|>%@`{}\[\],?-][^\r\n:#]*)\ *:(?=\s|\Z))?""",
    re.VERBOSE,
)


class Left(NamedTuple):
    """A text of the same length in which a block is left out."""

    text: str
    start: int
    end: int
    unknown_at: int | None
    """The offset of the scalar that stands for the block; None if nothing does, so that a member may be missing."""


class _Line(NamedTuple):
    start: int
    end: int
    indent: int
    """The column of its first character."""
    column: int
    """The column of its key, or of what follows its dashes."""
    content: int
    """The offset after its key and colon, or after its dashes."""
    has_key: bool
    has_dash: bool
    is_blank: bool


def without_block(text: str, at: int) -> Iterator[Left]:
    """Yield the text without a block around the error at an offset: the smallest first, then those around it."""
    lines = [_line(text, match) for match in _LINE.finditer(text) if match[0]]
    number = next((n for n, line in enumerate(lines) if line.start <= at < line.end), len(lines) - 1)
    while number >= 0:
        line = lines[number]
        if line.has_key:
            yield from _left(text, line, line.content, _block_end(lines, number, line.column))
        if line.has_dash:
            start = line.start + line.indent + 2
            yield from _left(text, line, start, _block_end(lines, number, line.indent, of_item=True))
        elif not line.is_blank:
            end = _block_end(lines, number, line.indent)
            yield Left(text[: line.start] + _blank(text[line.start : end]) + text[end:], line.start, end, None)
        number = _parent(lines, number)


def _line(text: str, match: re.Match[str]) -> _Line:
    begins = _BEGINNING.match(text, match.start(), match.end())
    if begins is None:  # it matches anything
        raise ValueError(match[0])
    column = begins.end("dashes") - match.start()
    content = begins.end()
    is_blank = not text[begins.end("indent") : match.end()].split("#", maxsplit=1)[0].strip()
    return _Line(
        match.start(), match.end(), len(begins["indent"]), column, content,
        has_key=begins["key"] is not None, has_dash=bool(begins["dashes"]), is_blank=is_blank,
    )  # fmt: skip


def _block_end(lines: list[_Line], number: int, column: int, *, of_item: bool = False) -> int:
    """Return the end of the last line that belongs to the value in a line, whose key or dash stands at a column.

    The list that a key has may begin in the column of the key.
    """
    end = lines[number].end
    for line in lines[number + 1 :]:
        is_inside = line.indent > column or (line.indent == column and line.has_dash and not of_item)
        if not (line.is_blank or is_inside):
            break
        end = line.end
    return end


def _parent(lines: list[_Line], number: int) -> int:
    """Return the number of the line that a line is a part of; -1 if there is none."""
    here = lines[number]
    for above in range(number - 1, -1, -1):
        line = lines[above]
        is_above = line.indent < here.indent or (here.has_dash and not line.has_dash and line.indent == here.indent)
        if not line.is_blank and is_above:
            return above
    return -1


def _left(text: str, line: _Line, start: int, end: int) -> Iterator[Left]:
    """Yield the text with one character in place of the value that begins at `start`."""
    first = re.compile(r"\s*").match(text, start, end)
    at = first.end() if first else end
    if at >= end or (at == start and text[at - 1 : at] == ":"):
        return
    yield Left(f"{text[:at]}x{_blank(text[at + 1 : end])}{text[end:]}", line.start, end, at)


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)


def doubtful(root: Node, offsets: list[int]) -> tuple[set[Pointer], set[Pointer]]:
    """Return the pointers of the collections in which a member may be missing, and those of scalars that are guesses.

    `offsets` are those of the blocks that have been left out. A block may belong to any collection before it that has
    not ended, or be the rest of the scalar before it.
    """
    collections: set[Pointer] = set()
    scalars: set[Pointer] = set()
    for offset in offsets:
        node = root
        pointer: Pointer = ()
        while node.children is not None:
            collections.add(pointer)
            before = [(step, child) for step, child in node.children.items() if _start(child) <= offset]
            if not before:
                break
            step, node = before[-1]
            pointer = (*pointer, step)
        else:
            scalars.add(pointer)
    return collections, scalars


def _start(node: Node) -> int:
    return node.key[0] if node.key else node.start
