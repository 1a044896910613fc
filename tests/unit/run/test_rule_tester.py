"""`sm-lint test-rules`: what it refuses of a rule file, and that it takes a team's own."""

import json
from pathlib import Path
from typing import Any

import pytest

from sm_lint.cli.main import main
from tests.support.linting import RULES

OWN = """
code = "ACME001"
name = "no-beta-groups"
severity = "error"
evidence = "documented"
since = "1.0.0"
shape = "CreateModelPackageInput"
then = { properties = { ModelPackageGroupName = { not = { pattern = "^beta-" } } } }
summary = "A model is registered in a group of beta models."
message = "{member} is {value}, and beta groups are closed"
help = "Name another group."
why = "Beta groups are removed every night by the platform team."
references = ["https://wiki.example.com/groups"]

[[invalid]]
payload = '{"ModelPackageGroupName": "beta-churn"}'
pointer = "/ModelPackageGroupName"

[[valid]]
payload = '{"ModelPackageGroupName": "churn"}'
"""

SET = 'since = "1.0.0"\nfix = { safety = "unsafe", set = "%s" }'
PAYLOAD = '{"ModelPackageGroupName": "beta-churn"}'


def run(capsys: pytest.CaptureFixture[str], *paths: Path | str) -> tuple[int, str]:
    status = main(["test-rules", *map(str, paths)])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def changed(*changes: tuple[str, str]) -> str:
    text = OWN
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_a_teams_own_rule_holds_beside_the_built_in_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "beta.toml").write_text(OWN)
    (tmp_path / "sm-lint.toml").write_text("select = ['ALL']")
    before = json.dumps(RULES.folded)
    assert run(capsys, tmp_path) == (0, "Tested 1 rule with 2 cases: no errors.\n")
    assert run(capsys, tmp_path / "beta.toml", tmp_path) == (0, "Tested 1 rule with 2 cases: no errors.\n")
    assert json.dumps(RULES.folded) == before
    assert "ACME001" not in before


IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"
OTHER_FORMS = {
    'check = "unique"\nwith = { values = ["InferenceSpecification.SupportedContentTypes/*"] }': None,
    'check = "unique"\nwith = { values = ["AdditionalInferenceSpecificationDefinition.Description"] }': (
        json.dumps(
            {
                "ModelPackageGroupName": "g",
                "AdditionalInferenceSpecifications": [
                    {"Name": name, "Description": "x", "Containers": [{"Image": IMAGE}]} for name in ("a", "b")
                ],
            }
        ),
        "/AdditionalInferenceSpecifications/1/Description",
    ),
    'keyword = "pattern"\nshape = "ArnOrName"\nmember = "ModelPackageGroupName"\nwhen = { pattern = "^beta_" }': (
        '{"ModelPackageGroupName": "beta_churn"}',
        "/ModelPackageGroupName",
    ),
}


