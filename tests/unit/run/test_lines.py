"""JSON Lines: each line is linted as a file would be, and what is kept does not grow with the file."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from sm_lint import lint as lint_api
from sm_lint import lint_text
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.report import Report
from sm_lint.model.settings import DEFAULTS, Settings
from sm_lint.model.severity import Severity
from sm_lint.model.span import Position, Span
from sm_lint.output import FORMATS, render
from sm_lint.requests.carriers import NoRequest
from sm_lint.run import lines
from sm_lint.run.lines import Linted, Options
from sm_lint.sources import document
from tests.support.cases import Case, parametrize
from tests.support.linting import RULES, SESSION, settings_of
from tests.support.linting import lint as lint_file
from tests.support.work import calls

GOOD = '{"ModelPackageGroupName": "churn", "Domain": "OTHER"}'
BAD = '{"ModelPackageGroupName": "churn", "ModelApprovalStatus": "é", "Zzz": 1}'
WARNED = '{"ModelPackageName": "churn", "ModelApprovalStatus": "Approved"}'
OTHER = '{"messages": [{"role": "user", "content": "é"}]}'
NEAR = '{"ModelPackageGroupName": "churn", "ModelPackageGroupDescription": "d"}'
NAMED = Options(named=True)


def linted(text: str | bytes, settings: Settings = DEFAULTS, options: Options = NAMED) -> Linted:
    data = text if isinstance(text, bytes) else text.encode()
    return lines.lint(BytesIO(data), "a.jsonl", settings, SESSION, options)


def found(text: str | bytes, settings: Settings = DEFAULTS, options: Options = NAMED) -> list[tuple[int, str, str]]:
    return [(d.range.start.line, d.code, d.pointer) for d in linted(text, settings, options).outcome.diagnostics]


def shifted(diagnostic: Diagnostic, lines_before: int, start: int) -> Diagnostic:
    """Return a diagnostic of a file of one line, as it is of a line that starts at an offset."""

    def moved(span: Span) -> Span:
        first, last = (Position(at.line + lines_before, at.column, at.offset + start) for at in span)
        return Span(first, last)

    related = tuple(place._replace(range=moved(place.range)) for place in diagnostic.related)
    return diagnostic._replace(range=moved(diagnostic.range), related=related, fix=None, carrier="json-lines")


@pytest.mark.parametrize("before", ["", f"{OTHER}\r\n\n"])
@parametrize("invalid")
def test_a_request_on_a_line_has_the_findings_of_a_file(case: Case, before: str) -> None:
    of_carrier = case.rule.code.startswith(("SM05", "SM06"))
    if case.data is None or case.syntax != "json" or case.table.get("padding") or of_carrier:
        pytest.skip("it is about another kind of file")
    data = case.data.replace(b"\n", b" ").replace(b"\r", b" ")
    if before and data.startswith(b"\xef\xbb\xbf"):
        pytest.skip("only a file begins with a byte-order mark")
    settings = case.settings()
    of_file = lint_file(document.read("a.jsonl", data, "json", settings.placeholders), settings)
    of_lines = linted(before.encode() + data + b"\n" + GOOD.encode(), settings).outcome.diagnostics
    number = before.count("\n")
    expected = [shifted(diagnostic, number, len(before)) for diagnostic in of_file]
    assert [d for d in of_lines if d.range.start.line == number + 1] == expected


def test_lines_that_are_no_requests() -> None:
    text = "\n".join((GOOD, OTHER, "", "[]", NEAR, '{"a', BAD))  # noqa: FLY002
    assert found(text) == [
        (2, "SM023", ""), (4, "SM105", ""), (5, "SM023", ""), (6, "SM023", ""), (6, "SM001", ""),
        (7, "SM106", "/ModelApprovalStatus"), (7, "SM101", "/Zzz"),
    ]  # fmt: skip
    assert found(text, options=Options()) == [(7, "SM106", "/ModelApprovalStatus"), (7, "SM101", "/Zzz")]


@pytest.mark.parametrize(
    ("text", "named", "reason", "is_near"),
    [
        ("", True, "it has nothing but blank lines", False),
        (" \n\r\n\t\n", True, "it has nothing but blank lines", False),
        (f"{OTHER}\n[]", False, "none of its lines is a request: it has none of", False),
        (f"{OTHER}\n{NEAR}\n{NEAR}", False, "line 2: it has the top-level member", True),
    ],
)
def test_a_file_without_requests_is_skipped_with_a_reason(text: str, named: bool, reason: str, is_near: bool) -> None:
    with pytest.raises(NoRequest, match=reason) as caught:
        linted(text, options=Options(named=named))
    assert caught.value.is_near == is_near


def test_a_broken_line_costs_no_other_line() -> None:
    data = b"\n".join([BAD.encode(), b'{"ModelPackageName": "\xff"}', b"[" * 300, BAD[:-1].encode(), BAD.encode()])
    codes = [(line, code) for line, code, _ in found(data)]
    assert codes == [
        (1, "SM106"), (1, "SM101"), (2, "SM003"), (3, "SM009"), (4, "SM106"), (4, "SM101"), (4, "SM001"),
        (5, "SM106"), (5, "SM101"),
    ]  # fmt: skip


def test_given_and_placeholders_apply() -> None:
    text = '{"ModelPackageGroupName": "${name}", "Domain": ${domain}}\n{"Domain": "OTHER"}'
    assert {line for line, *_ in found(text)} == {1, 2}
    settings = settings_of({"placeholders": ["${*}"], "given": ["ModelPackageGroupName"]})
    assert found(text.replace("\n", "\n\n"), settings) == []


def test_of_many_findings_the_first_are_kept_and_the_rest_is_counted() -> None:
    outcome, excerpt, _, _ = linted(f"{BAD}\n" * 600 + f"{GOOD}\n")
    assert len(outcome.diagnostics) == 1000
    assert outcome.omitted == 200
    assert not outcome.omitted_is_minimum
    assert outcome.left_out == {("SM106", "/ModelApprovalStatus"): 100, ("SM101", "/Zzz"): 100}
    assert len(excerpt.line_starts) == 500


@pytest.mark.parametrize("count", [30, 120])
def test_what_is_kept_is_bounded(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_KEPT", 10 * len(GOOD))
    monkeypatch.setattr(lines, "MAX_FINDINGS", 7)
    text = "\n".join(json.dumps({"ModelPackageGroupName": "churn", f"Zzz{number}": 1}) for number in range(count))
    outcome, excerpt, _, _ = linted(text)
    assert len(excerpt.text) <= 10 * len(GOOD) + 10
    assert len(outcome.diagnostics) + outcome.omitted == count
    assert len(outcome.left_out) == 7


def test_the_worst_severity_is_that_of_all_lines() -> None:
    outcome = linted(f"{WARNED}\n" * 1001 + BAD).outcome
    assert {d.severity for d in outcome.diagnostics} == {Severity.WARNING}
    assert outcome.worst is Severity.ERROR


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_shows_a_line_as_if_it_were_in_a_file(name: str) -> None:
    text = f"{OTHER}\r\n{BAD}\r\n\r\n{BAD}"
    outcome, excerpt, _, _ = linted(text, options=Options())
    whole = document.read("a.jsonl", text.encode(), "json")

    def report(shown: Any) -> str:
        given = Report(
            diagnostics=tuple(outcome.diagnostics), documents={"a.jsonl": shown}, files=1, omitted=0, failures=(),
            failed=True, model=RULES.model, rules=(),
        )  # fmt: skip
        return render(given._replace(rules=_rules(outcome.diagnostics)), name)

    with_excerpt, with_text = report(excerpt), report(whole)
    if name in ("full", "markdown"):
        neighbors = ("1 | ", "3 | ")
        with_text = "".join(line for line in with_text.splitlines(True) if not line.startswith(neighbors))
    if name == "html":
        with_text = re.sub(r'<span class="line"><span class="number">[13] </span>.*\n</span>', "", with_text)
    if name == "sarif":
        with_excerpt, with_text = (_without_hashes(text) for text in (with_excerpt, with_text))
    assert with_excerpt == with_text


def _rules(diagnostics: Sequence[Diagnostic]) -> tuple[Any, ...]:
    from sm_lint.model.report import ReportedRule

    codes = sorted({d.code for d in diagnostics})
    return tuple(ReportedRule(code, Severity.ERROR, RULES.rule) for code in codes)


def _without_hashes(text: str) -> Any:
    results = json.loads(text)["runs"][0]["results"]
    assert all(result.pop("partialFingerprints") for result in results)
    return results


def test_suppressions_apply_to_all_lines_and_are_judged_at_the_end() -> None:
    settings = settings_of({"per-file-ignores": {"*.jsonl": ["SM106"], "a.jsonl#/Zzz": ["SM101"]}})
    outcome = linted(f"{BAD}\n{BAD}", settings, Options(named=True, show_suppressed=True)).outcome
    assert (outcome.diagnostics, outcome.suppressed) == ([], 4)
    assert [d.diagnostic.range.start.line for d in outcome.shown_suppressed] == [1, 1, 2, 2]
    assert {d.diagnostic.carrier for d in outcome.shown_suppressed} == {"json-lines"}
    unused = settings_of(
        {"per-file-ignores": {"a.jsonl": ["SM203"], "a.jsonl#/Zzz": ["SM101", "SM106"]}}, str(Path.cwd())
    )
    assert found(f"{GOOD}\n{BAD}", unused) == [
        (1, "SM901", ""),
        (1, "SM901", "/Zzz"),
        (2, "SM106", "/ModelApprovalStatus"),
    ]
    of_broken = found(f"{GOOD}\n{BAD}\n".encode() + b"\xff", unused)
    assert of_broken == [(2, "SM106", "/ModelApprovalStatus"), (3, "SM003", "")]


@pytest.fixture
def baseline(folder: Path) -> Callable[[Mapping[str, Mapping[str, int]]], Settings]:
    """Return `baseline(entries)`: settings with a baseline that has them for the file."""

    def settings(entries: Mapping[str, Mapping[str, int]]) -> Settings:
        (folder / "baseline.json").write_text(json.dumps({"schema_version": 1, "files": {"a.jsonl": entries}}))
        return settings_of({"baseline": "baseline.json"}, str(folder))

    return settings


class Pipe(BytesIO):
    """A file that can be read once."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: Any) -> int:
        raise AssertionError("a pipe has no other place")


