"""Commands and Python code on the command line: they are looked at only in files that somebody names for it."""

import io
import json
import sys
from pathlib import Path

import pytest

import sm_lint
from tests.conftest import Run
from tests.support.command import write

AWS = "aws sagemaker create-model-package"
BAD = f"{AWS} --model-package-group-name churn --model-approval-status approved\n"
GOOD = f"{AWS} --model-package-group-name churn\n"
CALL = "sm.create_model_package(ModelPackageGroupName='churn', ModelApprovalStatus='approved')\n"
STEP = f"on: push\njobs: {{a: {{steps: [run: {BAD.strip()}]}}}}\n"
FILES = {
    "a.sh": f"#!/bin/sh\n{BAD}{GOOD}",
    "b.py": CALL,
    "Makefile": f"all:\n\t{BAD}",
    "R.md": f"```sh\n{BAD}```\n",
    "release": f"#!/usr/bin/env bash\n{BAD}",
    "w.yml": STEP,
}
KEYS = {
    'commands = ["*"]': {"Makefile", "R.md", "a.sh", "release", "w.yml"},
    'commands = ["*.sh", "w.yml"]': {"a.sh", "w.yml"},
    'python = ["*.py"]': {"b.py"},
    'python = ["*.py"]\ncommands = ["Makefile"]': {"b.py", "Makefile"},
    'commands = ["*"]\npython = ["*"]': set(FILES),
    'commands = ["*"]\nexclude = ["*.md", "w.yml"]': {"Makefile", "a.sh", "release"},
    'commands = ["*"]\npython = ["*"]\ncarriers = ["python"]': {"b.py"},
    'commands = ["*"]\npython = ["*"]\ncarriers = ["payload", "command"]': set(FILES) - {"b.py"},
    'commands = ["*"]\npython = ["*"]\ncarriers = ["payload"]': set(),
    'include = ["*"]': set(),
    'requests = ["*.py"]': set(),
}


def linted(ran_out: str) -> set[str]:
    return {d["file"].removeprefix("./") for d in json.loads(ran_out)["diagnostics"]}


@pytest.mark.parametrize("files", [["."], [*FILES, "--if-payload"]], ids=["folder", "hook"])
@pytest.mark.parametrize("keys", KEYS)
def test_folders_and_the_hook_look_at_what_the_keys_name(keys: str, files: list[str], folder: Path, run: Run) -> None:
    write(folder, {**FILES, "sm-lint.toml": keys})
    ran = run("check", *files, "--output-format", "json")
    assert (linted(ran.out), ran.status) == (KEYS[keys], 1 if KEYS[keys] else 3)


def test_without_keys_no_code_is_looked_at_unless_it_is_named(folder: Path, run: Run) -> None:
    write(folder, FILES)
    for arguments in (["."], [*FILES, "--if-payload"], [".", "--carrier", "command"], [".", "--carrier", "python"]):
        ran = run("check", *arguments)
        assert (ran.status, ran.out) == (3, "No file was linted.\n")
    ran = run("check", *FILES, "--output-format", "json")
    assert linted(ran.out) == set(FILES)
    assert {d["carrier"] for d in ran.report["diagnostics"]} == {"command", "python"}
    assert run("check", ".", "b.py", "--output-format", "concise").out.startswith("b.py:1:")


@pytest.mark.parametrize(
    ("carrier", "files"),
    [("command", set(FILES) - {"b.py"}), ("python", {"b.py"}), ("pipeline", set()), ("payload", set())],
)
def test_the_option_chooses(carrier: str, files: set[str], folder: Path, run: Run) -> None:
    write(folder, FILES)
    ran = run("check", *FILES, "--carrier", carrier, "--output-format", "json")
    assert {d["file"] for d in ran.report["diagnostics"] if d["code"] == "SM106"} == files
    write(folder, {"sm-lint.toml": 'commands = ["*"]\npython = ["*"]'})
    assert linted(run("check", ".", "--carrier", carrier, "--output-format", "json").out) == files


