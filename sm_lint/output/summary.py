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
        "passed_over": len(report.passed_over),
    }


def sentence(report: Report) -> str:
    """Return the summary in a sentence or two."""
    passed_over = _passed_over(len(report.passed_over)) if report.passed_over else ""
    return _found(report) + passed_over


def _passed_over(count: int) -> str:
    looks, was = ("looks like a request", "was") if count == 1 else ("look like requests", "were")
    return f" {counted(count, 'file')} {looks} but {was} not linted; --verbose says why."


def _found(report: Report) -> str:
    numbers = counts(report)
    files = counted(report.files, "file")
    if not report.files:
        return "No file was linted."
    fixed = f"Fixed {counted(report.fixed, 'problem')}. " if report.fixed else ""
    found = [counted(numbers[f"{kind}s"], kind) for kind in ("error", "warning", "info") if numbers[f"{kind}s"]]
    notes = [f"{_omitted(report)} not shown"] if report.omitted else []
    notes += [f"{numbers['suppressed']:,} suppressed"] if numbers["suppressed"] else []
    more = f" ({', '.join(notes)})" if notes else ""
    if not found:
        return f"{fixed}No problems{' left' if fixed else ''} in {files}{more}."
    *others, last = found
    fixable = sum(d.fix is not None and d.fix.safety == "safe" for d in report.diagnostics)
    advice = f" {fixable:,} can be fixed with --fix." if fixable and not report.fixed else ""
    return f"{fixed}Found {', '.join(others)}{' and ' if others else ''}{last} in {files}{more}.{advice}"


def _omitted(report: Report) -> str:
    return f"{report.omitted:,} or more" if report.omitted_is_minimum else f"{report.omitted:,} more"
