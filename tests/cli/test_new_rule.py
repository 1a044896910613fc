"""`sm-lint new-rule`: a file that passes the tester once its blanks are filled, where it is used."""

import re
from pathlib import Path

import pytest

from tests.support.command import sm_lint as run
from tests.support.command import write

NAME = "properties.ModelPackageGroupName"
BLANKS = {
    "a regular expression, such as ^risk-": "^risk-",
    "what is wrong": "no team",
    "a name that is wrong": "churn",
    "a name that is right": "risk-churn",
}


def filled(path: Path) -> None:
    path.write_text(re.sub("<fill in: ([^<>]+)>", lambda match: BLANKS[match[1]], path.read_text(encoding="utf-8")))


def test_each_blank_is_named_and_once_they_are_filled_the_rule_holds(tmp_path: Path) -> None:
    made = run("new-rule", "TEAM001", cwd=tmp_path)
    assert (made.returncode, made.stdout.splitlines()) == (
        0,
        [
            "Wrote TEAM001.toml.",
            "Write what its angle brackets ask for, then run: sm-lint test-rules TEAM001.toml",
            'To use it, add to sm-lint.toml: rules = ["TEAM001.toml"]',
        ],
    )
    tested = run("test-rules", "TEAM001.toml", cwd=tmp_path)
    assert (tested.returncode, tested.stdout.splitlines()) == (
        1,
        [
            f"TEAM001.toml:15: then.{NAME}.pattern: still to be written: a regular expression, such as ^risk-",
            "TEAM001.toml:18: message: still to be written: what is wrong",
            "TEAM001.toml:35: invalid[0].set./ModelPackageGroupName: still to be written: a name that is wrong",
            "TEAM001.toml:41: valid[0].set./ModelPackageGroupName: still to be written: a name that is right",
            "Tested 0 rules with 0 cases: 4 errors.",
        ],
    )
    filled(tmp_path / "TEAM001.toml")
    assert run("test-rules", "TEAM001.toml", cwd=tmp_path).stdout == "Tested 1 rule with 2 cases: no errors.\n"
    write(tmp_path, {"sm-lint.toml": 'rules = ["TEAM001.toml"]', "a.json": '{"ModelPackageGroupName": "churn"}'})
    ran = run("check", "a.json", "--output-format", "concise", "--select", "TEAM001", cwd=tmp_path)
    assert ran.stdout.splitlines()[0] == 'a.json:1:27: warning: no team: "churn" [TEAM001]'


def test_every_optional_key_of_the_file_is_right_as_it_stands(tmp_path: Path) -> None:
    run("new-rule", "TEAM001", cwd=tmp_path)
    path = tmp_path / "TEAM001.toml"
    filled(path)
    path.write_text(
        re.sub("^# ((?:help|severity|name|summary|why|references) = )", r"\1", path.read_text(), flags=re.MULTILINE)
    )
    assert path.read_text().count("\nwhy = ") == 1
    assert run("test-rules", "TEAM001.toml", cwd=tmp_path).stdout == "Tested 1 rule with 2 cases: no errors.\n"


@pytest.mark.parametrize(
    ("files", "arguments", "path"),
    [
        ({"sm-lint.toml": 'rules = ["policies/"]'}, (), "policies/TEAM001.toml"),
        ({"sm-lint.toml": 'rules = ["policies"]'}, (), "policies/TEAM001.toml"),
        ({"sm-lint.toml": 'rules = ["policies/A.toml", "q"]'}, (), "policies/TEAM001.toml"),
        ({"pyproject.toml": '[tool.sm-lint]\nrules = ["policies/"]'}, (), "policies/TEAM001.toml"),
        ({"sm-lint.toml": "rules = 1"}, (), "TEAM001.toml"),
        ({"sm-lint.toml": ""}, (), "TEAM001.toml"),
        ({"sm-lint.toml": 'rules = ["policies/"]'}, ("--folder", "deep/er"), "deep/er/TEAM001.toml"),
    ],
)
def test_it_is_written_where_the_configuration_has_its_rules(
    files: dict[str, str], arguments: tuple[str, ...], path: str, tmp_path: Path
) -> None:
    write(tmp_path, files)
    ran = run("new-rule", "TEAM001", *arguments, cwd=tmp_path)
    assert (ran.returncode, ran.stdout.splitlines()[0]) == (0, f"Wrote {path}.")
    assert (tmp_path / path).is_file()
    assert ("To use it, add" in ran.stdout) == (not path.startswith("policies"))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("SM999", "code: SM999: the prefix SM is reserved for built-in rules; choose another"),
        ("team1", "code: expected 2 to 8 capital letters and 3 digits, such as ACME001, found 'team1'"),
        ("../TEAM001", "code: expected 2 to 8 capital letters and 3 digits, such as ACME001, found '../TEAM001'"),
        ("TEAM001\n", "code: expected 2 to 8 capital letters and 3 digits"),
        ("ALL001", "code: ALL001: the prefix ALL selects all rules"),
        ("TEXT001", "code: TEXT001: the prefix TEXT is the name of a category"),
        ("TEAM001", "TEAM001.toml: this file exists, and is not overwritten"),
        ("TEAM002", "code: TEAM002: the rule in used/x.toml has it; choose another"),
    ],
)
def test_a_code_that_is_wrong_or_taken_writes_nothing(code: str, said: str, tmp_path: Path) -> None:
    run("new-rule", "TEAM002", "--folder", "used", cwd=tmp_path)
    (tmp_path / "used" / "TEAM002.toml").rename(tmp_path / "used" / "x.toml")
    filled(tmp_path / "used" / "x.toml")
    write(tmp_path, {"TEAM001.toml": "mine", "sm-lint.toml": 'rules = ["used/x.toml"]'})
    before = sorted(tmp_path.rglob("*"))
    ran = run("new-rule", code, *(("--folder", ".") if code == "TEAM001" else ()), cwd=tmp_path)
    assert (ran.returncode, said in ran.stderr) == (2, True), ran.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "TEAM001.toml").read_text() == "mine"
