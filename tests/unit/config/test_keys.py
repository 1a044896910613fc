"""Configuration: each key does what it says, what is wrong is said, and docs, schema and reader agree."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import tomli
from jsonschema import Draft7Validator

from sm_lint.config.keys import KEYS
from sm_lint.config.load import load
from sm_lint.model.settings import ConfigError, Settings
from sm_lint.sources.document import read
from tests.support.command import sm_lint, write
from tests.support.linting import SESSION, lint, settings_of
from tools import config_schema

DOCS = config_schema.DOCS.read_text(encoding="utf-8")
EXAMPLES = [tomli.loads(block) for block in re.findall(r"^```toml\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL)]
SCHEMA = Draft7Validator(json.loads(config_schema.TARGET.read_text(encoding="utf-8")))


def as_json(table: dict[str, Any]) -> Any:
    """Return a table of TOML as a validator of JSON sees it: dates are texts."""
    return json.loads(json.dumps(table, default=str))


def loaded(folder: Path) -> Settings:
    return load(str(folder / "sm-lint.toml"), SESSION.linters.rule_set)


def test_the_schema_is_as_generated() -> None:
    assert config_schema.TARGET.read_text(encoding="utf-8") == config_schema.text(), "run `make generated`"


def test_each_key_is_documented_with_an_example_and_no_other() -> None:
    assert list(config_schema.descriptions()) == list(KEYS)
    shown = {key for example in EXAMPLES for key in example}
    assert shown == set(KEYS)


@pytest.mark.parametrize("example", EXAMPLES, ids=",".join)
def test_an_example_of_the_documentation_is_accepted_by_reader_and_schema(example: dict[str, Any]) -> None:
    settings_of({key: value for key, value in example.items() if key not in ("rules", "extend")}, "/")
    assert [error.message for error in SCHEMA.iter_errors(as_json(example))] == []


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"slect": []}, "config: slect: unknown key; did you mean `select`?"),
    ({"select": "SM1"}, "config: select: expected a list of strings"),
    ({"ignore": [1]}, "config: ignore: expected a list of strings"),
    ({"severity": ["SM1"]}, "config: severity: expected a table of rules and severities"),
    ({"severity": {"SM1": "fatal"}}, "config: severity.SM1: expected one of error, warning, info, found 'fatal'"),
    ({"fail-on": "errors"}, "config: fail-on: expected one of error, warning, info, never, found 'errors'"),
    ({"given": ["modelPackageName"]}, "config: given: unknown member 'modelPackageName' of the request"),
    ({"placeholders": ["*"]}, "config: placeholders: '*' matches every string"),
    ({"baseline": 1}, "config: baseline: expected the path of a file"),
    ({"require-reason": "yes"}, "config: require-reason: expected true or false"),
    ({"rules": "p"}, "config: rules: expected a list of strings"),
    ({"region": "Ireland"}, "config: region: expected a region such as"),
    ({"documentation-url": "javascript:alert(1)"}, "config: documentation-url: expected a URL such as"),
    ({"documentation-url": "https://docs.example/ /"}, "config: documentation-url: expected a URL such as"),
    ({"documentation-url": f"https://docs.example/{'a' * 101}"}, "config: documentation-url: expected a URL such as"),
    ({"cli-version": "1.32.0"}, "config: cli-version: expected a version of AWS CLI 2"),
    ({"per-file-ignores": ["a"]}, "config: per-file-ignores: expected a table of patterns"),
    ({"per-file-ignores": {"a": []}}, "config: per-file-ignores.'a': found no rules"),
    ({"per-file-ignores": {"a": {"reason": "x"}}}, "config: per-file-ignores.'a': codes: expected a list of strings"),
    ({"per-file-ignores": {"a": {"codes": ["SM1"], "reson": ""}}}, "reson: unknown key; did you mean `reason`?"),
    ({"per-file-ignores": {"a": {"codes": ["SM1"], "reason": " "}}}, "reason: expected a non-empty string"),
    ({"per-file-ignores": {"a": {"codes": ["SM1"], "expires": "soon"}}}, "expires: invalid date 'soon'"),
    ({"per-file-ignores": {"#/Tags": ["SM1"]}}, "expected a file pattern"),
    ({"per-file-ignores": {"!a": ["SM1"]}}, "expected a file pattern"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "complaint"), WRONG)
def test_what_is_wrong_is_said_with_file_key_and_value(table: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(complaint)):
        settings_of(table, "/")
    assert list(SCHEMA.iter_errors(as_json(table))), "the schema accepts it"


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({"select": ["SM999"]}, "unknown rule, prefix or category 'SM999'; did you mean"),
        ({"per-file-ignores": {"a": ["tags-on-version"]}}, "did you mean `tags-on-a-version`?"),
        ({"require-reason": True, "per-file-ignores": {"a": ["SM1"]}}, "per-file-ignores.'a': require-reason is set"),
    ],
)
def test_what_only_the_reader_knows_is_said_too(table: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(complaint)):
        settings_of(table, "/")


PLACEHOLDERS = settings_of({"placeholders": ["${*}", "{{*}}"]}, "/")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('{"ModelPackageGroupName": "${group}"}', []),
        ('{"ModelPackageGroupName": "{{ group }}-1"}', []),
        ('{"ModelPackageGroupName": "{group}"}', ["SM222"]),
        ('{"ModelPackageGroupName": "$ {group}"}', ["SM222"]),
        ('{"ModelPackageGroupName": "a", "ModelApprovalStatus": "${status}"}', []),
        ('{"ModelPackageGroupName": "a", "Tags": "${tags}"}', ["SM103"]),
        ('{"ModelPackageGroupName": "a", "ModelPackageName": "${name}"}', ["SM201"]),
        ('{"ModelPackageGroupName": "a", "CustomerMetadataProperties": {"${key}!": "${value}!"}}', []),
        ('{"ModelPackageGroupName": "a", "${member}": 1}', []),
        ('{"ModelPackageName": "a", "Tags": [{"Key": "${k}", "Value": "1"}, {"Key": "${k}", "Value": "2"}]}', []),
        ('{"ModelPackageName": "a", "Tags": [{"Key": "k", "Value": "${v}"}, {"Key": "k", "Value": "2"}]}', ["SM601"]),
        ('{"ModelPackageName": "a", "Tags": [{"Key": "${k}"}]}', ["SM612"]),
    ],
)
def test_a_text_with_a_placeholder_is_checked_for_presence_and_type(text: str, codes: list[str]) -> None:
    # SM215 is not what this is about: some of these have nothing to package
    settings = PLACEHOLDERS._replace(ignore=("SM215",))
    assert sorted(d.code for d in lint(read("a.json", text.encode()), settings)) == codes


def test_lists_add_to_what_is_extended_and_single_values_replace_it(tmp_path: Path) -> None:
    write(tmp_path, {
        "base.toml": 'ignore = ["SM203"]\nfail-on = "never"\nselect = ["SM1"]\n'
        'placeholders = ["<*>"]\nbaseline = "b.json"',
        "sub/sm-lint.toml": 'extend = "../base.toml"\nignore = ["SM204"]\nselect = ["SM2"]\ninclude = ["*.json"]',
    })  # fmt: skip
    settings = load(str(tmp_path / "sub" / "sm-lint.toml"), SESSION.linters.rule_set)
    assert settings.ignore == ("SM203", "SM204")
    assert settings.select == ("SM2",)
    assert (settings.fail_on, settings.placeholders) == ("never", ("<*>",))
    assert settings.include == (("*.json", str(tmp_path / "sub")),)
    assert settings.baseline == str(tmp_path / "b.json")


def test_a_reason_is_required_of_what_an_extending_file_adds(tmp_path: Path) -> None:
    write(tmp_path, {
        "base.toml": "require-reason = true",
        "sm-lint.toml": 'extend = "base.toml"\nper-file-ignores = { "a.json" = ["SM203"] }',
        "a.json": "{}",
    })  # fmt: skip
    run = sm_lint("check", "a.json", cwd=tmp_path)
    assert (run.returncode, "per-file-ignores.'a.json': require-reason is set" in run.stderr) == (2, True)


GROUP = '{"ModelPackageGroupName": "churn", "ModelPackageDescription": "x"}'


def test_include_says_what_is_looked_at_in_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": GROUP, "b.request": GROUP, "sub/c.request": GROUP, "sub/d.yaml": GROUP})
    assert "in 2 files" in sm_lint("check", "--isolated", ".", cwd=tmp_path).stdout
    run = sm_lint("check", "--config", 'include = ["*.request"]', "--list-files", ".", cwd=tmp_path)
    assert run.stdout == "./b.request: yes\n./sub/c.request: yes\n"


def test_show_settings_prints_what_would_give_them_again(tmp_path: Path) -> None:
    text = (
        'select = ["ALL", "SM2"]\nfail-on = "info"\nexclude = ["x/"]\nplaceholders = ["${*}"]\nbaseline = "b.json"\n'
        'severity = { SM2 = "info" }\n[per-file-ignores]\n'
        '"a#/x/*" = { codes = ["SM1", "text"], expires = 2030-01-01 }\n'
    )
    write(tmp_path, {"sm-lint.toml": text, "sub/a.json": GROUP})
    shown = sm_lint("check", "--show-settings", "sub/a.json", cwd=tmp_path).stdout
    assert shown.startswith("# sm-lint.toml\n")
    again = settings_of(tomli.loads(shown), str(tmp_path))
    where = loaded(tmp_path).per_file_ignores
    assert [ignore._replace(where="") for ignore in again.per_file_ignores] == [i._replace(where="") for i in where]
    assert again._replace(per_file_ignores=()) == load(
        str(tmp_path / "sm-lint.toml"), SESSION.linters.rule_set
    )._replace(per_file_ignores=())
