"""Vim with ALE, efm-langserver, Emacs and Helix, each with its set-up of docs/editors.md as it stands there."""

import json
import re
import subprocess
from pathlib import Path
from threading import Timer
from typing import Any, BinaryIO, cast

import pytest

from sm_lint.api import lint
from sm_lint.lsp.messages import Reader
from tests.support.editors import DOCS, DRIVERS, environment, needs, section
from tests.support.mistakes import BROKEN

ALE = Path("/usr/share/vim/vimfiles/pack/dist-bundle/opt/ale")


def test_each_section_says_whether_its_set_up_was_run() -> None:
    _, *sections = re.split(r"^## ", DOCS.read_text("utf-8"), flags=re.MULTILINE)
    assert len(sections) > 8
    assert [text.split("\n")[0] for text in sections if not re.search(r"\*(Run by a\stest|Not run)", text)] == []


@needs("vim")
@pytest.mark.skipif(not ALE.is_dir(), reason="ALE is not installed; apt-get install vim-ale")
@pytest.mark.parametrize("name", ["request.yaml", "my request.json"])
def test_ale_shows_what_is_found(name: str, tmp_path: Path) -> None:
    request, log, setup = tmp_path / name, tmp_path / "log", tmp_path / "vimrc"
    request.write_text('{"ModelPackageGroupName": "\u00e9", "domain": "x"}' if "json" in name else BROKEN, "utf-8")
    setup.write_text("filetype on\npackadd! ale\n" + section("Vim", "vim", 1), encoding="utf-8")
    command: list[str | Path] = [
        "vim",
        "-es",
        "-N",
        "-u",
        setup,
        "--cmd",
        "set encoding=utf-8",
        name,
        "-S",
        DRIVERS / "ale.vim",
    ]
    run(command, tmp_path)
    text = request.read_text("utf-8").split("\n")

    def byte(line: int, column: int) -> int:
        return len(text[line - 1][: column - 1].encode())

    found = lint(request)
    assert json.loads(log.read_text("utf-8")) == [
        [s.line, byte(*s[:2]) + 1, e.line, byte(*e[:2]), "E", d.code, d.message] for d in found for s, e in [d.range]
    ]
    assert found


def run(command: list[str | Path], folder: Path) -> None:
    """Run an editor in a folder, whose file `log` it writes."""
    env = {**environment(folder), "SM_LINT_LOG": str(folder / "log")}
    subprocess.run(command, env=env, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=True)


def published_by(command: list[str | Path], opened: Path) -> list[dict[str, Any]]:
    """Return the first diagnostics that a language server publishes of a file."""
    uri, folder = opened.as_uri(), opened.parent.as_uri()
    text = {"uri": uri, "languageId": opened.suffix[1:], "version": 1, "text": opened.read_text("utf-8")}
    messages: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {"rootUri": folder, "capabilities": {}}},
        {"method": "initialized", "params": {}},
        {"method": "textDocument/didOpen", "params": {"textDocument": text}},
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        patience = Timer(60, server.kill)
        patience.start()
        try:
            assert server.stdin
            for message in messages:
                body = json.dumps({"jsonrpc": "2.0", **message}).encode()
                server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            server.stdin.flush()
            said = (
                m["params"]
                for m in Reader(cast("BinaryIO", server.stdout)).messages()
                if "diagnostics" in m.get("params", {})
            )
            found: list[dict[str, Any]] = next(said)["diagnostics"]
            return found
        finally:
            patience.cancel()
            server.kill()


@needs("efm-langserver")
@pytest.mark.parametrize("name", ["request.yaml", "it's my request.json"])
def test_efm_shows_what_is_found(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, value in environment(tmp_path).items():
        monkeypatch.setenv(variable, value)
    request, configuration = tmp_path / name, tmp_path / "config.yaml"
    request.write_text('{"ModelPackageGroupName": "a",\n "domain": "x"}' if "json" in name else BROKEN, "utf-8")
    configuration.write_text(section("efm-langserver", "yaml"), encoding="utf-8")

    found, expected = published_by(["efm-langserver", "-c", configuration], request), lint(request)
    starts = [d["range"]["start"] for d in found]
    assert [(start["line"] + 1, start["character"] + 1) for start in starts] == [d.range.start[:2] for d in expected]
    assert [d["message"].partition(" [")[0] for d in found] == [d.message for d in expected]
    assert expected


def has_eglot() -> bool:
    """Return whether Emacs has what the test needs."""
    command = ["emacs", "--batch", "-f", "package-initialize", "-l", "eglot", "-l", "yaml-mode"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.slow
def test_emacs_shows_what_is_found_describes_and_completes(tmp_path: Path) -> None:
    if not has_eglot():
        pytest.skip("no Emacs with Eglot and yaml-mode; apt-get install emacs-nox elpa-eglot elpa-yaml-mode")
    (tmp_path / "request.yaml").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "init.el").write_text(section("Emacs", "elisp"), encoding="utf-8")
    load: list[str | Path] = ["-l", tmp_path / "init.el", "-l", DRIVERS / "emacs.el"]
    run(["emacs", "--batch", "-f", "package-initialize", *load], tmp_path)
    *found, hover, line = (tmp_path / "log").read_text("utf-8").splitlines()
    expected = lint(tmp_path / "request.yaml")
    assert found == [f"{d.range.start.line} sm-lint [{d.code}]: {d.message}" for d in expected]
    assert hover.startswith("**Tags** (list): The tags of an unversioned model package. ")
    assert line == "ModelApprovalStatus: Rejected"


def screen(session: list[str], *texts: str) -> str:
    """Return what a terminal shows, as soon as it has all of these texts."""
    for _ in range(2000):
        shown = subprocess.run([*session, "capture-pane", "-p"], capture_output=True, text=True, check=True).stdout
        if all(text in shown for text in texts):
            return shown
    pytest.fail(f"the terminal never showed {texts}")


@pytest.mark.slow
@needs("tmux")
@needs("hx")
def test_helix_shows_what_is_found_and_explains_it(tmp_path: Path) -> None:
    (tmp_path / "request.yaml").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "helix").mkdir()
    (tmp_path / "helix" / "languages.toml").write_text(section("Helix", "toml"), encoding="utf-8")
    env = {**environment(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "TERM": "xterm"}
    session = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    start = [*session, "new-session", "-d", "-x", "120", "-y", "30", "hx request.yaml"]
    subprocess.run(start, env=env, cwd=tmp_path, check=True)
    try:
        for keys, texts in (
            (["j"], ["unknown member `modelApprovalStatus`", "(SM101)"]),
            (["j", "Space", "k"], ["Tags (list): The tags of an unversioned model package."]),
            (["Escape"], []),
            (["Space", "a"], ["Explain SM203"]),
            (["Up"], []),
            (["Enter"], ["SM203 tags-on-a-version (sm-lint rule SM203 says more): Tags are set on a model package"]),
        ):
            subprocess.run([*session, "send-keys", *keys], check=True)
            screen(session, *texts)
    finally:
        subprocess.run([*session, "kill-server"], check=True)
