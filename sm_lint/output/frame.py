"""The frame of a finding: the line where it starts, the carets below it, and the lines before and after."""

from typing import NamedTuple

from sm_lint.model.span import SourceText, Span
from sm_lint.output.cells import width
from sm_lint.output.window import Window, window


class Frame(NamedTuple):
    """What is shown of a text. A cell is a column of a terminal."""

    line: int
    """The number of the line where the span starts, 1-based."""
    window: Window
    """What is shown of this line."""
    indent: int
    """The number of cells before the carets."""
    carets: int
    """The number of carets, at least one."""
    above: str | None
    """The beginning of the line before; None if there is none to show."""
    below: str | None
    """The beginning of the line after; None if there is none to show, or nothing is seen of it."""


def frame(span: Span, document: SourceText, room: int) -> Frame | None:
    """Return the frame of a span, its lines at most `room` cells wide; None if there is nothing to show."""
    line = span.start.line
    shown = document.around(line)
    if not shown:
        return None

    def beginning(number: int) -> str | None:
        if number not in shown:
            return None
        extent = document.line_range(number)
        return "".join(window(document.text, extent, (extent[0], extent[0]), room))

    first, last = map(document.in_text, span)
    start, end = document.line_range(first.line)
    marked = min(first.offset, end), min(last.offset, end)  # neither in the line break, nor behind it
    of_line = window(document.text, (start, end), marked, room)
    carets = max(width(of_line.marked), 1)
    below = beginning(line + 1)
    seen = below if below and below.strip(" …") else None
    return Frame(line, of_line, width(of_line.before), carets, beginning(line - 1), seen)
