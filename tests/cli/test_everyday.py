"""What makes it pleasant: several processes, a progress bar, skeletons, completion, the help, the action."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from sm_lint import lint_text
from sm_lint.cli.parser import parser
from sm_lint.model.settings import DEFAULTS
from sm_lint.run import pool
from sm_lint.run.task import Result, Task
from sm_lint.sources.discovery import Source
from tests.support.command import PROGRAM, sm_lint, write
from tests.support.linting import SESSION

ROOT = Path(__file__).parents[2]
BAD = '{"ModelPackageGroupName": "a", "SourceUri": "s3://a/b", "Tags": [{"Key": "a", "Value": "b"}]}'


def test_several_jobs_print_what_one_prints(tmp_path: Path) -> None:
    """Enough YAML for a pool, with all kinds of outcome in it."""
    texts = (
        "ModelPackageGroupName: churn\nModelPackageDescription: fine\n",
        "ModelPackageGroupName: churn\nTags: [{Key: a, Value: b}]\n",
        "ModelPackageName: churn\nModelApprovalStatus: Approved  # sm-lint: ignore[SM206]: known\n",
        "ModelPackageGroupName: [\n",
        "ModelPackageGroupName: 2024-01-01\nTags: 1\n",
        "kind: something else\n",
    )
    files = {f"{number % 7}/{number}.yaml": texts[number % len(texts)] for number in range(120)}
    write(tmp_path, files | {"3/sm-lint.toml": "slect = []", "4/sm-lint.toml": 'select = ["SM1"]'})
    names = [*files, "gone.yaml"]
    for arguments in (
        ("--output-format", "json"),
        ("--output-format", "sarif", "--show-suppressed"),
        ("--fix", "--diff"),
    ):
        one = sm_lint("check", "--jobs", "1", *arguments, *names, cwd=tmp_path)
        several = shared("check", "--jobs", "3", *arguments, *names, cwd=tmp_path)
        assert (one.returncode, one.stdout, one.stderr) == (several.returncode, several.stdout, several.stderr)
        assert one.returncode == 2
        assert "slect: unknown key" in one.stderr


SHARE = (
    "import os, sys; from sm_lint.cli.main import main; from sm_lint.run import pool; pool.ENOUGH = 0; {}; "
    "sys.exit(main(sys.argv[1:]))"
)
FORKED = "sys.addaudithook(lambda event, _: event == 'os.fork' and print('forked', file=sys.stderr))"


def shared(*arguments: str, cwd: Path, code: str = "pass") -> subprocess.CompletedProcess[str]:
    """Run sm-lint with a pool for any work that there is."""
    command = [sys.executable, "-c", SHARE.format(code), *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


def test_files_are_shared_between_processes(tmp_path: Path) -> None:
    write(tmp_path, {f"{number}.json": BAD for number in range(100)})
    assert shared("check", ".", "--jobs", "2", cwd=tmp_path, code=FORKED).stderr.count("forked") == 2
    assert shared("check", ".", "--jobs", "1", cwd=tmp_path, code=FORKED).stderr.count("forked") == 0
    assert shared("check", *(f"{n}.json" for n in range(32)), cwd=tmp_path, code=FORKED).stderr.count("forked") == 0


@pytest.mark.parametrize(
    ("files", "seconds", "is_shared"),
    [
        (2 * pool.BATCH, [9, 9], False),
        (2 * pool.BATCH + 1, [20, 20], True),
        (1000, [0.008] * 63, False),
        (1000, [0.016] * 2, True),
        (1000, [9, *[0.008] * 62], False),
        (1000, [0.008, 9, 0.008, 0.016, 0.016], True),
    ],
)
def test_a_pool_is_started_for_more_than_half_a_second_of_work(
    files: int, seconds: list[float], is_shared: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object, **_options: object) -> None:
        started.append(True)
        raise OSError

    def clock() -> float:
        """Tell the time at the beginning and the end of each batch."""
        return next(times)

    started: list[bool] = []
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refused)
    monkeypatch.setattr("concurrent.futures.process.ProcessPoolExecutor", refused)
    times = iter([time for spent in seconds for time in (0.0, float(spent))])
    (tmp_path / "a.json").write_text("{}")
    task = Task(Source(str(tmp_path / "a.json"), str(tmp_path), named=False), DEFAULTS, False, None, False, None)
    assert list(pool.results([task] * files, 2, SESSION, clock)) == [Result()] * files
    assert (bool(started), next(times, None)) == (is_shared, None)


def test_stdin_stays_in_this_process(tmp_path: Path) -> None:
    write(tmp_path, {f"{number}.json": BAD for number in range(100)})
    code = f"{FORKED}; sys.stdin = open('0.json')"
    ran = shared("check", ".", "-", "--jobs", "2", "--output-format", "json", cwd=tmp_path, code=code)
    assert json.loads(ran.stdout)["summary"]["files"] == 101
    assert "forked" not in ran.stderr


@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_a_number_of_jobs_is_a_number(tmp_path: Path, number: str) -> None:
    ran = sm_lint("check", f"--jobs={number}", cwd=tmp_path)
    assert (ran.returncode, f"argument --jobs: invalid positive integer value: '{number}'" in ran.stderr) == (2, True)


def on_a_terminal(code: str, folder: Path) -> tuple[str, str]:
    """Run Python with stderr on a terminal; return what it writes to stdout, and to the terminal."""
    leader, follower = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=folder, stdout=subprocess.PIPE, stderr=follower, env=environment, text=True
    ) as process:
        os.close(follower)
        out = process.stdout.read() if process.stdout else ""
        screen = b""
        try:
            while part := os.read(leader, 65536):
                screen += part
        except OSError:  # the terminal is gone with the process
            pass
    os.close(leader)
    return out, screen.decode()


SLOW = """
import sys
from sm_lint.cli import main as cli
from sm_lint.cli import progress
progress._PATIENCE, progress._INTERVAL = {patience}, 0
sys.exit(cli.main(["check", "--isolated", "--jobs", "1", "--statistics", "."]))
"""


def test_a_bar_shows_on_a_terminal_after_a_while_and_leaves_the_output_alone(tmp_path: Path) -> None:
    write(tmp_path, {f"{number}.json": BAD for number in range(30)})
    expected = (
        "30  SM203  error    tags-on-a-version\nFound 30 errors in 30 files. 30 fixable with --fix --unsafe-fixes.\n"
    )
    out, screen = on_a_terminal(SLOW.format(patience=0), tmp_path)
    assert out == expected
    assert "linting" in screen
    assert "30/30" in screen
    assert on_a_terminal(SLOW.format(patience=3600), tmp_path) == (expected, "")


def filled(text: str) -> str:
    words = {"account": "123456789012", "region": "eu-west-1"}
    return re.sub(r"<([^<>]+)>", lambda match: words.get(match[1], match[1].replace(" ", "-")), text)


@pytest.mark.parametrize("kind", ["--versioned", "--unversioned"])
@pytest.mark.parametrize("yaml", [True, False])
def test_a_skeleton_lints_clean_once_filled_in(tmp_path: Path, kind: str, yaml: bool) -> None:
    ran = sm_lint("skeleton", kind, *(["--yaml"] if yaml else []), cwd=tmp_path)
    assert ran.returncode == 0
    name = "a.yaml" if yaml else "a.json"
    config = {"extend-select": ["ALL"], "severity": {"ALL": "error"}} if not yaml else {}
    left = lint_text(filled(ran.stdout), filename=name)
    assert left == []
    assert all(
        d.severity.value == "info"
        for d in lint_text(filled(ran.stdout), filename=name, config={"extend-select": ["ALL"]})
    ), config
    assert "#" not in ran.stdout or yaml
    assert lint_text(ran.stdout, filename=name) != [], "nothing is left to fill in"


def test_a_skeleton_names_its_schema_in_a_comment(tmp_path: Path) -> None:
    plain = sm_lint("skeleton", "--versioned", "--yaml", cwd=tmp_path).stdout
    named = sm_lint("skeleton", "--versioned", "--yaml", "--schema", "../a.schema.json", cwd=tmp_path).stdout
    assert named == f"# yaml-language-server: $schema=../a.schema.json\n{plain}"
    for wrong in (["--schema", "a.json"], ["--yaml", "--schema", "a b.json"], ["--yaml", "--schema", ""]):
        ran = sm_lint("skeleton", "--versioned", *wrong, cwd=tmp_path)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr.startswith("sm-lint: --schema")


def test_both_syntaxes_of_a_skeleton_are_one_request(tmp_path: Path) -> None:
    for kind in ("--versioned", "--unversioned"):
        as_yaml = sm_lint("skeleton", kind, "--yaml", cwd=tmp_path).stdout
        as_json = sm_lint("skeleton", kind, cwd=tmp_path).stdout
        assert YAML(typ="safe", pure=True).load(as_yaml) == json.loads(as_json)
    assert sm_lint("skeleton", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_is_a_script_of_its_shell(tmp_path: Path, shell: str) -> None:
    script = sm_lint("completion", shell, cwd=tmp_path).stdout
    for word in ("check", "skeleton", "json-lines", "write-baseline"):
        assert word in script
    program = shutil.which(shell)
    if program:
        write(tmp_path, {"script": script})
        ran = subprocess.run([program, "-n", "script"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (("che",), ["check"]),
        (("check", "--output-format", "json"), ["json", "json-lines"]),
        (("check", "--write-b"), ["--write-baseline"]),
        (("rule", "SM20"), [f"SM20{number}" for number in range(1, 10)]),
        (("check", "--fail-on", "w"), ["warning"]),
        (("check", "--prune"), ["--prune-baseline"]),
        (("rule", "--se"), ["--search"]),
        (("new-rule", "--f"), ["--folder"]),
        (("init", "--b"), ["--baseline"]),
    ],
)
def test_bash_completes(tmp_path: Path, words: tuple[str, ...], completed: list[str]) -> None:
    write(tmp_path, {"script": sm_lint("completion", "bash", cwd=tmp_path).stdout})
    line = " ".join(f"'{word}'" for word in ("sm-lint", *words))
    code = (
        f"source ./script; COMP_WORDS=({line}); COMP_CWORD={len(words)};"
        f" _shtab_sm_lint sm-lint '{words[-1]}' '{('sm-lint', *words)[-2]}'; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    environment = os.environ | {"PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"}
    ran = subprocess.run(
        ["bash", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.stdout.split() == completed, ran.stderr


def test_the_help_names_all_there_is() -> None:
    root = parser()
    text = root.format_help()
    for part in ("examples:", "exit status:", "check", "rule", "skeleton", "completion"):
        assert part in text
    assert max(map(len, text.splitlines())) <= 80


def test_the_action_lints_and_writes_a_summary_and_sarif(tmp_path: Path) -> None:
    action = YAML(typ="safe", pure=True).load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = next(step for step in action["runs"]["steps"] if step.get("id") == "lint")
    assert "${{" not in step["run"], "an input in a script is code"
    write(tmp_path, {"m/a.json": BAD, "n/b.json": "{}"})
    values = {"PATHS": "m n", "ARGUMENTS": "--select SM2 --fail-on warning", "SARIF_FILE": "out.sarif"}
    assert set(step["env"]) == set(values)
    environment = os.environ | values | {"PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"}
    for sarif, summary in (("out.sarif", str(tmp_path / "a summary.md")), ("", "")):
        ran = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=tmp_path, env=environment | {"SARIF_FILE": sarif, "GITHUB_STEP_SUMMARY": summary},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (ran.returncode, ran.stdout.startswith("::error file=m/a.json,line=1")) == (1, True), ran.stderr
    assert "| `m/a.json:1:" in (tmp_path / "a summary.md").read_text(encoding="utf-8")
    log = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["SM203"]


def test_the_action_leaves_python_and_pip_to_the_steps_after_it(tmp_path: Path) -> None:
    action = YAML(typ="safe", pure=True).load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = next(step for step in action["runs"]["steps"] if step.get("name") == "Install sm-lint")
    made = """#!/bin/sh
        mkdir -p "$3/bin"
        for name in python pip sm-lint; do printf '#!/bin/sh' > "$3/bin/$name"; chmod +x "$3/bin/$name"; done
    """
    write(tmp_path, {"python": made})
    (tmp_path / "python").chmod(0o755)
    values = {"PYTHON": "./python", "SOURCE": ".", "RUNNER_TEMP": str(tmp_path / "a b"), "GITHUB_PATH": "path"}
    for _ in range(2):  # a job may use it twice
        subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step["run"]], cwd=tmp_path, env=os.environ | values, check=True
        )
    folders = (tmp_path / "path").read_text(encoding="utf-8").splitlines()
    assert [[file.name for file in Path(folder).iterdir()] for folder in folders] == [["sm-lint"]] * 2


def test_a_clean_run_imports_nothing_of_this(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": '{"ModelPackageGroupName": "churn"}', "a.yaml": "ModelPackageGroupName: churn\n"})
    late = (
        "suppression",
        "baseline",
        "ignores",
        "placeholders",
        "pool",
        "progress",
        "completion",
        "skeleton",
        "own_rules",
    )
    heavy = {"rich", "jsonschema", "shtab", "concurrent.futures", *(f"sm_lint.{name}" for name in late)}
    code = (
        "import sys; from sm_lint.cli.main import main; status = main(['check', '--quiet', 'a.json', 'a.yaml'])\n"
        f"print(status, sorted(set(sys.modules) & {heavy!r}))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.stdout == "0 []\n", ran.stderr
