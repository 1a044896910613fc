"""`sm-lint init`: writes the files of a project, and overwrites none."""

import re
from pathlib import Path

import pytest
import tomli
from ruamel.yaml import YAML

from sm_lint.config.keys import KEYS
from sm_lint.config.load import parse
from tests.support.command import sm_lint as run
from tests.support.command import write
from tests.support.linting import RULES

BAD = '{"ModelPackageGroupName": "b!", "ModelPackageDescription": "x"}'
ROOT = Path(__file__).parents[2]


def lines(folder: Path, *arguments: str) -> list[str]:
    ran = run("init", *arguments, cwd=folder)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.splitlines()


def hook(text: str) -> dict[str, object]:
    [repository] = YAML(typ="safe", pure=True).load(text)["repos"]
    [entry] = repository["hooks"]
    return dict(entry)


def test_a_new_project_gets_all_files(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": BAD, ".git/HEAD": ""})
    assert lines(tmp_path, "--baseline") == [
        "Wrote sm-lint.toml.",
        "Wrote .pre-commit-config.yaml. To turn it on: pre-commit install",
        "Wrote 1 finding from 1 file to sm-lint-baseline.json.",
    ]
    assert run("check", cwd=tmp_path).stdout == "No problems in 1 file (1 suppressed).\n"
    assert tomli.loads((tmp_path / "sm-lint.toml").read_text(encoding="utf-8")) == {"baseline": "sm-lint-baseline.json"}


def test_without_a_baseline_the_configuration_changes_nothing(tmp_path: Path) -> None:
    lines(tmp_path)
    assert tomli.loads((tmp_path / "sm-lint.toml").read_text(encoding="utf-8")) == {}
    assert not (tmp_path / "sm-lint-baseline.json").exists()
    shown = run("check", "--show-settings", "a.json", cwd=tmp_path).stdout.splitlines()
    assert shown[0] == "# sm-lint.toml"
    assert shown[1:] == run("check", "--isolated", "--show-settings", "a.json", cwd=tmp_path).stdout.splitlines()[1:]


def test_the_configuration_has_an_example_of_each_key_that_can_be_used_as_it_stands(tmp_path: Path) -> None:
    lines(tmp_path)
    text = (tmp_path / "sm-lint.toml").read_text(encoding="utf-8")
    examples = re.findall(r"^# ([a-z-]+ = .+)$", text, re.MULTILINE)
    table = tomli.loads("\n".join(examples))
    assert list(table) == list(KEYS)
    for key in table.keys() - {"extend", "rules"}:  # which name files
        parse({key: table[key]}, "sm-lint.toml", str(tmp_path), lambda _: RULES)


def test_the_hook_is_the_one_that_the_project_offers(tmp_path: Path) -> None:
    lines(tmp_path)
    written = hook((tmp_path / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    [offered] = YAML(typ="safe", pure=True).load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {key: written[key] for key in ("id", "entry", "types_or", "require_serial")} == {
        key: offered[key] for key in ("id", "entry", "types_or", "require_serial")
    }


def test_nothing_is_overwritten_and_what_to_add_is_said(tmp_path: Path) -> None:
    files = {
        "a.json": BAD,
        "sm-lint.toml": "# mine\n",
        ".pre-commit-config.yaml": "repos:\n- repo: local\n  hooks: []\n",
    }
    write(tmp_path, files)
    said = lines(tmp_path, "--baseline")
    assert said[:3] == [
        "sm-lint.toml exists, and was left as it is.",
        'Add to it: baseline = "sm-lint-baseline.json"',
        ".pre-commit-config.yaml exists, and was left as it is. Add to its repos:",
    ]
    assert hook("repos:\n" + "\n".join(said[4:-2]))["id"] == "sm-lint"
    assert said[-1] == "Wrote 1 finding from 1 file to sm-lint-baseline.json."
    before = (tmp_path / "sm-lint-baseline.json").read_text(encoding="utf-8")
    write(tmp_path, {".pre-commit-config.yaml": "repos: [{repo: https://example.com/sm-lint}]", "b.json": BAD})
    assert lines(tmp_path, "--baseline")[2:] == [
        ".pre-commit-config.yaml has sm-lint already.",
        "sm-lint-baseline.json exists, and was left as it is. `sm-lint check --write-baseline` writes it anew.",
    ]
    assert (tmp_path / "sm-lint-baseline.json").read_text(encoding="utf-8") == before
    assert (tmp_path / "sm-lint.toml").read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize(
    ("files", "said", "baseline"),
    [
        (
            {"pyproject.toml": "[tool.sm-lint]"},
            "pyproject.toml exists, and was left as it is.",
            "sm-lint-baseline.json",
        ),
        ({"pyproject.toml": "[tool.other]"}, "Wrote sm-lint.toml.", "sm-lint-baseline.json"),
        ({"sm-lint.toml": 'baseline = "deep/known.json"', "deep/x": ""}, "sm-lint.toml exists", "deep/known.json"),
    ],
)
def test_what_is_configured_is_used(files: dict[str, str], said: str, baseline: str, tmp_path: Path) -> None:
    write(tmp_path, {**files, "a.json": BAD})
    assert lines(tmp_path, "--baseline")[0].startswith(said)
    assert (tmp_path / baseline).is_file()


def test_in_a_folder_of_a_repository_the_hook_is_printed(tmp_path: Path) -> None:
    write(tmp_path, {".git/HEAD": "", "models/a.json": BAD})
    said = lines(tmp_path / "models")
    assert said[:2] == [
        "Wrote sm-lint.toml.",
        "The hooks belong to the root of the repository. Add to .pre-commit-config.yaml there:",
    ]
    assert hook("\n".join(said[3:]))["id"] == "sm-lint"
    assert not list(tmp_path.rglob(".pre-commit-config.yaml"))


def test_a_broken_configuration_ends_with_2(tmp_path: Path) -> None:
    write(tmp_path, {"sm-lint.toml": "selct = 1"})
    ran = run("init", "--baseline", cwd=tmp_path)
    assert (ran.returncode, "did you mean `select`?" in ran.stderr) == (2, True)
