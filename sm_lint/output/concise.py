"""The format of compilers, which editors parse: `path:line:column: severity: message [CODE]` for each diagnostic.

Where a finding has a fix, safe or not, `[*]` stands before the code.
"""

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.report import Report
from sm_lint.output.paths import shown
from sm_lint.output.summary import sentence

_FIXABLE = "[*] "


def render(report: Report, *, quiet: bool = False) -> str:
    """Return one line per diagnostic; the last line is the summary, unless `quiet`."""
    lines = [line(diagnostic) for diagnostic in report.diagnostics]
    if not quiet:
        lines.append(sentence(report, _FIXABLE))
    return "".join(f"{text}\n" for text in lines)


def line(diagnostic: Diagnostic) -> str:
    """Return the line of a diagnostic, without a line break."""
    start = diagnostic.range.start
    where = f"{_name(diagnostic.file)}:{start.line}:{start.column}"
    fixable = _FIXABLE if diagnostic.fix else ""
    return f"{where}: {diagnostic.severity.value}: {diagnostic.message} {fixable}[{diagnostic.code}]"


def _name(file: str) -> str:
    """Return a file name that does not begin a line with two colons, which GitHub takes for a command."""
    name = shown(file)
    return f"./{name}" if name.lstrip().startswith("::") else name
