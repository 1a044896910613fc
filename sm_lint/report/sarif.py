"""SARIF 2.1.0, as GitHub code scanning and its kin read it."""

import json
import os
from typing import Any
from urllib.parse import quote

from sm_lint import __version__, rule_page, rules
from sm_lint.diagnostic import Diagnostic, Severity, Span
from sm_lint.run import Report
from sm_lint.selection import catalogue, enabled

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}


def render(report: Report) -> str:
    """Return the report as a SARIF log of one run. It is ASCII, and its URIs are relative to the working directory."""
    severities = {code: _severity(report, code) for code in catalogue()}
    used = {diagnostic.code for diagnostic in report.diagnostics}
    codes = sorted(code for code, severity in severities.items() if severity or code in used)
    index = {code: number for number, code in enumerate(codes)}
    driver = {
        "name": "sm-lint",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code, severities[code]) for code in codes],
    }
    invocation: dict[str, Any] = {"executionSuccessful": not report.failures}
    if report.failures:
        invocation["toolExecutionNotifications"] = [
            {"level": "error", "message": {"text": failure}} for failure in report.failures
        ]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "sm-lint/"},
        "invocations": [invocation],
        "results": [_result(diagnostic, index[diagnostic.code], report) for diagnostic in report.diagnostics],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _severity(report: Report, code: str) -> Severity | None:
    return next((severity for settings in report.settings if (severity := enabled(settings, code))), None)


def _rule(code: str, severity: Severity | None) -> dict[str, Any]:
    rule = rules.load(code, catalogue()[code][0])
    level = severity or rule.severity
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(rule.why.split())[:1024]},
        "help": {"text": rule_page.text(rule), "markdown": rule_page.markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[level]},
        "properties": {
            "tags": ["aws", "sagemaker", rule.topic],
            "precision": "very-high" if rule.severity is Severity.ERROR else "high",
            "problem.severity": _PROBLEMS[level],
        },
    }


def _result(diagnostic: Diagnostic, rule_index: int, report: Report) -> dict[str, Any]:
    start, end = diagnostic.range
    artifact = {"uri": _uri(diagnostic.file)}
    document = report.documents[diagnostic.file]
    region = _region(diagnostic.range)
    snippet = document.text[start.offset : end.offset]
    if snippet:
        region["snippet"] = {"text": snippet}
    advice = f" {diagnostic.help}" if diagnostic.help else ""
    result = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": f"{diagnostic.message}.{advice}"},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": artifact, "region": region},
                "logicalLocations": [{"fullyQualifiedName": diagnostic.pointer or "/", "kind": "member"}],
            }
        ],
    }
    fix = diagnostic.fix
    if fix and fix.safety == "safe":
        replacements = [{"deletedRegion": _region(e.range), "insertedContent": {"text": e.text}} for e in fix.edits]
        changes = [{"artifactLocation": artifact, "replacements": replacements}]
        result["fixes"] = [{"description": {"text": fix.message}, "artifactChanges": changes}]
    return result


def _region(span: Span) -> dict[str, Any]:
    (line, column, _), (end_line, end_column, _) = span
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _uri(name: str) -> str:
    """Return a relative URI reference, percent-encoded; a file outside the working directory has an absolute one."""
    relative = os.path.relpath(name)
    if relative.startswith(".."):
        return "file://" + quote(os.fsencode(os.path.abspath(name)))
    return quote(os.fsencode(relative.replace(os.sep, "/")))
