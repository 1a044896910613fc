"""The checks: on any payload whatever, and under what the user configured."""

import json
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint import api
from sm_lint.checks import TOLD_BY_TEXT, embedded
from sm_lint.config.load import merge
from sm_lint.engine.finder import Finder
from sm_lint.engine.signatures import signatures
from sm_lint.model import data
from sm_lint.model.settings import ConfigError, Settings
from sm_lint.sources import document
from sm_lint.sources.literal import is_literal
from tests.support.cases import ALL
from tests.support.linting import RULES, SESSION, settings_of

EVERYTHING = Settings(select=("",), region="eu-west-1", cli_version="2.0.0")
MEMBERS = sorted({name for shape in RULES.folded["definitions"].values() for name in shape.get("properties", ())})
TEXTS = [
    "",
    "s3://b/..",
    "arn:aws:kms:eu-west-1:1:",
    "1" * 12 + ".dkr.ecr.cn-north-1.amazonaws.com/a@b",
    "S3Object",
    "None",
]
PAYLOADS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=4),
    max_leaves=20,
)
WRONG: list[Any] = [None, 1, "x", [], {}, [[]], [None], {"": None}]
CONTAINER = {"Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"}
PAYLOAD: dict[str, Any] = {"ModelPackageGroupName": "churn", "InferenceSpecification": {"Containers": [CONTAINER]}}


@given(PAYLOADS)
def test_a_check_takes_any_payload_and_points_into_it(payload: Any) -> None:
    for _, match in Finder(RULES, SESSION.linters.linter(EVERYTHING).selected, EVERYTHING).matches(payload):
        value = payload
        for step in match.pointer:
            value = value[step]


PARTS = st.sampled_from([
    "arn:", "arn:aws:", "arn:aws-cn:", "iam::", "sagemaker:", "kms:", "us-east-1", "eu-west-1", "cn-north-1", "us-gov-",
    ":", "-", "/", ".", "xus-", "s3://", "sagemaker-", "jumpstart-cache-prod-", "123456789012", ".dkr.ecr.", "dkr-ecr.",
    "https://s3.", "https://b.s3-", "dualstack.", ".amazonaws.com", ".cn", "S3Object", "None", "x", "é", "\n", '"', " ",
])  # fmt: skip
PLACED = ["us-east-1", "eu-west-1", "cn-north-1"]
LOCATIONS = st.sampled_from([
    f"{start}{region}{end}"
    for region in PLACED
    for start, end in (
        ("arn:aws:sagemaker:", ":123456789012:model-package-group/a"), ("arn:aws:kms:", ":123456789012:key/a"),
        ("arn:aws:s3:", ":b"), ("123456789012.dkr.ecr.", ".amazonaws.com/a"), ("123456789012.dkr-ecr.", ".on.aws/a"),
        ("123456789012.dkr.ecr-fips.", ".amazonaws.com/a"), ("s3://sagemaker-", "-123456789012/a"),
        ("s3://jumpstart-cache-prod-", "/a"), ("https://s3.", ".amazonaws.com/b/a"),
        ("https://b.s3-", ".amazonaws.com/a"),
    )
])  # fmt: skip
PLACES = sorted({
    path for entry in RULES.folded["x-sm-lint"]["checks"] for name in entry["paths"] for path in entry["with"][name]
})  # fmt: skip


