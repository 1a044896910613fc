"""What SECURITY.md promises of every run: the same output each time, no network, and no file that nobody asked for."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sm_lint.cli.check_arguments import CHOICES as FORMATS
from sm_lint.cli.console import FAILED, FOUND
from sm_lint.cli.main import main
from tests.support.cases import ALL

pytestmark = pytest.mark.slow


@pytest.fixture
def requests(tmp_path: Path) -> list[str]:
    """Write the cases of the rules as files, and return their names."""
    names = []
    for rule in ALL:
        for number, case in enumerate((*rule.invalid, *rule.valid)):
            if "payload" in case and "padding" not in case:
                text = case["payload"]
                syntax = case.get("syntax") or ("json" if text.lstrip("\ufeff \n")[:1] in "{[" else "yaml")
                names.append(f"{rule.code}-{number}.{syntax}")
                (tmp_path / names[-1]).write_bytes(text.encode(case.get("encoding", "utf-8")))
    return names


def _run(cwd: Path, seed: int, *arguments: str) -> bytes:
    command = [sys.executable, "-m", "sm_lint", "check", "--isolated", "--fail-on", "never", *arguments]
    environment = os.environ | {"PYTHONHASHSEED": str(seed)}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout


def _content(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()
    }


@pytest.mark.parametrize("output_format", FORMATS)
def test_the_output_is_the_same_byte_for_byte_and_nothing_is_written(
    output_format: str, tmp_path: Path, requests: list[str]
) -> None:
    before = _content(tmp_path)
    shuffled = sorted(requests, key=lambda name: name[::-1])
    first = _run(tmp_path, 1, "--output-format", output_format, *requests)
    assert first == _run(tmp_path, 2, "--output-format", output_format, *shuffled)
    assert len(first) > 10_000
    assert _content(tmp_path) == before


def test_a_folder_gives_the_same_as_its_files(tmp_path: Path, requests: list[str]) -> None:
    once = _run(tmp_path, 1, "--output-format", "json", "--if-payload", *(f"./{name}" for name in requests))
    assert once == _run(tmp_path, 2, "--output-format", "json", ".")
    twice = _run(
        tmp_path, 3, "--output-format", "json", ".", "./", *(f"./{name}" for name in requests[:3]), "--if-payload"
    )
    assert once == twice


def test_the_tests_reach_no_network() -> None:
    with socket.socket() as one, pytest.raises(AssertionError, match="network"):
        one.connect(("192.0.2.1", 80))
    with pytest.raises(AssertionError, match="network"):
        socket.create_connection(("example.invalid", 80))


def test_a_run_opens_no_socket_and_writes_no_file(tmp_path: Path, requests: list[str]) -> None:
    watch = (
        "import sys\n"
        "def hook(event, arguments):\n"
        "    writes = event == 'open' and isinstance(arguments[1], str) and set(arguments[1]) & set('wax+')\n"
        "    if event.startswith('socket.') or writes or event in ('os.remove', 'os.rename', 'os.mkdir'):\n"
        "        raise SystemExit(f'{event} {arguments}')\n"
        "sys.dont_write_bytecode = True\n"
        "from sm_lint.cli import main as cli\n"
        "sys.addaudithook(hook)\n"
        "raise SystemExit(cli.main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", watch, "check", "--isolated", *requests]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")


def test_an_output_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("request.json").write_text('{"Tags": 1}')
    Path("report.json").write_text("earlier")
    arguments = ["check", "--isolated", "--output-format", "json", "--output-file", "report.json", "request.json"]

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", broken)
        assert main(arguments) == FAILED
    assert Path("report.json").read_text() == "earlier"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["report.json", "request.json"], "a file is left behind"
    assert main(arguments) == FOUND
    assert Path("report.json").read_text().startswith("{")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["report.json", "request.json"]
    assert stat.S_IMODE(Path("report.json").stat().st_mode) == 0o644


def test_where_an_output_file_cannot_be_written_the_exit_status_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("request.json").write_text('{"Tags": 1}')
    arguments = ["check", "--isolated", "--output-format", "json", "--output-file", "no/folder/x", "request.json"]
    assert main(arguments) == FAILED
    assert "--output-file no/folder/x: No such file or directory" in capsys.readouterr().err


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("request.json").write_text('{"Tags": 1}')
    Path("link").symlink_to("report.json")
    arguments = ["check", "--isolated", "--output-format", "json", "--output-file"]
    assert main([*arguments, "link", "request.json"]) == FOUND
    assert Path("link").is_symlink()
    assert Path("report.json").read_text().startswith("{")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert main([*arguments, "pipe", "request.json"]) == FOUND
    assert os.read(reader, 1) == b"{"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
