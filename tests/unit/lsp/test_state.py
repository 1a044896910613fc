"""What the server keeps of open files, and what it tells of those that it cannot lint."""

import os
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from sm_lint.lsp import actions
from sm_lint.lsp.opened import MAX_KEPT, MAX_URI, Opened
from sm_lint.lsp.server import DELAY
from sm_lint.sources import document
from sm_lint.sources.limits import MAX_BYTES
from tests.support.mistakes import BROKEN
from tests.support.talk import URI, Talk

POPUP, LOG, PUBLISHED = types.WINDOW_SHOW_MESSAGE, types.WINDOW_LOG_MESSAGE, types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS


def methods(said: list[dict[str, Any]]) -> list[str]:
    return [message["method"] for message in said]


def change(uri: str, text: str, version: int = 2) -> dict[str, Any]:
    return {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]}


def test_a_file_that_is_not_open_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "request.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.yaml")
    talk = Talk()
    monkeypatch.setattr("builtins.open", None)
    for uri in (path.as_uri(), (tmp_path / "pipe.yaml").as_uri(), "file:///dev/zero", "nothing", ""):
        assert talk.ask(types.TEXT_DOCUMENT_HOVER, talk.at(2, 1, uri)) is None
        assert talk.ask(types.TEXT_DOCUMENT_COMPLETION, talk.at(2, 1, uri)) == []
        assert talk.actions((0, 0), (3, 0), uri) == []
        assert talk.tell(types.TEXT_DOCUMENT_DID_SAVE, {"textDocument": {"uri": uri}}) == []
        assert talk.tell(types.TEXT_DOCUMENT_DID_CHANGE, change(uri, BROKEN)) == []
    assert talk.server.texts == []
    assert talk.server.due == {}


def test_a_file_is_open_under_each_spelling_of_its_uri() -> None:
    talk = Talk()
    assert talk.codes(BROKEN, "file:///a%20b/%C3%A9.yaml") == ["SM101", "SM203"]
    assert talk.ask(types.TEXT_DOCUMENT_HOVER, talk.at(2, 1, "file:///a b/\u00e9.yaml"))
    talk.tell(types.TEXT_DOCUMENT_DID_CHANGE, change("file:///a%20b/%c3%a9.yaml", ""))
    assert list(talk.server.due) == ["file:///a%20b/%C3%A9.yaml"]
    talk.tell(types.TEXT_DOCUMENT_DID_CLOSE, {"textDocument": {"uri": "file:///a b/\u00e9.yaml"}})
    assert (talk.server.texts, talk.server.due) == ([], {})


def test_a_change_is_linted_once_it_is_due() -> None:
    talk = Talk()
    talk.open(BROKEN)
    for number in range(9):
        assert talk.tell(types.TEXT_DOCUMENT_DID_CHANGE, change(URI, BROKEN, number)) == []
    due = talk.server.due[URI]
    before = len(talk.said)
    talk.server.publish_due(due - DELAY)
    assert len(talk.said) == before
    talk.server.publish_due(due)
    talk.server.publish_due(due + 1)
    (published,) = talk.said[before:]
    assert published["params"]["version"] == 8


@pytest.mark.parametrize("uri", ["http://[", "file://[", "untitled:1", "", "file:", "file:///\ud800\0/%00", "\n"])
def test_any_uri_can_be_opened(uri: str) -> None:
    talk = Talk()
    assert talk.codes(BROKEN, uri) == ["SM101", "SM203"]
    assert talk.ask(types.TEXT_DOCUMENT_HOVER, talk.at(2, 1, uri))


