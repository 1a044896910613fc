"""A condition on an unknown value holds neither way: what is reported beside one holds for every value."""

import json
from typing import Any

import pytest

from sm_lint.rules.shapes import name_of
from tests.support.cases import ALL
from tests.support.linting import RULES, lint_value, settings_of
from tests.support.schema_cases import ROOT, SHAPES, sample

pytestmark = pytest.mark.slow

EVERYTHING = {"select": ["ALL"]}


def requests() -> list[dict[str, Any]]:
    """Return the requests of the cases about members that go together, or not."""
    texts = [
        case["payload"]
        for rule in ALL
        if rule.code[:3] in ("SM2", "SM3", "SM5") and "then" in rule.condition
        for case in (*rule.invalid, *rule.valid)
        if case.get("payload", "").startswith("{") and "config" not in case
    ]
    return [json.loads(text) for text in dict.fromkeys(texts)]


def values(shape: str) -> list[Any]:
    """Return values that a shape accepts, as different as can be."""
    definition = SHAPES[shape]
    if definition["type"] == "boolean":
        return [True, False]
    if "enum" in definition:
        return list(definition["enum"])
    found = [sample(shape)]
    if definition["type"] == "array" and not definition.get("minItems"):
        found += [[], [sample(name_of(definition["items"]))]]
    if definition["type"] == "object" and "properties" in definition:
        full = {name: values(name_of(of))[0] for name, of in definition["properties"].items()}
        found.append(full)
    return found


@pytest.mark.parametrize("member", RULES.members)
def test_what_is_reported_beside_an_unknown_member_holds_for_every_value(member: str) -> None:
    known = settings_of(EVERYTHING)
    unknown = settings_of({**EVERYTHING, "given": [member]})
    of_member = values(name_of(SHAPES[ROOT]["properties"][member]))
    for request in requests():
        others = {name: value for name, value in request.items() if name != member}
        reported = {d.code for d in lint_value(others, unknown)}
        for value in of_member:
            found = {d.code for d in lint_value({**others, member: value}, known)}
            assert reported <= found, (others, value)


@pytest.mark.parametrize("member", RULES.members)
def test_a_placeholder_is_checked_for_presence_and_type_alone(member: str) -> None:
    shape = SHAPES[name_of(SHAPES[ROOT]["properties"][member])]
    filled_in_later = settings_of({**EVERYTHING, "placeholders": ["${*}"]})
    for request in requests():
        found = lint_value({**request, member: "${later}"}, filled_in_later)
        about = {d.code for d in found if d.pointer == f"/{member}"}
        assert about <= ({"SM103"} if shape["type"] != "string" else set()) | PRESENCE, request


PRESENCE = {
    rule.code
    for rule in ALL
    if '"not": {}' in json.dumps(rule.condition.get("then", {})) or rule.condition.get("check") == "newer_members"
}
"""The rules that a member must not be there."""
