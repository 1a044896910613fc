"""Code actions: fix a finding, fix all findings, suppress a finding, show the page of its rule."""

import re
from collections.abc import Iterator, Sequence

from lsprotocol import types

from sm_lint.fixes import apply as fixes
from sm_lint.lsp.opened import Opened
from sm_lint.lsp.text import Encoding, range_of
from sm_lint.model.diagnostic import Diagnostic, Edit
from sm_lint.sources import document
from sm_lint.sources.document import Document

EXPLAIN = "sm-lint.explain"
FIX_ALL = "source.fixAll.sm-lint"
_IGNORE = re.compile(r"[ \t]*# sm-lint: ignore\[([A-Z0-9, ]+)\]")


def edits_of(read: Document, edits: Sequence[Edit], encoding: Encoding) -> list[types.TextEdit]:
    """Return edits as LSP text edits."""
    return [types.TextEdit(range_of(read, edit.range, encoding), edit.text) for edit in edits]


def fixes_at(opened: Opened, diagnostics: Sequence[Diagnostic], start: int, end: int) -> Iterator[Diagnostic]:
    """Yield each diagnostic that touches a range of offsets and has a fix that works."""
    for diagnostic in touching(diagnostics, start, end):
        if diagnostic.fix and fixes.works(opened.document, diagnostics, [diagnostic], opened.lint):
            yield diagnostic


def touching(diagnostics: Sequence[Diagnostic], start: int, end: int) -> list[Diagnostic]:
    """Return the diagnostics whose span touches a range of offsets in code points."""
    return [d for d in diagnostics if d.range.start.offset <= end and start <= d.range.end.offset]


def fix_all(opened: Opened) -> list[Edit]:
    """Return one edit that applies all safe fixes, in a list; an empty list if there are none."""
    read = opened.document
    after, count = fixes.fix_all(read, opened.lint, unsafe=False)
    if not count:
        return []
    old, new = read.text, after.text
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    tail = next((i for i in range(shorter - head) if old[-1 - i] != new[-1 - i]), shorter - head)
    return [Edit(read.span(head, len(old) - tail), new[head : len(new) - tail])]


def suppressing(read: Document, diagnostic: Diagnostic) -> list[Edit]:
    """Return the edit that adds a suppression comment above a finding, in a list.

    The list is empty for JSON, and if a comment there would become part of a value.
    """
    if read.syntax != "yaml":
        return []
    number = diagnostic.range.start.line
    start = read.line_starts[number - 1]
    above = _IGNORE.match(read.line(number - 1)) if number > 1 else None
    if above:
        at = read.line_starts[number - 2] + above.end(1)
        edit = Edit(read.span(at, at), f", {diagnostic.code}")
    else:
        line = read.line(number)
        indent = line[: len(line) - len(line.lstrip())]
        ending = read.text[start + len(line) : read.line_starts[number]] if number < len(read.line_starts) else "\n"
        edit = Edit(read.span(start, start), f"{indent}# sm-lint: ignore[{diagnostic.code}]{ending}")
    after = document.read(read.name, fixes.applied(read.text, [edit]).encode(errors="replace"), "yaml")
    return [edit] if after.value == read.value else []
