"""Files that commands name with `file://`: they are linted with the options beside them, in the same run."""

import json
import os
from pathlib import Path

import pytest

import sm_lint
from tests.conftest import Run
from tests.support.command import write

CALL = "aws sagemaker create-model-package"
REST = json.dumps({"ModelPackageDescription": "a", "Tags": [{"Key": "a", "Value": "b"}]})
CONTAINERS = [{"Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/c:1", "ModelDataURL": "s3://bucket/m.tar.gz"}]
SPEC = json.dumps({"Containers": CONTAINERS})
GROUP = "--model-package-group-name g"
NAME = '--model-package-name n --inference-specification "$SPEC"'
Found = list[tuple[str, str]]


def found(run: Run, *arguments: str) -> Found:
    """Return the file and the code of each diagnostic."""
    return [(d["file"], d["code"]) for d in run("check", *arguments, "--output-format", "json").report["diagnostics"]]


CASES: list[tuple[str, dict[str, str], Found]] = [
    (f"{CALL} {GROUP} --cli-input-json file://r.json", {"r.json": REST}, [("r.json", "SM203")]),
    (f"{CALL} {GROUP} --cli-input-json file://./in/r.json", {"in/r.json": REST}, [("in/r.json", "SM203")]),
    (f"{CALL} {NAME} --cli-input-json file://r.json", {"r.json": REST}, []),
    (f"{CALL} --cli-input-json file://r.json", {"r.json": REST}, [("r.json", "SM202")]),
    (f"{CALL} {GROUP} --cli-input-json file://r.txt", {"r.txt": REST}, [("r.txt", "SM203")]),
    (f"{CALL} {GROUP} --cli-input-json file://r.json", {"r.json": "{"}, [("r.json", "SM001")]),
    (f"{CALL} {GROUP} --cli-input-yaml file://r", {"r": "Domian: x"}, [("r", "SM101")]),
    (f"{CALL} {GROUP} --inference-specification file://s.json", {"s.json": SPEC}, [("s.json", "SM101")]),
    (f"{CALL} {GROUP} --inference-specification file://s.json", {"s.json": "Containers=[{Image=a}]"}, []),
    (f"{CALL} {GROUP} --model-package-description file://d.json", {"d.json": "{"}, []),
    (f"{CALL} {GROUP} --cli-input-json file://r.json --tags Key=a", {"r.json": REST}, []),
]  # fmt: skip


@pytest.mark.parametrize(("script", "files", "expected"), CASES)
def test_a_file_is_what_a_command_says(
    script: str, files: dict[str, str], expected: Found, folder: Path, run: Run
) -> None:
    write(folder, {"a.sh": script + "\n", **files})
    assert [one for one in found(run, "a.sh") if one[0] in files] == expected


def test_a_file_that_is_in_the_run_anyway_is_linted_once_with_the_options(folder: Path, run: Run) -> None:
    write(folder, {"sm-lint.toml": 'commands = ["*.sh"]', "x/a.sh": f"{CALL} {GROUP} --cli-input-json file://r.json\n"})
    write(
        folder, {"x/r.json": REST, "y/s.json": SPEC, "x/b.sh": f"{CALL} --inference-specification file://../y/s.json"}
    )
    assert ("./x/r.json", "SM203") in found(run, ".")
    assert [one for one in found(run, ".") if one[0].endswith("s.json")] == [("./y/s.json", "SM101")]
    assert "./x/r.json: yes" in run("check", ".", "--list-files").out.splitlines()
    assert found(run, ".", "--jobs", "2") == found(run, ".")
    write(folder, {"sm-lint.toml": ""})
    assert found(run, "y", "x") == []


def test_of_two_commands_holds_what_holds_for_both(folder: Path, run: Run) -> None:
    command = f"{CALL} --cli-input-json file://r.json"
    write(folder, {"a.sh": f"{command} {GROUP}\n", "b.sh": f"{command} {NAME}\n", "r.json": REST})
    write(folder, {"c.sh": f"{CALL} {GROUP} --tags file://r.json\n"})
    assert ("r.json", "SM203") in found(run, "a.sh")
    assert [one for one in found(run, "a.sh", "b.sh") if one[0] == "r.json"] == []
    assert [one for one in found(run, "a.sh", "c.sh") if one[0] == "r.json"] == []


HOSTILE = [
    "../out.json", "in/../../out.json", "link.json", "links/out.json", "none.json", "in", ".", "", "~/out.json",
    "$HOME/out.json", "a\\0.json", "/dev/stdin", "/dev/zero", "a.sh", "loop", "x" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("path", [*HOSTILE, "/out.json"])
def test_what_is_outside_is_not_read(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    root = tmp_path / "root"
    write(tmp_path, {"out.json": '{"Domian": 1}', "root/in/x": "", "root/sm-lint.toml": ""})
    (root / "link.json").symlink_to(tmp_path / "out.json")
    (root / "links").symlink_to(tmp_path)
    (root / "loop").symlink_to(root / "loop")
    monkeypatch.chdir(root)
    path = str(tmp_path / "out.json") if path == "/out.json" else path
    write(root, {"a.sh": f"{CALL} {GROUP} --cli-input-json 'file://{path}'\n"})
    ran = run("check", "a.sh", "--output-format", "json")
    assert {d["file"] for d in ran.report["diagnostics"]} <= {"a.sh"}
    assert ran.report["summary"]["files"] == 1


def test_a_file_outside_counts_if_it_is_to_be_linted_anyway(folder: Path, run: Run) -> None:
    write(folder, {"x/a.sh": f"{CALL} {GROUP} --cli-input-json file://r.json\n", "x/r.json": REST, "y/z": ""})
    os.chdir("y")
    assert found(run, "../x/a.sh") == []
    assert found(run, "../x/a.sh", "../x") == [("../x/r.json", "SM203")]


def test_a_pipe_is_not_waited_for(folder: Path, run: Run) -> None:
    os.mkfifo(folder / "r.json")
    write(folder, {"a.sh": f"{CALL} {GROUP} --cli-input-json file://r.json\n"})
    assert {name for name, _ in found(run, "a.sh")} <= {"a.sh"}


CHANGED = [
    "jq . t > r.json",
    "sed -i s/a/b/ r.json",
    "cp t r.json",
    "envsubst < t > ./r.json",
    "cat > r.json <<E\n{}\nE",
]


@pytest.mark.parametrize("change", CHANGED)
def test_a_file_that_the_script_changes_is_unknown(change: str, folder: Path, run: Run) -> None:
    write(folder, {"a.sh": f"{change}\n{CALL} {GROUP} --cli-input-json file://r.json\n", "r.json": REST})
    assert found(run, "a.sh") == []


def test_fixes_know_the_options(folder: Path, run: Run) -> None:
    write(folder, {"a.sh": f"{CALL} {GROUP} --inference-specification file://s.json\n", "s.json": SPEC})
    run("check", "a.sh", "--fix")
    assert json.loads((folder / "s.json").read_text())["Containers"][0].keys() == {"Image", "ModelDataUrl"}
    assert found(run, "a.sh") == []


def test_the_api_reads_no_other_file(folder: Path) -> None:
    write(folder, {"a.sh": f"{CALL} {GROUP} --cli-input-json file://r.json\n", "r.json": REST})
    assert sm_lint.lint(Path("a.sh")) == []