def test_a_uri_is_no_longer_than_a_path_can_be() -> None:
    talk = Talk()
    assert methods(talk.open(BROKEN, "file:///" + "a/" * MAX_URI)) == [LOG]
    assert talk.server.texts == []
    assert talk.codes(BROKEN, ("file:///" + "a/" * MAX_URI)[:MAX_URI]) == ["SM101", "SM203"]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files be small."""
    monkeypatch.setattr("sm_lint.sources.document.MOST_BYTES", 200)
    monkeypatch.setitem(MAX_BYTES, "json", 200)
    monkeypatch.setitem(MAX_BYTES, "yaml", 100)
    monkeypatch.setattr("sm_lint.sources.document.MOST_BYTES", 200)
    for module in ("opened", "server"):
        monkeypatch.setattr(f"sm_lint.lsp.{module}.MAX_KEPT", 201)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("name", "text"), [
    ("a.yaml", BROKEN + "#" * 1000),
    ("a.json", '{"ModelPackageGroupName": "a", "domain": "' + "\u00e9" * 1000 + '"}'),
    ("a.json", '{"ModelPackageGroupName": "a"}' + " " * 171),
])  # fmt: skip
def test_a_text_that_is_too_large_is_one_finding(name: str, text: str) -> None:
    talk = Talk()
    uri = f"file:///nowhere/{name}"
    assert talk.codes(text, uri, "json") == ["SM008"]
    talk.tell(types.TEXT_DOCUMENT_DID_CHANGE, change(uri, text + text))
    talk.server.publish_due(talk.server.due[uri])
    assert [found["code"] for found in talk.said[-1]["params"]["diagnostics"]] == ["SM008"]
    (kept,) = talk.server.texts
    assert len(kept.text) == 201
    assert talk.ask(types.TEXT_DOCUMENT_HOVER, talk.at(0, 3, uri)) is None
    assert talk.ask(types.TEXT_DOCUMENT_COMPLETION, talk.at(0, 1, uri)) == []
    assert [action["title"] for action in talk.actions((0, 0), (0, 0), uri)] == ["Explain SM008 (too-large)"]


@pytest.mark.usefixtures("small")
def test_a_large_text_that_is_no_request_is_no_finding() -> None:
    talk = Talk()
    assert talk.codes("ModelName: ModelPackageGroupName\n" + "#" * 1000) == []
    assert talk.codes('{"a": {"ModelPackageGroupName": 1}, "b": "' + "x" * 1000, "file:///a.json") == []


def test_the_server_keeps_as_much_as_shows_that_a_text_is_too_large() -> None:
    assert MAX_BYTES["json"] < MAX_KEPT
    assert document.read("a.json", b" " * MAX_KEPT).problems[0].kind == "too-large"


def test_a_failure_in_one_file_is_one_line_and_the_others_are_linted(monkeypatch: pytest.MonkeyPatch) -> None:
    lint = Opened.lint

    def fail(self: Opened) -> Any:
        if self.document.name.endswith("bad.yaml"):
            raise RuntimeError("no\nway")
        return lint(self)

    monkeypatch.setattr(Opened, "lint", fail)
    talk = Talk()
    bad = "file:///nowhere/bad.yaml"
    log, published = talk.open(BROKEN, bad)
    assert log["method"] == LOG
    assert log["params"]["message"] == f"sm-lint: {bad}: internal error: RuntimeError: no\\nway"
    assert published["params"]["diagnostics"] == []
    assert talk.codes(BROKEN) == ["SM101", "SM203"]
    said = talk.tell(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, {"changes": []})
    assert methods(said) == [PUBLISHED, PUBLISHED]
    assert [len(message["params"]["diagnostics"]) for message in said] == [0, 2]


def test_a_broken_configuration_is_told_once_until_it_changes(tmp_path: Path) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    for folder in (good, bad):
        (folder / ".git").mkdir(parents=True)
    configuration = bad / "sm-lint.toml"
    configuration.write_text("ignroe = []\n", encoding="utf-8")
    talk = Talk()
    assert methods(talk.open(BROKEN, (bad / "a.yaml").as_uri())) == [POPUP, PUBLISHED]
    assert methods(talk.open(BROKEN, (bad / "b.yaml").as_uri())) == [PUBLISHED]
    assert methods(talk.open(BROKEN, (good / "a.yaml").as_uri())) == [PUBLISHED]

    def changed() -> list[str]:
        return methods(talk.tell(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, {"changes": []}))

    assert changed() == [PUBLISHED] * 3
    configuration.write_text("sleect = []\n", encoding="utf-8")
    assert changed() == [POPUP, PUBLISHED, PUBLISHED, PUBLISHED]
    configuration.write_text("", encoding="utf-8")
    assert changed() == [PUBLISHED] * 3
    configuration.write_text("sleect = []\n", encoding="utf-8")
    assert changed() == [POPUP, PUBLISHED, PUBLISHED, PUBLISHED]
    for name in ("a.yaml", "b.yaml"):
        talk.tell(types.TEXT_DOCUMENT_DID_CLOSE, {"textDocument": {"uri": (bad / name).as_uri()}})
    assert methods(talk.open(BROKEN, (bad / "a.yaml").as_uri())) == [POPUP, PUBLISHED]


RULE = """\
code = "ACME001"
name = "group-of-the-team"
severity = "error"
summary = "The group is not one of the team's."
message = "the group {value} is not one of the team's"
why = "Reports are made by group."
shape = "CreateModelPackageInput"
then = { properties = { ModelPackageGroupName = { pattern = "^NAME" } } }

