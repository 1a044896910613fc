"""The usual schema: only values meet it that meet the schema with all rules, and most requests do."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import drawn
from sm_lint.model import validator
from sm_lint.model.validator import compiled
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.usual import usual
from tests.support.cases import ALL

RULES = RuleSet()
USUAL = usual(RULES.folded)
CHANGED = sorted(name for name, shape in USUAL["definitions"].items() if shape != RULES.folded["definitions"][name])


CASES = [
    json.loads(case["payload"])
    for rule in ALL
    for case in (*rule.invalid, *rule.valid)
    if case.get("payload", "").startswith("{") and rule.code > "SM1"
]
EMOJI = {"ModelPackageGroupName": "a", "Domain": "OTHER", "ModelPackageDescription": "\U0001f600"}
"""A request that is clean and not usual."""


def meets(name: str, schema: Mapping[str, Any]) -> Callable[[Any], bool]:
    is_valid: Callable[[Any], bool] = compiled({**schema, "allOf": [{"$ref": f"#/definitions/{name}"}]}).is_valid
    return is_valid


@pytest.mark.parametrize("name", CHANGED)
@given(data=st.data())
def test_only_values_that_meet_a_shape_are_usual(name: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(USUAL["definitions"][name]["pattern"]), fullmatch=True))
    longer = [text[:at] + text[at] * times + text[at + 1 :] for at in range(len(text)) for times in (2, 64, 130)]
    is_usual = meets(name, USUAL)
    for value in (text, *longer):
        assert not is_usual(value) or RULES.meets(value, {"$ref": f"#/definitions/{name}"})


def test_only_requests_that_meet_the_schema_are_usual() -> None:
    is_usual, is_valid = (compiled(dict(schema)).is_valid for schema in (USUAL, RULES.folded))
    assert {(is_usual(case), is_valid(case)) for case in CASES} == {(False, False), (False, True), (True, True)}


def test_what_people_send_is_usual() -> None:
    is_usual = compiled(dict(USUAL)).is_valid
    assert [number for number in range(200) if not is_usual(drawn.request(number))] == []


@pytest.mark.parametrize("is_evaluated", [True, False])
def test_a_few_requests_that_are_not_usual_are_left_to_others(is_evaluated: bool) -> None:
    rules = RuleSet()
    if is_evaluated:
        list(rules.violations({}, advice=False))
    accepts = rules.acceptor(advice=False)
    assert [accepts(EMOJI) for _ in range(6)] == [False] * 4 + [True] * 2
    assert [accepts({}) for _ in range(6)] == [False] * 6


@pytest.mark.parametrize(("are_many", "schemas"), [(False, 2), (True, 1)])
def test_the_schema_is_compiled_once_if_many_requests_are_expected(
    are_many: bool, schemas: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, Any]] = []

    def counted(schema: dict[str, Any]) -> Any:
        seen.append(schema)
        return compiled(schema)

    monkeypatch.setattr(validator, "compiled", counted)
    rules = RuleSet()
    if are_many:
        rules.expect_many()
    accepts = rules.acceptor(advice=False)
    assert [accepts(drawn.request(number)) for number in range(8)] == [True] * 8
    assert len(seen) == schemas


def test_changed_rules_have_no_usual_schema() -> None:
    accepts = RuleSet(RULES.folded).acceptor(advice=False)
    assert accepts(EMOJI)
