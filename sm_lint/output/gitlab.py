"""GitLab's code quality report, which GitLab shows in the merge request.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from hashlib import sha256
from typing import Any

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.report import Report
from sm_lint.output.indented import dumps
from sm_lint.output.paths import relative

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report) -> str:
    """Return the report as a JSON list of issues, in ASCII."""
    seen: set[str] = set()
    return dumps([_issue(diagnostic, seen) for diagnostic in report.diagnostics]) + "\n"


def _issue(diagnostic: Diagnostic, seen: set[str]) -> dict[str, Any]:
    start, end = diagnostic.range
    return {
        "description": diagnostic.message + (f". {diagnostic.help}" if diagnostic.help else ""),
        "check_name": diagnostic.code,
        "fingerprint": _fingerprint(diagnostic, seen),
        "severity": _SEVERITIES[diagnostic.severity.value],
        "location": {"path": relative(diagnostic.file), "lines": {"begin": start.line, "end": end.line}},
    }


def _fingerprint(diagnostic: Diagnostic, seen: set[str]) -> str:
    """Return a unique fingerprint of an issue. It has no line numbers, so that it stays the same when lines move."""
    key = "\0".join((diagnostic.code, relative(diagnostic.file), diagnostic.pointer, diagnostic.inner_pointer or ""))
    number = 0
    while True:
        fingerprint = sha256(f"{key}\0{number}".encode(errors="backslashreplace")).hexdigest()
        if fingerprint not in seen:
            seen.add(fingerprint)
            return fingerprint
        number += 1
