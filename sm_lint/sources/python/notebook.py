"""The code of a Jupyter notebook: the cells in their order, without what only IPython understands."""

import ast
import re
from collections.abc import Callable, Iterator
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.model.span import SourceText
from sm_lint.sources.limits import MAX_BYTES
from sm_lint.sources.python.code import Code, Pieces
from sm_lint.sources.python.tree import tree_of

_NAME = re.compile(r"[^\W\d]\w*")
_OF_CELLS = re.compile(r"\s*%%[ \t]*(\w+)")
_PYTHON = ("capture", "time", "timeit", "prun", "python", "python3", "local")
"""The cell magics after which Python follows."""
_TIMED = re.compile(r"^([ \t]*)(%(?:time|timeit|prun)[ \t]+)(?=[^\s-])", re.MULTILINE)
"""The line magics before a statement of Python."""
_MAGIC = re.compile(r"^([ \t]*)([%!?][^\r\n]*|[\w.]+\?{1,2}[ \t]*$)", re.MULTILINE)
_RESULT = re.compile(r"^([ \t]*\w[\w., ]*=[ \t]*)([%!][^\r\n]*)", re.MULTILINE)


def code_of(data: bytes, text: str) -> Code | None:
    """Return the code of a notebook, given as UTF-8 and decoded; None if the text is no notebook."""
    from sm_lint.sources.json import reader as json

    reading = json.read(data, text)
    cells = reading.value.get("cells") if isinstance(reading.value, dict) else None
    if reading.problems or not isinstance(cells, list):
        return None
    sources: list[str] = []
    pointers: list[Pointer] = []
    starts: list[int] = []
    body: list[ast.stmt] = []
    doubtful: set[str] = set()
    length = lines = 0
    for pieces in _cells(cells):
        for pointer, piece in pieces:
            pointers.append(pointer)
            starts.append(length)
            length += len(piece)
        source = "".join(piece for _, piece in pieces) + "\n"
        tree = tree_of(source) or tree_of(_without_magics(source)) if length <= MAX_BYTES["python"] else None
        if tree:
            body += ast.increment_lineno(tree, lines).body
        else:
            doubtful.update(_NAME.findall(source))
        sources.append(source)
        length += 1
        lines += len(SourceText("", source).line_starts) - 1
    tree = ast.Module(body, [])
    return Code("".join(sources), tree, frozenset(doubtful), Pieces(reading, pointers, starts))


def _cells(cells: list[Any]) -> Iterator[list[tuple[Pointer, str]]]:
    """Yield the texts of each cell that has code, with their pointers in the notebook."""
    for number, cell in enumerate(cells):
        source = cell.get("source") if isinstance(cell, dict) and cell.get("cell_type") == "code" else None
        at: Pointer = ("cells", number, "source")
        if isinstance(source, str):
            yield [(at, source)]
        elif isinstance(source, list):
            yield [((*at, index), line) for index, line in enumerate(source) if isinstance(line, str)]


def _without_magics(source: str) -> str:
    """Return the code of a cell of the same length, with a number in place of what only IPython understands.

    A cell that is not Python is returned as it is.
    """
    magic = _OF_CELLS.match(source)
    if magic and magic[1] not in _PYTHON:
        return source
    return _RESULT.sub(_with("_"), _MAGIC.sub(_with("0"), _TIMED.sub(_with("0;"), source)))


def _with(stand_in: str) -> Callable[[re.Match[str]], str]:
    return lambda match: match[1] + stand_in.ljust(len(match[2]))