def test_what_is_listed(folder: Path, run: Run) -> None:
    write(folder, {**FILES, "none.sh": "#!/bin/sh\naws s3 ls\n", "said.sh": f"#!/bin/sh\necho {GOOD}"})
    why_not = "it is code, which is looked at only if it is named, or if `commands` or `python` names it"
    assert run("check", *FILES, "--if-payload", "--list-files").out.splitlines()[:2] == [
        f"a.sh: no: {why_not}",
        f"b.py: no: {why_not}",
    ]
    assert run("check", "a.sh", "b.py", "w.yml", "none.sh", "said.sh", "--list-files").out.splitlines() == [
        "a.sh: yes: command, 2 requests",
        "b.py: yes: python, 1 request",
        "w.yml: yes: command, 1 request",
        "none.sh: no: it has no call",
        "said.sh: no: it has no call",
    ]
    write(folder, {"sm-lint.toml": 'commands = ["*.sh", "w.yml"]'})
    assert run("check", ".", "--list-files").out.splitlines() == [
        "./a.sh: yes: command, 2 requests",
        "./none.sh: no: it has no call",
        "./said.sh: no: it has no call",
        "./w.yml: yes: command, 1 request",
    ]


def test_a_script_without_a_command_is_no_finding(folder: Path, run: Run) -> None:
    write(folder, {"a.sh": "#!/bin/sh\nls\n", "b.sh": f"#!/bin/sh\n# {GOOD}"})
    ran = run("check", "a.sh", "b.sh")
    assert (ran.status, ran.out) == (3, "No file was linted.\n")


@pytest.mark.parametrize("name", ["a.ps1", "a.psm1", "a.cmd", "A.BAT", "a.fish"])
def test_a_script_of_another_shell_is_no_finding(name: str, folder: Path, run: Run) -> None:
    write(folder, {name: f"@echo off\n{BAD}", "sm-lint.toml": 'commands = ["*"]'})
    for path in (name, "."):
        ran = run("check", path)
        assert (ran.status, ran.out) == (3, "No file was linted.\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Dockerfile.prod", f"FROM x\nRUN {BAD}"),
        ("Jenkinsfile.release", f"sh '{BAD.strip()}'"),
        ("Makefile.ci", f"x:\n\t{BAD}"),
        ("R.mdx", f"```sh\n{BAD}```\n"),
        ("a.hcl", f'command = "{BAD.strip()}"\n'),
    ],
)
def test_a_file_that_is_named_is_of_the_kind_of_its_name(name: str, text: str, folder: Path, run: Run) -> None:
    write(folder, {name: text})
    assert run("check", name, "--output-format", "json").codes == ["SM106"]


@pytest.mark.usefixtures("folder")
def test_stdin_has_the_kind_of_its_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    ran = run("check", "-", "--stdin-filename", "a.sh", "--output-format", "json")
    assert ran.codes == ["SM106"]


def test_files_for_the_cli_are_extracted(folder: Path, run: Run) -> None:
    more = f"{AWS} --model-package-name a --tags Key=a,Value=b --no-certify-for-marketplace\n"
    write(folder, {"a.sh": f"#!/bin/sh\n{GOOD}{more}"})
    found = [json.loads(line) for line in run("extract", "a.sh").out.splitlines()]
    requests = [
        {"ModelPackageGroupName": "churn"},
        {"ModelPackageName": "a", "Tags": [{"Key": "a", "Value": "b"}], "CertifyForMarketplace": False},
    ]
    assert [one["request"] for one in found] == requests
    assert {one["carrier"] for one in found} == {"command"}
    assert [one["range"]["start"]["line"] for one in found] == [2, 3]
    written = run("extract", "a.sh", "--output-dir", "out").out.splitlines()
    assert [json.loads((folder / name).read_text()) for name in written] == requests
    assert run("check", "out", "--output-format", "json").status in {0, 1}


