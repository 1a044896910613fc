"""A team's own rules: named by a configuration, folded beside the built-in ones, in force where they are named."""

import json
from pathlib import Path
from typing import Any

import pytest

import sm_lint
from sm_lint.config.load import parse
from sm_lint.config.rule_files import rule_files
from sm_lint.config.toml import table_of
from sm_lint.engine.signatures import signatures
from sm_lint.model.settings import ConfigError
from sm_lint.model.validator import compiled
from sm_lint.rules import bases, custom
from sm_lint.rules.custom import with_custom_rules
from sm_lint.run.session import Session
from sm_lint.sources.document import read
from tests.support.command import sm_lint as run
from tests.support.command import write
from tests.support.linting import lint, settings_of

RULE = """
code = "{code}"
name = "{name}"
severity = "error"
evidence = "documented"
since = "1.0.0"
shape = "CreateModelPackageInput"
then = {{ properties = {{ ModelPackageGroupName = {{ pattern = "^{prefix}-" }} }} }}
summary = "The name of a group does not begin with {prefix}."
message = "{{value}} does not begin with {prefix}"
help = "Begin it with {prefix}-."
why = "The bill is by team, and takes it from the name of the group."
references = ["our handbook"]
invalid = [{{ payload = '{{"ModelPackageGroupName": "churn"}}', pointer = "/ModelPackageGroupName" }}]
valid = [{{ payload = '{{"ModelPackageGroupName": "{prefix}-churn"}}' }}]
"""
GROUP = '{"ModelPackageGroupName": "churn", "ModelPackageDescription": "x"}'


def rule(code: str = "ACME001", name: str = "team", prefix: str = "risk") -> str:
    return RULE.format(code=code, name=name, prefix=prefix)


def codes(folder: Path, *arguments: str) -> list[str]:
    ran = run("check", "--output-format", "json", *arguments, cwd=folder)
    return [d["code"] for d in json.loads(ran.stdout)["diagnostics"]]


@pytest.fixture
def team(tmp_path: Path) -> Path:
    write(tmp_path, {"p/a.toml": rule(), "sm-lint.toml": 'rules = ["p"]', "m/a.json": GROUP})
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ((), ["ACME001"]),
        (("--ignore", "ACME001"), []),
        (("--ignore", "team"), []),
        (("--select", "SM1"), []),
        (("--select", "ACME"), ["ACME001"]),
        (("--config", 'severity = { ACME = "info" }'), ["ACME001"]),
        (("--config", 'per-file-ignores = { "m/a.json#/ModelPackageGroupName" = ["ACME001"] }'), []),
        (("--given", "ModelPackageGroupName"), []),
    ],
)
def test_it_is_selected_and_suppressed_as_all_others(team: Path, arguments: tuple[str, ...], found: list[str]) -> None:
    assert codes(team, *arguments, "m") == found


def test_it_is_explained_and_described(team: Path) -> None:
    listed = run("rule", "ACME", cwd=team).stdout
    assert listed == "ACME001  team  error    -           The name of a group does not begin with risk.\n"
    assert run("rule", "--search", "the name of a group begins with risk", cwd=team).stdout.startswith("ACME001  team")
    assert run("rule", "ACME001", cwd=team).stdout.startswith("ACME001 team\n============\n")
    log = json.loads(run("check", "--output-format", "sarif", "m", cwd=team).stdout)["runs"][0]
    described = [described["id"] for described in log["tool"]["driver"]["rules"]]
    assert described[log["results"][0]["ruleIndex"]] == log["results"][0]["ruleId"] == "ACME001"
    assert "SM203" in described


def test_a_case_that_the_rule_does_not_report_is_shown_with_a_hint(team: Path) -> None:
    path = team / "p" / "a.toml"
    path.write_text(path.read_text().replace('"churn"}', '"risk-churn"}'))
    shown = run("rule", "ACME001", cwd=team)
    assert shown.returncode == 0
    assert "This case is not reported by the rule; see `sm-lint test-rules`:" in shown.stdout


