"""The wheel, built and run outside the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the wheel, in a folder of its own."""
    built = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(built / "content")
    return built / "content"


def test_the_wheel_holds_rules_schemas_and_types(unpacked: Path) -> None:
    data = unpacked / "sm_lint" / "_data"
    assert {path.name for path in (data / "rules").iterdir()} == {path.name for path in (ROOT / "rules").iterdir()}
    assert {path.name for path in (data / "schemas").iterdir()} == {path.name for path in (ROOT / "schemas").iterdir()}
    assert (unpacked / "sm_lint" / "py.typed").exists()
    assert {path.name.partition("-")[0] for path in unpacked.iterdir()} == {"sm_lint"}


@pytest.mark.parametrize("output_format", ["full", "concise", "html", "json", "sarif", "github"])
def test_the_wheel_runs_outside_the_checkout(output_format: str, unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"ModelPackageGroupName": "churn_models"}')
    command = [sys.executable, "-m", "sm_lint", "check", "a.json", "--output-format", output_format]
    environment = {"PYTHONPATH": str(unpacked), "PATH": ""}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "SM222" in ran.stdout


def test_the_hook_is_the_documented_one() -> None:
    from ruamel.yaml import YAML

    (hook,) = YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")
    assert hook["entry"] == "sm-lint check --if-payload --allow-empty"
    assert hook["types_or"] == ["json", "yaml"]
