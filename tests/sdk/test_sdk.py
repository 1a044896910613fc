"""What the SageMaker Python SDK prints as the definition of a pipeline is linted through stdin, for SDK 2 and 3.

`printed-2.txt` and `printed-3.txt` are what pipelines.py prints, so that what is linted does not depend on an install.
A slow test installs the SDK in an environment of its own and compares.
"""

import json
import os
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
NAMES = ("plain", "condition in condition", "two containers", "metrics and drift baselines", "tags", "mistakes")
REGISTRATION = "/Steps/0/Arguments/IfSteps/0/Arguments"
INFERENCE = f"{REGISTRATION}/InferenceSpecification"
MISTAKES = {
    ("SM222", f"{REGISTRATION}/ModelPackageGroupName"),
    ("SM607", f"{REGISTRATION}/CustomerMetadataProperties/run"),
    ("SM314", f"{INFERENCE}/Containers/0/Image"),
    ("SM405", f"{INFERENCE}/Containers/0/ModelDataUrl"),
    ("SM303", f"{INFERENCE}/SupportedRealtimeInferenceInstanceTypes/0"),
    ("SM106", f"{REGISTRATION}/ModelApprovalStatus"),
}
NO_TELEMETRY = "SchemaVersion: '1.0'\nSageMaker: {PythonSDK: {Modules: {TelemetryOptOut: true}}}\n"


def interpreter(requirements: Path) -> Path:
    """Return a Python with the requirements, kept for the next run; skip the test where they cannot be installed."""
    key = sha256(f"{sys.version} {sys.prefix} {requirements.read_text()}".encode()).hexdigest()[:16]
    kept = Path(os.environ.get("XDG_CACHE_HOME") or tempfile.gettempdir()) / f"sm-lint-sdk-{os.getuid()}-{key}"
    python, is_ready = kept / "bin" / "python", kept / "is-ready"
    if is_ready.exists():
        return python
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(kept)],
        [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--requirement", str(requirements)],
    ):
        ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if ran.returncode:
            why = (ran.stderr.strip().splitlines() or ["no message"])[-1]
            pytest.skip(f"{requirements.name} cannot be installed here: {why[:300]}")
    is_ready.touch()
    return python


def definitions(python: Path, folder: Path) -> dict[str, str]:
    """Return the definitions that the SDK of an interpreter makes, by the names of the pipelines."""
    (folder / "config.yaml").write_text(NO_TELEMETRY)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "PYTHON"))}
    environment |= {
        "AWS_DEFAULT_REGION": "us-east-1",
        "HOME": str(folder),
        "SAGEMAKER_USER_CONFIG_OVERRIDE": str(folder / "config.yaml"),
        "SAGEMAKER_SUPPRESS_V2_WARNING": "1",
    }
    ran = subprocess.run(
        [python, HERE / "pipelines.py"], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return by_name(ran.stdout)


def by_name(printed: str) -> dict[str, str]:
    """Return the definition of each pipeline by its name. SDK 2 logs to the same stream, in lines without a tab."""
    lines = (line.partition("\t") for line in printed.splitlines())
    return {name: definition for name, _, definition in lines if definition}


def lint(text: str) -> Any:
    """Return the report on what is piped into `sm-lint check -`."""
    ran = subprocess.run(
        [sys.executable, "-m", "sm_lint", "check", "--isolated", "--output-format", "json", "-"],
        input=text, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return json.loads(ran.stdout)


@pytest.mark.parametrize("version", [2, 3])
def test_the_definitions_that_the_sdk_prints_are_linted(version: int) -> None:
    printed = by_name((HERE / f"printed-{version}.txt").read_text(encoding="utf-8"))
    assert tuple(printed) == NAMES
    for name, definition in printed.items():
        report = lint(definition)
        found = {(one["code"], one["pointer"]) for one in report["diagnostics"]}
        assert found == (MISTAKES if name == "mistakes" else set()), name
        assert report["summary"]["files"] == 1
        assert {one["carrier"] for one in report["diagnostics"]} <= {"pipeline"}


@pytest.mark.slow
@pytest.mark.parametrize("version", [2, 3])
def test_the_sdk_prints_these_definitions(version: int, tmp_path: Path) -> None:
    printed = definitions(interpreter(HERE / f"requirements-{version}.txt"), tmp_path)
    assert printed == by_name((HERE / f"printed-{version}.txt").read_text(encoding="utf-8"))
