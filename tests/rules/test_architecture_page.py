"""docs/architecture.md speaks of what is there."""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
import tomli

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMES = sorted(set(re.findall(r"\bsm_lint(?:\.\w+)+", PAGE)))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_exists(name: str) -> None:
    parts = name.split(".")
    length = max(length for length in range(1, len(parts) + 1) if _is_module(".".join(parts[:length])))
    found: object = import_module(".".join(parts[:length]))
    for part in parts[length:]:
        found = getattr(found, part)


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # what is before the dot is no package
        return False


def test_the_table_of_carriers_has_each_module_of_the_requests() -> None:
    table = PAGE.partition("## Carriers")[2].partition("\n\nA `Dialect`")[0]
    modules = {path.stem for path in (ROOT / "sm_lint" / "requests").glob("[a-z]*.py")}
    assert modules - set(re.findall(r"`(\w+)`", table)) == {"request"}  # it is in the table of types


def test_the_picture_has_the_layers_of_the_contract() -> None:
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = [c for c in project["tool"]["importlinter"]["contracts"] if c["type"] == "layers"]
    layers = [re.findall(r"\w+", layer) for layer in contract["layers"]]
    picture = re.search(r"```text\n(cli .*?)```", PAGE, re.DOTALL)
    assert picture
    drawn = [re.match(r"((?:\w+ {3})*\w+)(?: {4,}|$)", line) for line in picture[1].splitlines()]
    assert [match[1].split() for match in drawn if match] == layers
    folders = {path.name for path in (ROOT / "sm_lint").iterdir() if (path / "__init__.py").exists()}
    assert {name for layer in layers for name in layer} == folders


def test_no_module_is_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "sm_lint").rglob("*.py")}
    assert {path: length for path, length in lengths.items() if length >= 300} == {}
