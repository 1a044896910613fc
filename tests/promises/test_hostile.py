"""Whatever stands in a file: a finding or a clear failure, with bounded work, and no other file suffers."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

import sm_lint
from tests.support.work import calls

pytestmark = pytest.mark.slow

GROUP = '"ModelPackageGroupName": "churn"'
YAML = "ModelPackageGroupName: churn\n"
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


def _members(count: int, form: str) -> str:
    return ",".join(form.format(i) for i in range(count))


def _json(members: str) -> str:
    return f"{{{GROUP}, {members}}}"


def _bomb(entry: str) -> str:
    """Return anchors of which each repeats the one before nine times."""
    names = "abcdefghij"
    lines = [f"{b}: &{b} " + entry.format(",".join([f"*{a}"] * 9)) for a, b in pairwise(names)]
    return "a: &a {x: 1}\n" + "\n".join(lines) + "\n"


HOSTILE: dict[str, tuple[str, Callable[[], str | bytes], str | None]] = {
    "brackets": ("json", lambda: "[" * 100_000, "SM009"),
    "objects": ("json", lambda: '{"a":' * 100_000, "SM009"),
    "brackets in YAML": ("yaml", lambda: "[" * 100_000, "SM009"),
    "braces in YAML": ("yaml", lambda: "{" * 100_000, "SM009"),
    "dashes": ("yaml", lambda: "- " * 100_000, "SM009"),
    "question marks": ("yaml", lambda: "? " * 100_000, "SM009"),
    "indentation": ("yaml", lambda: "".join(" " * i + "a:\n" for i in range(1400)), "SM009"),
    "alias bomb": ("yaml", lambda: _bomb("[{}]"), "SM022"),
    "merge bomb": ("yaml", lambda: _bomb("{{<<: [{}]}}"), "SM022"),
    "key bomb": ("yaml", lambda: _bomb("[{}]") + "? *j\n: 1\n", "SM022"),
    "self": ("yaml", lambda: "a: &a [*a]\n", "SM021"),
    "self merged": ("yaml", lambda: "a: &a\n  <<: *a\n", "SM021"),
    "self as a key": ("yaml", lambda: "&a {*a : 1}\n", "SM021"),
    "6,000 digits": ("json", lambda: _json('"Task": ' + "1" * 6000), "SM001"),
    "6,000 digits in YAML": ("yaml", lambda: f"{YAML}Task: {'1' * 6000}\n", "SM017"),
    "8 million digits": ("json", lambda: _json('"Task": ' + "1" * 8_000_000), "SM001"),
    "a million hexadecimal digits": ("yaml", lambda: f"{YAML}Task: 0x{'f' * 1_000_000}\n", "SM010"),
    "1E400": ("json", lambda: _json('"Task": 1E400'), "SM010"),
    "UTF-16": ("json", lambda: f"{{{GROUP}}}".encode("utf-16"), "SM003"),
    "no UTF-8": ("yaml", lambda: b"\xff\xfe\xfd" * 300_000, "SM003"),
    "NUL": ("json", lambda: "\0" * 5_000_000, "SM001"),
    "NUL in YAML": ("yaml", lambda: "\0" * 1_000_000, "SM002"),
    "5 MB of text": ("json", lambda: _json('"ModelPackageDescription": "' + "x" * 5_000_000 + '"'), "SM107"),
    "5 MB of escapes": ("json", lambda: _json('"ModelPackageDescription": "' + "\\u00e9" * 800_000 + '"'), "SM107"),
    "1 MB of text in YAML": ("yaml", lambda: f"{YAML}ModelPackageDescription: {'x' * 1_000_000}\n", "SM107"),
    "20,000 unknown members": ("json", lambda: _json(_members(20_000, '"k{}": 1')), "SM101"),
    "20,000 wrong items": ("json", lambda: _json('"Tags": [' + _members(20_000, "1") + "]"), "SM103"),
    "20,000 wrong entries in YAML": (
        "yaml",
        lambda: f"{YAML}CustomerMetadataProperties:\n" + "".join(f"  k{i}: 1\n" for i in range(20_000)),
        "SM103",
    ),
    "10,000 impossible dates": (
        "yaml",
        lambda: f"{YAML}CustomerMetadataProperties:\n" + "".join(f"  k{i}: 2024-13-01\n" for i in range(10_000)),
        "SM017",
    ),
    "4 million items": ("json", lambda: _json('"Tags": [' + "1," * 3_900_000 + "1]"), "SM022"),
    "500,000 items in YAML": ("yaml", lambda: f"{YAML}Tags: [{'1,' * 500_000}1]\n", "SM022"),
    "30,000 repeated keys": ("json", lambda: _json(_members(30_000, '"k": {}')), "SM005"),
    "24,000 repeated keys in YAML": ("yaml", lambda: YAML + "".join(f"k: {i}\n" for i in range(24_000)), "SM006"),
    "a pattern's near miss": ("json", lambda: '{"ModelPackageGroupName": "' + "a-" * 2_000_000 + '!"}', "SM222"),
    "long with many mistakes": (
        "yaml",
        lambda: f"{YAML}Tags:\n" + "- :\n" * 16_000 + "".join(f"k{i}: @v\n" for i in range(12)),
        "SM002",
    ),
    "many deep lists": ("yaml", lambda: YAML + "".join(f"k{i}: {'[' * 199}{']' * 199}\n" for i in range(318)), "SM022"),
    "many pairs": (
        "yaml",
        lambda: f"{YAML}Tags: [" + ",".join(f"'\U0001f600{i:030}': ''" for i in range(21_300)) + "]\n",
        "SM022",
    ),
    "as many pairs as are read": (
        "yaml",
        lambda: f"{YAML}Tags: [" + ",".join(f"'\U0001f600{i:030}': ''" for i in range(16_600)) + "]\n",
        "SM108",
    ),
    "pairs that could not be read": ("yaml", lambda: ": {{}:{{}}}", "SM018"),
    "many values in a string": (
        "yaml",
        lambda: f"{YAML}ModelCard: {{ModelCardStatus: Draft, ModelCardContent: '[{'1,' * 64_010}1]'}}\n",
        "SM701",
    ),
    "a million line breaks": ("yaml", lambda: "\n" * 1_000_000, "SM105"),
    "a million quotes": ("json", lambda: '"' * 5_000_000, "SM001"),
    "a million single quotes": ("json", lambda: "'" * 5_000_000, "SM001"),
    "an endless comment": ("json", lambda: "/*" * 2_000_000, "SM001"),
    "a million mistakes": ("json", lambda: "{" + "'a':1," * 1_000_000, "SM001"),
    "a million tabs": ("yaml", lambda: YAML + "\t\n" * 500_000, "SM012"),
    "a million documents": ("yaml", lambda: "---\n" * 250_000, "SM013"),
    "a million directives": ("yaml", lambda: "%a\n" * 300_000, "SM002"),
    "a long key": ("yaml", lambda: "k" * 1_000_000 + ": x\n", "SM019"),
    "too long": ("json", lambda: f"{{{GROUP}}}" + " " * 8_400_000, "SM008"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_content_is_a_finding(name: str, tmp_path: Path) -> None:
    syntax, content, code = HOSTILE[name]
    made = content()
    (tmp_path / f"hostile.{syntax}").write_bytes(made if isinstance(made, bytes) else made.encode())
    (tmp_path / "other.json").write_text(OTHER)
    found = check(f"hostile.{syntax}", "other.json", cwd=tmp_path)
    assert re.search(rf"^hostile\.{syntax}:\d+:\d+: .*\[{code}\]$", found.out, re.MULTILINE)
    assert "other.json:1:36: error: unknown member `Domian` in the request" in found.out
    assert found.status == 1
    assert found.err == ""


GROWING: dict[str, tuple[str, Callable[[int], str]]] = {
    "unknown members": ("json", lambda n: _json(_members(n, '"k{}": 1'))),
    "wrong items": ("json", lambda n: _json('"Tags": [' + _members(n, "{}") + "]")),
    "wrong entries": ("json", lambda n: _json('"CustomerMetadataProperties": {' + _members(n, '"k{}": 1') + "}")),
    "wrong keys": ("json", lambda n: _json('"CustomerMetadataProperties": {' + _members(n, '"k,{}": "v"') + "}")),
    "repeated keys": ("json", lambda n: _json(_members(n, '"k": {{}}'))),
    "wrong entries in YAML": (
        "yaml",
        lambda n: f"{YAML}CustomerMetadataProperties:\n" + "".join(f"  k{i}: 1\n" for i in range(n)),
    ),
    "impossible dates": (
        "yaml",
        lambda n: f"{YAML}CustomerMetadataProperties:\n" + "".join(f"  k{i}: 2024-13-01\n" for i in range(n)),
    ),
    "repeated keys in YAML": ("yaml", lambda n: YAML + "".join(f"k: {i}\n" for i in range(n))),
    "values in a string": (
        "json",
        lambda n: _json('"ModelCard": {"ModelCardStatus": "Draft", "ModelCardContent": "[' + "1," * n + '1]"}'),
    ),
}
"""Texts of n of something: four times as many are four times the work, counted in calls of functions."""


@pytest.mark.parametrize("name", GROWING)
def test_the_work_grows_with_the_text_and_no_faster(name: str) -> None:
    syntax, made = GROWING[name]

    def work(size: int) -> int:
        return calls(lambda: sm_lint.lint_text(made(size), filename=f"a.{syntax}"))

    work(299)  # what is made once is made now
    assert work(4 * 300) < 4.4 * work(300)


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
    assert [line.partition(":")[0] for line in below.out.splitlines()[:-1]] == ["./other.json"]
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


@pytest.mark.parametrize("output_format", ["full", "concise", "json", "sarif", "github"])
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
        assert all(re.match("::(error|warning|notice) file=[^:,]*,line=", line) for line in text.splitlines())
    if output_format == "concise":
        lines = text.splitlines()[:-1]
        assert all(re.search(r"\[SM\d{3}\]$", line) for line in lines)
