"""The documentation does what it says.

README.md and the pages of docs/ are run from top to bottom, each in a folder of its own with a copy of examples/:

* a block "```LANGUAGE PATH" is a file, which is written;
* in a block "```console" each line that begins with `$ ` is run in bash, and what follows it is its exact output;
  without output none is compared. `$ echo $?` prints the status of the command before; others end with 0 or 1.

Whatever block it stands in, a command line of sm-lint is one that the parser takes.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from ruamel.yaml import YAML

from sm_lint.cli.parser import parser

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
SETUPS = [ROOT / "action.yml", ROOT / ".pre-commit-hooks.yaml", *sorted((ROOT / "examples").glob("*.yml"))]
_BLOCK = re.compile(r"^```([\w-]*)(?: ([^\n`]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"(?:^|[\s|;&(])(sm-lint +(?:[^\n`#|;&>]|'[^']*'|\"[^\"]*\")+)")


class Step(NamedTuple):
    """A file to write, or a command to run."""

    line: int
    file: str | None
    text: str
    output: str


def steps(page: Path) -> list[Step]:
    """Return what a page asks to be done, in its order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for block in _BLOCK.finditer(text):
        line = text.count("\n", 0, block.start()) + 2
        if block[2]:
            found.append(Step(line, block[2], block[3], ""))
        elif block[1] == "console":
            for command in re.finditer(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block[3], re.MULTILINE):
                at = line + block[3].count("\n", 0, command.start())
                found.append(Step(at, None, command[1], command[2]))
    return found


def bash(command: str, folder: Path, status: int) -> subprocess.CompletedProcess[str]:
    """Run a command as one types it: the status of the one before in `$?`, both streams on the screen."""
    program = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "NO_COLOR", "COLUMNS")}
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; (exit {status}); {command}"],
        cwd=folder, env=environment | {"PATH": program}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_does_what_it_says(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    status = 0
    following = [*(step.text for step in steps(page)), ""][1:]
    for step, after in zip(steps(page), following, strict=True):
        if step.file:
            path = tmp_path / step.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, encoding="utf-8")
            continue
        ran = bash(step.text, tmp_path, status)
        where = f"{page.name}:{step.line}: $ {step.text}"
        status = ran.returncode
        assert status in (0, 1) or after == "echo $?", f"{where}: exit status {status}\n{ran.stdout}"
        assert not step.output or ran.stdout == step.output, where
        assert "Traceback" not in ran.stdout, where


def commands(text: str) -> list[str]:
    """Return the command lines of sm-lint in the blocks of a page, or in a whole file of another kind."""
    return [match.strip() for match in _COMMAND.findall(text.replace("\\\n", " "))]


def blocks(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    shown = [
        line.removeprefix("$ ")
        for block in _BLOCK.finditer(text)
        for line in block[3].splitlines()
        if block[1] != "console" or line.startswith("$ ")
    ]
    return "\n".join([*shown, *re.findall(r"`(sm-lint [^`\n]+)`", text)])


@pytest.mark.parametrize("page", [*PAGES, *SETUPS], ids=lambda page: page.name)
def test_each_command_line_is_one(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = blocks(page) if page.suffix == ".md" else page.read_text(encoding="utf-8")
    for command in commands(text):
        try:
            arguments = shlex.split(command)
        except ValueError:  # part of a sentence
            continue
        if set("<>{}…[]").intersection(command) or any(
            re.fullmatch("[A-Z_]+", word) for word in arguments if word != "ALL"
        ):
            continue  # a form, not a command
        assert _refusal(arguments[1:]) == 0, f"{page.name}: {command}\n{capsys.readouterr().err}"


def _refusal(arguments: list[str]) -> int:
    try:
        parser().parse_args(arguments)
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def test_there_is_something_to_run() -> None:
    assert sum(step.file is None for page in PAGES for step in steps(page)) > 10
    assert all(commands(page.read_text(encoding="utf-8")) for page in SETUPS)


@pytest.mark.parametrize("page", [*PAGES, *SETUPS], ids=lambda page: page.name)
def test_yaml_in_the_documentation_can_be_read(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = [text] if page.suffix != ".md" else [block[3] for block in _BLOCK.finditer(text) if block[1] == "yaml"]
    for part in found:
        assert YAML(typ="safe", pure=True).load(part)
