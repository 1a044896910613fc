"""`sm-lint test-rules`: what it refuses of a rule file, and that it takes a team's own."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from sm_lint.cli.main import main
from sm_lint.model import data
from sm_lint.model.rule import as_tuple
from sm_lint.model.severity import Severity
from sm_lint.rules.page import markdown, plain
from sm_lint.rules.rule_file import built_in_files, load
from sm_lint.rules.shapes import shapes
from sm_lint.rules.valid_condition_names import errors_of_names
from sm_lint.run import rule_lines, rule_page, rule_tester
from sm_lint.run.session import Session
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


def test_a_built_in_rule_is_tested_as_its_file_says(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the words that a run takes are those of words.json, until `make generated` has written them anew."""
    folder = shutil.copytree(data.RULES, tmp_path / "rules")
    monkeypatch.setattr(data, "RULES", str(folder))
    path = folder / "SM203-tags-on-a-version.toml"
    text = path.read_text()
    changed_text = text.replace('message = "`Tags` is not allowed with', 'message = "{member} is no word for')
    assert changed_text != text
    path.write_text(
        changed_text
        + """
[[invalid]]
base = "version"
set = { "/Tags" = [{ Key = "a", Value = "b" }] }
pointer = "/Tags"
message = "Tags is no word for"
"""
    )
    assert run(capsys, path)[1] == "Tested 1 rule with 4 cases: no errors.\n"


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
        ([('message = "{member} is {value}, and beta groups are closed"\n', "")], "missing key message: what is wrong"),
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
        ([('"^beta-"', "1")], "not.pattern: invalid JSON Schema: 1 is not of type 'string'"),
        ([("[[invalid]]", "[[valid]]")], "missing key invalid: requests that the rule reports"),
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
        ([('"ACME001"', '"SM201"')], "code: SM201: the prefix SM is reserved for built-in rules"),
        ([('"ACME001"', '"TEXT001"')], "code: TEXT001: the prefix TEXT is the name of a category"),
        (
            [('"ACME001"', '"Acme1"')],
            "code: expected 2 to 8 capital letters and 3 digits, such as ACME001, found 'Acme1'",
        ),
        ([("no-beta-groups", "identity")], "name: 'identity' selects other rules, too"),
        ([("Name another group.", "<fill in: what to do>")], "help: still to be written: what to do"),
        ([("then = {", "than = {")], "than: unknown key; did you mean `then`?"),
        ([("then = {", "when = {")], "missing key then: what must hold there"),
        ([('shape = "CreateModelPackageInput"\n', "")], "missing key shape: the shape of the API"),
        (
            [('pattern = "^beta-"', 'patern = "^beta-"')],
            "not.patern: unknown keyword of JSON Schema draft-07; did you mean `pattern`?",
        ),
        (
            [("then = { properties = { ModelPackageGroupName", "then = { properties = { ModelPackageGroupNam")],
            "unknown member 'ModelPackageGroupNam' of CreateModelPackageInput; did you mean `ModelPackageGroupName`?",
        ),
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
    assert all(re.match(f"{re.escape(str(file))}(:[0-9]+)?: ", line) for line in out.splitlines()[:-1])


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
    assert f"c.toml:2: code: duplicate code 'ACME001', also in {tmp_path}/b.toml" in out
    assert out.endswith("Tested 1 rule with 2 cases: 2 errors.\n")


def test_of_a_case_that_is_not_reported_no_help_is_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.toml").write_text(changed(('"beta-churn"', '"gamma"')))
    status, out = run(capsys, tmp_path)
    assert status == 1
    assert out.splitlines() == [
        f"{tmp_path}/own.toml:15: invalid[0]: expected a finding of this rule, found none",
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


MANY = """
code = "SM1"
shape = "CreateModelPackageInput"
then = { properties = { ModelPackageGroupNam = { patern = "^x" } }, required = ["Tagz"] }
mesage = "no"
severity = "fatal"
help = "{valeu}"
references = ["x"]
invalid = [{ base = "versio", pointer = "" }, { base = "version", remove = ["/Tagz"], pointer = "" }]
"""
AVAILABLE = ", ".join(sorted(rule_tester.PLACEHOLDERS))
ALL_OF_THEM = f"""
5: mesage: unknown key; did you mean `message`?
2: code: expected 2 to 8 capital letters and 3 digits, such as ACME001, found 'SM1'
4: then.properties.ModelPackageGroupNam: unknown member 'ModelPackageGroupNam' of CreateModelPackageInput; did you \
mean `ModelPackageGroupName`?
4: then.required: unknown member 'Tagz' of CreateModelPackageInput; did you mean `Tags`?
4: then.properties.ModelPackageGroupNam.patern: unknown keyword of JSON Schema draft-07; did you mean `pattern`?
9: invalid[0].base: unknown base 'versio'; did you mean `version`?
9: invalid[1].remove: /Tagz: missing 'Tagz'
6: severity: expected one of error, warning, info, found 'fatal'
8: references[0]: expected at least 8 characters, found 'x'
7: help: unknown placeholder {{valeu}}; available: {AVAILABLE}
Tested 0 rules with 0 cases: 10 errors.
"""


def test_all_errors_of_a_file_are_told_at_once_and_the_important_ones_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own.toml").write_text(MANY)
    status, out = run(capsys, tmp_path)
    assert status == 1
    assert out.replace(f"{tmp_path}/own.toml:", "") == ALL_OF_THEM.lstrip()


def test_a_text_that_is_not_toml_is_not_searched_for_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule_lines, "lines_of", None)
    (tmp_path / "own.toml").write_text('a = "' + '\\"' * 200_000)
    assert "own.toml: invalid TOML: " in run(capsys, tmp_path)[1]


