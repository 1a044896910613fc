"""The format for people: the message, the source line with carets under the exact characters, and advice."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from sm_lint.model.escape import one_line
from sm_lint.output import WIDTH
from sm_lint.output.summary import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.report import Report
    from sm_lint.model.span import SourceText, Span

Segment = tuple[str, str]
"""A text and its style for rich; the empty string for no style."""

_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_MARGIN = "bold blue"
_NARROWEST, _WIDEST = 20, 1000


def render(report: Report, *, color: bool = False, quiet: bool = False, width: int = WIDTH) -> str:
    """Return the report as text; `color` adds terminal control sequences to the same text.

    The lines of a source, and the carets below them, are at most `width` columns wide, of which there are 20 to 1,000.
    Messages are one line each, however long, which the terminal wraps: so they can be copied and searched for.
    """
    width = max(_NARROWEST, min(width, _WIDEST))
    found = (_diagnostic(diagnostic, report.documents[diagnostic.file], width) for diagnostic in report.diagnostics)
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


def _diagnostic(diagnostic: Diagnostic, document: SourceText, width: int) -> Iterator[Segment]:
    from sm_lint.output.paths import shown  # imported lazily: a clean run has no finding

    style = _STYLES[diagnostic.severity.value]
    yield f"{diagnostic.severity.value}[", style
    yield diagnostic.code, f"{style} link {diagnostic.url}" if diagnostic.url else style
    yield "]", style
    yield f": {diagnostic.message}\n", "bold"
    start = diagnostic.range.start
    pad = " " * len(str(start.line + 1))
    yield f"{pad}--> ", _MARGIN
    yield f"{shown(diagnostic.file)}:{start.line}:{start.column}\n", ""
    yield from _frame(diagnostic.range, document, pad, style, width)
    if diagnostic.pointer or diagnostic.inner_pointer:
        yield from _note(pad, "at", _pointers(diagnostic))
    for place in diagnostic.related:
        at = f"{shown(place.file)}:{place.range.start.line}:{place.range.start.column}"
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


def _pointers(diagnostic: Diagnostic) -> str:
    inner = f", in its JSON at {one_line(diagnostic.inner_pointer)}" if diagnostic.inner_pointer else ""
    return f"{one_line(diagnostic.pointer)}{inner}"


def _frame(span: Span, document: SourceText, pad: str, style: str, width: int) -> Iterator[Segment]:
    """Yield the lines of the frame of a span, if there is something to show."""
    from sm_lint.output.frame import frame  # imported lazily: a clean run has no frame

    shown = frame(span, document, width - len(f"{pad} | "))
    if shown is None:
        return
    yield f"{pad} |\n", _MARGIN
    if shown.above is not None:
        yield from _line(shown.line - 1, shown.above, pad)
    yield from _line(shown.line, "".join(shown.window), pad)
    yield f"{pad} | ", _MARGIN
    yield " " * shown.indent, ""
    yield "^" * shown.carets + "\n", style
    if shown.below is not None:
        yield from _line(shown.line + 1, shown.below, pad)


def _line(number: int, text: str, pad: str) -> Iterator[Segment]:
    yield f"{number:>{len(pad)}} | ", _MARGIN
    yield f"{text.rstrip()}\n", ""


def plain_frame(span: Span, document: SourceText) -> str:
    """Return the frame of a span as lines without colors; the empty string if there is nothing to show.

    Each line begins with the number of a line or a space, then has a bar.
    """
    pad = " " * len(str(span.start.line + 1))
    return "".join(text for text, _ in _frame(span, document, pad, "", WIDTH))
