"""GitHub's workflow commands: one line per diagnostic, which GitHub shows as an annotation in the pull request."""

from collections.abc import Sequence

from sm_lint.model.escape import visible
from sm_lint.model.report import Report
from sm_lint.output.paths import absolute, inside

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, *, roots: Sequence[str] = ()) -> str:
    """Return the report as workflow commands, errors first: GitHub shows only ten annotations per step.

    Paths are relative to the repository, which has `roots`. GitHub makes an absolute path relative to what it has
    checked out, and takes any other for one that is. Columns are left out
    if the range has several lines, because GitHub does not accept them then.
    """
    lines = []
    paths = {name: inside(name, roots) or absolute(name) for name in report.documents}
    for diagnostic in sorted(report.diagnostics, key=lambda d: d.severity.rank):
        start, end = diagnostic.range
        properties = {"file": paths[diagnostic.file], "line": start.line, "endLine": end.line}
        if start.line == end.line:
            properties |= {"col": start.column, "endColumn": end.column}
        properties["title"] = f"{diagnostic.code} {diagnostic.name}"
        listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
        text = diagnostic.message + (f"\n{diagnostic.help}" if diagnostic.help else "")
        lines.append(f"::{_COMMANDS[diagnostic.severity.value]} {listed}::{_data(text)}\n")
    return "".join(lines)


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
