"""The diagnostic format of reviewdog, https://github.com/reviewdog/reviewdog/tree/master/proto/rdf."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sm_lint.model.diagnostic import Diagnostic, Edit
from sm_lint.model.report import Report
from sm_lint.model.span import Position, SourceText, Span
from sm_lint.output.indented import dumps
from sm_lint.output.paths import relative


def render(report: Report, *, roots: Sequence[str] = ()) -> str:
    """Return the report as one JSON object, in ASCII. Columns are 1-based, in bytes of UTF-8.

    Paths are relative to the repository, which has `roots`.
    """
    found = []
    for file, group in groupby(report.diagnostics, key=lambda d: d.file):
        diagnostics = list(group)
        spans = [span for d in diagnostics for span in (d.range, *(edit.range for edit in _suggested(d)))]
        columns = _columns(report.documents[file], (position for span in spans for position in span))
        path = relative(file, roots)
        found += [_diagnostic(diagnostic, path, columns) for diagnostic in diagnostics]
    return dumps({"source": {"name": "sm-lint"}, "diagnostics": found}) + "\n"


def _columns(document: SourceText, positions: Iterable[Position]) -> dict[Position, int]:
    """Return the column of each position, 1-based, in bytes. No part of a line is encoded twice."""
    columns: dict[Position, int] = {}
    line, column, at = 0, 1, 0
    for position in sorted(set(positions)):
        offset = document.in_text(position).offset
        if position.line != line:
            line, column, at = position.line, 1, offset - position.column + 1
        column += len(document.text[at:offset].encode(errors="surrogatepass"))
        at = offset
        columns[position] = column
    return columns


def _suggested(diagnostic: Diagnostic) -> tuple[Edit, ...]:
    """Return the edits of a fix that may be suggested: each suggestion is applied on its own."""
    fix = diagnostic.fix
    return fix.edits if fix and fix.safety == "safe" and len(fix.edits) == 1 else ()


def _diagnostic(diagnostic: Diagnostic, path: str, columns: dict[Position, int]) -> dict[str, Any]:
    code = {"value": diagnostic.code} | ({"url": diagnostic.url} if diagnostic.url else {})
    found: dict[str, Any] = {
        "message": diagnostic.message + (f"\n{diagnostic.help}" if diagnostic.help else ""),
        "location": {"path": path, "range": _range(diagnostic.range, columns)},
        "severity": diagnostic.severity.value.upper(),
        "code": code,
    }
    suggestions = [{"range": _range(edit.range, columns), "text": edit.text} for edit in _suggested(diagnostic)]
    return found | ({"suggestions": suggestions} if suggestions else {})


def _range(span: Span, columns: dict[Position, int]) -> dict[str, Any]:
    start, end = ({"line": position.line, "column": columns[position]} for position in span)
    return {"start": start, "end": end}
