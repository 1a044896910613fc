"""The number of diagnostics of each rule, the most frequent first."""

from collections import Counter

from sm_lint.model.report import Report
from sm_lint.output.summary import sentence


def render(report: Report, *, quiet: bool = False) -> str:
    """Return one line per rule with diagnostics; the last line is the summary, unless `quiet`."""
    counted = Counter((d.code, d.severity.value, d.name) for d in report.diagnostics)
    width = max((len(f"{number:,}") for number in counted.values()), default=0)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"{number:>{width},}  {code}  {severity:<7}  {name}" for (code, severity, name), number in ordered]
    if not quiet:
        lines.append(sentence(report))
    return "".join(f"{line}\n" for line in lines)
