"""Requests in Terraform plans."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.model import data
from sm_lint.model.pointer import Pointer, to_json_pointer
from sm_lint.model.settings import DEFAULTS
from sm_lint.requests.carriers import NoRequest
from sm_lint.requests.carriers import requests as requests_in
from sm_lint.requests.request import Request
from sm_lint.requests.shapes import Shape
from sm_lint.requests.snake_case import snake_case
from sm_lint.requests.terraform_plan import PROFILE
from sm_lint.rules.bases import bases_in
from sm_lint.sources import document
from sm_lint.sources.document import Document
from tests.support.cases import Case, parametrize
from tests.support.linting import RULES, lint
from tests.support.work import calls

TYPE = "awscc_sagemaker_model_package"
REQUESTS = bases_in(data.RULES)
BASE = "/resource_changes/0/change/after"
SHAPES = RULES.shapes


def in_snake_case(value: Any, shape: Shape = SHAPES.root) -> Any:
    """Return a value as a plan writes it."""
    if isinstance(value, dict):
        members = shape.schema.get("properties", {})
        return {
            snake_case(name) if name in members else name: in_snake_case(child, SHAPES.of_member(shape, name))
            for name, child in value.items()
        }
    return [in_snake_case(item, SHAPES.of_items(shape)) for item in value] if isinstance(value, list) else value


def change(after: Any, unknown: Any = None, *actions: str, **more: Any) -> dict[str, Any]:
    of = {"actions": list(actions or ["create"]), "before": None, "after": after, "after_unknown": unknown or {}}
    return {"address": f"{TYPE}.a", "mode": "managed", "type": TYPE, "name": "a", "change": of, **more}


def plan(*changes: Any, **more: Any) -> Document:
    value = {"format_version": "1.2", "resource_changes": list(changes), **more}
    return document.read("plan.json", json.dumps(value).encode())


def request(after: Any, unknown: Any = None, **more: Any) -> Request:
    (found,) = requests_in(plan(change(after, unknown), **more), SHAPES)
    return found


def findings(read: Document) -> list[tuple[str, str]]:
    return sorted((d.code, d.pointer) for d in lint(read, DEFAULTS))


def pointers(value: Any, at: Pointer = ()) -> Iterator[Pointer]:
    for step, child in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield (*at, step)
        yield from pointers(child, (*at, step))


def without(value: Any, at: Pointer, instead: Any = None) -> Any:
    """Return a copy of a value without a member; an item is replaced."""
    copy = parent = json.loads(json.dumps(value))
    for step in at[:-1]:
        parent = parent[step]
    if isinstance(at[-1], int) or instead is not None:
        parent[at[-1]] = instead
    else:
        del parent[at[-1]]
    return copy


def unknown_at(at: Pointer) -> Any:
    """Return an `after_unknown` that says that the value at a pointer is unknown."""
    unknown: Any = True
    for step in reversed(at):
        unknown = [*[False] * step, unknown] if isinstance(step, int) else {step: unknown}
    return unknown


def test_a_plan_has_the_names_of_the_provider_and_the_request_those_of_the_api() -> None:
    after = {
        "model_package_group_name": "churn",
        "inference_specification": {"supported_response_mime_types": ["a/b"], "containers": [{"image": "i"}]},
        "customer_metadata_properties": {"model_name": "x", "Other": "y"},
        "model_package_arn": "arn",
        "tags_all": [],
        "ModelPackageName": "not an attribute",
        "environment": {"not": "here"},
    }
    found = request(after)
    assert found.value == {
        "ModelPackageGroupName": "churn",
        "InferenceSpecification": {"SupportedResponseMIMETypes": ["a/b"], "Containers": [{"Image": "i"}]},
        "CustomerMetadataProperties": {"model_name": "x", "Other": "y"},
    }
    pointer = ("InferenceSpecification", "SupportedResponseMIMETypes", 0)
    assert to_json_pointer(found.in_document(pointer)) == (
        BASE + "/inference_specification/supported_response_mime_types/0"
    )


@parametrize("invalid")
def test_a_request_has_the_same_findings_in_a_plan(case: Case) -> None:
    read = case.read()
    if not isinstance(read.value, dict) or read.problems or read.unknown or case.rule.code[:3] in ("SM0", "SM9"):
        return
    settings = case.settings(given=())
    alone = lint(read, settings)
    moved = lint(plan(change(in_snake_case(read.value))), settings)
    assert sorted(d.code for d in moved) == sorted(d.code for d in alone if PROFILE.applies(d.code))


@pytest.mark.parametrize("base", REQUESTS)
def test_what_is_unknown_or_null_adds_no_finding(base: str) -> None:
    after = in_snake_case(REQUESTS[base])
    before = {code for code, _ in findings(plan(change(after)))}
    for at in pointers(after):
        unknown = unknown_at(at)
        for read in (
            plan(change(after, unknown)),
            plan(change(without(after, at), unknown)),
            plan(change(without(after, at, "?"), unknown)),
        ):
            assert {code for code, _ in findings(read)} <= before, at


@pytest.mark.parametrize(
    ("after", "unknown", "value", "optional"),
    [
        ({}, {"tags": True}, {"Tags": "(known after apply)"}, {("Tags",)}),
        ({"tags": None}, {}, {}, set()),
        ({"tags": [None, {"key": "a", "value": None}]}, {}, {"Tags": [{"Key": "a"}]}, set()),
        ({"tags": [{}]}, {"tags": [{"key": True}]}, {"Tags": [{"Key": "(known after apply)"}]}, {("Tags", 0, "Key")}),
        ({}, {"tags": [{"key": True}]}, {"Tags": [{"Key": "(known after apply)"}]}, {("Tags", 0, "Key")}),
        ({"tags": [None]}, {"tags": [True]}, {"Tags": ["(known after apply)"]}, {("Tags", 0)}),
        ({"tags": ["a", None]}, {"tags": [False, True]}, {"Tags": ["a", "(known after apply)"]}, {("Tags", 1)}),
        ({"tags": []}, {"tags": []}, {"Tags": []}, set()),
        ({}, {"tags": {}}, {}, set()),
        ({"tags": "text"}, {"tags": {"key": True}}, {"Tags": "text"}, set()),
        ({"domain": "x"}, {"domain": False}, {"Domain": "x"}, set()),
        ({}, {"id": True, "model_package_arn": True}, {}, set()),
        ({"domain": "x"}, [True], {"Domain": "x"}, set()),
    ],
)
def test_unknown_and_absent_values(after: Any, unknown: Any, value: Any, optional: set[Pointer]) -> None:
    found = request({"model_package_group_name": "g", **after}, unknown)
    assert found.value == {"ModelPackageGroupName": "g", **value}
    assert found.optional == found.unknown.keys() == optional


def _configuration(expressions: Any, *modules: str) -> dict[str, Any]:
    """Return a configuration that sets attributes of the resource in a module."""
    resource = {"address": f"{TYPE}.a", "mode": "managed", "type": TYPE, "name": "a", "expressions": expressions}
    module: Any = {"resources": [resource]}
    for name in reversed(modules):
        module = {"module_calls": {name: {"module": module}}}
    return {"root_module": module}


@pytest.mark.parametrize(
    ("address", "modules"),
    [
        (None, ()),
        ("module.registry", ("registry",)),
        ('module.registry["eu.module.x\\"]"].module.one[0]', ("registry", "one")),
    ],
)
def test_what_the_configuration_does_not_set_is_absent(address: str | None, modules: tuple[str, ...]) -> None:
    after = {"model_package_group_name": "churn", "model_package_name": "churn/1"}
    more = {"module_address": address} if address else {}
    planned = change(after, {"source_uri": True, "inference_specification": True}, "update", **more)
    planned["change"]["before"] = {"model_package_name": "churn/1", "domain": "x"}
    expressions = {"model_package_group_name": {"constant_value": "churn"}, "source_uri": {"references": ["x"]}}
    (found,) = requests_in(plan(planned, configuration=_configuration(expressions, *modules)), SHAPES)
    assert found.value == {"ModelPackageGroupName": "churn", "SourceUri": "(known after apply)"}
    (found,) = requests_in(plan(planned, configuration=_configuration(expressions, "another")), SHAPES)
    assert found.value.keys() == {"ModelPackageGroupName", "ModelPackageName", "SourceUri", "InferenceSpecification"}
    planned["change"]["before"] = None
    (found,) = requests_in(plan(planned, configuration=_configuration(expressions, *modules)), SHAPES)
    assert found.value.keys() == {"ModelPackageGroupName", "ModelPackageName", "SourceUri"}


@pytest.mark.parametrize(
    ("resource", "count"),
    [
        (change({}, None, "create"), 1),
        (change({}, None, "update"), 1),
        (change({}, None, "delete", "create"), 1),
        (change({}, None, "create", "delete"), 1),
        (change({}, None, "create", "forget"), 1),
        (change({}, None, "create", module_address="module.a"), 1),
        (change({}, None, "no-op"), 0),
        (change({}, None, "read", mode="data"), 0),
        (change({}, None, "create", mode="data"), 0),
        (change(None, None, "delete"), 0),
        (change({}, None, "create", type="awscc_sagemaker_model_package_group"), 0),
        (change([], None, "create"), 0),
        (change({}, None, "create", change=None), 0),
        (change({}, None, "create", change={"after": {}}), 0),
        (change({}, None, "create", change={"after": {}, "actions": "create"}), 0),
        ([], 0),
        (None, 0),
    ],
)
def test_what_is_created_or_changed_is_linted(resource: Any, count: int) -> None:
    read = plan(resource, more=TYPE)
    if count:
        assert len(requests_in(read, SHAPES)) == count
    else:
        with pytest.raises(NoRequest, match="it is a Terraform plan without a request"):
            requests_in(read, SHAPES)


@pytest.mark.parametrize(
    "configuration",
    [
        None,
        [],
        {"root_module": []},
        {"root_module": {"resources": {}, "module_calls": []}},
        {"root_module": {"resources": [None, [], {"expressions": {"a": 1}}], "module_calls": {"m": None, "n": {}}}},
        _configuration(None),
        _configuration([]),
        _configuration({}),
    ],
)
def test_a_configuration_of_another_form_tells_nothing(configuration: Any) -> None:
    assert request({"model_package_group_name": "g"}, configuration=configuration).value
    address = plan(change({"domain": "x"}, None, "create", module_address=1, name=[]), configuration=configuration)
    assert requests_in(address, SHAPES)


@pytest.mark.parametrize(
    "value",
    [
        {"format_version": "1.0", "values": {"root_module": {"resources": [change({})]}}},
        {"resource_changes": [change({})]},
        {"format_version": "1.2", "resource_changes": {}},
        [change({})],
    ],
)
def test_what_is_no_plan_is_passed_over(value: Any) -> None:
    text = json.dumps({"x": [TYPE, "resource_changes"], "y": value} if isinstance(value, list) else value)
    with pytest.raises(NoRequest):
        requests_in(document.read("state.json", text.encode()), SHAPES)


def test_findings_name_attributes_as_a_plan_does() -> None:
    after = {"model_package_group_name": "churn", "tags": [{"key": "team", "value": "x"}]}
    (diagnostic,) = lint(plan(change({**after, "source_uri": "s3://bucket/model.tar.gz"})))
    assert (diagnostic.code, diagnostic.pointer) == ("SM203", BASE + "/tags")
    assert diagnostic.message == "`tags` is not allowed with `model_package_group_name`"
    assert diagnostic.help == "Remove `tags`, and tag the model package group instead."


STEP = {"Name": "r", "Type": "RegisterModel", "Arguments": {"ModelPackageGroupName": "g", "ModelApprovalStatus": "No"}}


def _with_pipeline(count: int) -> Document:
    """Return a plan with a pipeline definition in all its parts."""
    definition = json.dumps({"Version": "2020-12-01", "Steps": [STEP]})
    values = {"pipeline_name": "p", "pipeline_definition": definition}
    resource = {"type": "aws_sagemaker_pipeline", "name": "p", "values": values}
    of = {"actions": ["update"], "before": values, "after": values, "after_unknown": {}}
    root = {"root_module": {"resources": [resource] * count}}
    changes = [{"type": "aws_sagemaker_pipeline", "name": "p", "change": of}] * count
    return plan(*changes, planned_values=root, prior_state={"values": root}, resource_drift=changes)


def test_a_pipeline_in_a_string_of_a_plan_is_found_once() -> None:
    read = _with_pipeline(3)
    codes = [(d.code, d.pointer, d.inner_pointer) for d in lint(read) if d.code == "SM106"]
    inner = "/Steps/0/Arguments/ModelApprovalStatus"
    assert codes == [
        ("SM106", f"/resource_changes/{index}/change/after/pipeline_definition", inner) for index in range(3)
    ]


def test_the_work_grows_with_the_plan() -> None:
    def work(count: int) -> int:
        full = change({"model_package_group_name": "g"}, {"domain": True}, name="x")
        read = plan(*[full] * count, configuration=_configuration({"domain": {}}))
        pipelines = _with_pipeline(count)
        return calls(lambda: (requests_in(read, SHAPES), requests_in(pipelines, SHAPES)))

    assert work(400) < 4.4 * work(100)


def test_a_place_in_a_string_with_escapes_of_go_is_exact() -> None:
    """Terraform writes `<`, `>` and `&` as escapes, also in strings."""
    definition = json.dumps({"Steps": [{**STEP, "Description": "<a> & b"}]})
    of = {"type": "aws_sagemaker_pipeline", "change": {"actions": ["create"], "after": {"definition": definition}}}
    text = json.dumps({"format_version": "1.2", "resource_changes": [of]})
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    (found,) = (d for d in lint(document.read("plan.json", text.encode())) if d.code == "SM106")
    assert text[found.range.start.offset : found.range.end.offset] == r"\"No\""


KEYS = ("tags", "key", "resources", "expressions", "module_calls", "module", "name", "type", "after", "actions")
ANY = st.recursive(
    st.sampled_from([None, True, False, 1, "x", TYPE]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=8,
)


@given(ANY, ANY, ANY, ANY)
def test_no_form_of_a_plan_fails(after: Any, unknown: Any, before: Any, other: Any) -> None:
    planned = change({"model_package_group_name": "g", "tags": after}, {"tags": unknown})
    planned["change"]["before"] = before
    lint(plan(planned, other, configuration={"root_module": other}, planned_values=TYPE))
    lint(plan(change({"tags": after}, unknown), configuration=other, more=TYPE))


def test_a_plan_may_have_more_values_than_a_request() -> None:
    others = [change({"tags": [1] * 1000}, type="aws_s3_bucket") for _ in range(120)]
    tags = [{"key": "a", "value": "b"}]
    assert findings(plan(*others, change({"model_package_group_name": "churn", "tags": tags}))) == [
        ("SM203", "/resource_changes/120/change/after/tags")
    ]
    most = plan(change({"tags": [1] * 1_000_000}))
    assert [problem.parameters for problem in most.problems] == [{"limit": "500,000 keys and values"}]