MINIMAL = {
    "a condition": (
        'shape = "CreateModelPackageInput"',
        'then = { properties = { ModelPackageGroupName = { pattern = "^risk-" } } }',
        """[{ base = "version", pointer = "/ModelPackageGroupName" }]""",
    ),
    "a check": (
        'check = "known"',
        'with = { known = { "CreateModelPackageInput.Domain" = ["RISK"] } }',
        """[{ base = "version", set = { "/Domain" = "OTHER" }, pointer = "/Domain" }]""",
    ),
    "a keyword": (
        'keyword = "enum"',
        'shape = "ModelApprovalStatus"',
        """[{ base = "version", set = { "/ModelApprovalStatus" = "x" }, pointer = "/ModelApprovalStatus" }]""",
    ),
}


@pytest.mark.parametrize("form", MINIMAL)
def test_five_keys_make_a_rule(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    *condition, cases = MINIMAL[form]
    lines = ['code = "ACME001"', *condition, 'message = "none of ours: {value}"', f"invalid = {cases}"]
    (tmp_path / "own.toml").write_text("\n".join(lines))
    assert run(capsys, tmp_path) == (0, "Tested 1 rule with 1 case: no errors.\n")
    for line in lines if form != "a keyword" else [lines[0], lines[-1]]:  # a keyword may do with the general words
        (tmp_path / "own.toml").write_text("\n".join(other for other in lines if other != line))
        assert run(capsys, tmp_path)[0] == 1, line


def test_what_a_minimal_rule_leaves_out_is_not_shown(tmp_path: Path) -> None:
    *condition, cases = MINIMAL["a condition"]
    lines = ['code = "ACME001"', *condition, 'message = "none of ours: {value}"', f"invalid = {cases}"]
    (tmp_path / "own.toml").write_text("\n".join(lines))
    session = Session()
    rule = session.linters.rule_set((str(tmp_path / "own.toml"),)).rule("ACME001")
    assert rule[:6] == ("ACME001", "acme001", Severity.WARNING, "advice", "1.0.0", "none of ours: …")
    for text in (plain(rule), markdown(rule), rule_page.text(rule, session), rule_page.page(rule, session)):
        assert not re.search(r"\n\n\n|References|REFERENCES|Accepted|ACCEPTED|## \w+\s*$", text)


NAMES = {
    "properties.Tags.items.properties.Valeu": "unknown member 'Valeu' of Tag; did you mean `Value`?",
    "properties.Tags.items.requird": "unknown keyword of JSON Schema draft-07; did you mean `required`?",
    "properties.Image": "'Image' of CreateModelPackageInput; it belongs to ModelPackageContainerDefinition",
    "not.properties.Tag": "unknown member 'Tag' of CreateModelPackageInput; did you mean `Tags`?",
    "if.anyOf.required": "unknown member 'Tag' of CreateModelPackageInput; did you mean `Tags`?",
    "allOf.if.dependencies.Tag": "unknown member 'Tag' of CreateModelPackageInput; did you mean `Tags`?",
    "propertyNames.patern": "unknown keyword of JSON Schema draft-07; did you mean `pattern`?",
    "patternProperties.^M.enm": "unknown keyword of JSON Schema draft-07; did you mean `enum`?",
    "additionalProperties.minLenght": "unknown keyword of JSON Schema draft-07; did you mean `minLength`?",
    "ModelPackageName": "a member stands inside `properties`, as in properties = { ModelPackageName = … }",
    "ModelPackageNam": "a member stands inside `properties`",
    "properties.InferenceSpecification.properties.Containers.items.properties.Environment.properties.X.mimimum": (
        "unknown keyword of JSON Schema draft-07; did you mean `minimum`?"
    ),
    # free
    "properties.CustomerMetadataProperties.properties.anything.const": None,
    "properties.CustomerMetadataProperties.required": None,
    "properties.InferenceSpecification.properties.Containers.items.properties.Environment.properties.X.const": None,
    "properties.Tags.contains.properties.Key.const": None,
    "properties.Tags.items.properties.Key.enum": None,
    "patternProperties.^M.properties.anything.const": None,
    "propertyNames.pattern": None,
    "properties.Tags.$comment": None,
}


@pytest.mark.parametrize(("where", "said"), NAMES.items())
def test_names_are_checked_at_any_depth_and_free_ones_are_not(where: str, said: str | None) -> None:
    *steps, last = where.split(".")
    values = {"required": ["Tag"], "const": "x", "enum": ["x"], "pattern": "x", "$comment": "x"}
    condition: Any = {last: values.get(last, {"const": 1} if last[0].isupper() else "x")}
    for step in reversed(steps):
        condition = {step: [condition] if step in ("anyOf", "allOf") else condition}
    definitions = shapes()["definitions"]
    found = list(errors_of_names("then", condition, ["CreateModelPackageInput"], definitions))
    if said is None:
        assert found == []
    else:
        [error] = found
        assert re.sub(r"\[\d+\]", "", error).startswith(f"then.{where}: ")
        assert said in error


def test_the_names_in_the_built_in_rules_are_known() -> None:
    for path in built_in_files():
        table = load(path).table
        for key in ("when", "then"):
            of = as_tuple(table.get("shape")) if "then" in table else ()
            assert list(errors_of_names(key, table.get(key), of, shapes()["definitions"])) == [], path
