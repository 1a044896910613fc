"""What is different on Windows and macOS, as far as Linux can imitate it: paths, code pages, processes, processors."""

import ntpath
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from sm_lint.cli import check
from sm_lint.config import globs
from sm_lint.model import paths
from sm_lint.output import paths as shown
from sm_lint.run import pool
from tests.support.command import write

REQUEST = '{"ModelPackageGroupName": "chürn😀", "Tags": [{"Key": "a", "Value": "b"}], "ModelPackageDescription": "…"}'
FOR_TOOLS = ("json", "json-lines", "sarif", "gitlab", "junit", "rdjson")  # which take what they read for UTF-8
EACH_FORMAT = """\
import sys
from sm_lint.cli.main import main
for name in sys.argv[1:]:
    main(["check", "--select", "SM203", "a.json", "--output-format", name])
    print("=====")
"""
PAGES = ("cp1252", "cp437", "cp932", "ascii")


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Paths as Windows has them, with backslashes and drives."""
    monkeypatch.chdir(tmp_path)
    other = SimpleNamespace(**{**vars(os), "path": ntpath, "sep": "\\"})
    for module in (paths, globs, shown):
        monkeypatch.setattr(module, "os", other)


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize(
    ("name", "relative", "inside"),
    [
        ("models\\churn.json", "models/churn.json", "models/churn.json"),
        ("models/churn.json", "models/churn.json", "models/churn.json"),
        ("..\\churn.json", "../churn.json", None),
        ("D:\\models\\churn.json", "D:/models/churn.json", None),
    ],
)
def test_reports_have_slashes(name: str, relative: str, inside: str | None) -> None:
    assert (shown.relative(name), shown.inside(name)) == (relative, inside)


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize(
    ("name", "pattern", "matches"),
    [
        ("C:\\repo\\models\\churn.json", "models/*.json", True),
        ("C:\\repo\\models\\churn.json", "/models/", True),
        ("C:\\repo\\models\\old\\churn.json", "models/*.json", False),
        ("C:\\other\\models\\churn.json", "models/*.json", False),
        ("D:\\repo\\models\\churn.json", "*.json", False),
    ],
)
def test_patterns_have_slashes(name: str, pattern: str, matches: bool) -> None:
    assert bool(globs.matched_by(name, ((pattern, "C:\\repo"),))) == matches


@pytest.mark.parametrize("page", PAGES)
def test_output_that_a_code_page_lacks_is_escaped(page: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.json": REQUEST})
    ran = subprocess.run(
        [sys.executable, "-c", EACH_FORMAT, "full", *FOR_TOOLS],
        cwd=tmp_path, env={**os.environ, "PYTHONIOENCODING": page}, capture_output=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")
    full, *outputs = ran.stdout.decode(page).split("=====\n")
    assert "`Tags` is not allowed" in full
    for name, output in zip(FOR_TOOLS, outputs, strict=False):
        assert "SM203" in output, name
        assert output.isascii(), name


def test_processes_start_anew_where_none_can_be_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pool._context().get_start_method() == "fork"
    monkeypatch.setattr("sys.platform", "darwin")
    assert pool._context().get_start_method() == "spawn"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    assert pool._context().get_start_method() == "spawn"


def test_processes_that_start_anew_find_the_same(tmp_path: Path) -> None:
    write(tmp_path, {f"{number}.json": REQUEST for number in range(40)})
    program = (
        "import sys, multiprocessing\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.get_all_start_methods = lambda: ['spawn']\n"
        "    from sm_lint.cli.main import main\n"
        "    from sm_lint.run import pool\n"
        "    pool.ENOUGH = 0\n"
        "    sys.exit(main(['check', '.', '--jobs', sys.argv[1], '--output-format', 'concise']))\n"
    )
    (tmp_path / "run.py").write_text(program)
    one, two = (
        subprocess.run([sys.executable, "run.py", jobs], cwd=tmp_path, capture_output=True, check=False)
        for jobs in "12"
    )
    assert (one.returncode, one.stdout, one.stderr) == (two.returncode, two.stdout, two.stderr)
    assert one.stdout.count(b"SM203") == 40


@pytest.mark.parametrize(("processors", "jobs"), [(6, 6), (None, 1)])
def test_without_affinity_the_processors_of_the_machine_count(
    processors: int | None, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    assert check._processors() == jobs
