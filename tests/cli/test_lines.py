"""JSON Lines on the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_check import GOOD, WARNED
from tests.conftest import Run

BAD = '{"ModelPackageGroupName": "churn", "Tags": [{"Key": "a", "Value": "b"}], "Task": "OTHER"}'
TRAINING = '{"messages": [{"role": "user", "content": "x"}]}'


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{GOOD}\n{TRAINING}\n\n{BAD}\n")


def test_full_output(folder: Path, run: Run) -> None:
    write(folder, "a.jsonl")
    ran = run("check", "a.jsonl", "--if-payload", "--output-format", "full", "--output-file", "report.txt")
    assert (ran.status, ran.out) == (1, "")
    assert (folder / "report.txt").read_text() == (
        "error[SM203]: `Tags` is not allowed with `ModelPackageGroupName`\n"
        " --> a.jsonl:4:36\n"
        "  |\n"
        '4 | {"ModelPackageGroupName": "churn", "Tags": [{"Key": "a", "Value": "b"}], "Task": "OTHER"}\n'
        "  |                                    ^^^^^^\n"
        "  = at: /Tags\n"
        "  = help: Remove `Tags`, and tag the model package group instead: `aws sagemaker add-tags --resource-arn …`.\n"
        "  = rule: tags-on-a-version; more: sm-lint rule SM203\n"
        "\n"
        "Found 1 error in 1 file.\n"
    )


def test_a_folder(folder: Path, run: Run) -> None:
    write(folder, "a.jsonl", "b/c.NDJSON")
    (folder / "training.jsonl").write_text(f"{TRAINING}\n" * 3)
    (folder / "empty.jsonl").write_text("")
    ran = run("check", "--output-format", "concise", "--jobs", "2")
    assert ran.status == 1
    assert [line.partition(": ")[0] for line in ran.out.splitlines()[:-1]] == ["a.jsonl:4:36", "b/c.NDJSON:4:36"]
    listed = [line.partition(": ")[2][:21] for line in run("check", "--list-files").out.splitlines()]
    assert listed == [
        "yes: json-lines, 2 re",
        "yes: json-lines, 2 re",
        "no: none of its lines",
        "no: none of its lines",
    ]


def test_carriers(folder: Path, run: Run) -> None:
    write(folder, "a.jsonl")
    (folder / "a.txt").write_text(BAD)
    assert run("check", "--carrier", "payload", "--list-files").out.startswith("./a.jsonl: no: it is JSON Lines")
    assert run("check", "--carrier", "payload", "a.jsonl", "--output-format", "json").codes[0] == "SM001"
    assert run("check", "--carrier", "json-lines", "a.txt", "--output-format", "json").codes == ["SM203"]
    assert run("check", "--carrier", "json-lines", "a.jsonl", "--output-format", "json").codes == ["SM023", "SM203"]
    assert run("check", "--carrier", "payload,json-lines", "a.jsonl", "--output-format", "json").codes[1] == "SM203"


@pytest.mark.parametrize("arguments", [("-", "--carrier", "json-lines"), ("--stdin-filename", "a.jsonl")])
@pytest.mark.parametrize("with_baseline", [False, True])
def test_stdin(arguments: tuple[str, ...], with_baseline: bool, folder: Path) -> None:
    name = "a.jsonl" if "a.jsonl" in arguments else "<stdin>"
    entries = {"files": {name: {"SM203": {"/Tags": 1}}}, "schema_version": 1}
    (folder / "baseline.json").write_text(json.dumps(entries))
    command = [sys.executable, "-m", "sm_lint", "check", *arguments, "--output-format", "json"]
    command += ["--baseline", "baseline.json"] if with_baseline else []
    ran = subprocess.run(command, input=f"{BAD}\n{BAD}", capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert [d["range"]["start"]["line"] for d in json.loads(ran.stdout)["diagnostics"]] == [1, 2]


def test_what_is_no_file_and_what_is_no_line(folder: Path, run: Run) -> None:
    assert run("check", "no.jsonl").status == 2
    assert run("check", "/dev/zero", "--carrier", "json-lines", "--output-format", "json").codes == ["SM007"]
    (folder / "empty.jsonl").write_text("\n")
    assert run("check", "empty.jsonl").status == 3
    assert run("check", "empty.jsonl", "--allow-empty").status == 0


def test_a_baseline_has_all_findings_also_those_that_are_not_shown(folder: Path, run: Run) -> None:
    (folder / "a.jsonl").write_text(f"{BAD}\n" * 1005)
    ran = run("check", "a.jsonl", "--write-baseline", "baseline.json")
    assert ran.out.startswith("Wrote 1,005 findings from 1 file")
    assert json.loads((folder / "baseline.json").read_text())["files"] == {"a.jsonl": {"SM203": {"/Tags": 1005}}}
    assert run("check", "a.jsonl", "--baseline", "baseline.json").out == "No problems in 1 file (1,005 suppressed).\n"


def test_an_error_that_is_not_shown_fails_the_run(folder: Path, run: Run) -> None:
    (folder / "a.jsonl").write_text(f"{WARNED}\n" * 1001 + BAD)
    assert run("check", "a.jsonl").status == 1


def test_nothing_is_fixed(folder: Path, run: Run) -> None:
    text = '{"ModelPackageGroupName": "churn", "ModelApprovalStatus": "approved"}\n'
    (folder / "a.jsonl").write_text(text)
    ran = run("check", "a.jsonl", "--fix")
    assert (ran.status, (folder / "a.jsonl").read_text()) == (1, text)
    assert "  = not fixed: fixes are not applied to JSON Lines\n" in ran.out
    assert run("check", "a.jsonl", "--diff").out == ""
