"""Whatever a file, its name or what it is: a finding or a clear failure, and no other file suffers.

What its text can hold is in tests/promises/kinds.py.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import sm_lint
from sm_lint.cli.main import main
from tests.support.work import calls

pytestmark = pytest.mark.slow

OTHER = '{"ModelPackageGroupName": "churn", "Domian": "x", "Task": "OTHER"}'
"""Linted after each hostile file."""


class Run(NamedTuple):
    status: int
    out: str
    err: str


def run(*arguments: str | bytes, cwd: Path, stdin: int | None = None) -> Run:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "sm_lint", *arguments]
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    done = subprocess.run(command, cwd=cwd, stdin=stdin, capture_output=True, env=environment, check=False)
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def check(*arguments: str | bytes, cwd: Path, stdin: int | None = None) -> Run:
    """Lint with `concise` and hold the run to what is promised of every run."""
    found = run("check", "--isolated", "--output-format", "concise", *arguments, cwd=cwd, stdin=stdin)
    assert "Traceback" not in found.out + found.err
    assert "internal error" not in found.err
    return found


def test_a_value_of_python_that_repeats_itself_is_a_finding() -> None:
    bomb: list[object] = []
    for _ in range(40):
        bomb = [bomb, bomb]
    assert [d.code for d in sm_lint.lint({"ModelPackageGroupName": "churn", "Tags": bomb})] == ["SM022"]
    own: dict[str, object] = {"ModelPackageGroupName": "churn"}
    own["CustomerMetadataProperties"] = own
    assert "SM009" in [d.code for d in sm_lint.lint(own)]


def test_a_device_without_end_is_read_to_the_limit(tmp_path: Path) -> None:
    (tmp_path / "zero.json").symlink_to("/dev/zero")
    assert "[SM008]" in check("zero.json", cwd=tmp_path).out
    with open("/dev/zero", "rb") as endless:  # noqa: PTH123 - a descriptor for the child
        assert "[SM008]" in check("--stdin-filename", "x.json", "-", cwd=tmp_path, stdin=endless.fileno()).out


def test_the_work_grows_with_the_names_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(800):
        (tmp_path / f"{number}.json").write_text(OTHER)

    def work(count: int, *more: str) -> int:
        names = [f"{number}.json" for number in range(count)]
        return calls(
            lambda: main(["check", *names, *more, "--jobs", "1", "--output-format", "json", "--output-file", "o"])
        )

    for more in ([], ["--exclude", "*a*b*c"], ["--if-payload"]):
        work(10, *more)
        assert work(800, *more) < 4.4 * work(200, *more)


def test_links_that_lead_nowhere_and_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text(OTHER)
    (tmp_path / "dangling.json").symlink_to("nowhere")
    (tmp_path / "loop.json").symlink_to("loop.json")
    (tmp_path / "memory.json").symlink_to("/proc/self/mem")  # opens for everybody, and cannot be read
    (tmp_path / "folder.json").mkdir()
    os.mkfifo(tmp_path / "pipe.json")
    named = check("dangling.json", "loop.json", "memory.json", "other.json", cwd=tmp_path)
    assert named.status == 1
    assert [line.partition(":")[0] for line in named.out.splitlines() if "[SM007]" in line] == [
        "dangling.json", "loop.json", "memory.json",
    ]  # fmt: skip
    assert "other.json:1:36" in named.out
    below = check(".", cwd=tmp_path)
    assert below.status == 1
    assert [line.partition(":")[0] for line in below.out.splitlines()[:-1]] == ["other.json"]
    assert check("folder.json", cwd=tmp_path).status == 3
    missing = check("missing\n.json", "other.json", cwd=tmp_path)
    assert missing.status == 2
    assert missing.err == "sm-lint: missing\\n.json: no such file or folder\n"
    assert "other.json:1:36" in missing.out


NAMES = [
    b"new\nline.json",
    b"a b.json",
    b"100%0A.json",
    b"::error file=x::y.json",
    b"[bold]x.json",
    b"\x1b[31mred\x07.json",
    "\u202egnp.json".encode(),
    b"no-utf-8-\xff.json",
    b"<a>&'\".json",
    b"-x.json",
]
CONTENT = json.dumps({
    "ModelPackageGroupName": "churn",
    "\x1b]0;title\x07": 1,
    "\u202egnp": "x",
    "a\n::error file=x::y": 1,
    "%0A::warning::z": 1,
    "[bold]b[/bold]": 1,
    "\u2028\x85\x9b31m": 1,
    "\ud800": 1,
    "Domain": {"<script>&]]>": 1},
    "Task": "\x1b[31m::error::\r\n",
})  # fmt: skip
_ALARMING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")


@pytest.mark.parametrize("output_format", ["full", "concise", "json", "markdown", "sarif", "github"])
@pytest.mark.parametrize("color", ["never", "always"])
@pytest.mark.parametrize("named", [True, False])
def test_nothing_of_a_file_or_its_name_reaches_an_output_unescaped(
    output_format: str, color: str, named: bool, tmp_path: Path
) -> None:
    for number, name in enumerate(NAMES):
        target = tmp_path / os.fsdecode(name)
        target.write_text(CONTENT if number % 2 else CONTENT.replace("{", "{'x': 1,", 1), encoding="utf-8")
    paths: list[bytes | str] = ["--", *NAMES] if named else ["."]
    found = run("check", "--isolated", "--output-format", output_format, "--color", color, *paths, cwd=tmp_path)
    assert found.status == 1
    assert "Traceback" not in found.err
    text = found.out
    if color == "always" and output_format == "full":
        text = re.sub(r"\x1b\[[0-9;]*m", "", text)
        assert "\x1b]" not in found.out
        assert "[bold]" in text
    if output_format in ("json", "sarif"):
        json.loads(text)
    assert not _ALARMING.search(text)
    if output_format == "github":
        commands = [line for line in text.splitlines() if line.lstrip().startswith("::")]
        assert all(re.match("::(error|warning|notice) file=[^:,]*,line=", line) for line in commands)
    if output_format == "concise":
        lines = text.splitlines()[:-1]
        assert all(re.search(r"\[SM\d{3}\]$", line) for line in lines)
        assert not any(re.match(r"\s*::", line) for line in lines)
