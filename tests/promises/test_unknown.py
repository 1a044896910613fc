"""A condition on an unknown value holds neither way: what is reported beside one holds for every value."""

import json
from typing import Any

import pytest

from sm_lint.model.pointer import to_json_pointer, value_at
from sm_lint.requests.request import Request
from sm_lint.rules.shapes import name_of
from sm_lint.sources.document import Document
from sm_lint.sources.reading import Reading
from tests.support.cases import ALL, requests
from tests.support.linting import RULES, SESSION, lint_value, settings_of
from tests.support.pointers import pointers, without
from tests.support.schema_cases import ROOT, SHAPES, sample

pytestmark = pytest.mark.slow

WAITING = {"SM103", "SM104", "SM108", "SM109", "SM201"}
"""The rules about values whose consequences wait, as do those of empty strings."""
MOVING = {"SM101", "SM805"}
"""Rules of which one finding tells several places: it stands at another one if the first is unknown."""
EVERYTHING = {"select": ["ALL"]}


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


def found(request: Any, **doubt: Any) -> set[tuple[str, str]]:
    document = Document("request", "", "", Reading(request, [], is_json=True))
    session = SESSION.find(document, [Request(document, request, **doubt)], settings_of(EVERYTHING))
    return {(d.code, d.pointer) for d in session.outcome().diagnostics}


def waits(request: Any, reported: set[tuple[str, str]]) -> bool:
    """Return whether a request has a refused value, so that what follows from it waits."""
    has_empty = any(value_at(request, pointer) in ("", None) for pointer in pointers(request))
    return has_empty or bool({code for code, _ in reported} & WAITING)


@pytest.mark.parametrize("part", range(8))
def test_what_is_reported_beside_an_unknown_value_at_any_depth_holds_for_the_value(part: int) -> None:
    for request in requests()[part::24]:
        known = found(request)
        if waits(request, known):
            continue
        for pointer in pointers(request):
            reported = {(code, at) for code, at in found(request, unknown={pointer: None}) if code not in MOVING}
            assert reported <= known, (request, pointer)


@pytest.mark.parametrize("part", range(8))
def test_what_is_reported_beside_a_value_that_may_be_absent_holds_without_it(part: int) -> None:
    for request in requests()[part::24]:
        for pointer in pointers(request):
            absent = without(request, pointer)
            if isinstance(pointer[-1], str) and not waits(request, found(request)) | waits(absent, found(absent)):
                reported = found(request, optional=frozenset((pointer,)))
                at = to_json_pointer(pointer)
                beside = {
                    (code, place)
                    for code, place in reported
                    if not f"{place}/".startswith(f"{at}/") and code not in MOVING
                }
                assert beside <= found(absent), (request, pointer)


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
