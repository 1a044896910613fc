"""Each rule file: its form, and its own cases, through the tester that users run."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import tomli
from jsonschema import Draft7Validator

from sm_lint.model import data
from sm_lint.model.rule import CATEGORIES, Rule
from sm_lint.model.severity import Severity
from sm_lint.rules.rule_file import built_in_files
from sm_lint.run import rule_tester
from tests.support.cases import ALL

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "rule.schema.json").read_text(encoding="utf-8"))
PLACEHOLDERS = {
    "value", "member", "object", "length", "limit", "allowed", "nearest", "found", "date", "advice", "source", "kind",
    "quoted", "word", "anchor", "family", "least", "most", "optional", "members", "moved", "home",
    "present", "dumped", "required", "refused", "empty",
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


def test_the_rules_stand_on_their_cases() -> None:
    outcome = rule_tester.test_rule_files([data.RULES])
    assert outcome.errors == []
    assert outcome.rules == len(ALL)


def test_the_rules_stand_on_their_cases_through_the_command_line() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "sm_lint", "test-rules", data.RULES], check=False, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout.rsplit(": ", 1)[1], ran.stderr) == (0, "no errors.\n", ""), ran.stdout
