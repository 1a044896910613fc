"""The requests of commands."""

import pytest

from sm_lint.requests.command import requests
from sm_lint.requests.request import Request
from sm_lint.requests.shapes import Shapes
from sm_lint.rules.ruleset import RuleSet
from sm_lint.sources.document import read

CALL = "aws sagemaker create-model-package"
SHAPES: Shapes = RuleSet().shapes


def one(script: str, name: str = "x.sh") -> Request:
    found = requests(read(name, script.encode()), SHAPES)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("options", "pointer", "at"),
    [
        ("--source-uri 's3://b/$RUN'", ("SourceUri",), ("--source-uri",)),
        ("--tags Key=a,Value=b 'Key=c,Value=$RUN'", ("Tags", 1, "Value"), ("--tags", 1, "Value")),
        ('--tags \'[{"Key": "a", "Value": "$RUN"}]\'', ("Tags", 0, "Value"), ("--tags", 0, "Value")),
        ('--cli-input-json \'{"SourceUri": "$RUN"}\'', ("SourceUri",), ("SourceUri",)),
    ],
)
def test_the_text_around_a_variable_in_single_quotes_waits(
    options: str, pointer: tuple[str | int, ...], at: tuple[str | int, ...]
) -> None:
    request = one(f"{CALL} {options}")
    (problem,) = request.problems
    assert (problem.kind, problem.pointer, problem.parameters["value"]) == ("variable-in-single-quotes", at, "$RUN")
    assert request.document.text[problem.start : problem.end] == "$RUN"
    assert set(request.unknown) == {pointer}


def test_what_may_be_replaced_later_waits_without_a_finding() -> None:
    request = one(f"{CALL} --source-uri '$RUN'\nenvsubst < x > y\n")
    assert request.problems == ()
    assert ("SourceUri",) in request.unknown


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Dockerfile", f"FROM x\nRUN {CALL} --source-uri '$RUN'\n"),
        ("ci.yml", f"run: {CALL} --source-uri '$RUN'\n"),
        ("README.md", f"```sh\n{CALL} --source-uri '$RUN'\n```\n"),
    ],
)
def test_other_files_than_scripts_may_have_it_replaced_first(name: str, text: str) -> None:
    assert one(text, name).problems == ()


def test_an_option_of_all_commands_is_no_value_of_the_request() -> None:
    (problem,) = one(f"{CALL} --region '$REGION' --domain NLP").problems
    assert problem.pointer == ()


@pytest.mark.parametrize(
    ("script", "region"),
    [
        (f"{CALL} --domain NLP", None),
        (f"{CALL} --domain NLP --region eu-west-1", ("eu-west-1", "--region")),
        (f"{CALL} --domain NLP --region eu-west-1 --region eu-west-2", ("eu-west-2", "--region")),
        ("aws --region=eu-west-1 sagemaker create-model-package --domain NLP", ("eu-west-1", "--region")),
        (f'{CALL} --domain NLP --region "$REGION"', (None, "--region")),
        (f"{CALL} --domain NLP --region '<region>'", (None, "--region")),
        (f"AWS_DEFAULT_REGION=eu-west-1 {CALL} --domain NLP", ("eu-west-1", "AWS_DEFAULT_REGION")),
        (f"AWS_DEFAULT_REGION=a AWS_REGION=eu-west-1 {CALL} --domain NLP", ("eu-west-1", "AWS_REGION")),
        (f"AWS_REGION=eu-west-1 {CALL} --domain NLP --region $R", (None, "--region")),
        (f"AWS_REGION=$R {CALL} --domain NLP", (None, "AWS_REGION")),
        (f"env AWS_REGION=eu-west-1 {CALL} --domain NLP", ("eu-west-1", "AWS_REGION")),
        (f"AWS_REGION=eu-west-1 x; {CALL} --domain NLP", None),
    ],
)
def test_the_region_that_a_command_is_sent_to(script: str, region: tuple[str | None, str] | None) -> None:
    assert one(script).settings.get("region") == region
