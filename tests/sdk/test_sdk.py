"""What the SageMaker Python SDK prints as the definition of a pipeline is linted through stdin, for SDK 2 and 3.

`printed-2.txt` and `printed-3.txt` are what pipelines.py prints, so that what is linted does not depend on an install.
Slow tests install the SDK in an environment of its own, compare, and run what docs/pipelines.md shows.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.sdk.environments import output, sdk

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
    printed = output(HERE / "pipelines.py", sdk(version), tmp_path)
    assert by_name(printed) == by_name((HERE / f"printed-{version}.txt").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("version", [2, 3])
def test_the_page_shows_how_to_pipe_a_definition_into_the_linter(version: int, tmp_path: Path) -> None:
    page = (HERE.parents[1] / "docs" / "pipelines.md").read_text(encoding="utf-8")
    program = tmp_path / "pipeline.py"
    program.write_text(page.split(f"```python pipeline_{version}.py\n")[1].split("```\n")[0])
    python = sdk(version)
    (command,) = (line for line in page.splitlines() if line.endswith("| sm-lint check -"))
    filtered = command.removeprefix("python pipeline.py |").removesuffix("| sm-lint check -").strip()
    assert filtered == "grep '^{'"
    printed = output(program, python, tmp_path)
    (definition,) = (line for line in printed.splitlines() if line.startswith("{"))
    assert [one["code"] for one in lint(definition)["diagnostics"]] == ["SM303"]
