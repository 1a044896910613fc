"""What all tests share."""

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest
from hypothesis import HealthCheck, settings

from sm_lint.cli.main import main

ROOT = Path(__file__).parent.parent

# No example is timed: a slow machine fails no test.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fast", settings.get_profile("default"), max_examples=10)
settings.load_profile("default")


class Ran(NamedTuple):
    """What a command line gave."""

    status: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report on stdout."""
        parsed: dict[str, Any] = json.loads(self.out)
        return parsed

    @property
    def codes(self) -> list[str]:
        """The codes in the JSON report."""
        return [diagnostic["code"] for diagnostic in self.report["diagnostics"]]


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process: `run("check", "a.json")`."""

    def call(*arguments: str | Path) -> Ran:
        status = main([str(argument) for argument in arguments])
        return Ran(status, *capsys.readouterr())

    return call


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, the root of its own git repository as far as configuration goes."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True, scope="session")
def _no_service() -> None:
    """Let no test know that it runs in a service for continuous integration, which says where the repository is."""
    for name in ("GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY", "CI_PROJECT_DIR"):
        os.environ.pop(name, None)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> None:
    """Let every attempt to reach a network fail: sm-lint promises to make none, and so do its tests."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a test reached for the network")

    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, refuse)
    socket.getaddrinfo = refuse
