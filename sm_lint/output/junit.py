"""JUnit XML, which most build servers show: one suite per file, one test case per diagnostic.

A case has one failure, because many servers show only the first. A run without diagnostics is one passed case, because
some servers treat a report without cases as a broken build.
"""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.escape import visible
from sm_lint.model.report import Report
from sm_lint.output.paths import relative
from sm_lint.output.summary import sentence


def render(report: Report, *, roots: Sequence[str] = ()) -> str:
    """Return the report as XML 1.0 in ASCII. Characters that XML cannot contain are written as escapes.

    Paths are relative to the repository, which has `roots`.
    """
    suites = [
        _suite(relative(file, roots), list(found)) for file, found in groupby(report.diagnostics, key=lambda d: d.file)
    ]
    errors = [
        f'    <testcase name="run {number}" classname="sm-lint">\n'
        f'      <error message="{_xml(failure)}"/>\n    </testcase>\n'
        for number, failure in enumerate(report.failures, 1)
    ]
    if errors:
        suites.append(_element("sm-lint", "".join(errors), len(errors), errors=len(errors)))
    if not suites:
        suites.append(_element("sm-lint", f'    <testcase name="{_xml(sentence(report))}" classname="sm-lint"/>\n', 1))
    found = len(report.diagnostics)
    totals = f'tests="{max(found + len(errors), 1)}" failures="{found}" errors="{len(errors)}"'
    body = f'<testsuites name="sm-lint" {totals}>\n{"".join(suites)}</testsuites>\n'
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + body.encode("ascii", "xmlcharrefreplace").decode()


def _suite(path: str, found: list[Diagnostic]) -> str:
    return _element(path, "".join(_case(diagnostic, path) for diagnostic in found), len(found), failures=len(found))


def _element(name: str, cases: str, tests: int, *, failures: int = 0, errors: int = 0) -> str:
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}"'
    return f'  <testsuite name="{_xml(name)}" {counts}>\n{cases}  </testsuite>\n'


def _case(diagnostic: Diagnostic, file: str) -> str:
    start = diagnostic.range.start
    where = f"{file}:{start.line}:{start.column}"
    text = "\n".join(_xml(part) for part in (where, diagnostic.message, diagnostic.help) if part)
    inner = f"#{diagnostic.inner_pointer}" if diagnostic.inner_pointer else ""
    name = f"{diagnostic.code} {diagnostic.pointer or '/'}{inner}"
    failure = f'<failure type="{diagnostic.severity.value}" message="{_xml(diagnostic.message)}">'
    return (
        f'    <testcase name="{_xml(name)}" classname="{_xml(file)}" file="{_xml(file)}" line="{start.line}">\n'
        f"      {failure}{text}</failure>\n"
        f"    </testcase>\n"
    )


def _xml(text: str) -> str:
    return escape(visible(text))
