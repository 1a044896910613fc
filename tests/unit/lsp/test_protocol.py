"""Hostile messages: each request is answered once, and the next one is answered as if nothing had happened."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from sm_lint.lsp import actions
from sm_lint.lsp.messages import Malformed
from sm_lint.lsp.protocol import MAX_BATCH, MAX_LINE
from tests.support.mistakes import BROKEN
from tests.support.talk import URI, Talk

PARSE, REQUEST, METHOD, PARAMS, ORDER = -32700, -32600, -32601, -32602, -32002
HOVER = types.TEXT_DOCUMENT_HOVER
EXPLAIN = types.WORKSPACE_EXECUTE_COMMAND
AT = {"textDocument": {"uri": URI}, "position": {"line": 2, "character": 1}}


def rpc(**message: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", **message}


def hover(**params: Any) -> dict[str, Any]:
    return rpc(id=7, method=HOVER, params=AT | params)


def at(line: Any, character: Any = 0) -> dict[str, Any]:
    return hover(position={"line": line, "character": character})


def command(name: Any, *arguments: Any) -> dict[str, Any]:
    return rpc(id=7, method=EXPLAIN, params={"command": name, "arguments": arguments})


def explain(*arguments: Any) -> dict[str, Any]:
    return command(actions.EXPLAIN, *arguments)


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


REFUSED: dict[str, tuple[Any, int, Any]] = {
    "no JSON": (Malformed("", None), PARSE, None),
    "no JSON with an id": (Malformed("", 7), PARSE, 7),
    "null": (None, REQUEST, None),
    "a number": (5, REQUEST, None),
    "a text": ("hover", REQUEST, None),
    "an empty list": ([], REQUEST, None),
    "a list in a list": ([[]], REQUEST, None),
    "an empty object": ({}, REQUEST, None),
    "a list that is too long": ([hover()] * (MAX_BATCH + 1), REQUEST, None),
    "no version": ({"id": 7, "method": HOVER, "params": AT}, REQUEST, 7),
    "another version": ({"id": 7, "jsonrpc": "1.0", "method": HOVER, "params": AT}, REQUEST, 7),
    "no method": (rpc(id=7), REQUEST, 7),
    "a method that is a number": (rpc(id=7, method=5), REQUEST, 7),
    "a method that is a list": (rpc(id=7, method=[HOVER]), REQUEST, 7),
    "an id that is null": (hover() | {"id": None}, REQUEST, None),
    "an id that is true": (hover() | {"id": True}, REQUEST, None),
    "an id that is a fraction": (hover() | {"id": 1.5}, REQUEST, None),
    "an id that is a list": (hover() | {"id": [7]}, REQUEST, None),
    "an unknown method": (rpc(id=7, method="textDocument/nothing"), METHOD, 7),
    "an unknown method with parameters": (rpc(id=7, method="$/nothing", params={"a": 1, "type_name": []}), METHOD, 7),
    "a method of the server": (rpc(id=7, method="window/showMessage", params={}), METHOD, 7),
    "a method of notebooks": (rpc(id=7, method="notebookDocument/didOpen", params={}), METHOD, 7),
    "a notification as a request": (rpc(id=7, method=types.TEXT_DOCUMENT_DID_SAVE, params=AT), REQUEST, 7),
    "an end as a request": (rpc(id=7, method="exit"), REQUEST, 7),
    "a second beginning": (rpc(id=7, method="initialize", params={"capabilities": {}}), REQUEST, 7),
    "no parameters": (rpc(id=7, method=HOVER), PARAMS, 7),
    "parameters that are null": (rpc(id=7, method=HOVER, params=None), PARAMS, 7),
    "parameters that are a number": (rpc(id=7, method=HOVER, params=5), PARAMS, 7),
    "parameters in a list": (rpc(id=7, method=HOVER, params=[AT]), PARAMS, 7),
    "empty parameters": (rpc(id=7, method=HOVER, params={}), PARAMS, 7),
    "deep parameters": (rpc(id=7, method=HOVER, params=nested(500)), PARAMS, 7),
    "a million parameters": (rpc(id=7, method=HOVER, params=[1] * 10_000), PARAMS, 7),
    "a document that is a number": (hover(textDocument=5), PARAMS, 7),
    "no position": (rpc(id=7, method=HOVER, params={"textDocument": {"uri": URI}}), PARAMS, 7),
    "a negative line": (at(-1), PARAMS, 7),
    "a negative character": (at(0, -1), PARAMS, 7),
    "a huge line": (at(10**30), PARAMS, 7),
    "a line that is not a number": (at(float("nan")), PARAMS, 7),
    "an infinite character": (at(0, float("inf")), PARAMS, 7),
    "a line that is a list": (at([]), PARAMS, 7),
    "no range": (rpc(id=7, method=types.TEXT_DOCUMENT_CODE_ACTION, params=AT), PARAMS, 7),
    "an unknown command": (command("nothing"), PARAMS, 7),
    "a command with a long name": (command("x" * 10_000), PARAMS, 7),
    "a command that is a list": (command(["x"]), PARAMS, 7),
    "an argument too few": (explain(), PARAMS, 7),
    "no arguments": (rpc(id=7, method=EXPLAIN, params={"command": actions.EXPLAIN}), PARAMS, 7),
    "an argument that is a number": (explain(5), PARAMS, 7),
    "an argument that is a list": (explain(["SM101"]), PARAMS, 7),
    "an unknown rule": (explain("SM999", URI), PARAMS, 7),
    "a path as a rule": (explain("../../SM101"), PARAMS, 7),
    "deep arguments": (explain(nested(500)), PARAMS, 7),
}
"""Requests that are refused, the code of the error, and the id in the answer."""

ANSWERED: dict[str, Any] = {
    "an id that is a text": hover() | {"id": "\u00e9\ud800\0"},
    "a long id": hover() | {"id": int("7" * 4000)},
    "an unknown member": hover(more=nested(500)),
    "a line beyond the text": at(2**31 - 1, 2**31 - 1),
    "a character beyond the line": at(0, 2**31 - 1),
    "a line in a text": at("0"),
    "a URI that is a number": hover(textDocument={"uri": 5}),
    "a URI that is none": hover(textDocument={"uri": "http://["}),
    "a rule of another file": explain("SM101", "file:///dev/zero", None, {}),
    "a rule and a number": explain("SM101", 5),
}

UNANSWERED: dict[str, Any] = {
    "a request without an id": rpc(method=HOVER, params=AT),
    "an end without an id": rpc(method="shutdown"),
    "an unknown notification": rpc(method="nothing", params=[]),
    "an optional notification": rpc(method="$/nothing"),
    "an opening without a text": rpc(method=types.TEXT_DOCUMENT_DID_OPEN, params=AT),
    "a change that is none": rpc(method=types.TEXT_DOCUMENT_DID_CHANGE, params=AT | {"contentChanges": [1] * 10_000}),
    "a change of a file that is not open": rpc(
        method=types.TEXT_DOCUMENT_DID_CHANGE,
        params={"textDocument": {"uri": "file:///b.yaml", "version": 1}, "contentChanges": [{"text": ""}]},
    ),
    "no change": rpc(
        method=types.TEXT_DOCUMENT_DID_CHANGE,
        params={"textDocument": {"uri": URI, "version": 2}, "contentChanges": []},
    ),
    "a trace of another type": rpc(method="$/setTrace", params={"value": 5}),
    "the end of what has not begun": rpc(method="$/cancelRequest", params={"id": {}}),
    "changes that are none": rpc(method=types.WORKSPACE_DID_CHANGE_WATCHED_FILES, params={"changes": "all"}),
    "an answer to nothing": rpc(id="x", result=5),
    "an answer with a wrong id": rpc(id=[], result=5),
    "an answer without an id": rpc(result=5),
    "an error to nothing": rpc(id="x", error=5),
}
"""What is no request. At most, the log of the client gets a line."""


@pytest.fixture(scope="module")
def talk() -> Talk:
    talk = Talk()
    assert talk.codes(BROKEN) == ["SM101", "SM203"]
    return talk


def goes_on(talk: Talk) -> bool:
    """Return whether a good request is answered."""
    return "Tags" in talk.ask(HOVER, AT)["contents"]["value"]


@pytest.mark.parametrize("name", REFUSED)
def test_a_request_that_is_wrong_is_refused(talk: Talk, name: str) -> None:
    message, code, identifier = REFUSED[name]
    (answer,) = talk.send(message)
    assert answer.keys() == {"jsonrpc", "id", "error"}
    assert (answer["id"], answer["error"]["code"]) == (identifier, code)
    assert answer["error"].keys() == {"code", "message"}
    assert answer["error"]["message"].isprintable()
    assert 0 < len(answer["error"]["message"]) <= MAX_LINE + 1
    assert goes_on(talk)


@pytest.mark.parametrize("name", ANSWERED)
def test_a_request_that_is_odd_is_answered(talk: Talk, name: str) -> None:
    *_, answer = talk.send(ANSWERED[name])
    assert answer["id"] == ANSWERED[name]["id"]
    assert "result" in answer
    assert goes_on(talk)


@pytest.mark.parametrize("name", UNANSWERED)
def test_what_is_no_request_is_not_answered(talk: Talk, name: str) -> None:
    said = talk.send(UNANSWERED[name])
    assert [message["method"] for message in said] in ([], [types.WINDOW_LOG_MESSAGE])
    for message in said:
        assert message["params"]["message"].isprintable()
        assert len(message["params"]["message"]) <= MAX_LINE + 1
    assert goes_on(talk)


def test_the_messages_in_a_list_are_handled_one_by_one(talk: Talk) -> None:
    said = talk.send([hover(), rpc(id=8, method="nothing"), 5, rpc(method="nothing")])
    assert [message["id"] for message in said] == [7, 8, None]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
METHODS = st.sampled_from([
    *(HOVER, EXPLAIN, types.TEXT_DOCUMENT_COMPLETION, types.TEXT_DOCUMENT_CODE_ACTION, types.INITIALIZE),
    *(types.TEXT_DOCUMENT_DID_CHANGE, types.TEXT_DOCUMENT_DID_SAVE, "$/setTrace", "nothing"),
])  # fmt: skip


@given(method=METHODS | JSON, params=JSON | st.fixed_dictionaries({"textDocument": JSON, "position": JSON}), id_=JSON)
def test_any_request_is_answered_once(talk: Talk, method: Any, params: Any, id_: Any) -> None:
    said = talk.send(rpc(id=id_, method=method, params=params))
    answers = [message for message in said if "id" in message and "method" not in message]
    assert len(answers) == 1
    is_id = isinstance(id_, (int, str)) and not isinstance(id_, bool)
    assert answers[0]["id"] == (id_ if is_id else None)


def test_a_session_begins_and_ends_once() -> None:
    from sm_lint.lsp.server import server

    talk = Talk.__new__(Talk)
    talk.server, talk.said = server(), []
    talk.server.protocol.set_writer(talk)
    (answer,) = talk.send(hover())
    assert answer["error"]["code"] == ORDER
    assert talk.tell(types.TEXT_DOCUMENT_DID_SAVE, AT)[0]["method"] == types.WINDOW_LOG_MESSAGE
    assert "capabilities" in talk.ask("initialize", {"capabilities": {}})
    assert talk.ask("shutdown", None) is None
    for message in (hover(), rpc(id=7, method="shutdown"), rpc(id=7, method="initialize", params={})):
        (answer,) = talk.send(message)
        assert answer["error"]["code"] == REQUEST
    with pytest.raises(SystemExit) as ended:
        talk.tell("exit", None)
    assert ended.value.code == 0


def test_a_failure_is_answered_in_one_line(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("first\nsecond" + "x" * 10_000)

    monkeypatch.setattr("sm_lint.lsp.spot.cursor_at", fail)
    for method in (HOVER, types.TEXT_DOCUMENT_COMPLETION):
        answer, log = sorted(talk.send(rpc(id=7, method=method, params=AT)), key=lambda message: "method" in message)
        assert answer["error"]["code"] == -32603
        assert answer["error"]["message"].startswith("ValueError: first\\nsecondxxx")
        assert len(json.dumps(answer)) < 500
        assert log["method"] == types.WINDOW_LOG_MESSAGE
        assert log["params"]["message"].startswith("sm-lint: ValueError: first\\nsecondxxx")
    monkeypatch.undo()
    assert goes_on(talk)
