"""docs/python.md does what it says."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sm_lint import Severity
from tests.cli.test_docs import steps
from tests.sdk.test_sdk import by_name
from tests.unit.integrations.test_pytest import arguments

pytest.importorskip("boto3", reason="it is among the packages of `pip install -e '.[dev]'`")
ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "python.md"
REGISTER, PYTEST = re.findall(r"^```text\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
COMMAND = "python register.py s3://retention-models/churn/model.tar.gz 9f8e7d6"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A folder with the files of the page."""
    for step in steps(PAGE):
        if step.file:
            (tmp_path / step.file).write_text(step.text, encoding="utf-8")
    return tmp_path


def lines(folder: Path, *command: str) -> list[str]:
    """Return what a command prints."""
    environment = os.environ | {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "COLUMNS": "300"}
    ran = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip
    return ran.stdout.splitlines()


def test_the_script_is_stopped(written: Path) -> None:
    assert f"`{COMMAND}`" in PAGE.read_text(encoding="utf-8")
    assert lines(written, *COMMAND.split()[1:])[-3:] == REGISTER.splitlines()


@pytest.mark.slow
def test_the_test_passes_and_with_the_plugin_fails(written: Path) -> None:
    assert "1 passed" in lines(written, "-m", "pytest", *arguments())[-1]
    printed = lines(written, "-m", "pytest", *arguments("--sm-lint"))
    assert [line for line in printed if line.startswith(("sm-lint: 1", "FAILED"))] == PYTEST.splitlines()


def test_a_definition_is_linted_before_it_is_sent(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    exec((written / "deploy.py").read_text(encoding="utf-8"), names)  # noqa: S102 - it is the page's own
    upserted: list[str] = []

    class Pipeline:
        name = "churn"

        def __init__(self, definition: str) -> None:
            self.definition = lambda: definition

        def upsert(self, role_arn: str) -> None:
            upserted.append(role_arn)

    printed = by_name((ROOT / "tests" / "sdk" / "printed-3.txt").read_text(encoding="utf-8"))
    names["deploy"](Pipeline(printed["plain"]), "role")
    assert upserted == ["role"]
    assert capsys.readouterr().out == ""
    with pytest.raises(SystemExit):
        names["deploy"](Pipeline(printed["mistakes"]), "role")
    assert f": {Severity.ERROR.value}: " in capsys.readouterr().out
    assert upserted == ["role"]
