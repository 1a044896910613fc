"""Configuration: where it is found, what it says, and how it is laid over."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sm_lint.config import toml
from sm_lint.config.once import once
from sm_lint.config.toml import table_of
from sm_lint.model.settings import ConfigError
from tests.conftest import Run
from tests.support import command

if TYPE_CHECKING:
    from collections.abc import Callable

BAD = '{"ModelPackageGroupName": "churn", "Domain": "", "Tags": [{"Key": "a", "Value": "b"}], "Domian": "x"}'
NEW_TYPE = """{
  "ModelPackageGroupName": "churn",
  "InferenceSpecification": {
    "Containers": [{"Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"}],
    "SupportedTransformInstanceTypes": ["ml.z9.large", "x"]
  }
}"""


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_json", ".json").replace("_toml", ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def symlink(link: Path, target: str) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target)


SELECTIONS = [
    # configuration, command line, codes found
    ("", [], ["SM101", "SM203"]),
    ('ignore = ["SM203"]', [], ["SM101"]),
    ('ignore = ["SM2"]', [], ["SM101"]),
    ('ignore = ["identity"]', [], ["SM101"]),
    ('ignore = ["tags-on-a-version"]', [], ["SM101"]),
    ('ignore = ["ALL"]', [], []),
    ('select = ["SM203"]', [], ["SM203"]),
    ('select = ["SM20"]\nignore = ["SM203"]', [], []),
    ('select = ["SM203"]\nignore = ["SM2"]', [], ["SM203"]),
    ('select = ["SM2"]\nignore = ["SM2"]', [], []),
    ('select = ["SM1"]\nextend-select = ["SM203"]', [], ["SM101", "SM203"]),
    ('ignore = ["ALL"]\nextend-select = ["SM203"]', [], ["SM203"]),
    ('select = ["SM1"]', ["--select", "SM20"], ["SM203"]),
    ('ignore = ["SM203"]', ["--ignore", "SM101"], []),
    ('ignore = ["SM2"]', ["--extend-select", "SM203"], ["SM101", "SM203"]),
    ("", ["--ignore", "SM203,SM101"], []),
    ("", ["--config", 'ignore = ["SM203"]'], ["SM101"]),
    ('ignore = ["SM203"]', ["--isolated"], ["SM101", "SM203"]),
]


@pytest.mark.parametrize(("settings", "arguments", "codes"), SELECTIONS)
def test_selection(settings: str, arguments: list[str], codes: list[str], folder: Path, run: Run) -> None:
    write(folder, a_json=BAD, sm_lint_toml="")
    (folder / "sm-lint.toml").write_text(settings)
    assert sorted(run("check", "a.json", "--output-format", "json", *arguments).codes) == codes


def test_the_nearest_file_holds(folder: Path, run: Run) -> None:
    write(folder, a_json=BAD, deep__a_json=BAD, deep__er__a_json=BAD, other__a_json=BAD)
    (folder / "sm-lint.toml").write_text('ignore = ["SM203"]')
    (folder / "deep" / "pyproject.toml").write_text('[tool.sm-lint]\nignore = ["SM101"]')
    (folder / "deep" / "er" / "pyproject.toml").write_text("[project]")
    (folder / "other" / "pyproject.toml").write_text('[tool.sm-lint]\nignore = ["SM101"]')
    (folder / "other" / "sm-lint.toml").write_text('ignore = ["SM1", "SM2"]')
    report = run("check", ".", "--output-format", "json").report
    assert [(d["file"], d["code"]) for d in report["diagnostics"]] == [
        ("./a.json", "SM101"),
        ("./deep/a.json", "SM203"),
        ("./deep/er/a.json", "SM203"),
    ]


def test_nothing_above_the_git_root_holds(folder: Path, run: Run) -> None:
    write(folder, repo__a_json=BAD)
    (folder / "repo" / ".git").mkdir()
    (folder / "sm-lint.toml").write_text('ignore = ["ALL"]')
    assert len(run("check", "repo/a.json", "--output-format", "json").codes) == 2


def test_extend_is_explicit_and_adds(folder: Path, run: Run) -> None:
    write(folder, base_toml='ignore = ["SM203"]\nfail-on = "never"', team__a_json=BAD)
    (folder / "team" / "sm-lint.toml").write_text('extend = "../base.toml"\nignore = ["SM101"]')
    assert run("check", "team/a.json", "--output-format", "json").codes == []
    (folder / "team" / "sm-lint.toml").write_text('extend = "../base.toml"\nfail-on = "error"')
    ran = run("check", "team/a.json", "--output-format", "json")
    assert (ran.status, ran.codes) == (1, ["SM101"])


def test_a_linked_configuration_belongs_to_the_folder_of_the_link(folder: Path, run: Run) -> None:
    write(folder, common__sm_lint_toml="", team__a_json=BAD, common__base_toml='ignore = ["SM203"]')
    (folder / "common" / "sm-lint.toml").write_text(
        'extend = "base.toml"\nper-file-ignores = { "/a.json" = ["SM101"] }'
    )
    symlink(folder / "team" / "sm-lint.toml", "../common/sm-lint.toml")
    assert "sm-lint: team/base.toml: No such file" in run("check", "team/a.json").err
    (folder / "team" / "base.toml").write_text("")
    assert run("check", "team/a.json", "--output-format", "json").codes == ["SM203"]


def test_a_chain_of_extended_files_ends(folder: Path, run: Run) -> None:
    write(folder, a_json=BAD)
    (folder / "sm-lint.toml").write_text('extend = "0.toml"')
    for number in range(20):
        (folder / f"{number}.toml").write_text(f'extend = "{number + 1}.toml"')
    assert run("check", "a.json").err == "sm-lint: 16.toml: extend: more than 16 files in a row; merge some of them\n"
    (folder / "15.toml").write_text('ignore = ["SM203"]')
    assert run("check", "a.json", "--output-format", "json").codes == ["SM101"]


def test_only_a_file_can_extend(folder: Path, run: Run) -> None:
    write(folder, a_json=BAD, base_toml="")
    ran = run("check", "a.json", "--config", 'extend = "base.toml"')
    advice = "only a configuration file can extend another; put these keys into a file"
    assert (ran.status, ran.err) == (2, f"sm-lint: the command line: extend: {advice}\n")


@pytest.mark.parametrize("name", ["sm-lint.toml", "pyproject.toml"])
def test_what_is_called_like_a_configuration_is_read_or_told(name: str, folder: Path, run: Run) -> None:
    write(folder, good__a_json=BAD, bad__a_json=BAD)
    path = folder / "bad" / name
    ways: list[tuple[Callable[[], None], str]] = [
        (path.mkdir, "Is a directory"),
        (lambda: os.mkfifo(path), "Not a regular file"),
        (lambda: path.symlink_to("/dev/zero"), "Not a regular file"),
        (lambda: path.symlink_to("none"), "No such file or directory"),
    ]
    for make, message in ways:
        make()
        ran = run("check", "good", "bad", "--output-format", "json")
        assert (ran.status, ran.err) == (2, f"sm-lint: bad/{name}: {message}\n")
        assert {d["file"] for d in ran.report["diagnostics"]} == {"good/a.json"}
        path.rmdir() if path.is_dir() else path.unlink()


def test_a_configuration_that_vanishes_between_two_looks_is_told(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, good__a_json=BAD, bad__a_json=BAD)
    path = folder / "bad" / "pyproject.toml"
    path.write_text("[tool.sm-lint]")

    def vanishes(of: str) -> dict[str, Any]:
        content = table_of(of)
        path.unlink()
        return content

    monkeypatch.setattr(toml, "table_of", vanishes)
    ran = run("check", "good", "bad", "--output-format", "json")
    assert (ran.status, ran.err) == (2, "sm-lint: bad/pyproject.toml: No such file or directory\n")
    assert {d["file"] for d in ran.report["diagnostics"]} == {"good/a.json"}


def test_an_error_is_remembered_like_a_value() -> None:
    asked = []

    def asks(text: str) -> str:
        asked.append(text)
        if text == "bad":
            raise ConfigError("wrong")
        return text

    remembered = once(asks)
    for _ in range(3):
        assert remembered("good") == "good"
        with pytest.raises(ConfigError, match="wrong"):
            remembered("bad")
    assert asked == ["good", "bad"]


def test_severity_and_fail_on(folder: Path, run: Run) -> None:
    write(folder, a_json=BAD)
    (folder / "sm-lint.toml").write_text('severity = { identity = "warning", SM203 = "info", SM101 = "warning" }')
    ran = run("check", "a.json", "--output-format", "json")
    assert ran.status == 0
    assert [(d["code"], d["severity"]) for d in ran.report["diagnostics"]] == [("SM203", "info"), ("SM101", "warning")]
    assert run("check", "a.json", "--fail-on", "warning").status == 1


def test_extra_instance_types_are_silent(folder: Path, run: Run) -> None:
    write(folder, a_json=NEW_TYPE)
    assert run("check", "a.json", "--output-format", "json").codes == ["SM305", "SM303"]
    (folder / "sm-lint.toml").write_text('extra-instance-types = ["ml.z9.large", "x"]')
    assert run("check", "a.json", "--output-format", "json").codes == []


GIVEN = [
    # payload, given, (code, pointer) found
    ({"Domain": '"x"'}, [], [("SM202", "")]),
    ({"Domain": '"x"'}, ["ModelPackageGroupName"], []),
    ({"SourceAlgorithmSpecification": '{"SourceAlgorithms": [{"AlgorithmName": "a"}]}'}, ["ModelPackageName"], []),
    ({"ModelPackageName": '"a"'}, ["ModelPackageGroupName"], [("SM201", "")]),
    ({"ModelPackageGroupName": '"a_b"'}, ["ModelPackageGroupName"], []),
    ({"Tags": '[{"Key": "a", "Value": "b"}]'}, ["ModelPackageGroupName"], [("SM203", "/Tags")]),
    ({"ModelPackageGroupName": '"a"'}, ["Tags"], []),  # they may be an empty list
    ({"ModelPackageGroupName": '"a"'}, ["CertifyForMarketplace"], []),
    ({"ModelPackageName": '"a"'}, ["InferenceSpecification"], []),
]


@pytest.mark.parametrize(("payload", "given", "found"), GIVEN)
def test_given_members_are_there_with_an_unknown_value(
    payload: dict[str, str], given: list[str], found: list[tuple[str, str]], folder: Path, run: Run
) -> None:
    write(folder, a_json="{" + ", ".join(f'"{name}": {value}' for name, value in payload.items()) + "}")
    options = [part for name in given for part in ("--given", name)]
    report = run("check", "a.json", "--output-format", "json", *options).report
    assert [(d["code"], d["pointer"]) for d in report["diagnostics"]] == found


def test_exclude_skips_what_folders_hold_and_not_what_is_named(folder: Path, run: Run) -> None:
    write(folder, a_json=BAD, old__b_json=BAD, old__keep__c_json=BAD)
    (folder / "sm-lint.toml").write_text('exclude = ["old/*", "!old/keep"]')
    assert run("check", ".", "--output-format", "json").report["summary"]["files"] == 1
    assert run("check", "old/b.json", "--output-format", "json").report["summary"]["files"] == 1
    assert run("check", "old/b.json", "--if-payload").status == 3
    assert run("check", ".", "--exclude", "*.json").status == 3


WRONG = [
    ("nonsense = 1", "sm-lint.toml: nonsense: unknown key"),
    ("ignored = []", "sm-lint.toml: ignored: unknown key; did you mean `ignore`?"),
    ('ignore = "SM203"', "sm-lint.toml: ignore: expected a list of strings"),
    ('ignore = ["SM204x"]', "sm-lint.toml: ignore: unknown rule, prefix or category 'SM204x'; did you mean `SM204`?"),
    ('fail-on = "errors"', "sm-lint.toml: fail-on: expected one of error, warning, info, never, found 'errors'"),
    ("severity = 1", "sm-lint.toml: severity: expected a table"),
    ('severity = { SM203 = "fatal" }', "severity.SM203: expected one of error, warning, info, found 'fatal'"),
    ('given = ["modelPackageName"]', "sm-lint.toml: given: unknown member 'modelPackageName' of the request"),
    ("extend = 1", "sm-lint.toml: extend: expected the path"),
    ('extend = "none.toml"', "none.toml: No such file or directory"),
    ('extend = "sm-lint.toml"', "extend each other in a circle"),
    ('extend = "\\u0000"', "sm-lint.toml: extend: expected the path"),
    ("select = [", "sm-lint.toml: invalid TOML"),
    ("exclude = ['!']", "sm-lint.toml: exclude: invalid pattern '!': "),
    ("include = ['[a']", "sm-lint.toml: include: invalid pattern '[a': "),
    ("per-file-ignores = { 'a\\' = ['SM203'] }", "invalid pattern 'a"),
    (f"per-file-ignores = {{ 'a#{'/x' * 201}' = ['SM203'] }}", "the pointer has more than 200 steps"),
    (
        "[per-file-ignores]\n" + "".join(f"'a#/{i}/*' = ['SM2']\n" for i in range(201)),
        "found 201 pointers with a step *",
    ),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_is_wrong_is_told_with_place_and_remedy(text: str, message: str, folder: Path, run: Run) -> None:
    write(folder, a_json=BAD)
    (folder / "sm-lint.toml").write_text(text)
    ran = run("check", "a.json")
    assert ran.status == 2
    assert message in ran.err


@pytest.mark.parametrize("text", ["tool = 1", "[[tool]]\na = 1", "[tool]\nsm-lint = 3", "[tool]\nsm-lint = []"])
def test_a_pyproject_without_a_table_of_ours_is_told_so(text: str, folder: Path, run: Run) -> None:
    write(folder, a_json=BAD)
    (folder / "pyproject.toml").write_text(text)
    ran = run("check", ".")
    assert (ran.status, ran.err) == (2, "sm-lint: pyproject.toml: tool.sm-lint: expected a table\n")


def test_a_wrong_configuration_costs_no_other_folder_its_result(folder: Path, run: Run) -> None:
    write(folder, good__a_json=BAD, bad__a_json=BAD)
    (folder / "bad" / "sm-lint.toml").write_text("x = 1")
    ran = run("check", "good", "bad", "--output-format", "json")
    assert ran.status == 2
    assert {d["file"] for d in ran.report["diagnostics"]} == {"good/a.json"}


def test_a_folder_whose_name_begins_with_two_dots_is_inside(tmp_path: Path) -> None:
    command.write(tmp_path, {"..data/a.json": '{"ModelPackageName": "a", "ModelPackageGroupName": "b"}'})
    found = command.sm_lint("check", "..data/a.json", "--output-format", "sarif", cwd=tmp_path)
    assert (found.returncode, '"uri": "..data/a.json"' in found.stdout) == (1, True)
    ignored = 'per-file-ignores = { "..data/**" = ["SM201"] }'
    assert command.sm_lint("check", "..data/a.json", "--config", ignored, cwd=tmp_path).returncode == 0


PATHS = [
    # what the configuration says, how the message begins
    ("x = 1", "team/sm-lint.toml: x: unknown key"),
    ('extend = "gone.toml"', "team/gone.toml: No such file"),
    ('rules = ["gone.toml"]', "team/gone.toml: no such file or folder"),
    ('rules = ["bad.toml"]', "rules: team/bad.toml: x: unknown key"),
    ('baseline = "bad.toml"', "baseline: team/bad.toml: invalid JSON"),
]


@pytest.mark.parametrize(("text", "message"), PATHS)
def test_messages_have_paths_relative_to_the_working_directory(
    text: str, message: str, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, team__a_json=BAD, team__bad_toml="x = 1", other__a_json=BAD)
    (folder / "team" / "sm-lint.toml").write_text(text)
    for path in ("team/a.json", str(folder / "team" / "a.json")):
        assert run("check", path).err.startswith(f"sm-lint: {message}")
    monkeypatch.chdir(folder / "other")
    ran = run("check", "../team/a.json", "--output-format", "sarif")
    assert ran.err.startswith(f"sm-lint: {message.replace('team/', '../team/')}")
    assert str(folder) not in ran.out


def test_a_finding_about_a_configuration_names_it_as_one_sees_it(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, team__a_json=BAD)
    (folder / "sm-lint.toml").write_text('[per-file-ignores]\n"team/a.json#/Domain" = ["SM106"]')
    where = "sm-lint.toml: per-file-ignores.'team/a.json#/Domain'"
    assert f"unused suppression of `SM106` in {where}\n" in run("check", folder / "team" / "a.json").out
    monkeypatch.chdir(folder / "team")
    assert f"unused suppression of `SM106` in ../{where}\n" in run("check", "a.json").out


def test_the_rules_that_run_are_shown(folder: Path, run: Run) -> None:
    (folder / "sm-lint.toml").write_text('select = ["SM203", "SM9", "SM317"]\nignore = ["SM901"]\n')
    shown = run("check", "--show-settings", "a.json").out
    assert shown.endswith("# 4 rules run\n# error: SM203\n# warning: SM902 SM903\n# info: SM317\n")
    everything = run("check", "--config", 'select = ["ALL"]', "--ignore", "SM203", "--show-settings", "a.json").out
    listed = re.findall(r"SM\d{3}", everything.partition("rules run")[2])
    assert (len(listed) > 150, "SM203" in listed, max(map(len, everything.splitlines())) <= 100) == (True, False, True)
    assert run("check", "--select", "SM203", "--show-settings", "a.json").out.endswith(
        "# 1 rule runs\n# error: SM203\n"
    )