[[invalid]]
base = "version"
set = { "/ModelPackageGroupName" = "x" }
pointer = "/ModelPackageGroupName"
"""


def published(said: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Return the codes that were published of each file, by its name."""
    found = [message["params"] for message in said if message.get("method") == PUBLISHED]
    return {of["uri"].rpartition("/")[2]: [d["code"] for d in of["diagnostics"]] for of in found}


def linted_again(talk: Talk, uri: str) -> dict[str, list[str]]:
    """Return what is published when one file has changed."""
    before = len(talk.said)
    talk.tell(types.TEXT_DOCUMENT_DID_CHANGE, change(uri, BROKEN))
    talk.server.publish_due(talk.server.due[uri])
    return published(talk.said[before:])


def test_a_changed_configuration_is_noticed_where_the_client_watches_no_files(tmp_path: Path) -> None:
    a, b, elsewhere = ((tmp_path / name).as_uri() for name in ("a.yaml", "sub/b.yaml", "other/c.yaml"))
    (tmp_path / "other" / ".git").mkdir(parents=True)
    talk = Talk()
    for uri in (a, b, elsewhere):
        assert talk.codes(BROKEN, uri) == ["SM101", "SM203"]
    assert linted_again(talk, a) == {"a.yaml": ["SM101", "SM203"]}
    (tmp_path / "sm-lint.toml").write_text('extend = "x.toml"', encoding="utf-8")
    (tmp_path / "x.toml").write_text('ignore = ["SM101"]\n', encoding="utf-8")
    assert linted_again(talk, a) == {"a.yaml": ["SM203"], "b.yaml": ["SM203"]}
    (tmp_path / "r").mkdir()
    (tmp_path / "x.toml").write_text('ignore = ["SM101"]\nrules = ["r"]\n', encoding="utf-8")
    (tmp_path / "r" / "ACME001.toml").write_text(RULE.replace("NAME", "risk-"), encoding="utf-8")
    assert linted_again(talk, b) == {"b.yaml": ["ACME001", "SM203"], "a.yaml": ["ACME001", "SM203"]}
    (tmp_path / "r" / "ACME001.toml").write_text(RULE.replace("NAME", "churn"), encoding="utf-8")
    assert published(talk.tell(types.TEXT_DOCUMENT_DID_SAVE, {"textDocument": {"uri": a}})) == {
        "a.yaml": ["SM203"],
        "b.yaml": ["SM203"],
    }
    (tmp_path / "x.toml").write_text('ignore = ["SM203"]\n', encoding="utf-8")
    before = len(talk.said)
    talk.ask(types.TEXT_DOCUMENT_HOVER, talk.at(0, 0, elsewhere))
    assert published(talk.said[before:]) == {"a.yaml": ["SM101"], "b.yaml": ["SM101"]}
    before = len(talk.said)
    talk.ask(types.TEXT_DOCUMENT_HOVER, talk.at(0, 0, elsewhere))
    assert published(talk.said[before:]) == {}


