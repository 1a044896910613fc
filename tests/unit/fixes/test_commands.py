"""Fixes in commands: what is written as it is may be replaced, and nothing else."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.sources.document import read
from tests.support.linting import fix, lint

CALL = "aws sagemaker create-model-package"
NAMED = f"{CALL} --model-package-group-name churn"
JSON = '{"Containers": [{"Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"}], "SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"], "SupportedTransformInstanceTypes": ["ml.m5.large"]}'  # noqa: E501


def fixed(text: str, name: str = "x.sh") -> str:
    after, _ = fix(read(name, text.encode()))
    return after.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{CALL} --model_package_group_name churn", NAMED),
        (f"{CALL} '--model_package_group_name' churn", f"{CALL} '--model-package-group-name' churn"),
        (f"{NAMED} --model-approval-status approved", f"{NAMED} --model-approval-status Approved"),
        (f"{NAMED} --model-approval-status 'approved'", f"{NAMED} --model-approval-status 'Approved'"),
        (f"bash -c '{NAMED} --domain other'", f"bash -c '{NAMED} --domain OTHER'"),
        (f"{NAMED} --customer-metadata-properties a=1, b=2", f"{NAMED} --customer-metadata-properties a=1,b=2"),
        (f"{NAMED} --customer-metadata-properties a=1,", f"{NAMED} --customer-metadata-properties a=1"),
        (
            f"{CALL} --model-package-name a --certify-for-marketplace=true",
            f"{CALL} --model-package-name a --certify-for-marketplace",
        ),
        (
            f"{CALL} --model-package-name a --certify-for-marketplace true",
            f"{CALL} --model-package-name a --certify-for-marketplace",
        ),
        (f"{NAMED} --certify-for-marketplace=false", f"{NAMED} --no-certify-for-marketplace"),
        (
            f"{NAMED} --inference-specification '{JSON.replace('Image', 'image')}'",
            f"{NAMED} --inference-specification '{JSON}'",
        ),
        (
            f"{NAMED} --inference-specification '{JSON.replace('m5.large', 'm5.larg')}'",
            f"{NAMED} --inference-specification '{JSON}'",
        ),
        (
            f'{NAMED} --cli-input-json \'{{"modelApprovalStatus": "approved"}}\'',
            f'{NAMED} --cli-input-json \'{{"ModelApprovalStatus": "Approved"}}\'',
        ),
        (f"{NAMED} --model-life-cycle stage=dev,StageStatus=x", f"{NAMED} --model-life-cycle Stage=dev,StageStatus=x"),
        (f"{CALL} --model_package_group_name a; {CALL} --model_package_group_name b", None),
    ],
)
def test_what_is_written_as_it_is_can_be_replaced(before: str, after: str | None) -> None:
    if after is None:
        after = before.replace("_", "-")
    assert fixed(before) == after
    assert fixed(after) == after


@pytest.mark.parametrize(
    "script",
    [
        f"{NAMED} --model-approval-status app''roved",
        f"{NAMED} --model-approval-status a\\pproved",
        f"{NAMED} --model-approval-status app\\\nroved",
        f"{NAMED} --model-approval-status $'approv\\x65d'",
        f'S=approved\n{NAMED} --model-approval-status "$S"',
        f"{CALL} --model_package_''group_name churn",
        f"{NAMED} --certify-for-marketplace='true'",
        f"{NAMED} --certify-for-marketplace 'true'",
        f"{NAMED} --customer-metadata-properties 'a=1,' 'b=2'",
        f"{NAMED} --customer-metadata-properties a=1, \\\n  b=2",
    ],
)
def test_what_is_written_otherwise_stays(script: str) -> None:
    assert lint(read("x.sh", script.encode()))
    assert fixed(script) == script


def test_quotes_that_are_escaped_stay() -> None:
    escaped = JSON.replace("m5.large", "m5.larg").replace('"', '\\"')
    script = f'{NAMED} --inference-specification "{escaped}"'
    assert fixed(script) == script


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Makefile", f"x:\n\t{NAMED} --model-approval-status {{}}\n"),
        ("ci.yml", f"x:\n  script:\n    - {NAMED} --model-approval-status {{}}\n"),
        ("README.md", f"```sh\n{NAMED} --model-approval-status {{}}\n```\n"),
        ("Jenkinsfile", f"sh '''\n{NAMED} --model-approval-status {{}}\n'''\n"),
    ],
)
def test_files_with_scripts_inside(name: str, text: str) -> None:
    assert fixed(text.format("approved"), name) == text.format("Approved")


PARTS = [
    "--model_package_group_name churn", "--model-approval-status approved", "--model-approval-status 'rejected'",
    "--domain other", '--domain "other"', "--tags Key=a, Value=b", "--tags key=a,Value=b", "--no-such-option",
    "--certify-for-marketplace=true", "--customer-metadata-properties a=1,", "--skip-model-validation all",
    "--customer-metadata-properties 'a=$X', b=2", "'stray'", "$MORE", "\\\n", "--model-life-cycle 'stage=dev'",
    f"--inference-specification '{JSON.replace('Image', 'image')}'",
    '--model-life-cycle "{\\"stage\\": \\"dev\\"}"', "--region us-east-1 --debug=true",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=6, unique=True))
def test_fixes_bring_no_finding_about_the_words_of_a_command(parts: list[str]) -> None:
    before = read("x.sh", " ".join([CALL, *parts]).encode())
    after, count = fix(before)
    assert fix(after)[1] == 0
    found, left = (Counter(d.code for d in lint(text) if d.code.startswith("SM06")) for text in (before, after))
    # Under its right name, an option may be there already, and take fewer words than one that nobody knows.
    assert set(left - found) <= {"SM062", "SM063"}
    assert (after.text == before.text) is (count == 0)