def test_a_command_that_does_not_tell_all_its_members_is_not_extracted(folder: Path, run: Run) -> None:
    write(folder, {"a.sh": f'#!/bin/sh\n{GOOD.strip()} "$@"\n'})
    ran = run("extract", "a.sh")
    assert ran.out == ""
    assert ran.err.startswith("sm-lint: a.sh: a request in it has members that the file does not tell\n")


def test_a_file_that_the_script_writes_is_extracted_with_its_command(folder: Path, run: Run) -> None:
    write(
        folder,
        {"a.sh": f"#!/bin/sh\ncat >i.json <<E\n{{}}\nE\n{GOOD.strip()} --inference-specification file://i.json\n"},
    )
    ran = run("extract", "a.sh")
    assert [json.loads(line)["request"] for line in ran.out.splitlines()] == [
        {"ModelPackageGroupName": "churn", "InferenceSpecification": {}}
    ]
    assert ran.err == ""


def test_commands_are_fixed_where_their_words_are_literal_and_python_is_not(folder: Path, run: Run) -> None:
    write(folder, FILES)
    run("check", *FILES, "--fix", "--output-format", "json")
    after = {name: (folder / name).read_text() for name in FILES}
    assert {name: text for name, text in after.items() if name.endswith((".py", ".ipynb"))} == {
        name: text for name, text in FILES.items() if name.endswith((".py", ".ipynb"))
    }
    assert after["Makefile"] == FILES["Makefile"].replace("approved", "Approved")


def test_comments_suppress(folder: Path, run: Run) -> None:
    write(
        folder,
        {
            "a.sh": f"#!/bin/sh\n# sm-lint: ignore[SM106]: not yet\n{BAD}",
            "w.yml": f"run: |\n  # sm-lint: ignore[SM106]\n  {BAD}",
            "b.py": f"{CALL.strip()}  # sm-lint: ignore[SM106]\n",
        },
    )
    ran = run("check", "a.sh", "w.yml", "b.py")
    assert (ran.status, ran.out) == (0, "No problems in 3 files (3 suppressed).\n")


def test_pointers_suppress(folder: Path, run: Run) -> None:
    write(folder, {"a.sh": BAD, "w.yml": STEP})
    config = 'per-file-ignores = {"a.sh#/--model-approval-status" = ["SM106"], "w.yml" = ["SM106"]}'
    assert run("check", "a.sh", "w.yml", "--config", config).out == "No problems in 2 files (2 suppressed).\n"
    config = 'per-file-ignores = {"a.sh#/--tags/0" = ["SM106"]}'
    assert run("check", "a.sh", "--config", config, "--output-format", "json").codes == ["SM901", "SM106"]


def test_a_comment_in_a_block_of_yaml_is_removed_if_it_is_unused(folder: Path, run: Run) -> None:
    write(folder, {"w.yml": f"run: |\n  # sm-lint: ignore[SM106]\n  {GOOD}"})
    assert run("check", "w.yml", "--fix").status == 0
    assert (folder / "w.yml").read_text() == f"run: |\n  {GOOD}"


def test_a_fix_does_not_make_commands_be_looked_at(folder: Path, run: Run) -> None:
    spec = "{modelPackageGroupName: churn, modelPackageDescription: a, skipModelValidation: none}"
    kind = f"apiVersion: sagemaker.services.k8s.aws/v1alpha1\nkind: ModelPackage\nspec: {spec}\n"
    write(folder, {"w.yml": f"{kind}run: {BAD}"})
    ran = run("check", ".", "--fix", "--unsafe-fixes", "--output-format", "json")
    assert (ran.codes, ran.status) == ([], 0)
    assert "skipModelValidation: None" in (folder / "w.yml").read_text()
    assert run("check", "w.yml", "--output-format", "json").codes == ["SM106"]


def test_the_api_reads_scripts_by_their_name(folder: Path) -> None:
    write(folder, FILES)
    assert [d.code for d in sm_lint.lint(Path("a.sh"))] == ["SM106"]
    assert [d.code for d in sm_lint.lint_text(BAD, filename="x.sh")] == ["SM106"]