def test_it_holds_only_where_it_is_named(team: Path) -> None:
    write(team, {
        "other/sm-lint.toml": 'rules = ["q/b.toml"]\nselect = ["ACME"]',
        "other/q/b.toml": rule(prefix="pricing"),  # the same code: other teams need not ask
        "other/m.json": GROUP,
        "none/sm-lint.toml": "",
        "none/m.json": GROUP,
    })  # fmt: skip
    ran = run("check", "--output-format", "concise", "--quiet", ".", cwd=team)
    assert ran.stdout.splitlines() == [
        'm/a.json:1:27: error: "churn" does not begin with risk [ACME001]',
        'other/m.json:1:27: error: "churn" does not begin with pricing [ACME001]',
    ]


def test_extended_rules_are_added_and_can_be_selected(team: Path) -> None:
    write(team, {
        "m/sm-lint.toml": 'extend = "../sm-lint.toml"\n'
        'rules = ["own.toml", "../p/a.toml"]\nselect = ["ACME001", "ACME002"]',
        "m/own.toml": rule("ACME002", "price", "pricing"),
    })  # fmt: skip
    assert codes(team, "m/a.json") == ["ACME001", "ACME002"]


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({"p/a.toml": "code = 1"}, "p/a.toml: "),
        ({"p/a.toml": "code ="}, "p/a.toml: invalid TOML"),
        ({"p/a.toml": rule("SM999")}, "the prefix SM is reserved"),
        ({"p/a.toml": rule(name="tags-on-a-version")}, "duplicate name 'tags-on-a-version'"),
        ({"p/b.toml": rule(name="other")}, "code: duplicate code 'ACME001', also in"),
        ({"sm-lint.toml": 'rules = ["q"]'}, "q: no such file or folder"),
        ({"sm-lint.toml": 'rules = ["m"]'}, "m: found no rule files (*.toml) in this folder"),
        ({"sm-lint.toml": 'rules = "p"'}, "sm-lint.toml: rules: expected a list of strings"),
        (
            {"sm-lint.toml": 'rules = ["p"]\nselect = ["ACME009"]'},
            "unknown rule, prefix or category 'ACME009'; did you mean",
        ),
    ],
)
def test_what_is_wrong_ends_with_2_and_says_where(team: Path, files: dict[str, str], complaint: str) -> None:
    write(team, files)
    ran = run("check", "m", cwd=team)
    assert (ran.returncode, complaint in ran.stderr, "Traceback" in ran.stderr) == (2, True, False), ran.stderr


def test_the_api_takes_them_and_nothing_stays_behind(team: Path) -> None:
    payload = {"ModelPackageGroupName": "churn"}
    own = {"rules": [str(team / "p")]}
    assert [d.code for d in sm_lint.lint(payload, config=own)] == ["ACME001"]
    assert sm_lint.lint(payload) == []
    (team / "p" / "a.toml").write_text(rule(prefix="churn"), encoding="utf-8")
    assert [d.code for d in sm_lint.lint(payload, config=own)] == ["ACME001"]
    assert "churn" in sm_lint.lint({"ModelPackageGroupName": "risk-a"}, config=own)[0].message


