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


def sentence(report: Report, mark: str = "") -> str:
    """Return the summary in a sentence or two. `mark` is how the format marks findings with a fix, and a space."""
    passed_over = _passed_over(len(report.passed_over)) if report.passed_over else ""
    return _found(report, mark) + passed_over


def _passed_over(count: int) -> str:
    was = "was" if count == 1 else "were"
    return f" {counted(count, 'file')} may have a request but {was} not linted; --verbose says why."


def _found(report: Report, mark: str) -> str:
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
    advice = f" {mark}{fixable}." if (fixable := _fixable(report)) else ""
    left = f" {counted(refused, 'fix')} could not be applied." if refused else ""
    return f"{fixed}Found {', '.join(others)}{' and ' if others else ''}{last} in {files}{more}.{advice}{left}"


def of_diff(report: Report) -> str:
    """Return what a diff shows as a sentence: how many problems the changes fix, or why there are none."""
    unsafe = _number(report, "unsafe")
    if report.changes:
        more = f", and {unsafe:,} more with --unsafe-fixes" if unsafe else ""
        return f"Would fix {counted(report.fixed, 'problem')}{more}."
    if not report.diagnostics:
        return f"Would fix nothing. {sentence(report)}"
    kind, more = ("safe fix", f"; {unsafe:,} fixable with --unsafe-fixes") if unsafe else ("fix", "")
    return f"Would fix nothing: no {kind} applies to {counted(len(report.diagnostics), 'finding')}{more}."


def _fixable(report: Report) -> str:
    """Return how many findings have a fix, and which options apply it; the empty string if none has."""
    safe, unsafe = _number(report, "safe"), _number(report, "unsafe")
    if not safe:
        return f"{unsafe:,} fixable with --fix --unsafe-fixes" if unsafe else ""
    return f"{safe:,} fixable with --fix" + (f", {unsafe:,} more with --unsafe-fixes" if unsafe else "")


def _number(report: Report, safety: str) -> int:
    return sum(d.fix is not None and d.fix.safety == safety for d in report.diagnostics)


def _omitted(report: Report) -> str:
    return f"{report.omitted:,} or more" if report.omitted_is_minimum else f"{report.omitted:,} more"
