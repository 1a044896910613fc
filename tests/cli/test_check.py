"""The command line, as its users see it."""

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from rich.cells import cell_len

from sm_lint import __version__
from sm_lint.cli.check_arguments import CHOICES
from sm_lint.output import WIDTH
from tests.conftest import ROOT, Run

GOOD = '{"ModelPackageGroupName": "churn", "Domain": "OTHER"}'
TAGGED = """{
  "ModelPackageGroupName": "churn",
  "Tags": [{"Key": "team", "Value": "risk"}]
}
"""
UNFIXABLE = '{"ModelPackageGroupName": "churn", "zzzzzz": 1}'
WARNED = '{"ModelPackageName": "churn", "ModelApprovalStatus": "Approved"}'


def test_full_output(folder: Path, run: Run) -> None:
    (folder / "bad.json").write_text(TAGGED)
    ran = run("check", "bad.json")
    assert ran.status == 1
    assert ran.out == (
        "error[SM203]: `Tags` is not allowed with `ModelPackageGroupName`\n"
        " --> bad.json:3:3\n"
        "  |\n"
        '2 |   "ModelPackageGroupName": "churn",\n'
        '3 |   "Tags": [{"Key": "team", "Value": "risk"}]\n'
        "  |   ^^^^^^\n"
        "4 | }\n"
        "  = at: /Tags\n"
        "  = help: Remove `Tags`, and tag the model package group instead: `aws sagemaker add-tags --resource-arn …`.\n"
        "  = fix: Remove Tags (--fix --unsafe-fixes)\n"
        "  = rule: tags-on-a-version; more: sm-lint rule SM203\n"
        "\n"
        "Found 1 error in 1 file. 1 fixable with --fix --unsafe-fixes.\n"
    )


def test_colours_do_not_change_the_text(folder: Path, run: Run) -> None:
    (folder / "bad.json").write_text(TAGGED)
    plain = run("check", "bad.json", "--color", "never").out
    coloured = run("check", "bad.json", "--color", "always").out
    assert "\x1b[1;31merror[" in coloured
    assert "".join(part.partition("m")[2] if i else part for i, part in enumerate(coloured.split("\x1b["))) == plain


