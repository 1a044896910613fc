"""The bytes of a clean file are told to be clean only if the document in them is a request without findings."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.model.settings import DEFAULTS, Settings
from sm_lint.requests.carriers import NoRequest, requests
from sm_lint.run.session import Session
from sm_lint.sources.document import read
from tests.support.cases import ALL, Case
from tests.support.linting import SESSION as EVALUATING
from tests.support.mistakes import mistaken
from tests.support.requests import valid

SESSION = Session()
"""A session that evaluates nothing, so that it leaves nothing to an evaluator that it has ready."""
EVERYTHING = DEFAULTS._replace(select=("",), region="us-east-1", cli_version="2.9.19")
CLEAN = {"ModelPackageGroupName": "churn", "Domain": "MACHINE_LEARNING"}
DATA = sorted({
    (case.syntax, case.data) for rule in ALL for table in (*rule.invalid, *rule.valid)
    if (case := Case(rule, 0, table)).syntax in ("json", "yaml") and case.data is not None
})  # fmt: skip


def is_said_clean(data: bytes, settings: Settings = DEFAULTS, syntax: str = "json") -> bool:
    return SESSION.linters.linter(settings).is_clean_text(data, syntax)


def is_clean(data: bytes, settings: Settings = DEFAULTS, syntax: str = "json") -> bool:
    """Return whether the document in the bytes is taken for a request, and has no findings."""
    document = read(f"a.{syntax}", data, syntax)
    try:
        (request,) = requests(document, EVALUATING.linters.built_in.shapes)
    except (NoRequest, ValueError):
        return False
    found = EVALUATING.find(document, [request], settings)
    return request.profile.carrier == "payload" and not (found.reported or found.suppressed)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (json.dumps(CLEAN).encode(), True),
        (json.dumps(CLEAN | {"Domain": "\u00e9"}).encode(), True),  # an escape, so that it is looked at as a whole
        (json.dumps(CLEAN | {"ModelPackageDescription": "of AWS::SageMaker::ModelPackage"}).encode(), False),
        (b"\xef\xbb\xbf" + json.dumps(CLEAN).encode(), False),
        (json.dumps(CLEAN).encode("utf-16"), False),
        (b'{"ModelPackageGroupName": "churn", "Domain": "MACHINE_LEARNING", "Domain": "MACHINE_LEARNING"}', False),
        (b'{"ModelPackageGroupName": "churn", "Domain": "MACHINE_LEARNING",}', False),
        (b'{"ModelPackageGroupName": "churn"}', False),  # it may be a request of another operation
        (b'{"ModelPackageGroupName": "churn", "Tags": []}', False),
        (b'{"Domain": "MACHINE_LEARNING"}', False),
        (json.dumps(CLEAN | {"ModelName": "a"}).encode(), False),
        (json.dumps([CLEAN]).encode(), False),
        (b"", False),
        (json.dumps(CLEAN).encode() + b" " * 200_000, False),  # it is long, which is looked at elsewhere
    ],
)
def test_what_is_not_certain_is_not_said(data: bytes, expected: bool) -> None:
    assert is_said_clean(data) == expected
    assert is_said_clean(data) <= is_clean(data)


IN_YAML = yaml.safe_dump(CLEAN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (IN_YAML, True),
        (f"# registers churn\n{IN_YAML}", True),
        (json.dumps(CLEAN), True),
        (f"{IN_YAML}# sm-lint: ignore\n", False),
        (f"{IN_YAML}# register with create-model-package\n", False),
        (f"\ufeff{IN_YAML}", False),
        (f"{IN_YAML}---\n{IN_YAML}", False),
        (f"{IN_YAML}Domain: OTHER\n", False),
        (IN_YAML.replace("churn", "&name churn"), False),
        (IN_YAML.replace("churn", "012"), False),
        (f"- {json.dumps(CLEAN)}\n", False),
        ("ModelPackageGroupName: {churn", False),
        ("", False),
    ],
)
def test_what_is_not_certain_of_yaml_is_not_said(text: str, expected: bool) -> None:
    assert is_said_clean(text.encode(), syntax="yaml") == expected
    assert is_said_clean(text.encode(), syntax="yaml") <= is_clean(text.encode(), syntax="yaml")


@pytest.mark.parametrize("settings", [DEFAULTS, EVERYTHING])
def test_the_documents_of_the_cases_that_are_said_to_be_clean_are(settings: Settings) -> None:
    said = [(syntax, data) for syntax, data in DATA if is_said_clean(data, settings, syntax)]
    assert len(said) > 10
    assert [data for syntax, data in said if not is_clean(data, settings, syntax)] == []


@given(request=st.one_of(valid(), mistaken(valid()).map(lambda mistake: mistake.request)), is_ascii=st.booleans())
def test_what_is_said_of_a_drawn_request_is_right(request: Any, is_ascii: bool) -> None:
    in_json = json.dumps(request, ensure_ascii=is_ascii).encode(errors="surrogatepass")
    in_yaml = yaml.safe_dump(request, allow_unicode=not is_ascii).encode(errors="surrogatepass")
    for settings in (DEFAULTS, EVERYTHING):
        for syntax, data in (("json", in_json), ("yaml", in_yaml), ("yaml", in_json)):
            assert is_said_clean(data, settings, syntax) <= is_clean(data, settings, syntax)


@pytest.mark.parametrize(
    "changes", [{"given": ("Domain",)}, {"carriers": ("ack",)}, {"baseline": "/nowhere"}], ids=lambda of: next(iter(of))
)
def test_a_configuration_that_matters_is_left_to_others(changes: dict[str, Any]) -> None:
    assert not is_said_clean(json.dumps(CLEAN).encode(), DEFAULTS._replace(**changes))