@pytest.mark.parametrize(("form", "case"), OTHER_FORMS.items())
def test_rules_of_the_other_forms_are_tested(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, case: tuple[str, str] | None
) -> None:
    start, end = OWN.index("shape ="), OWN.index("summary =")
    text = OWN[:start] + form + "\n" + OWN[end:]
    if case:
        text = text.replace(PAYLOAD, case[0]).replace('pointer = "/ModelPackageGroupName"', f'pointer = "{case[1]}"')
    (tmp_path / "own.toml").write_text(text)
    status, out = run(capsys, tmp_path)
    assert (status, "expected a finding of this rule" in out) == ((0, False) if case else (1, True)), out


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ([('summary = "A model is', 'sumary = "A model is')], "sumary: unknown key; did you mean `summary`?"),
        ([('help = "Name another group."\n', "")], "missing key help"),
        ([('"error"', '"eror"')], "expected one of error, warning, info, found 'eror'; did you mean `error`?"),
        ([('"documented"', '"advice"')], "with evidence 'advice', found 'error'"),
        ([('"CreateModelPackageInput"', '"CreateModelPackage"')], "shape: unknown API shape 'CreateModelPackage'"),
        ([('"CreateModelPackageInput"', '"TagLists"')], "did you mean `TagList`?"),
        ([("then = {", 'keyword = "enum"\nthen = {')], "expected exactly one of"),
        ([('shape = "Crea', 'member = "Name"\nshape = "Crea')], "expected exactly one of"),
        ([("not = { pattern", "oneOf = [{}], not = { pattern")], "then: oneOf does not say which of its parts failed"),
        ([("not = { pattern", "items = false, not = { pattern")], "then: expected a condition, found false"),
        (
            [("not = { pattern", '"$ref" = "#/definitions/Tag", not = { pattern')],
            "then: $ref is not allowed",
        ),
        ([('"^beta-"', '"(?<!x)beta-"')], "then: "),
        ([('"^beta-"', "1")], "then: invalid JSON Schema: 1 is not of type 'string'"),
        ([('[[valid]]\npayload = \'{"ModelPackageGroupName": "churn"}\'', "")], "missing key valid"),
        (
            [('payload = \'{"ModelPackageGroupName": "churn"}\'', f"payload = '{PAYLOAD}'")],
            "valid[0]: duplicate payload, the same as in invalid[0]",
        ),
        (
            [('"ModelPackageGroupName": "churn"', '"ModelPackageGroupName": "beta-x"')],
            "valid[0]: unexpected finding of ACME001",
        ),
        (
            [('"ModelPackageGroupName": "churn"', '"ModelPackageName": "a", "ModelPackageGroupName": "b"')],
            "valid[0]: unexpected finding of SM201",
        ),
        ([('"beta-churn"}', '"beta-churn", "Tag": []}')], "invalid[0]: unexpected finding of SM101 at '/Tag'"),
        ([('"beta-churn"', '"gamma"')], "invalid[0]: expected a finding of this rule, found none"),
        (
            [('pointer = "/ModelPackageGroupName"', 'pointer = ""')],
            "pointer: expected '', found '/ModelPackageGroupName'",
        ),
        (
            [('pointer = "/Mod', 'inner_pointer = "/a"\npointer = "/Mod')],
            "inner_pointer: expected '/a', found 'None'",
        ),
        ([('pointer = "/Mod', 'message = "open"\npointer = "/Mod')], "message: expected 'open' in "),
        (
            [('pointer = "/Mod', 'encoding = "utf-88"\npointer = "/Mod')],
            "invalid[0].encoding: unknown encoding: utf-88",
        ),
        ([("{value}", "{valu}")], "message: unknown placeholder {valu}"),
        ([("{value}", "{value.__class__}")], "message: unknown placeholder {value.__class__}"),
        ([("{value}", "{0}")], "message: unknown placeholder {0}"),
        ([("{value}", "{nearest}")], "message: each of its texts has a placeholder"),
        ([("another group.", "{nearest}.")], "help: shown by no case"),
        ([('"ACME001"', '"SM201"')], "code: duplicate code 'SM201', also in"),
        ([("no-beta-groups", "name-and-group")], "name: duplicate name 'name-and-group', also in"),
        ([('since = "1.0.0"', 'since = "1.0.0')], "invalid TOML"),
        ([('since = "1.0.0"', 'since = "1.0.0"\nfix = { remove = true }')], "fix: "),
        (
            [('since = "1.0.0"', 'since = "1.0.0"\nfix = { safety = "safe", remov = true }')],
            "fix: remov: unknown key; did you mean `remove`?",
        ),
        ([('since = "1.0.0"', SET % "beta-churn")], "invalid[0]: fix: changes nothing"),
        ([('since = "1.0.0"', SET % "beta-other")], "invalid[0]: fix: does not remove the finding"),
        ([('since = "1.0.0"', SET % "{nearest}")], "fix: shown by no case"),
        ([('pointer = "/Mod', 'config = { region = 1 }\npointer = "/Mod')], "invalid[0].config: region: "),
    ],
)
def test_a_rule_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: list[tuple[str, str]], says: str
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(changed(*changes))
    status, out = run(capsys, file)
    assert status == 1
    assert says in out
    assert all(line.startswith(f"{file}: ") for line in out.splitlines()[:-1])


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"check": "uniqe"}, "check: unknown check 'uniqe'; did you mean `unique`?"),
        ({"check": "unique", "with": {"kinds": ["same"]}}, "with: missing parameter values"),
        (
            {"check": "unique", "with": {"value": []}},
            "with.value: unknown parameter of unique; did you mean `values`?",
        ),
        (
            {"check": "unique", "with": {"values": [], "kinds": "sane"}},
            "with.kinds: unknown kind 'sane' of unique; did you mean `same`",
        ),
        ({"check": "product", "with": {"kinds": [1]}}, "with.kinds: unknown kind 1 of product; available: none"),
        (
            {"check": "unique", "with": {"values": "Tags/*/Key"}},
            "with.values: expected a list of strings, found 'Tags/*/Key'",
        ),
        (
            {"check": "embedded", "with": {"strings": [], "schema": "rule"}},
            "with.schema: expected one of data-input-config, model-package-model-card, found 'rule'",
        ),
        ({"check": "product", "with": {"objects": 1}}, "with.objects: expected a list of strings, found 1"),
        ({"check": "reading", "with": {"problem": "json-syntax"}}, "with.problem: 'json-syntax' is explained by SM001"),
        ({"keyword": "maxLenght"}, "keyword: unknown JSON Schema keyword 'maxLenght'; did you mean `maxLength`?"),
        ({"keyword": "maxLength", "member": "Domains"}, "member: unknown API member 'Domains'; did you mean `Domain`?"),
    ],
)
def test_a_form_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: dict[str, Any], says: str) -> None:
    start, end = OWN.index("shape ="), OWN.index("summary =")
    lines = [f"{key} = {json.dumps(value)}" for key, value in form.items() if key != "with"]
    lines += [f"with.{key} = {json.dumps(value)}" for key, value in form.get("with", {}).items()]
    (tmp_path / "own.toml").write_text(OWN[:start] + "\n".join(lines) + "\n" + OWN[end:])
    status, out = run(capsys, tmp_path)
    assert (status, says in out) == (1, True), out