def test_custom_rules_are_hovered_and_explained_like_ours(tmp_path: Path) -> None:
    (tmp_path / "sm-lint.toml").write_text('rules = ["ACME001.toml"]\n', encoding="utf-8")
    (tmp_path / "ACME001.toml").write_text(RULE.replace("NAME", "risk-"), encoding="utf-8")
    uri = (tmp_path / "a.yaml").as_uri()
    talk = Talk()
    assert talk.codes(BROKEN, uri) == ["ACME001", "SM101", "SM203"]
    hover = talk.ask(types.TEXT_DOCUMENT_HOVER, talk.at(0, 3, uri))["contents"]["value"]
    assert "- ACME001 (error): group-of-the-team" in hover
    (action,) = [a for a in talk.actions((0, 0), (0, 30), uri) if a["title"] == "Explain ACME001 (group-of-the-team)"]
    talk.ask(types.WORKSPACE_EXECUTE_COMMAND, {"command": action["command"], "arguments": action["arguments"]})
    assert talk.said[-2]["params"]["message"] == (
        "ACME001 group-of-the-team (sm-lint rule ACME001 says more): The group is not one of the team's. "
        "Reports are made by group."
    )
    assert "ModelApprovalStatus" in {
        item["label"] for item in talk.ask(types.TEXT_DOCUMENT_COMPLETION, talk.at(1, 3, uri))
    }


def test_the_page_of_a_rule_is_removed_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    talk = Talk({"window": {"showDocument": {"support": True}}})
    assert list(tmp_path.iterdir()) == []
    params = {"command": actions.EXPLAIN, "arguments": ["SM101", URI]}
    for _ in range(2):
        assert talk.ask(types.WORKSPACE_EXECUTE_COMMAND, params) is None  # without waiting for the client
    shown = next(said for said in talk.said if said.get("method") == types.WINDOW_SHOW_DOCUMENT)
    (folder,) = tmp_path.iterdir()
    assert shown["params"]["uri"] == (folder / "SM101.md").as_uri()
    assert (folder / "SM101.md").read_text("utf-8").startswith("# SM101 unknown-member\n")
    assert folder.stat().st_mode & 0o77 == 0
    talk.ask("shutdown", None)
    assert list(tmp_path.iterdir()) == []


LINES = '{"messages": []}\r\n{"ModelPackageGroupName": "a", "ModelPackageDescription": "\U0001f600", "Zzz": 1}\n'


@pytest.mark.parametrize(("uri", "language"), [("file:///a.jsonl", "json"), ("file:///a.txt", "jsonl")])
def test_of_json_lines_each_line_is_linted(uri: str, language: str) -> None:
    talk = Talk()
    (found,) = talk.open(LINES, uri, language)[-1]["params"]["diagnostics"]
    assert (found["code"], found["range"]["start"]) == ("SM101", {"line": 1, "character": 64})
    hover = talk.ask(types.TEXT_DOCUMENT_HOVER, talk.at(1, 5, uri))
    assert hover["contents"]["value"].startswith("**ModelPackageGroupName** (string): ")
    assert hover["range"] == {"start": {"line": 1, "character": 1}, "end": {"line": 1, "character": 24}}
    for line, character in ((0, 3), (1, 0), (2, 0)):
        assert talk.ask(types.TEXT_DOCUMENT_HOVER, talk.at(line, character, uri)) is None
    assert talk.ask(types.TEXT_DOCUMENT_COMPLETION, talk.at(1, 5, uri)) == []
    assert talk.actions((0, 0), (1, 60), uri) == []


def test_of_json_lines_that_are_too_long_those_at_the_beginning_are_linted() -> None:
    assert Talk().codes(LINES * 2 + "x" * MAX_KEPT, "file:///a.jsonl") == ["SM101", "SM101"]
