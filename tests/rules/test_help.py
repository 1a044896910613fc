"""Help is followed literally by people: that leads to no error, and to nothing more at the place it is about."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from sm_lint.model import data
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.rule import Rule
from sm_lint.model.settings import DEFAULTS, Settings
from sm_lint.model.severity import Severity
from sm_lint.rules.bases import bases_in
from tests.support import cases
from tests.support.cases import ALL, Case
from tests.support.following import at, followed, is_followed
from tests.support.linting import RULES, lint, lint_value
from tests.support.mistakes import Mistake, mistaken, places, replaced
from tests.support.requests import small

BY_A_PERSON = [
    "SM105", "SM111", "SM112", "SM116", "SM119", "SM120", "SM121", "SM122",
    "SM202", "SM207", "SM208", "SM210", "SM215", "SM216", "SM221", "SM225", "SM226", "SM227", "SM230", "SM235",
    "SM236",
    "SM305", "SM312", "SM315", "SM317", "SM319", "SM323", "SM325", "SM326", "SM327", "SM328", "SM329", "SM330",
    "SM331", "SM332", "SM336", "SM337",
    "SM405", "SM407", "SM409", "SM415", "SM416", "SM417", "SM419", "SM420",
    "SM509", "SM510",
    "SM602", "SM603", "SM606", "SM607", "SM608", "SM609", "SM610",
    "SM702", "SM703", "SM704", "SM705", "SM707", "SM709", "SM711", "SM712", "SM713", "SM714", "SM722", "SM723",
    "SM724",
    "SM804", "SM805", "SM806", "SM807",
]  # fmt: skip
"""The rules whose help asks for what only a person knows, such as a name. The help of all others is followed here."""
OF_THE_TEXT = ("SM0", "SM9")
"""The categories whose help is about the text of a file, not about a request."""


def _place(finding: Diagnostic) -> tuple[str, str | None]:
    return finding.pointer, finding.inner_pointer


def _new(before: list[Diagnostic], after: list[Diagnostic], followed_one: Diagnostic) -> list[tuple[str, str, str]]:
    """Return what following the help of a finding has brought: errors, and whatever stands at the same place."""
    known = {(d.code, d.pointer, d.inner_pointer, d.message) for d in before if d != followed_one}
    is_spelling = (followed_one.help or "").startswith("Did you mean")
    return [
        (d.code, d.pointer, d.message)
        for d in after
        if (d.code, d.pointer, d.inner_pointer, d.message) not in known
        if not (is_spelling and "keyword" not in RULES.rule(d.code).condition)  # what the misspelling has hidden
        if d.severity is Severity.ERROR or _place(d) == _place(followed_one)
    ]


def _complaints(request: Any, found: list[Diagnostic], settings: Settings) -> Iterator[str]:
    for finding in found:
        for after in followed(request, finding):
            wrong = _new(found, lint_value(after, settings), finding)
            if wrong:
                yield f"{finding.code} {finding.pointer}: {finding.help} -> {json.dumps(after)[:600]}: {wrong}"


@cases.parametrize("invalid")
def test_following_the_help_of_a_case_leads_to_no_error(case: Case) -> None:
    read, given_settings = case.read(), case.settings(extend_select=(case.rule.code,))
    found = [finding for finding in lint(read, given_settings) if finding.code == case.rule.code]
    if isinstance(read.value, dict) and not read.problems and not case.rule.code.startswith(OF_THE_TEXT):
        assert list(_complaints(read.value, found, given_settings)) == []


def _helps(rule: Rule) -> Iterator[str]:
    for case in (Case(rule, number, table) for number, table in enumerate(rule.invalid)):
        found = lint(case.read(), case.settings(extend_select=(rule.code,)))
        yield from (finding.help or "" for finding in found if finding.code == rule.code)


def test_a_help_that_cannot_be_followed_by_a_machine_is_one_that_is_known() -> None:
    of_requests = [rule for rule in ALL if not rule.code.startswith(OF_THE_TEXT)]
    assert [rule.code for rule in of_requests if not any(map(is_followed, _helps(rule)))] == BY_A_PERSON


BASES = bases_in(data.RULES)
WHOLE = {
    "ModelPackageGroupName": "churn",
    **{name: BASES[base][name] for base, name in [
        ("validated-container", "InferenceSpecification"), ("validated-container", "ValidationSpecification"),
        ("additional", "AdditionalInferenceSpecifications"), ("model-card", "ModelCard"),
        ("life-cycle", "ModelLifeCycle"), ("bias-report", "ModelMetrics"),
    ]},
    "DriftCheckBaselines": {"Bias": {"ConfigFile": {"S3Uri": "s3://bucket/config.json"}}},
    "CustomerMetadataProperties": {"commit": "abc"}, "SecurityConfig": {"KmsKeyId": "alias/models"},
}  # fmt: skip
"""A request with most kinds of objects."""


def _mistakes(value: Any) -> Iterator[Any]:
    """Yield requests with one mistake that people make: no value, an empty one, another case, another level."""
    for pointer, here in places(value):
        instead: Any
        for instead in (None, "", [], {}, "string", "x" * 2000):
            yield replaced(value, pointer, instead)
        around = at(value, pointer[:-1])
        if isinstance(around, dict):
            rest = {name: child for name, child in around.items() if name != pointer[-1]}
            yield replaced(value, pointer[:-1], {**rest, str(pointer[-1]).lower(): here})
            yield replaced(value, pointer[:-1], {**around, str(pointer[-1]).lower(): here})
            if len(pointer) > 1 and isinstance(pointer[-2], str):
                above = at(value, pointer[:-2])
                yield replaced(value, pointer[:-2], {**above, **around})
                yield replaced(value, pointer[:-2], {**{k: v for k, v in above.items() if k != pointer[-2]}, **around})
            for name, child in around.items():
                if isinstance(child, dict) and name != pointer[-1]:
                    yield replaced(value, pointer[:-1], {**rest, name: {**child, pointer[-1]: here}})


@pytest.mark.parametrize("base", [*BASES, "whole"])
def test_following_the_help_of_a_mistake_leads_to_no_error(base: str) -> None:
    complaints: list[str] = []
    for request in _mistakes(WHOLE if base == "whole" else BASES[base]):
        complaints += _complaints(request, lint_value(request), DEFAULTS)
    assert complaints == []


WARNINGS = tuple(code for code, (_, severity) in RULES.catalog.items() if severity != Severity.ERROR.value)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(mistaken(small()))
def test_following_the_help_of_a_random_mistake_leads_to_no_error(mistake: Mistake) -> None:
    request, settings = mistake.request, DEFAULTS._replace(ignore=WARNINGS)
    found = [finding for finding in lint_value(request, settings) if "such as" not in (finding.help or "")]
    assert list(_complaints(request, found, settings)) == []


@pytest.mark.parametrize("code", RULES.catalog)
def test_each_template_can_be_the_one_that_is_chosen(code: str) -> None:
    """The first template whose placeholders all have a value is chosen, so none may want less than one after it.

    One that names a member of the API may: it is left out where the carrier lacks the member.
    """
    rule = RULES.rule(code)
    for templates in (rule.message, rule.help):
        wanted: list[set[str]] = []
        for text in templates:
            names = set(re.findall(r"\{(\w+)\}", text))
            assert not any(earlier <= names for earlier in wanted), text
            wanted += [] if RULES.every_member & set(re.findall(r"`(\w+)`", text)) else [names]