def test_built_in_rules_report_the_same_beside_them(team: Path) -> None:
    settings = settings_of({"rules": [str(team / "p")], "ignore": ["ACME"]}, "/")
    for text in (
        '{"ModelPackageGroupName": "a", "ModelPackageName": "b", "Tags": [{"Key": "!"}]}',
        '{"InferenceSpecification": {"Containers": [{"Image": 1, "Environment": {"": ""}}, {}], "x": 1}}',
    ):
        document = read("a.json", text.encode())
        assert lint(document, settings) == lint(document) != []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('pattern = "^risk-"', '"$ref" = "http://127.0.0.1/x.json"', "$ref: 'http://127.0.0.1/x.json' leads out of"),
        ('pattern = "^risk-"', '"$id" = "file:///etc/"', "$id: 'file:///etc/' leads out of"),
        (
            'properties = { ModelPackageGroupName = { pattern = "^risk-" } }',
            'dependencies = { Tags = { "$ref" = "file:///etc/passwd" } }',
            "$ref: 'file:///etc/passwd' leads out of",
        ),
        ("ACME001", "ALL001", "the prefix ALL selects all rules"),
    ],
)
def test_a_rule_that_would_reach_beyond_itself_is_refused(team: Path, old: str, new: str, said: str) -> None:
    path = team / "p" / "a.toml"
    path.write_text(path.read_text().replace(old, new))
    ran = run("check", "m", cwd=team)
    assert (ran.returncode, said in ran.stderr) == (2, True)


@pytest.mark.parametrize("check", ["reading", "suppression"])
def test_a_check_of_the_readers_is_reserved(team: Path, check: str) -> None:
    path = team / "p" / "a.toml"
    lines = [line for line in path.read_text().splitlines() if not line.startswith(("shape", "then"))]
    path.write_text("\n".join([*lines, f'check = "{check}"']))
    ran = run("check", "m", cwd=team)
    assert (ran.returncode, "is reserved for built-in rules" in ran.stderr) == (2, True)


@pytest.mark.parametrize("condition", ["enum = [1, 2]", 'type = ["integer", "null"]'])
def test_a_condition_may_expect_what_the_api_has_nowhere(team: Path, condition: str) -> None:
    path = team / "p" / "a.toml"
    text = path.read_text().replace('pattern = "^risk-"', condition)
    path.write_text(text)
    assert codes(team, "m") == ["ACME001"]


TAKEN = ["identity", "text", "all", "sm", "sm2", "sm203", "acme", "acme0"]


@pytest.mark.parametrize("name", TAKEN)
def test_a_name_that_selects_other_rules_is_refused(team: Path, name: str) -> None:
    (team / "p" / "a.toml").write_text(rule(name=name))
    ran = run("check", "m", cwd=team)
    assert (ran.returncode, f"name: '{name}' selects other rules, too; choose another" in ran.stderr) == (2, True)


def test_a_rule_is_not_read_again_once_it_is_in_use(team: Path) -> None:
    session = Session()
    settings = parse({"rules": ["p"]}, "config", str(team), session.linters.rule_set)
    rules = session.linters.rule_set(settings.rules)
    (team / "p" / "a.toml").write_text("no rule any more")
    assert rules.rule("ACME001").summary == "The name of a group does not begin with risk."
    (team / "p" / "a.toml").unlink()
    assert rules.rule("ACME001").invalid[0]["pointer"] == "/ModelPackageGroupName"
    with pytest.raises(ConfigError, match=r"rules: .*a.toml: No such file or directory"):
        session.linters.rule_set(settings.rules)


GENERAL = """
code = "ACME002"
name = "our-enumerations"
severity = "error"
keyword = "enum"
summary = "A value is none of ours."
message = "{value} is none of ours"
help = "Ask the platform team."
why = "The platform team maintains the list."
invalid = [{ base = "version", set = { "/SkipModelValidation" = "x" }, pointer = "/SkipModelValidation" }]
"""
NARROW = """
code = "ACME003"
name = "our-status"
severity = "error"
keyword = "enum"
member = "ModelApprovalStatus"
summary = "A status is none of ours."
invalid = [{ base = "version", set = { "/ModelApprovalStatus" = "x" }, pointer = "/ModelApprovalStatus" }]
"""


def test_a_rule_has_the_words_of_a_general_one_of_the_team(tmp_path: Path) -> None:
    write(tmp_path, {"general.toml": GENERAL, "narrow.toml": NARROW})
    rules = Session().linters.rule_set(tuple(rule_files([str(tmp_path)])))
    for path in tmp_path.iterdir():  # what is in use is not read again
        path.unlink()
    words = rules.words("ACME003")
    assert (words.summary, words.message) == ("A status is none of ours.", ("{value} is none of ours",))
    assert rules.rule("ACME003").why == "The platform team maintains the list."


