"""The guard where requests really are sent: by the SageMaker Python SDK 2 and 3, and under moto in pytest."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.sdk.environments import NO_NETWORK, environment, output, sdk
from tests.unit.integrations.test_pytest import LINE, PLUGIN

HERE = Path(__file__).parent
WRONG = {
    "group name": "SM222",
    "instance type": "SM303",
    "status": "SM106",
    "image": "SM314",
    "location": "SM405",
    "a long value": "SM607",
    "card": "SM710",
    "tags": "SM203",
}
ONLY_IN = {2: {"a card as text": "SM701"}, 3: {"by the resource": "SM222"}}
MOTO = """
import boto3, pytest
from moto import mock_aws

@mock_aws
def register(**more):
    client = boto3.client("sagemaker")
    client.create_model_package_group(ModelPackageGroupName="churn")
    request = {"ModelPackageGroupName": "churn", "ModelPackageDescription": "weekly", **more}
    return client.create_model_package(**request)["ModelPackageArn"]

def test_good():
    assert register().endswith("model-package/churn/1")

def test_bad():
    register(Tags=[{"Key": "team", "Value": "retention"}])

def test_caught():
    try:
        register(Tags=[{"Key": "team", "Value": "retention"}])
    except Exception:
        pass

@pytest.mark.no_sm_lint
def test_moto_accepts_it():
    assert register(Tags=[{"Key": "team", "Value": "retention"}])
"""


@pytest.mark.slow
@pytest.mark.parametrize("version", [2, 3])
def test_what_the_sdk_registers_is_sent_or_refused(version: int, tmp_path: Path) -> None:
    printed = output(HERE / "registrations.py", sdk(version), tmp_path, NO_NETWORK)
    outcomes: dict[str, Any] = {}
    for line in printed.splitlines():
        name, _, outcome = line.partition("\t")
        outcomes |= {name: json.loads(outcome)} if outcome else {}
    right = {name: outcome for name, outcome in outcomes.items() if name.startswith("right: ")}
    assert len(right) >= 14
    assert right == {name: {"refused": [], "logged": [], "sent": 1} for name in right}
    wrong = {name.removeprefix("wrong: "): outcome for name, outcome in outcomes.items() if name not in right}
    expected = WRONG | ONLY_IN[version]
    assert wrong == {name: {"refused": [code], "logged": [], "sent": 0} for name, code in expected.items()}


@pytest.mark.slow
def test_a_test_under_moto_fails(tmp_path: Path) -> None:
    (tmp_path / "test_moto.py").write_text(MOTO)
    ran = subprocess.run(
        [sdk(3), "-m", "pytest", "-p", PLUGIN, "-p", "no:cacheprovider", "--sm-lint"],
        cwd=tmp_path, env=environment(tmp_path, NO_NETWORK) | {"COLUMNS": "240", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    lines = ran.stdout.splitlines()
    refusal = LINE.replace("[[]", "[")
    for name in ("bad", "caught"):
        assert any(line.startswith(f"FAILED test_moto.py::test_{name} - ") and refusal in line for line in lines)
    assert "sm-lint: 3 requests seen, 2 refused" in lines
    assert "2 failed, 2 passed" in lines[-1]