@pytest.mark.parametrize("kind", [BytesIO, Pipe])
@pytest.mark.parametrize(
    ("known", "expected", "suppressed", "stale"),
    [
        ({"SM106": {"/ModelApprovalStatus": 2}, "SM101": {"/Zzz": 2}}, [], 4, []),
        ({"SM106": {"/ModelApprovalStatus": 2}}, [(1, "SM101"), (3, "SM101")], 2, []),
        ({"SM106": {"/ModelApprovalStatus": 1}, "SM101": {"/Zzz": 2}}, [(1, "SM106"), (3, "SM106")], 2, []),
        (
            {"SM106": {"/ModelApprovalStatus": 5}, "SM101": {"/Zzz": 2}, "SM203": {"/Tags": 1}},
            [],
            4,
            [("SM106", 3), ("SM203", 1)],
        ),
    ],
)
def test_a_baseline_counts_over_the_whole_file(
    kind: type[BytesIO], known: dict[str, Any], expected: list[Any], suppressed: int, stale: list[Any],
    baseline: Callable[[Mapping[str, Mapping[str, int]]], Settings],
) -> None:  # fmt: skip
    file = kind(f"{BAD}\n{GOOD}\n{BAD}".encode())
    outcome, _, gone, _ = lines.lint(file, "a.jsonl", baseline(known), SESSION, NAMED)
    assert [(d.range.start.line, d.code) for d in outcome.diagnostics] == expected
    assert outcome.suppressed == suppressed
    assert [(entry.code, entry.gone) for entry in gone] == stale


