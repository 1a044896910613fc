"""GitLab's code quality report, which GitLab shows in the merge request.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.report import Report
from sm_lint.output.indented import dumps
from sm_lint.output.paths import relative

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report, *, roots: Sequence[str] = ()) -> str:
    """Return the report as a JSON list of issues, in ASCII. Paths are relative to the repository, which has `roots`."""
    seen: Counter[str] = Counter()
    paths = {name: relative(name, roots) for name in report.documents}
    return dumps([_issue(diagnostic, paths[diagnostic.file], seen) for diagnostic in report.diagnostics]) + "\n"


def _issue(diagnostic: Diagnostic, path: str, seen: Counter[str]) -> dict[str, Any]:
    start, end = diagnostic.range
    return {
        "description": diagnostic.message + (f". {diagnostic.help}" if diagnostic.help else ""),
        "check_name": diagnostic.code,
        "fingerprint": _fingerprint(diagnostic, path, seen),
        "severity": _SEVERITIES[diagnostic.severity.value],
        "location": {"path": path, "lines": {"begin": start.line, "end": end.line}},
    }


def _fingerprint(diagnostic: Diagnostic, path: str, seen: Counter[str]) -> str:
    """Return a unique fingerprint of an issue. It has no line numbers, so that it stays the same when lines move.

    `seen` has the number of earlier issues that differ in nothing but their lines.
    """
    key = "\0".join((diagnostic.code, path, diagnostic.pointer, diagnostic.inner_pointer or ""))
    seen[key] += 1
    return sha256(f"{key}\0{seen[key] - 1}".encode(errors="backslashreplace")).hexdigest()
