"""The JSON report, for programs: complete, and stable within its `schema_version`."""

from typing import Any

from sm_lint import __version__
from sm_lint.diagnostic import Diagnostic, Span
from sm_lint.report.indented import dumps
from sm_lint.report.summary import counts
from sm_lint.run import Report
from sm_lint.schema import folded


def render(report: Report) -> str:
    """Return the report as one JSON object. It is ASCII, so nothing in it can do harm to a terminal."""
    content = {
        "schema_version": 1,
        "tool": {"name": "sm-lint", "version": __version__},
        "model": folded()["x-model"],
        "diagnostics": [diagnostic_object(diagnostic) for diagnostic in report.diagnostics],
        "summary": counts(report),
    }
    return dumps(content) + "\n"


def diagnostic_object(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic as the report has it."""
    related = [{**place._asdict(), "range": _range(place.range)} for place in diagnostic.related]
    fix = diagnostic.fix
    return {
        **diagnostic._asdict(),
        "range": _range(diagnostic.range),
        "related": related,
        "fix": fix and {**fix._asdict(), "edits": [{"range": _range(e.range), "text": e.text} for e in fix.edits]},
    }


def _range(span: Span) -> dict[str, Any]:
    return {"start": span.start._asdict(), "end": span.end._asdict()}
