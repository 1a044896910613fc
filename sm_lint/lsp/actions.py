"""Code actions: fix a finding, fix all findings, suppress a finding, show the page of its rule."""

import re
from collections.abc import Sequence
from heapq import nsmallest

from lsprotocol import types

from sm_lint.fixes import apply as fixes
from sm_lint.lsp.opened import Opened
from sm_lint.lsp.text import Encoding, ranges
from sm_lint.model.diagnostic import Diagnostic, Edit
from sm_lint.output.hunk import common_end, common_start
from sm_lint.run.findings import Findings
from sm_lint.sources import document
from sm_lint.sources.document import Document
from sm_lint.sources.documents import documents
from sm_lint.sources.limits import MAX_BYTES

EXPLAIN = "sm-lint.explain"
FIX_ALL = "source.fixAll.sm-lint"
MAX_FINDINGS = 20
"""The maximum number of findings for which one request offers actions. A longer menu would be of no use."""
MAX_WORK = 0.125
"""The maximum work of one request to see which fixes work; for one finding, it is always seen.

To lint a text that is as long as a file may be is 1, and so is to lint one with MANY findings.
"""
MANY = 80_000
_IGNORE = re.compile(r"[ \t]*# sm-lint: ignore\[([A-Z0-9, ]+)\]")


def edits_of(read: Document, edits: Sequence[Edit], encoding: Encoding) -> list[types.TextEdit]:
    """Return edits as LSP text edits."""
    places = ranges(read, [edit.range for edit in edits], encoding)
    return [types.TextEdit(places[edit.range], edit.text) for edit in edits]


def touching(linted: Findings, start: int, end: int) -> list[Diagnostic]:
    """Return the findings that touch a range of offsets in code points; if there are many, those nearest to `start`.

    There are at most MAX_FINDINGS, and fewer if that would be more than MAX_WORK.
    """
    read, all_found = linted.document, linted.reported
    found = [f for f in all_found if f.span.start.offset <= end and start <= f.span.end.offset]
    work = (len(read.text) + 1) / MAX_BYTES[read.syntax] + len(all_found) / MANY
    most = max(1, min(MAX_FINDINGS, int(MAX_WORK / work)))

    def distance(index: int) -> int:
        first, last = found[index].span
        return max(first.offset - start, start - last.offset)

    nearest = sorted(nsmallest(most, range(len(found)), key=distance))
    return linted.linter.worded([found[index] for index in nearest])


def fix_all(opened: Opened, linted: Findings) -> list[Edit]:
    """Return one edit that applies all safe fixes for what was found, in a list; an empty list if there are none."""
    read = opened.document
    after, _, count, _ = fixes.fixed(read, linted, opened.find, unsafe=False)
    if not count:
        return []
    old, new = read.text, after.text
    head = common_start(old, new)
    tail = common_end(old[head:], new[head:])
    return [Edit(read.span(head, len(old) - tail), new[head : len(new) - tail])]


def suppressing(read: Document, diagnostics: Sequence[Diagnostic]) -> list[list[Edit]]:
    """Return for each diagnostic the edit that adds a suppression comment above it, in a list.

    The list is empty for JSON, and if a comment there would become part of a value.
    """
    if read.syntax != "yaml" or not diagnostics:
        return [[] for _ in diagnostics]
    edits = [_comment_above(read, diagnostic) for diagnostic in diagnostics]
    if _keeps_value(read, edits):
        return [[edit] for edit in edits]
    return [[edit] if _keeps_value(read, [edit]) else [] for edit in edits]


def _comment_above(read: Document, diagnostic: Diagnostic) -> Edit:
    number = diagnostic.range.start.line
    start = read.line_starts[number - 1]
    above = _IGNORE.match(read.line(number - 1)) if number > 1 else None
    if above:
        at = read.line_starts[number - 2] + above.end(1)
        return Edit(read.span(at, at), f", {diagnostic.code}")
    line = read.line(number)
    indent = line[: len(line) - len(line.lstrip())]
    ending = read.text[start + len(line) : read.line_starts[number]] if number < len(read.line_starts) else "\n"
    return Edit(read.span(start, start), f"{indent}# sm-lint: ignore[{diagnostic.code}]{ending}")


def _keeps_value(read: Document, edits: Sequence[Edit]) -> bool:
    """Return whether each document in a text has the same value after edits."""
    after = document.read(read.name, fixes.applied(read.text, edits).encode(errors="replace"), "yaml")
    return [one.value for one in documents(after)] == [one.value for one in documents(read)]
