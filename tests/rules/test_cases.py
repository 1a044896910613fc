"""Each rule file: its form, and its own cases at function level."""

import json
import re
from pathlib import Path

import pytest
import tomli
from jsonschema import Draft7Validator

from sm_lint.model.diagnostic import Severity
from sm_lint.model.rule import CATEGORIES, Rule
from sm_lint.rules.rule_file import built_in_files
from tests.support.cases import ALL, Case, parametrize
from tests.support.linting import lint

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "rule.schema.json").read_text(encoding="utf-8"))
PLACEHOLDERS = {
    "value", "member", "object", "length", "limit", "allowed", "nearest", "found", "date", "advice", "source", "kind",
    "quoted", "word", "anchor",
}  # fmt: skip


@pytest.mark.parametrize("path", [Path(path) for path in built_in_files()], ids=lambda path: path.stem)
def test_a_rule_file_meets_the_schema(path: Path) -> None:
    table = tomli.loads(path.read_text(encoding="utf-8"))
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(table)] == []
    assert path.name == f"{table['code']}-{table['name']}.toml"


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_a_rule_is_well_formed(rule: Rule) -> None:
    assert rule.code[:3] in CATEGORIES
    used = set(re.findall(r"\{(\w+)\}", " ".join((*rule.message, *rule.help))))
    assert used <= PLACEHOLDERS
    assert not (rule.evidence == "advice" and rule.severity is Severity.ERROR)
    payloads = [json.dumps(case, sort_keys=True) for case in (*rule.invalid, *rule.valid)]
    assert len(set(payloads)) == len(payloads), "a case stands here twice"


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in ALL}) == len({rule.name for rule in ALL}) == len(ALL)


@parametrize("invalid")
def test_an_invalid_case_is_reported_by_its_rule_alone(case: Case) -> None:
    found = lint(case.read(), case.settings(extend_select=(case.rule.code,)))
    assert {(d.code, d.pointer) for d in found} == {(case.rule.code, case.table["pointer"])}
    assert case.table.get("inner_pointer") in {d.inner_pointer for d in found}
    assert {d.severity for d in found} == {case.rule.severity}
    for diagnostic in found:
        assert not re.search(r"\{\w+\}", diagnostic.message + (diagnostic.help or "")), "an unfilled placeholder"
    assert any(case.table.get("message", "") in d.message for d in found)


@parametrize("invalid")
def test_an_invalid_case_is_clean_without_its_rule(case: Case) -> None:
    assert lint(case.read(), case.settings(ignore=(case.rule.code,))) == []


@parametrize("valid")
def test_a_valid_case_is_clean(case: Case) -> None:
    assert lint(case.read(), case.settings(extend_select=(case.rule.code,))) == []