def with_values(found: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a payload with a value at each path, and with maps in place of lists."""
    payload: dict[str, Any] = {}
    for number, (path, value) in enumerate(found):
        *outer, last = [f"x{number}" if step == "*" else step for step in path.split("/")]
        inner = payload
        for step in outer:
            if not isinstance(inner.get(step), dict):
                inner[step] = {}
            inner = inner[step]
        inner[last] = value
    return payload


@given(
    st.lists(st.tuples(st.sampled_from(PLACES), LOCATIONS | st.lists(PARTS, max_size=8).map("".join)), max_size=6),
    st.booleans(),
    st.sampled_from([*PLACED, None]),
)
def test_what_a_text_tells_is_true_of_the_request(
    found: list[tuple[str, Any]],
    is_ascii: bool,
    region: str | None,
) -> None:
    payload = with_values(found)
    read = document.read("a.json", json.dumps(payload, ensure_ascii=is_ascii).encode())
    settings = EVERYTHING._replace(region=region)
    finder = Finder(RULES, SESSION.linters.linter(settings).selected, settings)
    if is_literal(read.syntax, read.text):
        assert finder.has_match(payload, read.text) == bool(list(finder.matches(payload)))


def test_the_checks_that_are_told_by_the_text_are_those_that_say_so() -> None:
    modules = {name: import_module(f"sm_lint.checks.{name}") for name in signatures()}
    assert [name for name in sorted(modules) if hasattr(modules[name], "may_find")] == list(TOLD_BY_TEXT)


def values(shape: str, seen: tuple[str, ...] = ()) -> Iterator[Any]:
    """Return payloads of a shape that hold, at each place, a wrong type."""
    definition = RULES.folded["definitions"][shape]
    for name, member in definition.get("properties", {}).items():
        yield from ({name: wrong} for wrong in WRONG)
        if shape not in seen:
            for value in values(member["$ref"].rpartition("/")[2], (*seen, shape)):
                yield {name: value}
    if "items" in definition:
        for value in values(definition["items"]["$ref"].rpartition("/")[2], (*seen, shape)):
            yield [value]


def test_a_check_passes_over_values_of_the_wrong_type() -> None:
    payloads = list(values("CreateModelPackageInput"))
    assert len(payloads) > 500
    for payload in payloads:
        assert api.lint(payload, config={"select": ["ALL"]}), "nothing of this is a request"


def test_the_kinds_of_embedded_json_are_those_of_its_schemas() -> None:
    texts = [data.schema(name).decode() for name in ("model-package-model-card.schema", "data-input-config.schema")]
    marked = {kind for text in texts for kind in re.findall(r'"x-kind": "([^"]+)"', text)}
    assert marked <= set(embedded.KINDS)
    used = {
        kind for rule in ALL if rule.condition.get("check") == "embedded" for kind in rule.condition["with"]["kinds"]
    }
    assert used == set(embedded.KINDS)


def test_items_of_the_wrong_type_share_no_member() -> None:
    for tags in (["a", "a"], ["a", {"Key": "a", "Value": "b"}], {"x": {"Key": "a"}, "y": {"Key": "a"}}):
        payload = {"ModelPackageName": "churn", "Tags": tags}
        assert "SM601" not in {diagnostic.code for diagnostic in api.lint(payload)}


def codes(config: dict[str, Any]) -> set[str]:
    return {diagnostic.code for diagnostic in api.lint(PAYLOAD, config=config)}


def test_a_configured_region_is_where_everything_should_be() -> None:
    assert codes({}) == codes({"region": "us-east-1"}) == set()
    assert codes({"region": "eu-west-1"}) == {"SM804"}
    assert codes({"region": "cn-north-1"}) == {"SM805"}


NEWER = next(rule for rule in ALL if rule.code == "SM114").condition["with"]["members"]


@pytest.mark.parametrize("member", NEWER)
def test_a_member_is_known_from_the_version_after_the_last_without_it(member: str) -> None:
    major, minor, patch = NEWER[member].split(".")
    container = {"InferenceSpecification": {"Containers": [{member: None}]}}
    payload = {"ModelPackageGroupName": "churn", **({member: None} if member in RULES.members else container)}

    def found(version: str) -> bool:
        return "SM114" in {d.code for d in api.lint(payload, config={"cli-version": version})}

    assert found("2.0.0")
    assert found(NEWER[member])
    assert not found(f"{major}.{minor}.{int(patch) + 1}")
    assert not found("2.100.0")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"/InferenceSpecification", "/InferenceSpecification/Containers/0"}),
        ({"given": ["InferenceSpecification"]}, set()),  # nobody knows what it lacks
    ],
)
def test_what_an_older_cli_requires_is_reported_where_it_is_missing(given: dict[str, Any], expected: set[str]) -> None:
    payload = {"ModelPackageGroupName": "churn", "InferenceSpecification": {"Containers": [{"IsCheckpoint": True}]}}
    found = api.lint(payload, config={"cli-version": "2.13.35", **given})
    assert {d.pointer for d in found if d.code == "SM121"} == expected


def test_all_members_of_the_table_are_members_of_the_request() -> None:
    assert set(NEWER) <= set(MEMBERS)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"region": "Frankfurt"}, "config: region: expected a region such as \"eu-west-1\", found 'Frankfurt'"),
        ({"region": 1}, 'config: region: expected a region such as "eu-west-1", found 1'),
        ({"region": "eu-west-1a"}, "found 'eu-west-1a'"),
        (
            {"cli-version": "1.32.0"},
            "cli-version: expected a version of AWS CLI 2 such as \"2.22.4\", found '1.32.0'",
        ),
        ({"cli-version": "2.22"}, "found '2.22'"),
        ({"cli-version": 2.22}, "found 2.22"),
    ],
)
def test_a_wrong_setting_is_refused(table: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as error:
        settings_of(table)
    assert message in str(error.value)


@pytest.mark.parametrize("region", ["eu-west-1", "us-gov-west-1", "cn-north-1", "us-isob-east-1", "eusc-de-east-1"])
def test_regions_of_all_partitions_can_be_configured(region: str) -> None:
    assert settings_of({"region": region}).region == region


def test_the_nearer_configuration_replaces_region_and_version() -> None:
    base = settings_of({"region": "eu-west-1", "cli-version": "2.22.4"})
    table = {"region": "us-east-1"}
    merged = merge(settings_of(table), base, table, "config")
    assert (merged.region, merged.cli_version) == ("us-east-1", "2.22.4")


def of_card(card: str) -> dict[tuple[str, str | None], str]:
    """Return the message of each finding inside a model card, by code and pointer."""
    content = {"ModelCardContent": card, "ModelCardStatus": "Draft"}
    found = api.lint({"ModelPackageGroupName": "churn", "ModelCard": content})
    return {(d.code, d.inner_pointer): f"{d.message} {d.help}" for d in found}


def test_a_field_of_a_full_card_is_held_to_its_type_and_is_never_suggested() -> None:
    place = "/model_overview/algorithm_type"
    assert set(of_card('{"model_overview": {"algorithm_type": [1]}}')) == {("SM707", place), ("SM709", place)}
    (words,) = of_card('{"model_overview": {"model_nam": "churn"}}').values()
    assert "unknown field `model_nam`" in words
    assert "model_name" not in words


def test_one_mistake_made_throughout_a_card_is_found_once() -> None:
    card = str({"model_overview": {"model_creator": "Risk team"}, "intended_uses": {"risk_rating": "Low"}})
    found = api.lint(
        {"ModelPackageGroupName": "churn", "ModelCard": {"ModelCardContent": card, "ModelCardStatus": "Draft"}}
    )
    assert [(d.code, d.help) for d in found] == [("SM701", 'Use double quotes: `"model_overview"`.')]
    both = card.replace("'Low'", '"Low",')
    found = api.lint(
        {"ModelPackageGroupName": "churn", "ModelCard": {"ModelCardContent": both, "ModelCardStatus": "Draft"}}
    )
    assert [d.message.partition("found ")[2] for d in found] == ["a single quote", "a trailing comma"]
