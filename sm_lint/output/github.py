"""GitHub's workflow commands: one line per diagnostic, which GitHub shows as an annotation in the pull request.

Of a step, GitHub shows ten annotations of a kind and drops the others without a word. These are lines of the log.
https://docs.github.com/en/actions/reference/limits
"""

from collections import defaultdict
from collections.abc import Sequence

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.escape import visible
from sm_lint.model.report import Report
from sm_lint.model.severity import Severity
from sm_lint.model.words import counted, listed
from sm_lint.output.concise import line
from sm_lint.output.paths import absolute, inside
from sm_lint.output.summary import sentence

MOST = 10
"""The number of annotations of a kind that GitHub shows."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, *, roots: Sequence[str] = ()) -> str:
    """Return the report as workflow commands, errors first; then what GitHub would not show, as `concise` writes it.

    Paths are relative to the repository, which has `roots`. GitHub makes an absolute path relative to what it has
    checked out, and takes any other for one that is.
    """
    found: dict[Severity, list[Diagnostic]] = defaultdict(list)
    for diagnostic in report.diagnostics:
        found[diagnostic.severity].append(diagnostic)
    by_rank = sorted(found, key=lambda severity: severity.rank)
    paths = {name: inside(name, roots) or absolute(name) for name in report.documents}
    lines = [_annotation(d, paths[d.file]) for severity in by_rank for d in found[severity][:MOST]]
    hidden = {severity: found[severity][MOST:] for severity in by_rank if found[severity][MOST:]}
    if not report.files:
        lines.append(f"::notice title=sm-lint::{_data(sentence(report))}")
    if hidden:
        numbers = listed([counted(len(of), severity.value) for severity, of in hidden.items()], "and")
        lines.append(f"GitHub shows {MOST} annotations of a kind for a step. {numbers} more:")
        lines += (visible(line(diagnostic)) for of in hidden.values() for diagnostic in of)
        lines.append(sentence(report))
    return "".join(f"{text}\n" for text in lines)


def _annotation(diagnostic: Diagnostic, path: str) -> str:
    """Return a workflow command. It has no columns if the range has several lines: GitHub does not accept them then."""
    start, end = diagnostic.range
    properties = {"file": path, "line": start.line, "endLine": end.line}
    if start.line == end.line:
        properties |= {"col": start.column, "endColumn": end.column}
    properties["title"] = f"{diagnostic.code} {diagnostic.name}"
    set_to = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    text = diagnostic.message + (f"\n{diagnostic.help}" if diagnostic.help else "")
    return f"::{_COMMANDS[diagnostic.severity]} {set_to}::{_data(text)}"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