@pytest.mark.parametrize(
    ("choice", "environment", "coloured"),
    [
        ("auto", {}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_who_decides_on_colours(
    choice: str, environment: dict[str, str], coloured: bool, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (folder / "bad.json").write_text(TAGGED)
    assert ("\x1b[" in run("check", "bad.json", "--color", choice).out) is coloured


LONG = TAGGED.replace("\n", "").replace("risk", "日本" * 100)


def frames(text: str) -> list[str]:
    return [line for line in text.splitlines() if " | " in line or line.endswith(" |")]


@pytest.mark.parametrize(
    ("columns", "width"), [("80", 80), ("20", 20), ("5", 20), ("", WIDTH), ("0", WIDTH), ("many", WIDTH)]
)
def test_columns_say_how_wide_a_frame_is(
    columns: str, width: int, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    (folder / "bad.json").write_text(LONG)
    shown = frames(run("check", "bad.json").out)
    assert width - 3 < max(cell_len(line) for line in shown) <= width
    run("check", "bad.json", "--output-format", "full", "--output-file", "report.txt")
    assert WIDTH - 3 < max(cell_len(line) for line in frames((folder / "report.txt").read_text())) <= WIDTH


@pytest.mark.parametrize("columns", [30, 80])
def test_the_frames_on_the_page_of_a_rule_fit(columns: int, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = frames(run("rule", "SM107").out.partition("ACCEPTED")[0])
    assert columns - 3 < max(cell_len(line) for line in shown) <= columns


@pytest.mark.parametrize("columns", [40, 80])
def test_a_frame_is_as_wide_as_the_terminal(columns: int, folder: Path) -> None:
    (folder / "bad.json").write_text(LONG)
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    command = [sys.executable, "-m", "sm_lint", "check", "bad.json", "--color", "never"]
    subprocess.run(command, cwd=folder, env=environment, stdout=follower, check=False)
    shown = frames(os.read(leader, 65536).decode())
    os.close(follower)
    os.close(leader)
    assert columns - 3 < max(cell_len(line) for line in shown) <= columns


def test_concise_output(folder: Path, run: Run) -> None:
    (folder / "bad.json").write_text(TAGGED)
    ran = run("check", "bad.json", "--output-format", "concise")
    assert ran.out == (
        "bad.json:3:3: error: `Tags` is not allowed with `ModelPackageGroupName` [*] [SM203]\n"
        "Found 1 error in 1 file. [*] 1 fixable with --fix --unsafe-fixes.\n"
    )
    assert run("check", "bad.json", "--output-format", "concise", "--quiet").out.count("\n") == 1


def test_json_output(folder: Path, run: Run) -> None:
    (folder / "bad.json").write_text(TAGGED)
    report = run("check", "bad.json", "--output-format", "json").report
    assert report["schema_version"] == 1
    assert report["tool"] == {"name": "sm-lint", "version": __version__}
    assert set(report["model"]) == {"operation", "source", "date"}
    assert report["summary"] == {
        "files": 1,
        "errors": 1,
        "warnings": 0,
        "infos": 0,
        "suppressed": 0,
        "omitted": 0,
        "omitted_is_minimum": False,
        "passed_over": 0,
    }
    (diagnostic,) = report["diagnostics"]
    assert diagnostic.pop("help").startswith("Remove `Tags`")
    fix = diagnostic.pop("fix")
    assert (fix["message"], fix["safety"], [edit["text"] for edit in fix["edits"]]) == ("Remove Tags", "unsafe", [""])
    assert diagnostic == {
        "code": "SM203",
        "name": "tags-on-a-version",
        "severity": "error",
        "message": "`Tags` is not allowed with `ModelPackageGroupName`",
        "url": None,
        "file": "bad.json",
        "pointer": "/Tags",
        "inner_pointer": None,
        "range": {"start": {"line": 3, "column": 3, "offset": 40}, "end": {"line": 3, "column": 9, "offset": 46}},
        "related": [],
        "carrier": "payload",
        "not_fixed": None,
    }


def test_github_output(folder: Path, run: Run) -> None:
    (folder / "a,b:c%.json").write_text(TAGGED)
    ran = run("check", "a,b:c%.json", "--output-format", "github")
    assert ran.out.startswith(
        "::error file=a%2Cb%3Ac%25.json,line=3,endLine=3,col=3,endColumn=9,title=SM203 tags-on-a-version::"
        "`Tags` is not allowed with `ModelPackageGroupName`%0ARemove `Tags`"
    )


def test_several_outputs_in_one_run(folder: Path, run: Run) -> None:
    (folder / "bad.json").write_text(TAGGED)
    ran = run("check", "bad.json", "--output-format", "concise", "--output-format", "sarif", "--output-file", "o.sarif")
    assert "bad.json:3:3: error" in ran.out
    log = json.loads((folder / "o.sarif").read_text())
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["SM203"]


EXITS = [
    # files, arguments, expected status, a part of stderr
    ({"a.json": GOOD}, ["a.json"], 0, ""),
    ({"a.json": TAGGED}, ["a.json"], 1, ""),
    ({"a.json": TAGGED}, ["a.json", "--fail-on", "never"], 0, ""),
    ({"a.json": WARNED}, ["a.json"], 0, ""),
    ({"a.json": WARNED}, ["a.json", "--fail-on", "warning"], 1, ""),
    ({"a.json": WARNED}, ["a.json", "--fail-on", "info"], 1, ""),
    ({"a.json": "{"}, ["a.json"], 1, ""),
    ({}, ["none.json"], 2, "none.json: no such file or folder"),
    ({"a.json": TAGGED}, ["none.json", "a.json"], 2, "none.json"),
    ({"a.json": TAGGED}, ["none.json", "a.json", "--fail-on", "never"], 2, "none.json"),
    ({}, ["."], 3, ""),
    ({}, [".", "--allow-empty"], 0, ""),
    ({"a.json": "{}"}, ["."], 3, ""),
    ({"a.json": "{}"}, ["a.json", "--if-payload"], 3, ""),
    ({"a.json": "{}"}, ["a.json", "--if-payload", "--allow-empty"], 0, ""),
    ({"a.json": GOOD}, ["a.json", "--select", "SM999"], 2, "unknown rule, prefix or category 'SM999'"),
    ({"a.json": GOOD}, ["a.json", "--ignore", "tags-on-version"], 2, "did you mean `tags-on-a-version`?"),
    ({"a.json": GOOD}, ["a.json", "--given", "ModelPackageGroup"], 2, "did you mean `ModelPackageGroupName`?"),
    ({"a.json": GOOD}, ["a.json", "--output-format", "xml"], 2, "invalid choice"),
    ({"a.json": GOOD}, ["a.json", "--output-file", "o"], 2, "must follow the --output-format"),
    ({"a.json": GOOD}, ["a.json", "--output-format", "json", "--output-format", "full"], 2, "only one output can go"),
    ({"a.json": GOOD}, ["a.json", "--output-format", "json", "--output-file", "no/such/o"], 2, "No such file"),
    ({"a.json": GOOD}, ["a.json", "--output-format", "json", "--output-file", "./a.json"], 2, "would be overwritten"),
    (
        {"a.json": GOOD},
        ["a.json", "--output-format", "json", "--output-file", "o", "--output-format", "html", "--output-file", "./o"],
        2,
        "--output-file ./o: another format is written to this file; choose another",
    ),
    ({"a.json": GOOD}, ["a.json", "--nonsense"], 2, "unrecognized arguments"),
    ({"a.json": GOOD}, ["-\x1b[31m\n::error::"], 2, r"unrecognized arguments: -\x1b[31m\n::error::"),
    ({"a.json": GOOD}, ["--" + "a" * 100_000], 2, " … aaa"),
    ({"a.json": GOOD}, ["--color", "\x9b"], 2, r"invalid choice: '\x9b'"),
    ({"a.json": GOOD}, ["a\0"], 2, "an argument has a null character"),
    ({"a.json": GOOD}, ["a.json", "--jobs", "999999999999"], 0, ""),
    ({"a.json": GOOD}, ["a.json", "--config", "a = " + "[" * 1000], 2, "nested more than 32 levels deep"),
    ({"a.json": GOOD}, ["a.json", "--config", '"\\u001b\\n::" = 1'], 2, r"the command line: \x1b\n::: unknown key"),
    ({"a.json": GOOD}, ["a.json", "--exclude", "\udcff"], 0, ""),
    ({"a.json": GOOD}, ["a.json", "--select", "\udcff"], 2, r"unknown rule, prefix or category '\udcff'"),
    ({"a.json": GOOD}, ["a.json", "--baseline", "\udcff"], 2, r"\udcff: No such file"),
    ({"a.json": TAGGED}, ["a.json", "--diff"], 1, "no safe fix applies to 1 finding; 1 fixable with --unsafe-fixes.\n"),
    ({"a.json": TAGGED}, ["a.json", "--diff", "--fail-on", "never"], 0, "Would fix nothing: no safe fix"),
    ({"a.json": TAGGED}, ["a.json", "--diff", "--unsafe-fixes"], 1, "Would fix 1 problem.\n"),
    ({"a.json": UNFIXABLE}, ["a.json", "--diff"], 1, "Would fix nothing: no fix applies to 1 finding.\n"),
    ({"a.json": WARNED}, ["a.json", "--diff"], 0, "Would fix nothing: no fix applies to 2 findings.\n"),
    ({"a.json": "{"}, ["a.json", "--diff"], 1, "Would fix nothing: no fix applies to 1 finding.\n"),
    ({"a.json": GOOD}, ["a.json", "--diff"], 0, "Would fix nothing. No problems in 1 file.\n"),
    ({}, [".", "--diff"], 3, "Would fix nothing. No file was linted.\n"),
    ({"a.json": GOOD}, ["a.json", "none.json", "--diff"], 2, "none.json"),
    ({"a.json": GOOD.replace("Domain", "domain")}, ["a.json", "--diff"], 1, "Would fix 1 problem.\n"),
    ({"a.json": GOOD.replace("Domain", "domain"), "sm-lint.toml": 'fail-on = "never"'}, ["a.json", "--diff"], 0, ""),
    ({"a.json": GOOD}, ["a.json", "--stdin-filename", "b.json"], 2, "stdin is not among the paths; add - to them"),
    ({"a.json": GOOD.replace("Domain", "domain")}, ["a.json", "--diff", "--fail-on", "never"], 0, ""),
    ({"a.json": GOOD}, ["a.json", "--config", "selct = []"], 2, "selct: unknown key; did you mean `select`?"),
    ({"a.json": GOOD}, ["a.json", "--config", "select = 1"], 2, "select: expected a list of strings"),
    ({"a.json": GOOD, "sm-lint.toml": "x = "}, ["a.json"], 2, "sm-lint.toml: invalid TOML"),
    ({"a.json": GOOD, "sm-lint.toml": "x = "}, ["a.json", "--isolated"], 0, ""),
]


@pytest.mark.parametrize(("files", "arguments", "status", "stderr"), EXITS, ids=[" ".join(row[1]) for row in EXITS])
def test_exit_status(
    files: dict[str, str], arguments: list[str], status: int, stderr: str, folder: Path, run: Run
) -> None:
    for name, text in files.items():
        (folder / name).write_text(text)
    ran = run("check", *arguments)
    assert ran.status == status
    assert stderr in ran.err
    assert "Traceback" not in ran.err


def test_a_pipe_that_nobody_reads_is_not_waited_for(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(TAGGED)
    os.mkfifo(folder / "pipe")
    ran = run("check", "a.json", "--output-format", "json", "--output-file", "pipe")
    assert (ran.status, ran.err) == (2, "sm-lint: --output-file pipe: No such device or address\n")
    reader = os.open(folder / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    ran = run("check", "a.json", "--output-format", "concise", "--output-file", "pipe")
    assert (ran.status, os.read(reader, 14)) == (1, b"a.json:3:3: er")
    os.close(reader)


def test_a_working_directory_that_was_removed_is_told(folder: Path, run: Run) -> None:
    folder.joinpath("gone").mkdir()
    os.chdir("gone")
    folder.joinpath("gone").rmdir()
    ran = run("check", ".")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "sm-lint: the working directory does not exist any more; change into another\n"


def test_what_is_listed_is_one_safe_line_a_file(folder: Path, run: Run) -> None:
    (folder / "::error::\x1b.json").write_text("{}")
    listed = run("check", "--list-files", "--if-payload", "--exclude", "*\x1b*", "::error::\x1b.json")
    assert listed.out == "\\x3a:error::\\x1b.json: no: it is excluded by *\\x1b*\n"


def test_the_settings_are_safe_to_print(folder: Path, run: Run) -> None:
    (folder / "\x1b.toml").write_text('exclude = ["\\u001b\\u007f\\u202e\\n"]')
    ran = run("check", "--config", "\x1b.toml", "--show-settings", "a.json")
    assert ran.out.startswith("# \\x1b.toml\n")
    assert 'exclude = ["\\u001b\\u007f\\u202e\\n"]\n' in ran.out


def test_a_failure_costs_no_other_file_its_result(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(TAGGED)
    (folder / "b.json").write_bytes(b"\xff\xfe{")
    (folder / "c.json").write_text(TAGGED)
    ran = run("check", "a.json", "none.json", "b.json", "c.json", "--output-format", "json")
    assert ran.status == 2
    assert [(d["file"], d["code"]) for d in ran.report["diagnostics"]] == [
        ("a.json", "SM203"),
        ("b.json", "SM003"),
        ("c.json", "SM203"),
    ]


def test_stdin_is_named_and_read(folder: Path) -> None:
    command = [sys.executable, "-m", "sm_lint", "check", "--output-format", "concise", "--quiet"]
    named = ["--stdin-filename", "x/request.json"]
    for more, name in (["-"], "<stdin>"), ([*named, "-"], "x/request.json"), (named, "x/request.json"):
        ran = subprocess.run([*command, *more], input=TAGGED, capture_output=True, text=True, check=False, cwd=folder)
        assert (ran.returncode, ran.stderr) == (1, "")
        assert ran.stdout.startswith(f"{name}:3:3: error: `Tags`")


def test_yaml_on_stdin_is_told_by_its_first_character(folder: Path) -> None:
    command = [sys.executable, "-m", "sm_lint", "check", "-", "--output-format", "concise", "--quiet"]
    text = "ModelPackageGroupName: churn\nTags: [{Key: team, Value: risk}]\n"
    ran = subprocess.run(command, input=text, capture_output=True, text=True, check=False, cwd=folder)
    assert ran.stdout == "<stdin>:2:1: error: `Tags` is not allowed with `ModelPackageGroupName` [*] [SM203]\n"


def test_a_diff_is_alone_on_stdout_and_can_be_quiet(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(GOOD.replace("Domain", "domain"))
    ran = run("check", "./a.json", "--diff")
    assert ran.out.startswith("--- a.json\n+++ a.json\n@@ -1 +1 @@\n")
    assert ran.err == "Would fix 1 problem.\n"
    assert run("check", "./a.json", "--diff", "--quiet") == (1, ran.out, "")


@pytest.mark.parametrize("output_format", [name for name in CHOICES if not name.startswith("json")])
def test_a_file_has_one_name_however_its_path_is_written(output_format: str, folder: Path, run: Run) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.json").write_text(GOOD[:-1] + ', "domain": 1}')
    reports = {
        run("check", path, "--output-format", output_format).out
        for path in ("in/a.json", "./in/a.json", "in//./a.json", ".", "./", "in", "./in/")
    }
    assert len(reports) == 1
    report = reports.pop()
    assert ("SM101" in report, "./" in report.replace("../", "")) == (True, False)


def test_the_json_reports_have_a_path_as_it_was_given_and_a_file_is_linted_once(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(GOOD[:-1] + ', "domain": 1}')
    for given in (["./a.json", "a.json", "."], ["a.json", "."], [".", "a.json"]):
        found = run("check", *given, "--output-format", "json-lines").out.splitlines()
        assert [json.loads(line)["file"] for line in found] == [given[0] if given[0] != "." else "./a.json"]


def test_version_names_the_model(run: Run) -> None:
    ran = run("--version")
    assert ran.out.startswith(f"sm-lint {__version__} (CreateModelPackage of botocore 1.")


def test_help_names_the_commands(run: Run) -> None:
    assert "check" in run().out
    assert run("--help").status == 0
    assert "--if-payload" in run("check", "--help").out


def test_examples_are_as_the_demo_shows_them(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    ran = run("check", "--fail-on", "never", "examples", "--output-format", "json")
    assert ran.status == 0
    broken = {diagnostic["file"] for diagnostic in ran.report["diagnostics"]}
    assert broken >= {"examples/churn-version-broken.json", "examples/listing-broken.yaml"}
    assert all("-broken." in name for name in broken)
    assert ran.report["summary"]["files"] >= 4
