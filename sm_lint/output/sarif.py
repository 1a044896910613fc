"""SARIF 2.1.0, for GitHub code scanning and similar services.

GitHub refuses a run of more than 25,000 results, or a log of more than 10 MB in gzip.
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote
from zlib import compressobj

from sm_lint import __version__
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.escape import visible
from sm_lint.model.report import Report, ReportedRule
from sm_lint.model.rule import url
from sm_lint.model.severity import Severity
from sm_lint.model.span import FILE_START, Position, SourceText, Span
from sm_lint.model.suppressed import Suppressed
from sm_lint.model.words import counted
from sm_lint.output.indented import dumps
from sm_lint.output.line_hash import line_hashes
from sm_lint.output.paths import absolute, inside
from sm_lint.output.summary import sentence
from sm_lint.rules.page import markdown, plain

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_RANKS = {level: severity.rank for severity, level in _LEVELS.items()}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_LONGEST_SNIPPET = 4096
"""A longer text, in code points, is left out: it may be that of many findings."""

MOST_RESULTS = 25_000
_MOST_PACKED = 9_000_000
"""The number of bytes that the compressed results may take. The rest of the 10 MB is for the texts of the rules."""

# The `informationUri` of the tool if the address of its documentation is not known: AWS's page of the operation.
_ABOUT = "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelPackage.html"


def render(report: Report, *, roots: Sequence[str] = ()) -> str:
    """Return the report as a SARIF log of one run, in ASCII. URIs are relative to the repository, which has `roots`.

    Suppressed diagnostics that the report has are marked as suppressed; GitHub shows them nevertheless. Of more results
    than GitHub accepts, the log has the most severe, and a notification says how many it lacks.
    """
    suppressed = {id(s.diagnostic): s for s in report.shown_suppressed}
    found = [*report.diagnostics, *(s.diagnostic for s in report.shown_suppressed)]
    if len(found) > MOST_RESULTS:
        ranked = sorted(found, key=lambda diagnostic: (id(diagnostic) in suppressed, diagnostic.severity.rank))
        results = _results(report, ranked[:MOST_RESULTS], suppressed, roots)
    else:
        results = _results(report, found, suppressed, roots)
    text = _log(report, results, len(found) - len(results))
    if len(text) > _MOST_PACKED and len(results) > len(fitting := _fitting(results)):
        return _log(report, fitting, len(found) - len(fitting))
    return text


def _log(report: Report, results: list[dict[str, Any]], left_out: int) -> str:
    """Return the log with some results, and the number of those that it lacks."""
    driver = {
        "name": "sm-lint",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": report.documentation or _ABOUT,
        "rules": [_rule(rule, report.documentation) for rule in report.rules],
    }
    invocation: dict[str, Any] = {"executionSuccessful": not report.failures}
    if notifications := list(_notifications(report, left_out)):
        invocation["toolExecutionNotifications"] = notifications
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "sm-lint/"},
        "invocations": [invocation],
        "results": results,
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _notifications(report: Report, left_out: int) -> Iterator[dict[str, Any]]:
    """Yield what is to be said of the run: what failed, that nothing was linted, that results were left out."""
    said = [("error", visible(failure)) for failure in report.failures]
    if not report.files:
        said.append(("note", sentence(report)))
    if left_out:
        limits = f"GitHub accepts {MOST_RESULTS:,} of a run, and 10 MB in gzip"
        said.append(("warning", f"{counted(left_out, 'result')} left out: {limits}."))
    return ({"level": level, "message": {"text": text}} for level, text in said)


def _fitting(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the most severe results that fit into a log that GitHub accepts."""
    ranked = sorted(results, key=lambda result: (bool(result.get("suppressions")), _RANKS[result["level"]]))
    packer, packed = compressobj(level=1), 0
    for number, result in enumerate(ranked):
        packed += len(packer.compress(dumps(result).encode()))
        if packed > _MOST_PACKED:
            return ranked[:number]
    return results


