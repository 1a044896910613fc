"""Documents that end too early: of a request in one, nothing is said that its rest may refute."""

import json

import pytest

from sm_lint.requests import carriers
from sm_lint.sources import document
from tests.support.linting import RULES, SESSION, settings_of

SYNTAX = "SM001"
PIPELINE = """\
{"Version": "2020-12-01", "Steps": [
  {"Name": "a", "Type": "RegisterModel", "Arguments": {
    "ModelPackageGroupName": {"Get": "Parameters.Group"},
    "CustomerMetadataProperties": {"run": {"Get": "Execution.PipelineExecutionArn"}},
    "InferenceSpecification": {
      "Containers": [{"ModelDataUrl": {"Std:Join": {"On": "/", "Values": ["s3://a", {"Get": "x"}]}},
                      "Image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/x:1"}],
      "SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"]}}}
]}
"""
BEGINNING = PIPELINE.index('"ModelP')
"""Where the first request begins; what is before it is not recognized as a carrier."""


@pytest.mark.parametrize("written", [PIPELINE, PIPELINE.replace("\n", " ")])
def test_the_beginning_of_a_pipeline_has_nothing_wrong_but_its_end(written: str) -> None:
    settings = settings_of({})
    for length in range(BEGINNING, len(written)):
        found = SESSION.lint_named(document.read("a.json", written[:length].encode()), settings).diagnostics
        assert {d.code for d in found} <= {SYNTAX}, written[:length]


def test_a_string_that_ends_too_early_is_passed_over_unless_the_file_is_named() -> None:
    read = document.read("a.json", json.dumps({"Body": PIPELINE[:-5], "Other": 1}).encode())
    with pytest.raises(carriers.NoRequest) as raised:
        carriers.requests(read, RULES.shapes)
    assert str(raised.value) == "it is a pipeline definition that cannot be read to its end"
    assert raised.value.is_near
    assert [request.profile.carrier for request in carriers.requests(read, RULES.shapes, named=True)] == ["pipeline"]