def test_the_bases_of_a_folder_are_read_once_for_all_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = rule().replace("""payload = '{"ModelPackageGroupName": "churn"}'""", 'base = "x"')
    write(tmp_path, {"bases.toml": '[x]\nModelPackageGroupName = "churn"'})
    for number in range(5):
        write(
            tmp_path, {f"{number}.toml": text.replace("ACME001", f"ACME00{number}").replace('"team"', f'"t-{number}"')}
        )
    asked: list[str] = []

    def reads(path: str) -> dict[str, Any]:
        asked.append(path)
        return table_of(path)

    monkeypatch.setattr(bases, "table_of", reads)
    with_custom_rules(tuple(rule_files([str(tmp_path)])), signatures())
    assert asked.count(str(tmp_path / "bases.toml")) == 1


def test_the_texts_of_a_rule_are_lines_that_are_safe_to_print(team: Path) -> None:
    text = rule().replace("does not begin", "\\u001b[31m\\n  ::error::\\u202e does not begin")
    (team / "p" / "a.toml").write_text(text.replace('why = "', 'why = "First.\\n\\n\\u009b'))
    rule_set = Session().linters.rule_set((str(team / "p" / "a.toml"),))
    found = rule_set.rule("ACME001")
    assert found.message == (r"{value} \x1b[31m ::error::\u202e does not begin with risk",)
    assert found.summary == r"The name of a group \x1b[31m ::error::\u202e does not begin with risk."
    assert found.why.splitlines()[:3] == [
        "First.",
        "",
        r"\x9bThe bill is by team, and takes it from the name of the group.",
    ]


def test_a_quote_is_shown_as_one_line_and_found(team: Path) -> None:
    quote = '{ text = "Group \\u001b[31m is closed", operation = "CreateModelPackage", source = "our handbook" }'
    (team / "p" / "a.toml").write_text(f"quotes = [{quote}]\n{rule()}")
    shown = run("rule", "--search", "3: group x is closed", cwd=team).stdout
    assert r'    CreateModelPackage: "Group \x1b[31m is closed"' in shown.splitlines()
    assert r'  "Group \x1b[31m is closed"' in run("rule", "ACME001", cwd=team).stdout.splitlines()
    asked = json.loads(run("rule", "ACME001", "--output-format", "json", cwd=team).stdout)
    assert asked["quotes"][0]["text"] == r"Group \x1b[31m is closed"


def test_rules_have_a_size_together(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = (str(team / "p" / "a.toml"),)
    monkeypatch.setattr(custom, "_MOST_BYTES", 10)
    with pytest.raises(ConfigError, match="this and the files before it have more than 10 bytes together"):
        with_custom_rules(paths, signatures())


@pytest.mark.parametrize(
    "form",
    [
        'check = "image_digest"\nwith.digests = ["InferenceSpecification.SupportedContentTypes/*"]',
        'check = "newer_members"\nwith = { members = { Domain = "soon" }, maps = [], cli_version = "" }',
    ],
)
def test_a_check_takes_whatever_its_types_allow(team: Path, form: str) -> None:
    path = team / "p" / "a.toml"
    lines = [line for line in path.read_text().splitlines() if not line.startswith(("shape", "then"))]
    path.write_text("\n".join([*lines, form]))
    write(
        team, {"m/a.json": '{"ModelPackageGroupName": "a", "InferenceSpecification": {"SupportedContentTypes": ["a"]}}'}
    )
    assert run("check", "m", cwd=team).stderr == ""


def test_the_engine_opens_no_reference() -> None:
    with pytest.raises(ValueError, match="leads out of the schema"):
        compiled({"$ref": "file:///etc/hostname"})
