"""What services for continuous integration get: paths in the repository, a summary, a word if nothing was linted."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import Run

BAD = '{"ModelPackageGroupName": "churn", "ModelPackageDescription": "", "Tags": [{"Key": "a", "Value": "b"}]}'
NAME = "a b%c😀:d.json"
IN_SARIF = "a%20b%25c%F0%9F%98%80%3Ad.json"
PATH: dict[str, Callable[[str], str]] = {
    "github": lambda out: out.split("file=")[1].split(",line=")[0].replace("%3A", ":").replace("%25", "%"),
    "gitlab": lambda out: str(json.loads(out)[0]["location"]["path"]),
    "sarif": lambda out: str(
        json.loads(out)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    ),
    "rdjson": lambda out: str(json.loads(out)["diagnostics"][0]["location"]["path"]),
    "junit": lambda out: str(next(ET.fromstring(out).iter("testcase")).get("file")),  # noqa: S314 - our own
    "markdown": lambda out: out.split("<code>")[1].split("</code>")[0],
}
AS_GIVEN: dict[str, Callable[[str], str]] = {
    "json": lambda out: str(json.loads(out)["diagnostics"][0]["file"]),
    "concise": lambda out: out.split(":1:")[0],
    "full": lambda out: out.split("--> ")[1].split(":1:")[0],
}


@pytest.fixture
def repository(folder: Path) -> Path:
    """A repository with a request in a folder, which is the working directory."""
    (folder / "models").mkdir()
    (folder / "models" / NAME).write_text(BAD)
    os.chdir("models")
    return folder


def paths(name: str, run: Run) -> dict[str, str]:
    """Return the path of the first finding in each format."""
    formats = PATH | AS_GIVEN
    written = [part for one in formats for part in ("--output-format", one, "--output-file", f"../report.{one}")]
    assert run("check", name, *written).status == 1
    return {one: path_in(Path(f"../report.{one}").read_text(encoding="utf-8")) for one, path_in in formats.items()}


@pytest.mark.parametrize("given", [".", NAME, f"../models/{NAME}", "absolute"])
def test_paths_are_those_of_the_repository_for_services_alone(given: str, repository: Path, run: Run) -> None:
    name = str(repository / "models" / NAME) if given == "absolute" else given
    expected = dict.fromkeys(PATH, f"models/{NAME}") | {"sarif": f"models/{IN_SARIF}"}
    as_given = {one: name if name != "." else f"./{NAME}" if one == "json" else NAME for one in AS_GIVEN}
    assert paths(name, run) == expected | as_given


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_a_service_says_where_the_repository_is(
    variable: str, repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(repository.parent))
    found = paths(NAME, run)
    assert found.pop("sarif") == f"{repository.name}/models/{IN_SARIF}"
    assert {found[one] for one in found if one in PATH} == {f"{repository.name}/models/{NAME}"}
    assert {found[one] for one in AS_GIVEN} == {NAME}


def test_elsewhere_a_path_is_absolute_or_as_it_was_given(repository: Path, run: Run) -> None:
    (repository / "models" / ".git").mkdir()
    (repository / NAME).write_text(BAD)
    absolute = {"github": f"{repository}/{NAME}", "sarif": f"file://{repository}/{IN_SARIF}"}
    assert paths(f"../{NAME}", run) == dict.fromkeys(PATH | AS_GIVEN, f"../{NAME}") | absolute


def test_text_from_stdin_has_the_path_of_its_name(repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for options, path in ((["-"], "<stdin>"), (["--stdin-filename", "a.json"], "models/a.json")):
        with (repository / "models" / NAME).open(encoding="utf-8") as text:
            monkeypatch.setattr("sys.stdin", text)
            assert PATH["gitlab"](run("check", *options, "--output-format", "gitlab").out) == path


@pytest.mark.parametrize("allowed", [True, False])
def test_a_run_that_lints_nothing_says_so(allowed: bool, folder: Path, run: Run) -> None:
    (folder / "a.json").write_text("{}")
    formats = ("full", "concise", "markdown", "github", "junit", "sarif")
    written = [part for one in formats for part in ("--output-format", one, "--output-file", f"{one}.txt")]
    assert run("check", *written, *(["--allow-empty"] if allowed else []), "a.json", "--if-payload").status == (
        0 if allowed else 3
    )
    assert [one for one in formats if "No file was linted." not in (folder / f"{one}.txt").read_text()] == []


def many(count: int) -> str:
    """Return a request with many findings."""
    keys = ", ".join(f'"Key{number}": 1' for number in range(count))
    return f'{{"ModelPackageGroupName": "churn", "Domain": "x", {keys}}}'


def test_the_summary_of_a_step_has_more_room_than_a_comment(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.json").write_text(many(900))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary"))
    written = [
        part for file in ("summary", "comment") for part in ("--output-format", "markdown", "--output-file", file)
    ]
    assert run("check", "a.json", *written).status == 1
    summary, comment = ((folder / file).read_text(encoding="utf-8") for file in ("summary", "comment"))
    assert len(comment.encode()) <= 65_536 < len(summary.encode()) <= 1_048_576
    assert "No room here for" in comment
    assert summary.count("\n| ❌ error |") == 900
