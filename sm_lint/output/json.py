"""The JSON report for programs: complete, and stable within its `schema_version`."""

from sm_lint import __version__
from sm_lint.model.report import Report
from sm_lint.output.indented import dumps
from sm_lint.output.summary import counts


def render(report: Report) -> str:
    """Return the report as one JSON object, in ASCII, so that it is safe to print to a terminal."""
    content = {
        "schema_version": 1,
        "tool": {"name": "sm-lint", "version": __version__},
        "model": report.model,
        "diagnostics": report.diagnostics,
        "summary": counts(report),
    }
    return dumps(content) + "\n"
