"""The format of compilers, which editors parse: `path:line:column: severity: message [CODE]` for each diagnostic."""

from sm_lint.model.escape import visible
from sm_lint.model.report import Report
from sm_lint.output.summary import sentence


def render(report: Report, *, quiet: bool = False) -> str:
    """Return one line per diagnostic; the last line is the summary, unless `quiet`."""
    lines = [
        f"{_name(d.file)}:{d.range.start.line}:{d.range.start.column}: {d.severity.value}: {d.message} [{d.code}]"
        for d in report.diagnostics
    ]
    if not quiet:
        lines.append(sentence(report))
    return "".join(f"{line}\n" for line in lines)


def _name(file: str) -> str:
    """Return a file name that does not begin a line with two colons, which GitHub takes for a command."""
    return f"./{visible(file)}" if file.lstrip().startswith("::") else visible(file)
