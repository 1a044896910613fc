"""The output formats: a snapshot of each, and what their readers rely on, worked out another way."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft7Validator

from sm_lint.cli.check_arguments import CHOICES as FORMATS
from sm_lint.model.report import Report
from sm_lint.model.severity import Severity
from sm_lint.output import render
from tests.support.command import sm_lint, write
from tests.support.sample_report import CLEAN, EMOJI, EMPTY, FOUND, ODD, REPORT, SNAPSHOTS, snapshot

SCHEMA = json.loads((Path(__file__).parents[3] / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
BAD = '{"ModelPackageGroupName": "churn",\n "ModelPackageDescription": "😀", "Tags": [{"Key": "a", "Value": "b"}]}\n'


def test_there_is_a_snapshot_of_each_format() -> None:
    assert sorted(path.stem for path in SNAPSHOTS.iterdir()) == sorted(FORMATS)


@pytest.mark.parametrize("output_format", FORMATS)
def test_a_format_is_as_its_snapshot(output_format: str) -> None:
    expected = snapshot(output_format).read_bytes().decode()
    assert render(REPORT, output_format) == expected, "python -m tests.support.sample_report writes the snapshots anew"


@pytest.mark.parametrize("output_format", FORMATS)
def test_a_format_holds_no_character_that_does_something(output_format: str) -> None:
    for text in render(REPORT, output_format), render(CLEAN, output_format):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e\ud800-\udfff]", text)


def test_colours_do_not_change_the_text() -> None:
    colored = render(REPORT, "full", color=True)
    plain = re.sub(r"\x1b\[[\d;]*m|\x1b]8;;[^\x1b]*\x1b\\", "", colored)
    assert plain == render(REPORT, "full")


def test_a_code_is_a_link_where_its_rule_has_a_page() -> None:
    links = re.findall(r"\x1b]8;;([^\x1b]+)\x1b\\(?:\x1b\[[\d;]*m)*(\w+)", render(REPORT, "full", color=True))
    assert links == [("https://example.com/rules/SM601", "SM601")]


def test_the_json_report_meets_its_schema_and_members_are_described() -> None:
    for report in REPORT, CLEAN:
        content = json.loads(render(report, "json"))
        assert list(Draft7Validator(SCHEMA).iter_errors(content)) == []
    assert set(_without(SCHEMA, "fix")) <= set(SCHEMA["definitions"]["diagnostic"]["properties"])
    for diagnostic in json.loads(render(REPORT, "json"))["diagnostics"]:
        assert set(diagnostic) == set(SCHEMA["definitions"]["diagnostic"]["required"])


def _without(schema: dict[str, Any], name: str) -> list[str]:
    return [member for member in schema["definitions"]["diagnostic"]["required"] if member != name]


def test_the_schema_of_the_json_report_refuses_another_report() -> None:
    content = json.loads(render(REPORT, "json"))
    content["diagnostics"][0]["range"]["start"]["line"] = 0
    content["diagnostics"][1]["pointer"] = "Tags"
    del content["summary"]["omitted"]
    assert len(list(Draft7Validator(SCHEMA).iter_errors(content))) == 3


def test_json_lines_are_the_diagnostics_of_the_json_report() -> None:
    lines = render(REPORT, "json-lines").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(render(REPORT, "json"))["diagnostics"]
    assert render(CLEAN, "json-lines") == ""


def test_columns_of_rdjson_count_bytes() -> None:
    places = [d["location"]["range"] for d in json.loads(render(REPORT, "rdjson"))["diagnostics"]]
    for diagnostic, place in zip(FOUND, places, strict=True):
        document = EMOJI if diagnostic.file == EMOJI.name else ODD
        lines = document.text.replace("\r\n", "\n").encode().split(b"\n")
        if diagnostic.range.start.line == diagnostic.range.end.line:
            line = lines[place["start"]["line"] - 1]
            marked = line[place["start"]["column"] - 1 : place["end"]["column"] - 1].decode()
            assert marked == document.text[diagnostic.range.start.offset : diagnostic.range.end.offset]
    assert places[0]["start"]["column"] == FOUND[0].range.start.column + 3 + 1 + 2  # the extra bytes of 😀, é and 日


def test_rdjson_suggests_what_is_safe() -> None:
    found = json.loads(render(REPORT, "rdjson"))["diagnostics"]
    suggested = [(d["suggestions"], d["location"]["range"]) for d in found if "suggestions" in d]
    assert [(one["text"], one["range"] == place) for (one,), place in suggested] == [('"😀"', True)]


def test_gitlab_fingerprints_are_unique_and_do_not_know_the_line() -> None:
    issues = json.loads(render(REPORT, "gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(FOUND)
    moved = [d._replace(range=EMOJI.span(0, 1), message="other words") for d in FOUND]
    again = json.loads(render(REPORT._replace(diagnostics=tuple(moved)), "gitlab"))
    assert [issue["fingerprint"] for issue in again] == [issue["fingerprint"] for issue in issues]
    assert {issue["severity"] for issue in issues} == {"major", "minor", "info"}
    assert json.loads(render(CLEAN, "gitlab")) == []


def test_junit_is_xml_with_a_failure_for_each_diagnostic() -> None:
    root = ET.fromstring(render(REPORT, "junit"))  # noqa: S314 - our own
    assert root[0].get("name") == EMOJI.name
    assert len(root.findall("testsuite/testcase/failure")) == len(FOUND) == int(root.get("failures", ""))
    assert [e.get("message") for e in root.iter("error")] == [r"gone\x1b.json: no such file or folder"]
    assert all(int(suite.get("tests", "")) == len(suite.findall("testcase")) for suite in root)
    clean = ET.fromstring(render(CLEAN, "junit"))  # noqa: S314 - our own
    assert [case.get("name") for case in clean.iter("testcase")] == ["No problems in 3 files."]
    assert clean.find(".//failure") is None


def test_github_commands_can_be_read_back() -> None:
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    worst_first = sorted(FOUND, key=lambda d: d.severity.rank)
    for line, diagnostic in zip(render(REPORT, "github").splitlines(), worst_first, strict=True):
        match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
        assert match
        assert match[1] == levels[diagnostic.severity]
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        assert ("col" in properties) == (diagnostic.range.start.line == diagnostic.range.end.line)
        assert int(properties["line"]) == diagnostic.range.start.line


def many(*counts: int) -> Report:
    """Return a report with so many errors, warnings and infos, the infos first."""
    severities = zip(Severity, counts, strict=True)
    found = [FOUND[1]._replace(severity=severity) for severity, count in severities for _ in range(count)]
    return REPORT._replace(diagnostics=tuple(reversed(found)))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((10, 10, 10), None),
        ((11, 0, 0), "1 error more:"),
        ((10, 13, 2), "3 warnings more:"),
        ((12, 11, 1011), "2 errors, 1 warning and 1,001 infos more:"),
    ],
)
def test_github_shows_ten_annotations_of_a_kind_and_the_log_has_the_rest(
    counts: tuple[int, int, int], said: str | None
) -> None:
    lines = render(many(*counts), "github").splitlines()
    commands = [line.split()[0] for line in lines if line.startswith("::")]
    shown = [min(count, 10) for count in counts]
    assert commands == ["::error"] * shown[0] + ["::warning"] * shown[1] + ["::notice"] * shown[2]
    rest = lines[len(commands) :]
    if said is None:
        assert rest == []
    else:
        assert rest[0] == f"GitHub shows 10 annotations of a kind for a step. {said}"
        assert rest[-1] == render(many(*counts), "full").splitlines()[-1]
        kinds = [line.split(": ")[1] for line in rest[1:-1]]
        hidden = [(s.value, count - 10) for s, count in zip(Severity, counts, strict=True) if count > 10]
        assert kinds == [kind for kind, count in hidden for _ in range(count)]


def test_a_log_has_no_command_but_the_annotations() -> None:
    odd = FOUND[1]._replace(file="::error::x", message="a\n::warning::b ##[error]")
    made = REPORT._replace(diagnostics=(odd,) * 11, documents={odd.file: EMOJI})
    lines = render(made, "github").splitlines()
    assert len([line for line in lines if re.match(r"\s*::|.*##\[", line)]) == 10


def test_github_and_junit_say_that_nothing_was_linted() -> None:
    assert render(EMPTY, "github") == "::notice title=sm-lint::No file was linted.\n"
    assert 'testcase name="No file was linted."' in render(EMPTY, "junit")
    assert render(CLEAN, "github") == ""


def test_statistics_count_by_rule() -> None:
    assert render(REPORT, "statistics", quiet=True).splitlines() == [
        "2  SM601  error    repeated-tag-key",
        "1  SM002  error    yaml-syntax",
        "1  SM111  info     pattern",
        "1  SM203  error    tags-on-a-version",
        "1  SM206  warning  approval-without-a-group",
    ]


def test_the_command_writes_all_formats_in_one_run(tmp_path: Path) -> None:
    write(tmp_path, {"requests/😀.json": BAD})
    others = [f for f in FORMATS if f != "full"]
    arguments = [part for f in others for part in ("--output-format", f, "--output-file", f"out.{f}")]
    run = sm_lint("check", "--isolated", *arguments, "--output-format", "full", "requests", cwd=tmp_path)
    assert run.returncode == 1, run.stderr
    assert "error[SM203]" in run.stdout
    for output_format in others:
        assert "SM203" in (tmp_path / f"out.{output_format}").read_text(encoding="utf-8"), output_format


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--output-format", "json", "--output-format", "full"), "only one output can go to stdout"),
        (("--statistics", "--output-format", "full"), "only one output can go to stdout"),
        (("--output-file", "x"), "--output-file must follow the --output-format"),
        (("--output-format", "json", "--output-file", "no/such/folder"), "No such file or directory"),
    ],
)
def test_outputs_that_cannot_be_are_refused(tmp_path: Path, arguments: tuple[str, ...], complaint: str) -> None:
    write(tmp_path, {"a.json": BAD})
    run = sm_lint("check", *arguments, "a.json", cwd=tmp_path)
    assert (run.returncode, complaint in run.stderr, "Traceback" in run.stderr) == (2, True, False)


def test_statistics_leave_room_for_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": BAD})
    run = sm_lint("check", "--statistics", "--output-format", "json", "--output-file", "r.json", "a.json", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (
        1, "1  SM203  error    tags-on-a-version\nFound 1 error in 1 file. 1 fixable with --fix --unsafe-fixes.\n"
    )  # fmt: skip
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["summary"]["errors"] == 1
