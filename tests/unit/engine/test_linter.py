"""The engine on requests that are not their documents: places, names, unknown and optional values."""

import json
from typing import Any

import pytest

from sm_lint.model.pointer import Pointer
from sm_lint.model.settings import DEFAULTS
from sm_lint.requests.request import Request, Setting
from sm_lint.sources.document import read
from sm_lint.sources.limits import MAX_FINDINGS
from tests.support.linting import SESSION

TAGS = [{"Key": "team", "Value": "risk"}]


def found(value: dict[str, Any], **fields: Any) -> list[tuple[str, str]]:
    """Return code and pointer of what is found in a request that stands in a document at /Steps/0/Arguments."""
    document = read("pipeline.json", json.dumps({"Steps": [{"Arguments": value}]}).encode())
    request = Request(document, value, base=("Steps", 0, "Arguments"), **fields)
    diagnostics = SESSION.find(document, [request], DEFAULTS).outcome().diagnostics
    for diagnostic in diagnostics:
        start, end = diagnostic.range
        assert document.text[start.offset : end.offset], "it has no place"
    return [(d.code, d.pointer) for d in diagnostics]


def test_a_finding_has_the_pointer_and_the_place_of_the_document() -> None:
    assert found({"ModelPackageGroupName": "a", "Tags": TAGS}) == [("SM203", "/Steps/0/Arguments/Tags")]
    assert found({"ModelPackageGroupName": "a_b"}) == [("SM222", "/Steps/0/Arguments/ModelPackageGroupName")]
    assert found({"Domain": "x"}) == [("SM202", "/Steps/0/Arguments")]


@pytest.mark.parametrize(("region", "codes"), [("eu-west-1", ["SM804"]), ("us-east-1", []), (None, [])])
def test_a_setting_of_a_request_takes_the_place_of_the_configured_one(region: str | None, codes: list[str]) -> None:
    value = {"ModelPackageGroupName": "a", "SourceUri": "arn:aws:sagemaker:us-east-1:123456789012:model/churn"}
    document = read("a.json", json.dumps(value).encode())
    request = Request(document, value, settings={"region": Setting(region, "--region")})
    plain = Request(document, value)
    settings = DEFAULTS._replace(region="us-west-2")
    diagnostics = SESSION.find(document, [request], settings).outcome().diagnostics
    assert [d.code for d in diagnostics] == codes
    assert all("`--region` is" in d.message for d in diagnostics)
    (configured,) = SESSION.find(document, [plain], settings).outcome().diagnostics
    assert "the configured region is us-west-2" in configured.message


def test_several_requests_of_a_document_are_reported_in_its_order() -> None:
    document = read("a.json", b'[{"ModelPackageGroupName": "a_b"}, {"ModelPackageGroupName": "c_d"}]')
    requests = [Request(document, document.value[index], base=(index,)) for index in (1, 0)]
    diagnostics = SESSION.find(document, requests, DEFAULTS).outcome().diagnostics
    assert [d.pointer for d in diagnostics] == ["/0/ModelPackageGroupName", "/1/ModelPackageGroupName"]
    first = SESSION.find(document, requests, DEFAULTS).outcome(limit=1)
    assert (first.diagnostics, first.omitted, first.omitted_is_minimum) == (diagnostics[:1], 1, False)


def test_more_findings_than_are_looked_for_are_counted_as_a_minimum() -> None:
    tags = ",".join(["{}"] * 30_000)  # each lacks two members
    document = read("a.json", f'{{"ModelPackageGroupName": "a", "Tags": [{tags}]}}'.encode())
    found = SESSION.lint_named(document, DEFAULTS)
    assert found.omitted_is_minimum
    assert MAX_FINDINGS - 1000 <= found.omitted < 60_000


def test_a_member_is_called_as_the_document_calls_it() -> None:
    document = read("a.json", json.dumps({"ModelPackageGroupName": "a", "Tags.$": TAGS}).encode())
    value = {"ModelPackageGroupName": "a", "Tags": TAGS}
    request = Request(document, value, names={(): {"Tags": "Tags.$"}})
    diagnostics = SESSION.find(document, [request], DEFAULTS).outcome().diagnostics
    assert [(d.code, d.pointer) for d in diagnostics] == [("SM203", "/Tags.$")]
    start, end = diagnostics[0].range
    assert document.text[start.offset : end.offset] == '"Tags.$"'


UNKNOWN: list[tuple[dict[str, Any], dict[Pointer, str | None], list[str]]] = [
    ({"ModelPackageGroupName": {"Get": "x"}}, {("ModelPackageGroupName",): None}, []),
    ({"ModelPackageGroupName": {"Get": "x"}, "Tags": TAGS}, {("ModelPackageGroupName",): None}, ["SM203"]),
    ({"ModelPackageGroupName": "a", "Tags": {"Get": "x"}}, {("Tags",): None}, []),
    ({"ModelPackageGroupName": "a", "Tags": [{"Get": "x"}]}, {("Tags", 0): None}, ["SM203"]),
    ({"ModelPackageGroupName": "a", "ModelApprovalStatus": "x"}, {("ModelApprovalStatus",): "string"}, []),
    ({"ModelPackageGroupName": "a", "Tags": "x"}, {("Tags",): "string"}, ["SM103"]),
    ({"ModelPackageName": {"Get": "x"}, "ModelPackageGroupName": "a"}, {("ModelPackageName",): None}, ["SM201"]),
]


@pytest.mark.parametrize(("value", "unknown", "codes"), UNKNOWN)
def test_of_an_unknown_value_only_what_holds_for_all_is_reported(
    value: dict[str, Any], unknown: dict[Pointer, str | None], codes: list[str]
) -> None:
    assert sorted(code for code, _ in found(value, unknown=unknown)) == codes


OPTIONAL: list[tuple[dict[str, Any], set[Pointer], list[str]]] = [
    ({"ModelPackageGroupName": "a", "Tags": TAGS}, {("Tags",)}, []),
    ({"ModelPackageGroupName": "a", "Tags": TAGS}, {("ModelPackageGroupName",)}, []),
    ({"ModelPackageGroupName": "a", "ModelPackageName": "b"}, {("ModelPackageName",)}, []),
    ({"ModelPackageGroupName": "a_b"}, {("ModelPackageGroupName",)}, ["SM222"]),
    ({"ModelPackageGroupName": "a", "Tags": [*TAGS, *TAGS]}, {("Tags",)}, ["SM601"]),
]


@pytest.mark.parametrize(("value", "optional", "codes"), OPTIONAL)
def test_of_what_may_be_absent_neither_presence_nor_absence_is_reported(
    value: dict[str, Any], optional: set[Pointer], codes: list[str]
) -> None:
    assert [code for code, _ in found(value, optional=frozenset(optional))] == codes
