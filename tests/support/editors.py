"""Real editors with the set-ups of docs/editors.md, in which `sm-lint` is the one that is tested."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "editors.md"
DRIVERS = ROOT / "tests" / "editors"


def needs(program: str, package: str = "") -> pytest.MarkDecorator:
    """Skip a test where a program is not installed; `package` is what to install, if it has another name."""
    reason = f"{program} is not installed; apt-get install {package or program}"
    return pytest.mark.skipif(shutil.which(program) is None, reason=reason)


def section(title: str, language: str, number: int = 0) -> str:
    """Return a block of code in a language, by default the first one, of a section of the page."""
    text = re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", DOCS.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", text[1] if text else "", re.DOTALL | re.MULTILINE)
    assert len(blocks) > number, f"docs/editors.md has no {language} below {title}"
    return str(blocks[number])


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which `sm-lint` is ours, and in which an editor has no settings of its own."""
    bin_ = folder / "bin"
    bin_.mkdir()
    (bin_ / "sm-lint").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sm_lint "$@"\n', encoding="utf-8")
    (bin_ / "sm-lint").chmod(0o755)
    homes = {name: str(folder / name) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    path = os.pathsep.join([str(bin_), os.environ.get("PATH", "")])
    return {**os.environ, **homes, "PATH": path, "PYTHONPATH": str(ROOT)}
