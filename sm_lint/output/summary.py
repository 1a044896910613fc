"""The summary, which is the last line of the formats for people."""

from sm_lint.model.report import Report
from sm_lint.model.severity import Severity
from sm_lint.model.words import counted


def counts(report: Report) -> dict[str, int | bool]:
    """Return the totals of a report, as in the JSON report."""
    severities = [diagnostic.severity for diagnostic in report.diagnostics]
    return {
        "files": report.files,
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "infos": severities.count(Severity.INFO),
        "suppressed": report.suppressed,
        "omitted": report.omitted,
        "omitted_is_minimum": report.omitted_is_minimum,
    }


def sentence(report: Report) -> str:
    """Return the summary as a sentence."""
    numbers = counts(report)
    files = counted(report.files, "file")
    if not report.files:
        return "No file was linted."
    fixed = f"Fixed {counted(report.fixed, 'problem')}. " if report.fixed else ""
    refused = sum(diagnostic.not_fixed is not None for diagnostic in report.diagnostics)
    found = [counted(numbers[f"{kind}s"], kind) for kind in ("error", "warning", "info") if numbers[f"{kind}s"]]
    notes = [f"{_omitted(report)} not shown"] if report.omitted else []
    notes += [f"{numbers['suppressed']:,} suppressed"] if numbers["suppressed"] else []
    more = f" ({', '.join(notes)})" if notes else ""
    if not found:
        return f"{fixed}No problems{' left' if fixed else ''} in {files}{more}."
    *others, last = found
    fixable = sum(d.fix is not None and d.fix.safety == "safe" for d in report.diagnostics)
    advice = f" {fixable:,} can be fixed with --fix." if fixable and not report.fixed else ""
    left = f" {counted(refused, 'fix')} could not be applied." if refused else ""
    return f"{fixed}Found {', '.join(others)}{' and ' if others else ''}{last} in {files}{more}.{advice}{left}"


def _omitted(report: Report) -> str:
    return f"{report.omitted:,} or more" if report.omitted_is_minimum else f"{report.omitted:,} more"