def test_of_a_file_with_a_broken_line_no_entry_is_stale(
    baseline: Callable[[Mapping[str, Mapping[str, int]]], Settings],
) -> None:
    assert linted(f"{GOOD}\n{{", baseline({"SM203": {"/Tags": 1}})).stale == ()


@pytest.mark.parametrize("line", [GOOD, BAD, WARNED, OTHER, NEAR, "{", GOOD[:-1]])
@pytest.mark.parametrize("named", [True, False])
def test_the_work_grows_with_the_number_of_lines(line: str, named: bool) -> None:
    def work(count: int) -> int:
        text = f"{line}\n" * count + GOOD
        return calls(lambda: linted(text, options=Options(named=named)))

    work(1)  # what is read once
    assert work(400) < 4.4 * work(100)


def test_no_fix_is_offered_and_where_one_is_asked_for_the_reason_is_said() -> None:
    text = '{"ModelPackageGroupName": "churn", "ModelApprovalStatus": "approved"}'
    (diagnostic,) = linted(text).outcome.diagnostics
    assert (diagnostic.code, diagnostic.fix, diagnostic.not_fixed) == ("SM106", None, None)
    (diagnostic,) = linted(text, options=Options(named=True, fix="safe")).outcome.diagnostics
    assert diagnostic.not_fixed == "fixes are not applied to JSON Lines"


@pytest.mark.parametrize("name", ["a.jsonl", "a.NDJSON"])
def test_the_api_lints_line_by_line(name: str, folder: Path) -> None:
    (folder / name).write_text(f"{GOOD}\n{BAD}\n")
    from_text, from_file = lint_text(f"{GOOD}\n{BAD}\n", filename=name), lint_api(Path(name))
    assert from_text == from_file
    assert [(d.range.start.line, d.code) for d in from_text] == [(2, "SM106"), (2, "SM101")]
    assert lint_text("\n", filename=name) == []
    assert lint_text(GOOD, filename=name, config={"carriers": ["payload"]}) == []
    one_line = lint_text(f"{GOOD}\n{BAD}", filename="a.txt", config={"carriers": ["json-lines"]})
    assert [d.range.start.line for d in one_line] == [2, 2]
