"""The code in a file: its syntax trees, and the offsets of their nodes."""

import ast
from array import array
from collections.abc import Callable
from typing import NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.model.span import SourceText
from sm_lint.sources.reading import Reading

Range = tuple[int, int]
"""A start and an end offset in code points; the end is exclusive."""


class Pieces(NamedTuple):
    """The strings of a notebook that have its code."""

    notebook: Reading
    pointers: list[Pointer]
    starts: list[int]
    """The offset in the code at which the text of each begins."""


class Code(NamedTuple):
    """The code in a file, or in the cells of a notebook one after the other."""

    text: str
    tree: ast.Module
    """The syntax tree, with the lines of the text."""
    doubtful: frozenset[str] = frozenset()
    """The names in cells that could not be parsed: what they stand for is unknown."""
    pieces: Pieces | None = None
    """Where the text stands in a notebook; None if it is the text of the file."""


def ranges(text: str) -> Callable[[ast.expr | ast.keyword], Range]:
    """Return `range_of(node)`: the offsets, in the text, of a node of its tree.

    A node has a 1-based line, and a 0-based column in bytes of UTF-8.
    """
    source = SourceText("", text)
    tables: dict[int, array[int] | None] = {}

    def offset(line: int, column: int) -> int:
        if line not in tables:
            tables[line] = _characters(source.line(line))
        table = tables[line]
        start = source.line_starts[line - 1]
        return start + (column if table is None else table[min(column, len(table) - 1)])

    def range_of(node: ast.expr | ast.keyword) -> Range:
        start = offset(node.lineno, node.col_offset)
        return start, offset(node.end_lineno or node.lineno, node.end_col_offset or 0)

    return range_of


def _characters(line: str) -> "array[int] | None":
    """Return the number of the character that each byte of a line belongs to; None if each character is a byte."""
    if line.isascii():
        return None
    table = array("L")
    for number, character in enumerate(line):
        table.extend([number] * len(character.encode(errors="surrogatepass")))
    table.append(len(line))
    return table
