"""One line a diagnostic, `path:line:column: severity: message [CODE]`, as compilers write it and editors read it."""

from sm_lint.escape import visible
from sm_lint.report.summary import sentence
from sm_lint.run import Report


def render(report: Report, *, quiet: bool = False) -> str:
    """Return the report as lines; the summary is the last unless `quiet`."""
    lines = [
        f"{visible(d.file)}:{d.range.start.line}:{d.range.start.column}: {d.severity.value}: {d.message} [{d.code}]"
        for d in report.diagnostics
    ]
    if not quiet:
        lines.append(sentence(report))
    return "".join(f"{line}\n" for line in lines)