def test_a_fix_that_works_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.toml").write_text(changed(('since = "1.0.0"', SET % "churn")))
    assert run(capsys, tmp_path) == (0, "Tested 1 rule with 2 cases: no errors.\n")


def test_one_wrong_file_does_not_keep_the_others_from_being_tested(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.toml").write_text("x")
    (tmp_path / "b.toml").write_text(OWN)
    (tmp_path / "c.toml").write_text(OWN)
    status, out = run(capsys, tmp_path)
    assert status == 1
    assert "a.toml: invalid TOML" in out
    assert f"c.toml: code: duplicate code 'ACME001', also in {tmp_path}/b.toml" in out
    assert out.endswith("Tested 1 rule with 2 cases: 2 errors.\n")


def test_of_a_case_that_is_not_reported_no_help_is_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.toml").write_text(changed(('"beta-churn"', '"gamma"')))
    status, out = run(capsys, tmp_path)
    assert status == 1
    assert out.splitlines() == [
        f"{tmp_path}/own.toml: invalid[0]: expected a finding of this rule, found none",
        "Tested 1 rule with 2 cases: 1 error.",
    ]


def test_a_fix_may_need_another_encoding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fixed = changed(
        ('since = "1.0.0"', SET % "\U0001f600"), ('pointer = "/Mod', 'encoding = "latin-1"\npointer = "/Mod')
    )
    (tmp_path / "own.toml").write_text(fixed)
    status, out = run(capsys, tmp_path)
    assert (status, "fix: " in out) == (0, False), out


def test_a_path_without_rules_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, tmp_path / "none")[0] == 2
    assert run(capsys, tmp_path)[0] == 2
    assert main(["test-rules"]) == 2
