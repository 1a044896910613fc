"""A request that moves into another document keeps its findings, less what is different there and documented."""

import json
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.pointer import steps_of, to_json_pointer
from sm_lint.model.settings import Settings
from sm_lint.requests.marks import CARRIERS
from sm_lint.requests.request import Profile
from sm_lint.sources import document
from tests.promises.test_unknown import waits
from tests.support.carriers import CARRIED, Carried
from tests.support.cases import ALL, Case
from tests.support.linting import lint, settings_of
from tests.support.pointers import pointers, without

pytestmark = pytest.mark.slow

OWN = "SM05"
"""How the codes of the rules about carriers begin."""
OTHERWISE: dict[str, tuple[set[str], str]] = {
    "pipeline": (set(), '"(CertifyForMarketplace|Description)"'),  # SM050 takes over
    "state-machine": (set(), r'[$]\{|"[$][.]|"States[.]|\{%'),  # what is computed when the state runs
    "cloudformation": ({"SM103", "SM113"}, "[{]{2}resolve:"),  # scalars are converted, and some members are its own
    "ack": ({"SM101", "SM113"}, r"[$]|[{]{2}|: 6[.]0"),  # its own spelling, and what is filled in before
}
"""The rules whose cases a carrier has otherwise, and what matches the texts that it has otherwise, by its name."""


def cases() -> Iterator[tuple[Case, Any]]:
    """Yield the cases of the rules about requests, each with its request."""
    for rule in ALL:
        for number, table in enumerate((*rule.invalid, *rule.valid)):
            case = Case(rule, number, table)
            if rule.code[:3] in ("SM0", "SM9") or case.data is None or len(case.data) > 100_000:
                continue
            read = case.read()
            if isinstance(read.value, dict) and not read.problems and read.is_json:
                yield case, read.value


def is_otherwise(case: Case, request: Any, of: Carried) -> bool:
    """Return whether a carrier has the case of a rule otherwise, as its page says."""
    codes, texts = OTHERWISE.get(of.name, (set(), "(?!)"))
    return case.rule.code in codes or re.search(texts, json.dumps(request)) is not None


def profile(carrier: str) -> Profile:
    found: Profile = import_module(f"sm_lint.requests.{CARRIERS[carrier].module}").PROFILE
    return found


def moved(found: Diagnostic, of: Carried) -> tuple[str, str, str | None]:
    """Return the place at which a finding about a file with the request must stand in a carrier."""
    pointer = of.pointer(tuple(int(step) if step.isdecimal() else step for step in steps_of(found.pointer)))
    if of.string is None:
        return found.code, to_json_pointer(pointer), found.inner_pointer
    return found.code, to_json_pointer(of.string), to_json_pointer(pointer)


def marked(read: document.Document, found: Diagnostic) -> str:
    """Return the characters that a finding marks."""
    return read.text[found.range.start.offset : found.range.end.offset]


@pytest.mark.parametrize("name", CARRIED)
def test_a_request_has_the_same_findings_in_a_carrier(name: str) -> None:
    of = CARRIED[name]
    about = profile(of.name)
    checked = 0
    for case, request in cases():
        settings = case.settings()
        if is_otherwise(case, request, of) or not about.applies(case.rule.code) or settings.given:
            continue
        plain = document.read("request.json", json.dumps(request, indent=2, ensure_ascii=False).encode())
        expected = {moved(d, of): d for d in lint(plain, settings) if about.applies(d.code)}
        carried = of.document(request)
        found = {(d.code, d.pointer, d.inner_pointer): d for d in lint(carried, settings)}
        if any(code.startswith(OWN) for code, *_ in found):
            continue  # it has a member that the carrier lacks
        assert set(found) == set(expected), (case.rule.code, case.number, request)
        for place, diagnostic in found.items():
            assert diagnostic.carrier == of.name
            assert diagnostic.severity == expected[place].severity
            if of.syntax == "json" and expected[place].pointer and of.string is None:
                assert marked(carried, diagnostic) in _spelled(marked(plain, expected[place]), of), diagnostic
            elif of.string is not None and expected[place].pointer:
                inside = json.loads(f'"{marked(carried, diagnostic)}"')
                assert inside == marked(plain, expected[place]), diagnostic
            checked += 1
    assert checked > 100


def _spelled(text: str, of: Carried) -> set[str]:
    """Return what a finding may mark in a carrier: the same value, or a name as it is written there."""
    return {text, f'"{of.spelled(text[1:-1])}"'}


def found_in(read: document.Document, settings: Settings) -> set[tuple[str, str, str | None]]:
    """Return the findings in a document. A name in a state machine is the same with the suffix of a path."""
    return {(d.code, d.pointer.replace(".$", ""), d.inner_pointer) for d in lint(read, settings)}


@pytest.mark.parametrize("name", CARRIED)
@pytest.mark.parametrize("part", range(4))
def test_no_finding_appears_where_a_value_is_unknown_or_may_be_absent(name: str, part: int) -> None:
    of, everything = CARRIED[name], settings_of({"select": ["ALL"]})
    for case, request in list(cases())[part::16]:
        if case.table.get("config") or len(json.dumps(request)) > 4000:
            continue
        value = of.around(of.spell(request))
        before = found_in(of.read(value), everything)
        if waits(request, {(code, "") for code, *_ in before}):
            continue
        for pointer in pointers(request):
            for what, form in {**of.unknown, **of.optional}.items():
                other = form(value, of.pointer(pointer))
                if other is not None:
                    assert found_in(of.read(other), everything) <= before, (case.rule.code, pointer, what)


@pytest.mark.parametrize("name", CARRIED)
def test_an_absent_value_is_as_one_that_is_not_written(name: str) -> None:
    of, everything = CARRIED[name], settings_of({"select": ["ALL"]})
    for _, request in list(cases())[::16]:
        value = of.around(of.spell(request))
        for pointer in pointers(request):
            for what, form in of.absent.items():
                other = form(value, of.pointer(pointer))
                if other is None or isinstance(pointer[-1], int):
                    continue
                left = of.document(without(request, pointer))
                assert found_in(of.read(other), everything) == found_in(left, everything), (pointer, what)
