"""The format for people: the message, the source line with carets under the exact characters, and advice."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from sm_lint.model.escape import visible
from sm_lint.output.summary import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.report import Report
    from sm_lint.model.span import SourceText

Segment = tuple[str, str]
"""A text and its style for rich; the empty string for no style."""

_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_MARGIN = "bold blue"
# A longer line is truncated: the number of code points shown before and after the start of the range.
_BEFORE, _AFTER = 70, 100


def render(report: Report, *, color: bool = False, quiet: bool = False) -> str:
    """Return the report as text; `color` adds terminal control sequences to the same text."""
    found = (_diagnostic(diagnostic, report.documents[diagnostic.file]) for diagnostic in report.diagnostics)
    parts = chain(found, [] if quiet else [[(f"{sentence(report)}\n", "")]])
    return _colored(parts) if color else "".join(text for segments in parts for text, _ in segments)


def _colored(parts: Iterable[Iterable[Segment]]) -> str:
    """Return the segments of all parts with colors. Each part is printed on its own: rich needs much memory for one."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    target = StringIO()
    console = Console(file=target, force_terminal=True, color_system="standard", soft_wrap=True, highlight=False)
    for segments in parts:
        console.print(Text.assemble(*segments), end="")
    # rich gives each link a random id; equal reports should be equal texts
    return re.sub("\x1b]8;id=[0-9]+;", "\x1b]8;;", target.getvalue())


def _diagnostic(diagnostic: Diagnostic, document: SourceText) -> Iterator[Segment]:
    style = _STYLES[diagnostic.severity.value]
    yield f"{diagnostic.severity.value}[", style
    yield diagnostic.code, f"{style} link {diagnostic.url}" if diagnostic.url else style
    yield "]", style
    yield f": {diagnostic.message}\n", "bold"
    start = diagnostic.range.start
    pad = " " * len(str(start.line + 1))
    yield f"{pad}--> ", _MARGIN
    yield f"{visible(diagnostic.file)}:{start.line}:{start.column}\n", ""
    if document.text:
        yield from _frame(diagnostic, document, pad, style)
    for place in diagnostic.related:
        at = f"{visible(place.file)}:{place.range.start.line}:{place.range.start.column}"
        yield from _note(pad, "note", f"{place.message}: {at}")
    if diagnostic.help:
        yield from _note(pad, "help", diagnostic.help)
    if diagnostic.fix:
        option = "--fix" if diagnostic.fix.safety == "safe" else "--fix --unsafe-fixes"
        yield from _note(pad, "fix", f"{diagnostic.fix.message} ({option})")
    if diagnostic.not_fixed:
        yield from _note(pad, "not fixed", diagnostic.not_fixed)
    yield from _note(pad, "rule", f"{diagnostic.name}; more: {diagnostic.url or f'sm-lint rule {diagnostic.code}'}")
    yield "\n", ""


def _note(pad: str, label: str, text: str) -> Iterator[Segment]:
    yield f"{pad} = ", _MARGIN
    yield label, "bold"
    yield f": {text}\n", ""


def _frame(diagnostic: Diagnostic, document: SourceText, pad: str, style: str) -> Iterator[Segment]:
    """Yield the line where the range starts, the line with the carets, and the lines before and after."""
    from rich.cells import cell_len  # imported lazily: a clean run has no frame

    (line, column, _), (end_line, end_column, _) = diagnostic.range
    yield f"{pad} |\n", _MARGIN
    if line > 1:
        yield from _line(line - 1, _beginning(document, line - 1), pad)
    start, end = document.line_range(line)
    first = column - 1
    last = end_column - 1 if end_line == line else end - start
    cut = max(first - _BEFORE, 0)
    shown_end = min(max(last, first + 1), first + _AFTER)
    window = document.text[start + cut : min(start + first + _AFTER, end)]  # the line may have millions of characters
    before, marked = ("…" if cut else "") + _shown(window[: first - cut]), _shown(window[first - cut : shown_end - cut])
    after = _shown(window[shown_end - cut :]) + ("…" if end - start > first + _AFTER else "")
    yield from _line(line, before + marked + after, pad, raw=False)
    yield f"{pad} | ", _MARGIN
    yield " " * cell_len(before), ""
    yield "^" * max(cell_len(marked), 1) + "\n", style
    if line < len(document.line_starts) and (following := _beginning(document, line + 1)).strip():
        yield from _line(line + 1, following, pad)


def _beginning(document: SourceText, number: int) -> str:
    """Return as much of a line as is shown of one without a range."""
    start, end = document.line_range(number)
    return document.text[start : min(start + _BEFORE + _AFTER, end)]


def _line(number: int, text: str, pad: str, *, raw: bool = True) -> Iterator[Segment]:
    yield f"{number:>{len(pad)}} | ", _MARGIN
    yield f"{_shown(text) if raw else text}".rstrip() + "\n", ""


def _shown(text: str) -> str:
    return visible(text.replace("\t", "    "))
