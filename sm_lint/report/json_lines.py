"""The diagnostics of the JSON report, one a line, for programs that read while we write."""

import json

from sm_lint.report.json import diagnostic_object
from sm_lint.run import Report


def render(report: Report) -> str:
    """Return a line of JSON for each diagnostic; nothing where there are none."""
    return "".join(f"{json.dumps(diagnostic_object(diagnostic))}\n" for diagnostic in report.diagnostics)
