"""What a run imports: the start is most of the time that a single file takes."""

import subprocess
import sys
from pathlib import Path

import pytest

CODE = (
    "import sys; from sm_lint.cli import main; main({arguments});"
    "found = [m for m in sys.modules if m.startswith('sm_lint') or m.partition('.')[0] in {heavy}];"
    "print(*sorted(found), file=sys.stderr)"
)
HEAVY = (
    "asyncio", "dataclasses", "difflib", "email", "hypothesis", "inspect", "jsonschema", "multiprocessing", "pathlib",
    "pathspec", "pygls", "rich", "ruamel", "shtab", "shutil", "socket", "subprocess", "tempfile", "tomli", "tomllib",
    "unicodedata", "urllib",
)  # fmt: skip
START = ["sm_lint", "sm_lint.arguments", "sm_lint.cli", "sm_lint.config", "sm_lint.diagnostic", "sm_lint.nearest"]
CLEAN = [
    *START,
    *(f"sm_lint.{name}" for name in (
        "checks", "data", "discovery", "document", "engine", "escape", "instance_path", "options", "report",
        "report.full", "report.summary", "rules", "run", "schema", "selection", "syntax", "validator",
    )),
]  # fmt: skip
SYNTAX = {
    "a.json": ('{"ModelPackageGroupName": "churn"}', ["sm_lint.syntax.json", "sm_lint.syntax.json_places"]),
    "a.yaml": (
        "ModelPackageGroupName: churn",
        ["sm_lint.syntax.yaml", "sm_lint.syntax.yaml_libyaml", "sm_lint.syntax.yaml_places"],
    ),
}


def imported(tmp_path: Path, *arguments: str) -> list[str]:
    """Return our modules, and the heavy ones of others, that a command line imports."""
    code = CODE.format(arguments=list(arguments), heavy=HEAVY)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    return ran.stderr.split()


@pytest.mark.parametrize("name", SYNTAX)
def test_a_clean_run_imports_these_modules_and_no_others(name: str, tmp_path: Path) -> None:
    text, readers = SYNTAX[name]
    (tmp_path / name).write_text(text)
    found = [name for name in imported(tmp_path, "check", name) if not name.startswith("sm_lint.checks.")]
    assert found == sorted(CLEAN + readers)


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"]])
def test_help_imports_next_to_nothing(arguments: list[str], tmp_path: Path) -> None:
    assert imported(tmp_path, *arguments) == sorted(START)


@pytest.mark.parametrize("output_format", ["concise", "json"])
@pytest.mark.parametrize("name", SYNTAX)
def test_findings_for_programs_need_no_rich_and_no_ruamel(name: str, output_format: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(SYNTAX[name][0].replace("churn", "churn_models"))
    heavy = set(imported(tmp_path, "check", name, "--output-format", output_format)).intersection(HEAVY)
    assert heavy <= {"tomli", "unicodedata"}


LOOK_UPS = (
    "import sys; seen = [];"
    "sys.addaudithook(lambda event, of: seen.append(str(of[0])) if event in ('open', 'subprocess.Popen') else None);"
    "from sm_lint.cli import main; main(['check', '.', '--jobs', '1']);"
    "print(*seen, sep='\\n', file=sys.stderr)"
)


@pytest.mark.parametrize("configuration", ['select = ["SM2"]', "slect = []"])
def test_a_folder_is_asked_once_for_its_configuration_and_git_once_for_all(configuration: str, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        for number in range(20):
            (tmp_path / folder / f"{number}.json").write_text(SYNTAX["a.json"][0])
    subprocess.run(["git", "init", "--quiet"], check=True, cwd=tmp_path)
    (tmp_path / "sm-lint.toml").write_text("")
    (tmp_path / "two" / "sm-lint.toml").write_text(configuration)
    seen = subprocess.run(
        [sys.executable, "-c", LOOK_UPS], capture_output=True, text=True, check=True, cwd=tmp_path
    ).stderr.splitlines()
    files = 20 if configuration.startswith("slect") else 40
    assert sum(line.endswith(".json") and "schemas" not in line for line in seen) == files
    assert [line for line in seen if line.endswith("two/sm-lint.toml")] == [str(tmp_path / "two" / "sm-lint.toml")]
    assert [line for line in seen if line.endswith(f"{tmp_path.name}/sm-lint.toml")] == [str(tmp_path / "sm-lint.toml")]
    assert seen.count("git") == 1
