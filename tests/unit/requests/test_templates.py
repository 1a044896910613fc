"""The parameters of a task: what is sent as it is written, what is computed, and what looks like it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.sources import document
from tests.support import requests as drawn
from tests.support.linting import lint
from tests.support.machines import N, in_task, machine, pointers, task

JSONPATH = [
    ({"ModelPackageGroupName.$": "$.g"}, []),
    ({"ModelPackageGroupName.$": "$$.Execution.Name", "Tags.$": "States.Array($.a)"}, []),
    ({"ModelPackageGroupName.$": "$.g", "Tags": [{"Key": "a", "Value.$": "$.v"}]}, [("SM203", "Tags")]),
    ({"ModelPackageGroupdName.$": "$.g", "Domain": "x"}, [("SM101", "ModelPackageGroupdName.$")]),
    ({**N, "InferenceSpecification.$": "$.i"}, []),
    ({**N, "InferenceSpecification": {"Containers.$": "$.i"}}, []),
    ({**N, "InferenceSpecification": {"Containers": [{"Image.$": "$.i", "Imag.$": "$.j"}]}},
     [("SM101", "InferenceSpecification/Containers/0/Imag.$")]),
    ({**N, "CustomerMetadataProperties": {"a.$": "$.b"}}, []),
    ({"ModelPackageGroupName": "${g}"}, []),
    ({"ModelPackageGroupName": "a ${g}!", "${key}": "x"}, []),
    ({"${key}": "x"}, []),
    ({"ModelPackageGroupName": {"Ref": "G"}, "Tags": {"Ref": "AWS::NoValue"}}, []),
    ({**N, "Tags": {"Fn::If": ["a", [], []]}}, []),
    ({"ModelPackageGroupName": "$.g"}, [("SM053", "ModelPackageGroupName")]),
    ({"ModelPackageGroupName": "$.g/v1"}, [("SM053", "ModelPackageGroupName")]),
    ({"ModelPackageGroupName": "$['g']"}, [("SM053", "ModelPackageGroupName")]),
    ({"ModelPackageGroupName": "$$.Execution.Name"}, [("SM053", "ModelPackageGroupName")]),
    ({"ModelPackageGroupName": "States.UUID()"}, [("SM053", "ModelPackageGroupName")]),
    ({"ModelPackageGroupName": "{% $g %}"}, [("SM053", "ModelPackageGroupName")]),
    ({**N, "SkipModelValidation": "$.skip"}, [("SM053", "SkipModelValidation")]),
    ({**N, "ModelPackageDescription": "$5, $ and States. of $.x"}, []),
    ({**N, "CustomerMetadataProperties": {"a": "$", "b": "$HOME", "c": "$$"}}, None),
    ({**N, "CustomerMetadataProperties": {"a": "$.x"}}, [("SM053", "CustomerMetadataProperties/a")]),
    ({**N, "ModelPackageGroupName.$": "$.g"}, [("SM054", "ModelPackageGroupName.$")]),
    ({"ModelPackageGroupName.$": "$.g", "ModelPackageGroupName": "a b"}, [("SM054", "ModelPackageGroupName.$")]),
    ({"ModelPackageGroupName.$": "churn"}, [("SM054", "ModelPackageGroupName.$")]),
    ({"ModelPackageGroupName.$": "${path}"}, []),
    ({"ModelPackageGroupName.$": None}, []),
    ({"ModelPackageGroupName.$": "$customer"}, []),
    ({**N, "Tags.$": ["$.a"]}, [("SM054", "Tags.$")]),
    ({**N, ".$": "$.g"}, [("SM101", ".$")]),
    ({}, [("SM202", "")]),
    ("$.request", [("SM105", "")]),
]  # fmt: skip
JSONATA = [
    ({"ModelPackageGroupName": "{% $g %}", "Tags": "{% $t %}"}, []),
    ({"ModelPackageGroupName": "{% $g %}", "Tags": [{"Key": "a", "Value": "{% $t %}"}]}, [("SM203", "Tags")]),
    ("{% $states.input %}", []),
    ({**N, "InferenceSpecification": {"Containers": ["{% $c %}"], "SupportedContentTypes": "{% $s %}"}}, []),
    ({"ModelPackageGroupName": "a{% $g %}"}, [("SM111", "ModelPackageGroupName")]),
    ({"ModelPackageGroupName": " {% $g %}"}, [("SM111", "ModelPackageGroupName")]),
    ({"ModelPackageGroupName.$": "$.g"}, [("SM054", "ModelPackageGroupName.$")]),
    ({**N, "Tags.$": "$.t"}, [("SM054", "Tags.$")]),
    ({"ModelPackageGroupName": "$states.input.g"}, [("SM053", "ModelPackageGroupName")]),
    ({}, [("SM202", "")]),
]


@pytest.mark.parametrize(("request_", "expected"), JSONPATH)
def test_what_a_request_with_jsonpath_says(request_: Any, expected: list[tuple[str, str]] | None) -> None:
    of = in_task(request_)
    if expected is None:
        assert not any(code.startswith("SM05") for code, _ in of)
        return
    assert sorted(of) == sorted((code, f"Parameters/{at}".rstrip("/")) for code, at in expected)


@pytest.mark.parametrize(("request_", "expected"), JSONATA)
def test_what_a_request_with_jsonata_says(request_: Any, expected: list[tuple[str, str]]) -> None:
    of = [(code if code != "SM222" else "SM111", at) for code, at in in_task(request_, "Arguments")]
    assert sorted(of) == sorted((code, f"Arguments/{at}".rstrip("/")) for code, at in expected)


def test_members_are_named_as_they_are_written() -> None:
    source = {"S3DataType": "S3Object", "CompressionType": "None"}
    containers = [
        {"Image.$": "$.i", "ModelDataSource": {"S3DataSource": {**source, "S3Uri.$": "$.m"}}},
        {"Image": "a b", "ModelDataSource": {"S3DataSource": source}},
    ]
    specification = {"Containers": containers, "SupportedContentTypes": ["text/csv"]}
    request = {"ModelPackageGroupName.$": "$.g", "Tags": [{"Key": "a", "Value": "b"}]}
    states = machine(task({**request, "InferenceSpecification": specification}))
    messages = [d.message for d in lint(document.read("a.json", json.dumps(states).encode()))]
    assert "`Tags` is not allowed with `ModelPackageGroupName.$`" in messages
    assert any(message.startswith("invalid `Image` ") for message in messages)
    assert any("member `S3Uri` in" in message for message in messages)


A_PATH = "Write a path such as `$.name` or an intrinsic function such as `States.Format(…)`"
REFUSED = [
    (
        {**N, "Tags.$": "x"},
        "`Tags.$` must be a path or an intrinsic function, found x",
        f"{A_PATH}, or rename the key to `Tags`.",
    ),
    (
        {**N, "Tags.$": 5},
        "`Tags.$` must be a path or an intrinsic function, found another value",
        f"{A_PATH}.",
    ),
    (
        {**N, "Domain": "OTHER", "Domain.$": "$.d", "Tags.$": "$.t"},
        "`Domain.$` stands beside `Domain`, and both are the same member",
        "Keep one of the two: `Domain.$` for a value that is computed, `Domain` for a fixed one.",
    ),
]


@pytest.mark.parametrize(("request_", "message", "help_"), REFUSED)
def test_what_is_said_of_a_refused_key(request_: Any, message: str, help_: str) -> None:
    read = document.read("a.json", json.dumps(machine(task(request_))).encode())
    assert [(d.message, d.help) for d in lint(read) if d.code == "SM054"] == [(message, help_)]


@pytest.mark.parametrize(
    ("key", "language", "message", "help_"),
    [
        (
            "Parameters",
            "JSONata",
            "`Parameters` is JSONPath, and the query language is JSONata",
            "Name the key `Arguments`, and write what is computed in JSONata.",
        ),
        (
            "Arguments",
            "JSONPath",
            "`Arguments` is JSONata, and the query language is JSONPath",
            "Name the key `Parameters`, and write what is computed in JSONPath.",
        ),
        (
            "Arguments",
            "JSONata",
            "`Domain.$` is JSONPath, and the query language is JSONata",
            "Name the key `Domain`, and write the value as an expression in {% … %}.",
        ),
    ],
)
def test_what_is_said_of_another_query_language(key: str, language: str, message: str, help_: str) -> None:
    states = machine(task({**N, "Domain.$": "$.d"}, key=key), QueryLanguage=language)
    of = [d for d in lint(document.read("a.json", json.dumps(states).encode())) if d.code == "SM054"]
    assert [(d.message, d.help) for d in of] == [(message, help_)]


def _computed(value: Any, at: tuple[Any, ...], key: str) -> Any:
    """Return a request in which the value at a pointer is computed by an expression of a query language."""
    step, *rest = at
    if rest:
        child = _computed(value[step], tuple(rest), key)
        return [*value[:step], child, *value[step + 1 :]] if isinstance(value, list) else {**value, step: child}
    if key == "Arguments":
        if isinstance(value, list):
            return [*value[:step], "{% $x %}", *value[step + 1 :]]
        return {**value, step: "{% $x %}"}
    return {(f"{name}.$" if name == step else name): ("$.x" if name == step else of) for name, of in value.items()}


@given(request=drawn.small(), data=st.data())
def test_a_computed_value_adds_no_finding(request: Any, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(["Parameters", "Arguments"]))
    places = [p for p in pointers(request) if key == "Arguments" or isinstance(p[-1], str)]
    if "$" in json.dumps(request):
        return
    before = in_task(request, key)
    at = data.draw(st.sampled_from(places))
    added = [of for of in in_task(_computed(request, at, key), key) if of not in before]
    assert not added, at
