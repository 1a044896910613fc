"""The bases of cases: each is clean, and what a case says of one is applied or refused in clear words."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import tomli

from sm_lint.config.rule_files import BASES
from sm_lint.model import data
from sm_lint.rules import bases
from sm_lint.run import cases, rule_tester
from tests.support.linting import SESSION
from tests.unit.run.test_rule_tester import OWN

BUILT_IN = tomli.loads((Path(data.RULES) / BASES).read_text(encoding="utf-8"))
TWO = {"two": {"Name": "a", "Tags": [{"Key": "k"}, {"Key": "l"}], "Deep": {"a/b": {"m~n": 1}}}}
VALID = """[[valid]]
payload = '{"ModelPackageGroupName": "churn"}'
"""


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_base_is_clean_by_all_rules(name: str) -> None:
    assert cases.lint({"payload": json.dumps(BUILT_IN[name])}, SESSION, extend_select=("ALL",)) == []


def test_a_comment_says_what_a_base_is() -> None:
    lines = (Path(data.RULES) / BASES).read_text(encoding="utf-8").splitlines()
    for name in BUILT_IN:
        assert lines[lines.index(f"[{name}]") - 1].startswith("# ")


@pytest.mark.parametrize(
    ("case", "request_"),
    [
        ({}, TWO["two"]),
        ({"set": {"/Name": "b"}}, {**TWO["two"], "Name": "b"}),
        ({"remove": ["/Tags", "/Deep"]}, {"Name": "a"}),
        ({"remove": ["/Tags/0", "/Tags/0", "/Deep"]}, {"Name": "a", "Tags": []}),
        (
            {"remove": ["/Tags/0", "/Deep"], "set": {"/Tags/1": 1, "/Tags/-": 2}},
            {"Name": "a", "Tags": [{"Key": "l"}, 1, 2]},
        ),
        ({"remove": ["/Tags", "/Deep"], "set": {"/A/B/C": 1, "/A/D": 2}}, {"Name": "a", "A": {"B": {"C": 1}, "D": 2}}),
        ({"remove": ["/Tags"], "set": {"/Deep/a~1b/m~0n": 2}}, {"Name": "a", "Deep": {"a/b": {"m~n": 2}}}),
    ],
)
def test_what_is_removed_and_set_gives_the_request(case: dict[str, Any], request_: dict[str, Any]) -> None:
    before = json.dumps(TWO)
    assert json.loads(bases.payload_of({"base": "two", **case}, TWO)) == request_
    assert json.dumps(TWO) == before


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ('base = "verzion"', "valid[0].base: unknown base 'verzion'; did you mean `version`?"),
        (
            'base = "container"\nset = { "/InferenceSpecification/Containers/3/Image" = 1 }',
            "missing item 3; the list has 1",
        ),
        ('base = "container"\nremove = ["/InferenceSpecifications"]', "did you mean `InferenceSpecification`?"),
        ('base = "container"\nremove = ["/InferenceSpecification/Containers/-"]', "missing item -"),
        (
            'base = "version"\nset = { "/Tags/0/Key" = "x" }',
            "set: /Tags/0/Key: missing list 'Tags'; set it as a whole",
        ),
        ('base = "version"\nset = { "/ModelPackageGroupName/x" = 1 }', "missing 'x': the value is neither"),
        ('base = "version"\nset = { "Tags" = [] }', "set: expected a JSON pointer"),
        ('base = "version"\nset = { "/Domain" = 2020-01-01 }', "set: not a value of JSON"),
        ('base = "version"\nset = { "/Domain" = nan }', "set: not a value of JSON"),
        ('base = "version"\npayload = "x"', "valid[0]: expected exactly one of base"),
        ('set = { "/Domain" = 1 }', "valid[0]: expected exactly one of base"),
        ('payload = "{}"\nremove = ["/Domain"]', "valid[0]: expected exactly one of base"),
        ('base = "version"\nsett = { "/Domain" = 1 }', "did you mean `set`?"),
    ],
)
def test_a_case_that_does_not_fit_its_base_is_refused(tmp_path: Path, case: str, says: str) -> None:
    (tmp_path / "own.toml").write_text(OWN.replace(VALID, f"[[valid]]\n{case}\n"))
    [mistake] = rule_tester.test_rule_files([str(tmp_path)]).errors
    assert re.match(rf"{re.escape(str(tmp_path))}/own\.toml:[0-9]+: ", mistake)
    assert says in mistake


def test_a_folder_of_rules_has_bases_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "bases.toml").write_text('[beta]\nModelPackageGroupName = "beta-churn"\n')
    text = OWN.replace('payload = \'{"ModelPackageGroupName": "beta-churn"}\'', 'base = "beta"')
    (tmp_path / "own.toml").write_text(text.replace(VALID, '[[valid]]\nbase = "version"\n'))
    assert rule_tester.test_rule_files([str(tmp_path)]) == (1, 2, [])


@pytest.mark.parametrize(("text", "says"), [("beta = 1", "beta: expected a table"), ("x", "invalid TOML")])
def test_a_file_of_bases_that_is_wrong_is_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "bases.toml").write_text(text)
    (tmp_path / "own.toml").write_text(OWN.replace(VALID, '[[valid]]\nbase = "version"\n'))
    [mistake] = rule_tester.test_rule_files([str(tmp_path)]).errors
    assert mistake.startswith(f"{tmp_path}/bases.toml: {says}")
