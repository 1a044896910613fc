"""SARIF: the official schema, GitHub's line hash, and Microsoft's validator where it is installed."""

import gzip
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sm_lint.model.report import Report
from sm_lint.model.span import FILE_START, SourceText
from sm_lint.output import render, sarif
from sm_lint.output.line_hash import line_hashes
from tests.support.command import sm_lint, write
from tests.support.sample_report import CLEAN, CODES, EMOJI, EMPTY, FOUND, REPORT, SUPPRESSED
from tests.support.work import calls

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((Path(__file__).parents[2] / "assets" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
REPORTS = {
    "findings": REPORT,
    "clean": CLEAN,
    "empty": EMPTY,
    "suppressed": REPORT._replace(shown_suppressed=SUPPRESSED),
}


def multitool() -> str | None:
    """Return Microsoft's validator: on the path, or in `node_modules` here or where NODE_PATH says."""
    places = [ROOT / "node_modules", *map(Path, filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep)))]
    installed = [place / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool" for place in places]
    return shutil.which("Sarif.Multitool") or next((str(path) for path in installed if os.access(path, os.X_OK)), None)


def run_of(report: Report) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(render(report, "sarif"))
    assert len(content["runs"]) == 1
    run: dict[str, Any] = content["runs"][0]
    return run


@pytest.mark.parametrize("name", REPORTS)
def test_a_log_meets_the_official_schema(name: str) -> None:
    content = json.loads(render(REPORTS[name], "sarif"))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(content)] == []


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (" a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]),
        (
            "Lorem ipsum dolor sit amet.\n" * 10,
            [
                *(f"a7f2ff13bc495cf2:{number}" for number in range(1, 7)),
                *("a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1"),
                "c129715d7a2bc9a3:1",
            ],
        ),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_the_line_hash_is_githubs(text: str, hashes: list[str], line_break: str) -> None:
    document = SourceText("a", text.replace("\n", line_break))
    assert list(line_hashes(document, range(1, len(hashes) + 1)).values()) == hashes


def _all_hashes(text: str) -> list[str]:
    """Return the hash of each line as GitHub's action makes it, one line after the other."""
    units = re.sub("[ \t]+", "", re.sub("\r\n?", "\n", text)) + "\uffff"
    encoded = units.encode("utf-16-le", "surrogatepass") + bytes(200)
    numbers = [int.from_bytes(encoded[at : at + 2], "little") for at in range(0, len(encoded), 2)]
    hashes: list[str] = []
    for start in [0, *(at + 1 for at, unit in enumerate(numbers) if unit == 10)]:
        value = 0
        for unit in numbers[start : start + 100]:
            value = (37 * value + unit) % 2**64
        hashes.append(f"{value:x}:{sum(known.startswith(f'{value:x}:') for known in hashes) + 1}")
    return hashes


@given(st.text("ab \t\n\r\U0001f600é", max_size=40), st.sets(st.integers(1, 9), min_size=1))
def test_of_some_lines_the_hashes_are_those_that_all_lines_have(text: str, wanted: set[int]) -> None:
    for repeated in (text, text * 7):
        document, expected = SourceText("a", repeated), _all_hashes(repeated)
        lines = [line for line in wanted if line <= len(expected)]
        assert line_hashes(document, lines) == {line: expected[line - 1] for line in sorted(lines)}


def test_lines_are_hashed_only_where_something_is_found() -> None:
    def work(count: int) -> int:
        document = SourceText("a", "".join(f"{number:x}\n" for number in range(count)))
        return calls(lambda: line_hashes(document, [1, count]))

    assert work(4000) - work(1000) < 5 * 3000  # a few calls a line; a hash takes 200


def test_after_very_many_lines_equal_ones_are_no_longer_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sm_lint.output.line_hash._MOST_LINES", 3)
    found = line_hashes(SourceText("a", "a" * 100 + "\n" + ("b" * 100 + "\n") * 9), [1, 2, 3, 4, 9])
    assert [of.partition(":")[2] for of in found.values()] == ["1", "1", "2", "3", "3"]


def test_results_say_where_in_three_ways() -> None:
    run = run_of(REPORT)
    assert run["columnKind"] == "unicodeCodePoints"
    for result, diagnostic in zip(run["results"], FOUND, strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == diagnostic.code
        location = result["locations"][0]
        region, uri = location["physicalLocation"]["region"], location["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)
        text = REPORT.documents[diagnostic.file].text
        assert region["snippet"]["text"] in text
        assert (region["startLine"], region["startColumn"]) == diagnostic.range.start[:2]
        assert (region["endLine"], region["endColumn"]) > (region["startLine"], region["startColumn"])
        assert location["logicalLocations"][0]["fullyQualifiedName"] == diagnostic.pointer
        expected = line_hashes(REPORT.documents[diagnostic.file], [region["startLine"]])[region["startLine"]]
        assert result["partialFingerprints"]["primaryLocationLineHash"] == expected
        if diagnostic.range == FILE_START:
            assert region["snippet"]["text"] == text.splitlines()[0]
    assert unquote(run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == EMOJI.name


def test_all_enabled_rules_are_described_though_nothing_is_found() -> None:
    run = run_of(CLEAN)
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(CODES)
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_what_failed_is_a_notification_and_no_result() -> None:
    invocation = run_of(REPORT)["invocations"][0]
    assert not invocation["executionSuccessful"]
    messages = [notification["message"]["text"] for notification in invocation["toolExecutionNotifications"]]
    assert messages == [r"gone\x1b.json: no such file or folder"]


def test_a_run_that_linted_nothing_is_a_notification() -> None:
    invocation = run_of(EMPTY)["invocations"][0]
    assert invocation["executionSuccessful"]
    assert invocation["toolExecutionNotifications"] == [{"level": "note", "message": {"text": "No file was linted."}}]


def test_of_more_results_than_github_accepts_the_most_severe_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sarif.MOST_RESULTS == 25_000
    monkeypatch.setattr(sarif, "MOST_RESULTS", 30)
    report = REPORTS["suppressed"]
    found = run_of(report._replace(diagnostics=(*[FOUND[4]] * 28, FOUND[5]), failures=()))
    assert [result["level"] for result in found["results"]] == ["warning", *["note"] * 28, "error"]
    assert [len(result["suppressions"]) for result in found["results"]] == [0] * 29 + [1]
    (notification,) = found["invocations"][0]["toolExecutionNotifications"]
    assert notification["level"] == "warning"
    assert notification["message"]["text"].startswith("1 result left out: GitHub accepts 30 of a run")
    whole = run_of(report._replace(diagnostics=(FOUND[4],) * 28))
    assert len(whole["results"]) == 30
    assert "left out" not in json.dumps(whole["invocations"])


def test_a_log_is_cut_to_what_github_accepts_in_gzip(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(chr(0x4E00 + pow(7, number, 20_011)) for number in range(4000))  # it hardly gets smaller
    source = SourceText("a", text)
    spans = [source.span(at, len(text)) for at in range(0, 2000, 20)]
    found = [FOUND[4]._replace(file="a", range=span) for span in spans]
    report = CLEAN._replace(diagnostics=(*found, FOUND[5]), documents=REPORT.documents | {"a": source})
    assert len(run_of(report)["results"]) == len(found) + 1
    monkeypatch.setattr(sarif, "_MOST_PACKED", 20_000)
    run = run_of(report)
    assert 10 < len(run["results"]) < len(found)
    assert len(gzip.compress(json.dumps(run["results"]).encode())) < 20_000
    assert run["results"][0]["level"] == "warning"
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith(f"{len(found) + 1 - len(run['results'])} results left out")


def test_suppressed_results_are_left_out_unless_asked_for() -> None:
    assert all("suppressions" not in result for result in run_of(REPORT)["results"])
    results = run_of(REPORTS["suppressed"])["results"]
    assert [result["suppressions"] for result in results] == [
        *([] for _ in FOUND),
        [{"kind": "external", "justification": "known <since> 2026"}],
        [{"kind": "inSource"}],
    ]


def test_the_command_writes_what_is_suppressed_where_asked(tmp_path: Path) -> None:
    text = "ModelPackageGroupName: churn\nSkipModelValidation: Never  # sm-lint: ignore[SM106]: we know\n"
    write(tmp_path, {"a.yaml": text})
    arguments = ("check", "--isolated", "--output-format", "sarif", "a.yaml")
    assert json.loads(sm_lint(*arguments, cwd=tmp_path).stdout)["runs"][0]["results"] == []
    shown = json.loads(sm_lint(*arguments, "--show-suppressed", cwd=tmp_path).stdout)["runs"][0]["results"]
    assert [result["suppressions"] for result in shown] == [[{"kind": "inSource", "justification": "we know"}]]


@pytest.mark.skipif(multitool() is None, reason="the npm package @microsoft/sarif-multitool-linux is not installed")
def test_microsofts_validator_has_nothing_to_say(tmp_path: Path) -> None:
    logs = {f"{name}.sarif": render(report, "sarif") for name, report in REPORTS.items()}
    write(tmp_path, logs | {"bad.json": '{"Tags": "😀"', "clean.json": '{"ModelPackageGroupName": "churn"}'})
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "unreadable.json").symlink_to("unreadable.json")
    for name in ("bad", "clean", "unreadable", "gone"):
        run = sm_lint("check", "--isolated", "--output-format", "sarif", f"{name}.json", cwd=tmp_path)
        write(tmp_path, {f"command-{name}.sarif": run.stdout})
    empty = sm_lint("check", "--isolated", "--output-format", "sarif", "folder.json", cwd=tmp_path)
    assert empty.returncode == 3
    write(tmp_path, {"command-empty.sarif": empty.stdout})
    files = sorted(path.name for path in tmp_path.glob("*.sarif"))
    assert len(files) == len(REPORTS) + 5
    command = [str(multitool()), "validate", *files, "--rule-kind", "Sarif;Ghas", "--log", "ForceOverwrite"]
    environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    run = subprocess.run(
        [*command, "--output", "said.json"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    said = json.loads((tmp_path / "said.json").read_text(encoding="utf-8-sig"))["runs"][0]
    results = [(r["ruleId"], r.get("level", "warning"), r["locations"][0]) for r in said["results"]]
    assert [result for result in results if result[1] in ("error", "warning")] == []
    assert run.returncode == 0, run.stdout
