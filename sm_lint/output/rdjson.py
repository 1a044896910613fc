"""The diagnostic format of reviewdog, https://github.com/reviewdog/reviewdog/tree/master/proto/rdf."""

from typing import Any

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.report import Report
from sm_lint.model.span import Position, SourceText, Span
from sm_lint.output.indented import dumps
from sm_lint.output.paths import relative


def render(report: Report) -> str:
    """Return the report as one JSON object, in ASCII. Columns are 1-based, in bytes of UTF-8."""
    found = [_diagnostic(diagnostic, report.documents[diagnostic.file]) for diagnostic in report.diagnostics]
    return dumps({"source": {"name": "sm-lint"}, "diagnostics": found}) + "\n"


def _diagnostic(diagnostic: Diagnostic, document: SourceText) -> dict[str, Any]:
    code = {"value": diagnostic.code} | ({"url": diagnostic.url} if diagnostic.url else {})
    found: dict[str, Any] = {
        "message": diagnostic.message + (f"\n{diagnostic.help}" if diagnostic.help else ""),
        "location": {"path": relative(diagnostic.file), "range": _range(diagnostic.range, document)},
        "severity": diagnostic.severity.value.upper(),
        "code": code,
    }
    fix = diagnostic.fix
    if fix and fix.safety == "safe" and len(fix.edits) == 1:  # each suggestion is applied on its own
        found["suggestions"] = [{"range": _range(fix.edits[0].range, document), "text": fix.edits[0].text}]
    return found


def _range(span: Span, document: SourceText) -> dict[str, Any]:
    return {"start": _position(span.start, document), "end": _position(span.end, document)}


def _position(position: Position, document: SourceText) -> dict[str, int]:
    before = document.text[position.offset - position.column + 1 : position.offset]
    return {"line": position.line, "column": len(before.encode(errors="surrogatepass")) + 1}