def _results(
    report: Report, diagnostics: Sequence[Diagnostic], suppressed: Mapping[int, Suppressed], roots: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the results of diagnostics. Those that are suppressed are in `suppressed`, by their id."""
    index = {rule.code: number for number, rule in enumerate(report.rules)}
    lines = defaultdict(list)
    for diagnostic in diagnostics:
        lines[diagnostic.file].append(report.documents[diagnostic.file].in_text(diagnostic.range.start).line)
    hashes = {name: line_hashes(report.documents[name], numbers) for name, numbers in lines.items()}
    uris = {name: _uri(name, roots) for name in lines}
    results = []
    for diagnostic in diagnostics:
        file = diagnostic.file
        result = _result(diagnostic, index[diagnostic.code], report.documents[file], uris[file])
        line_hash = hashes[file][report.documents[file].in_text(diagnostic.range.start).line]
        result["partialFingerprints"] = {"primaryLocationLineHash": line_hash}
        if suppressed:  # SARIF: all results of a run have this property, or none
            result["suppressions"] = _suppressions(suppressed.get(id(diagnostic)))
        results.append(result)
    return results


def _rule(reported: ReportedRule, documentation: str | None) -> dict[str, Any]:
    rule = reported.read(reported.code)
    level = reported.severity or rule.severity
    address = url(rule.code, documentation)
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join((rule.why or rule.summary).split())[:1024]},
        "help": {"text": plain(rule), "markdown": markdown(rule)},
        **({"helpUri": address} if address else {}),
        "defaultConfiguration": {"level": _LEVELS[level]},
        "properties": {
            "tags": ["aws", "sagemaker", rule.category],
            "precision": "very-high" if rule.severity is Severity.ERROR else "high",
            "problem.severity": _PROBLEMS[level],
        },
    }


def _suppressions(suppressed: Suppressed | None) -> list[dict[str, str]]:
    if suppressed is None:
        return []
    suppression = {"kind": "inSource" if suppressed.in_source else "external"}
    return [suppression | ({"justification": visible(suppressed.reason)} if suppressed.reason else {})]


def _result(diagnostic: Diagnostic, rule_index: int, document: SourceText, uri: str) -> dict[str, Any]:
    advice = f" {diagnostic.help}" if diagnostic.help else ""
    logical = {"fullyQualifiedName": diagnostic.pointer, "kind": "member"}
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": f"{diagnostic.message}.{advice}"},
        "locations": [{"physicalLocation": _physical(uri, diagnostic.range, document), "logicalLocations": [logical]}],
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _physical(uri, place.range, document),
                "message": {"text": f"{place.message}."},
            }
            for number, place in enumerate(diagnostic.related, 1)
        ]
    fix = diagnostic.fix
    if fix and fix.safety == "safe":
        replacements = [{"deletedRegion": _region(e.range), "insertedContent": {"text": e.text}} for e in fix.edits]
        changes = [{"artifactLocation": {"uri": uri}, "replacements": replacements}]
        result["fixes"] = [{"description": {"text": f"{fix.message}."}, "artifactChanges": changes}]
    return result


def _region(span: Span) -> dict[str, Any]:
    (line, column, _), (end_line, end_column, _) = span
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _physical(uri: str, span: Span, document: SourceText) -> dict[str, Any]:
    """Return a physical location, with its text unless it is long.

    For a whole file it is the first line: viewers skip an empty region.
    """
    start, end = span
    if span == FILE_START and document.text:
        length = document.line_range(1)[1]
        end = Position(1, length + 1, length)
    region = _region(Span(start, end))
    if 0 < end.offset - start.offset <= _LONGEST_SNIPPET:
        first, last = document.in_text(start), document.in_text(end)
        region["snippet"] = {"text": document.text[first.offset : last.offset]}
    return {"artifactLocation": {"uri": uri}, "region": region}


def _uri(name: str, roots: Sequence[str]) -> str:
    """Return a percent-encoded relative URI reference; for a file outside the repository, an absolute URI."""
    path = inside(name, roots)
    return quote(os.fsencode(path)) if path else "file:///" + quote(os.fsencode(absolute(name).lstrip("/")))
