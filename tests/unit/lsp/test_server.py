"""The language server, asked by pygls' own client over stdin and stdout as an editor does."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from sm_lint.api import lint
from sm_lint.cli.main import main
from sm_lint.fixes.apply import applied
from sm_lint.lsp.cursor import cursor_at
from sm_lint.lsp.members import Members
from sm_lint.lsp.text import offset, position
from sm_lint.sources import document
from tests.support.linting import RULES
from tests.support.mistakes import BROKEN

MEMBERS = Members(RULES)


class Client(LanguageClient):
    """A client that keeps what the server says."""

    def __init__(self) -> None:
        super().__init__("test", "1")
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.messages: asyncio.Queue[str] = asyncio.Queue()
        self.shown: asyncio.Queue[str] = asyncio.Queue()
        self.registered: asyncio.Queue[types.Registration] = asyncio.Queue()

        def show(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            self.shown.put_nowait(params.uri)
            return types.ShowDocumentResult(success=True)

        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published.put_nowait(params)

        def register(params: types.RegistrationParams) -> None:
            self.registered.put_nowait(params.registrations[0])

        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(publish)
        self.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: self.messages.put_nowait(params.message))
        self.feature(types.WINDOW_SHOW_DOCUMENT)(show)
        self.feature(types.CLIENT_REGISTER_CAPABILITY)(register)

    async def opened(self, path: Path, text: str, language: str = "yaml") -> types.PublishDiagnosticsParams:
        item = types.TextDocumentItem(path.as_uri(), language, 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await self.said()

    def change(self, path: Path, version: int, text: str) -> None:
        identifier = types.VersionedTextDocumentIdentifier(uri=path.as_uri(), version=version)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    async def said(self) -> types.PublishDiagnosticsParams:
        return await asyncio.wait_for(self.published.get(), 20)


def capabilities(**encodings: Any) -> types.ClientCapabilities:
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=encodings.get("encodings")),
        window=types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=True)),
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        ),
    )


def talk(conversation: Callable[[Client], Awaitable[None]], abilities: types.ClientCapabilities | None = None) -> None:
    """Hold a conversation with a server of its own."""

    async def run() -> None:
        client = Client()
        await client.start_io(sys.executable, "-m", "sm_lint", "server")
        await client.initialize_async(types.InitializeParams(capabilities=abilities or capabilities()))
        client.initialized(types.InitializedParams())
        try:
            await conversation(client)
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()  # type: ignore[no-untyped-call]

    asyncio.run(run())


def text_of(path: Path) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(path.as_uri())


def where(text: str, mark: str) -> types.Position:
    read = document.read("a.yaml", text.encode())
    return position(read, text.index(mark) + len(mark), types.PositionEncodingKind.Utf16)


def test_diagnostics_are_published_with_the_version(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"

    async def conversation(client: Client) -> None:
        first = await client.opened(path, BROKEN)
        assert (first.uri, first.version) == (path.as_uri(), 1)
        path.write_text(BROKEN, encoding="utf-8")
        expected = lint(path)
        assert [d.code for d in first.diagnostics] == [d.code for d in expected] == ["SM101", "SM203"]
        for found, same in zip(first.diagnostics, expected, strict=True):
            start, end = same.range
            assert found.range.start == types.Position(start.line - 1, start.column - 1)
            assert found.range.end == types.Position(end.line - 1, end.column - 1)
            assert found.message == f"{same.message}\n{same.help}"
            assert (found.source, found.severity) == ("sm-lint", types.DiagnosticSeverity.Error)
        # Of changes in quick succession only the last is linted.
        client.change(path, 2, "ModelPackageGroupName: [")
        client.change(path, 3, "ModelPackageGroupName: churn\nDomain: x\n")
        second = await client.said()
        assert (second.version, list(second.diagnostics)) == (3, [])
        client.change(path, 4, BROKEN)
        client.text_document_did_save(types.DidSaveTextDocumentParams(text_of(path)))
        third = await client.said()
        assert (third.version, len(third.diagnostics)) == (4, 2)
        client.text_document_did_close(types.DidCloseTextDocumentParams(text_of(path)))
        assert list((await client.said()).diagnostics) == []

    talk(conversation)


def test_related_places_are_given(tmp_path: Path) -> None:
    path = tmp_path / "request.json"

    async def conversation(client: Client) -> None:
        text = '{"ModelPackageGroupName": "a", "Domain": "x",\n "Domain": "y"}'
        (found,) = (await client.opened(path, text, "json")).diagnostics
        (related,) = found.related_information or ()
        assert (found.code, related.location.range.start) == ("SM005", types.Position(0, 31))

    talk(conversation)


def test_only_payloads_get_diagnostics(tmp_path: Path) -> None:
    async def conversation(client: Client) -> None:
        for name, text in {
            "compose.yaml": "services: {a: {image: b}}",
            "describe.json": '{"ModelPackageName": "a_b", "ModelPackageStatus": "x", "CreationTime": 1}',
            "broken.yaml": "a: [",
        }.items():
            assert list((await client.opened(tmp_path / name, text)).diagnostics) == []
            params = types.HoverParams(text_of(tmp_path / name), types.Position(0, 3))
            assert await client.text_document_hover_async(params) is None
        begun = (await client.opened(tmp_path / "begun.json", '{"ModelPackageGroupName": "a",', "json")).diagnostics
        assert {d.code for d in begun} == {"SM001"}

    talk(conversation)


@pytest.mark.parametrize(
    ("encoding", "column"),
    [
        (types.PositionEncodingKind.Utf8, 8),
        (types.PositionEncodingKind.Utf16, 6),
        (types.PositionEncodingKind.Utf32, 5),
        (None, 6),
    ],
)
def test_positions_are_in_the_units_of_the_client(tmp_path: Path, encoding: Any, column: int) -> None:
    path = tmp_path / "request.json"
    text = '\n {"\U0001f600":\n1, "ModelPackageGroupName": "a", "Task": "x"}'

    async def conversation(client: Client) -> None:
        server = client.protocol.server_capabilities if hasattr(client.protocol, "server_capabilities") else None
        assert server is None or server.position_encoding in (encoding, types.PositionEncodingKind.Utf16)
        (found,) = (await client.opened(path, text, "json")).diagnostics
        assert (found.range.start, found.range.end) == (types.Position(1, 2), types.Position(1, column))

    talk(conversation, capabilities(encodings=[encoding] if encoding else None))


def apply_edit(text: str, edit: types.WorkspaceEdit | None, version: int = 1) -> str:
    assert edit is not None
    (change,) = edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == version
    read = document.read("a.yaml", text.encode())

    def at(place: types.Position) -> int:
        return offset(read, place, types.PositionEncodingKind.Utf16)

    edits = [edit for edit in change.edits if isinstance(edit, types.TextEdit)]
    for done in sorted(edits, key=lambda edit: at(edit.range.start), reverse=True):
        text = text[: at(done.range.start)] + done.new_text + text[at(done.range.end) :]
    return text


def test_code_actions(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"

    async def conversation(client: Client) -> None:
        await client.opened(path, BROKEN)

        async def offered(line: int, only: list[Any] | None = None) -> dict[str, Any]:
            span = types.Range(types.Position(line, 0), types.Position(line, 3))
            params = types.CodeActionParams(text_of(path), span, types.CodeActionContext([], only))
            found = await client.text_document_code_action_async(params)
            return {action.title: action for action in found or ()}

        name = await offered(1)
        assert list(name) == [
            "Rename to ModelApprovalStatus",
            "Apply all safe fixes",
            "Suppress SM101 here",
            "Explain SM101 (unknown-member)",
        ]
        good = BROKEN.replace("modelApprovalStatus", "ModelApprovalStatus")
        for title in ("Rename to ModelApprovalStatus", "Apply all safe fixes"):
            assert apply_edit(BROKEN, name[title].edit) == good
        assert name["Rename to ModelApprovalStatus"].is_preferred
        silenced = apply_edit(BROKEN, name["Suppress SM101 here"].edit)
        assert "churn\n# sm-lint: ignore[SM101]\nmodelApprovalStatus" in silenced
        tags = await offered(2)
        assert not tags["Remove Tags (unsafe: review it)"].is_preferred
        assert apply_edit(BROKEN, tags["Remove Tags (unsafe: review it)"].edit) == "".join(
            [*BROKEN.splitlines(keepends=True)[:2], "ModelPackageDescription: weekly\n"]
        )
        assert list(await offered(2, ["source.fixAll"])) == ["Apply all safe fixes"]
        assert list(await offered(0)) == ["Apply all safe fixes"]
        command = name["Explain SM101 (unknown-member)"]
        await client.workspace_execute_command_async(types.ExecuteCommandParams(command.command, command.arguments))
        shown = await asyncio.wait_for(client.shown.get(), 20)
        assert shown.endswith("SM101.md")
        # What is silenced is not reported, and what is silenced below a comment joins it.
        client.change(path, 2, silenced)
        assert [d.code for d in (await client.said()).diagnostics] == ["SM203"]
        other = silenced.replace("SM101", "SM106")
        client.change(path, 3, other)
        assert [d.code for d in (await client.said()).diagnostics] == ["SM901", "SM101", "SM203"]
        again = await offered(2)
        assert "ignore[SM106, SM101]\n" in apply_edit(other, again["Suppress SM101 here"].edit, 3)

    talk(conversation)


def test_a_client_without_versions_and_windows(tmp_path: Path) -> None:
    path = tmp_path / "request.json"

    async def conversation(client: Client) -> None:
        await client.opened(path, '{"ModelPackageGroupName": "a", "domain": "x", "Task": ""}', "json")
        span = types.Range(types.Position(0, 32), types.Position(0, 32))
        params = types.CodeActionParams(text_of(path), span, types.CodeActionContext([]))
        actions = await client.text_document_code_action_async(params) or ()
        titles = [action.title for action in actions]
        assert titles == ["Rename to Domain", "Apply all safe fixes", "Explain SM101 (unknown-member)"]
        first = actions[0]
        assert isinstance(first, types.CodeAction)
        assert first.edit is not None
        assert first.edit.changes is not None
        await client.workspace_execute_command_async(types.ExecuteCommandParams("sm-lint.explain", ["SM101"]))
        assert (await asyncio.wait_for(client.messages.get(), 20)).startswith("SM101 unknown-member")

    talk(conversation, types.ClientCapabilities())


def test_hover(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"

    async def conversation(client: Client) -> None:
        await client.opened(path, BROKEN)
        hover = await client.text_document_hover_async(types.HoverParams(text_of(path), types.Position(2, 1)))
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        assert hover.contents.value.startswith("**Tags** (list): The tags of an unversioned model package.")
        assert "At most 50 items." in hover.contents.value
        assert "- SM203 (error): tags-on-a-version" in hover.contents.value
        assert "- SM601 (error): repeated-tag-key" in hover.contents.value
        assert hover.range == types.Range(types.Position(2, 0), types.Position(2, 4))
        nothing = await client.text_document_hover_async(types.HoverParams(text_of(path), types.Position(1, 2)))
        assert nothing is None

    talk(conversation)


G = "ModelPackageGroupName: a\n"
J = '{"ModelPackageGroupName": "a", '
NAME = "ModelApprovalStatus"
TRANSFORM, REALTIME = "SupportedTransformInstanceTypes", "SupportedRealtimeInferenceInstanceTypes"
CONTAINERS = "InferenceSpecification:\n  Containers:\n  - Image: x\n    |\n"
COMPLETIONS = {
    "a member of the root": ("yaml", f"{G}ModelAp|\n", NAME, f"{NAME}: "),
    "a member in a list": ("yaml", G + CONTAINERS, "ModelDataUrl", "ModelDataUrl: "),
    "the first member below a key": ("yaml", f"{G}ModelLifeCycle:\n  |", "Stage", "Stage: "),
    "a value": ("yaml", f"{G}{NAME}: |", "Approved", "Approved"),
    "a value in quotes": ("yaml", f"{G}{NAME}: 'Ap|'", "Approved", "'Approved'"),
    "a boolean": ("yaml", f"{G}CertifyForMarketplace: |", "false", "false"),
    "a type": ("yaml", f"{G}InferenceSpecification:\n  {TRANSFORM}: [ml.m5.|", "ml.m5.large", "ml.m5.large"),
    "a member in JSON, unfinished": ("json", f'{J}"ModelAp|', NAME, f'"{NAME}": '),
    "a member in JSON before its colon": ("json", f'{J}"Dom|": "x"}}', "Domain", '"Domain"'),
    "a value in JSON, unfinished": ("json", f'{J}"{NAME}": |', "Approved", '"Approved"'),
    "a type in JSON": ("json", f'{J}"InferenceSpecification": {{"{REALTIME}": ["|"]', "ml.t2.medium", '"ml.t2.medium"'),
    "an empty file": ("json", "{|}", "ModelPackageGroupName", '"ModelPackageGroupName": '),
}


def test_completion(tmp_path: Path) -> None:
    async def conversation(client: Client) -> None:
        for number, (language, marked, label, new) in enumerate(COMPLETIONS.values()):
            path = tmp_path / f"{number}.{language}"
            text = marked.replace("|", "")
            await client.opened(path, text, language)
            params = types.CompletionParams(text_of(path), where(marked, marked.split("|")[0]))
            answer = await client.text_document_completion_async(params)
            items = answer.items if isinstance(answer, types.CompletionList) else answer or ()
            found = {item.label: item.text_edit for item in items}
            edit = found[label]
            assert isinstance(edit, types.TextEdit)
            assert edit.new_text == new, marked
            assert "ModelPackageGroupName" not in found or number == len(COMPLETIONS) - 1
        path = tmp_path / "compose.yaml"
        await client.opened(path, "services:\n  a")
        params = types.CompletionParams(text_of(path), types.Position(1, 3))
        assert await client.text_document_completion_async(params) == []

    talk(conversation)


def test_the_nearest_configuration_holds_and_is_read_again(tmp_path: Path) -> None:
    path, configuration = tmp_path / "request.yaml", tmp_path / "sm-lint.toml"
    configuration.write_text('ignore = ["SM203"]\n', encoding="utf-8")

    async def conversation(client: Client) -> None:
        registration = await asyncio.wait_for(client.registered.get(), 20)
        assert registration.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        assert [d.code for d in (await client.opened(path, BROKEN)).diagnostics] == ["SM101"]
        configuration.write_text('ignore = ["SM101"]\n', encoding="utf-8")
        event = types.FileEvent(configuration.as_uri(), types.FileChangeType.Changed)
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        assert [d.code for d in (await client.said()).diagnostics] == ["SM203"]
        configuration.write_text('ignroe = ["SM101"]\n', encoding="utf-8")
        client.text_document_did_save(types.DidSaveTextDocumentParams(text_of(configuration)))
        assert list((await client.said()).diagnostics) == []
        assert "did you mean `ignore`?" in await asyncio.wait_for(client.messages.get(), 20)
        configuration.write_text('exclude = ["request.*"]\n', encoding="utf-8")
        client.change(path, 2, BROKEN)
        assert list((await client.said()).diagnostics) == []

    talk(conversation)


@given(text=st.text(alphabet="ab:-# \n\t\"'[]{},|>&*!\r", max_size=40), at=st.integers(0, 40))
def test_a_cursor_is_found_in_any_text(text: str, at: int) -> None:
    for syntax in ("json", "yaml"):
        cursor = cursor_at(text, syntax, min(at, len(text)))
        if cursor:
            assert 0 <= cursor.start <= min(at, len(text)) <= cursor.end <= len(text)
            assert text[cursor.start : cursor.end] == cursor.text


@given(text=st.text(alphabet="a\u00e9\u20ac\U0001f600\u2028\x85\n\r", max_size=30), at=st.integers(0, 30))
@pytest.mark.parametrize("encoding", list(types.PositionEncodingKind))
def test_positions_go_there_and_back(encoding: types.PositionEncodingKind, text: str, at: int) -> None:
    read = document.read("a.yaml", text.encode())
    at = min(at, len(text))
    if text[at - 1 : at + 1] != "\r\n":
        assert offset(read, position(read, at, encoding), encoding) == at


def test_every_member_has_a_hover_and_every_enumeration_its_values() -> None:
    shapes = RULES.folded["definitions"]
    pending: list[tuple[str | int, ...]] = [()]
    seen = 0
    while pending:
        pointer = pending.pop()
        place = MEMBERS.place_of(pointer)
        assert place is not None
        shape = shapes[place.shape]
        pending += [(*pointer, name) for name in shape.get("properties", ())] + [(*pointer, 0)] * ("items" in shape)
        if pointer:
            seen += 1
            assert MEMBERS.hover_of(place), pointer
        assert [json.loads(value.text) for value in MEMBERS.values_of(place)] == shape.get(
            "enum", [True, False] if shape.get("type") == "boolean" else []
        )
    assert seen > 200


def test_edits_that_do_not_overlap_are_applied_from_the_start() -> None:
    read = document.read("a.json", b"[1, 2]")
    from sm_lint.model.diagnostic import Edit

    assert applied(read.text, [Edit(read.span(4, 5), "b"), Edit(read.span(1, 2), "a")]) == "[a, b]"


def write(program: "subprocess.Popen[bytes]", data: bytes) -> int:
    assert program.stdin
    count = program.stdin.write(data)
    program.stdin.flush()
    return count


def send(program: "subprocess.Popen[bytes]", method: str, identifier: int | None = None, params: Any = None) -> int:
    message = {"jsonrpc": "2.0", "method": method, "params": params}
    body = json.dumps(message if identifier is None else message | {"id": identifier}).encode()
    return write(program, b"Content-Length: %d\r\n\r\n%s" % (len(body), body))


def deaf(program: "subprocess.Popen[bytes]") -> None:
    assert program.stdout
    program.stdout.close()
    send(program, "nothing", 3)


EXPLAIN = {"command": "sm-lint.explain", "arguments": ["SM101"]}
HANGUP, INTERRUPT, TERMINATION = 1, 2, 15
ENDS: dict[str, tuple[Callable[["subprocess.Popen[bytes]"], Any], int]] = {
    "an end in good order": (lambda program: send(program, "shutdown", 2) + send(program, "exit"), 0),
    "an end without a shutdown": (lambda program: send(program, "exit"), 1),
    "the end of stdin": (lambda program: program.stdin and program.stdin.close(), 0),
    "the end of stdin in a message": (lambda program: write(program, b"Content-Length: 99\r\n\r\n{"), 0),
    "a client that does not listen": (deaf, 1),
    "a hangup": (lambda program: program.send_signal(HANGUP), 128 + HANGUP),
    "an interrupt": (lambda program: program.send_signal(INTERRUPT), 128 + INTERRUPT),
    "a termination": (lambda program: program.send_signal(TERMINATION), 128 + TERMINATION),
}


@pytest.mark.skipif(sys.platform == "win32", reason="signals and broken pipes are those of POSIX")
@pytest.mark.parametrize("name", ENDS)
def test_nothing_is_left_whatever_ends_the_session(name: str, tmp_path: Path) -> None:
    end, status = ENDS[name]
    command = [sys.executable, "-m", "sm_lint", "server"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe) as program:
        assert program.stdin
        assert program.stdout
        assert program.stderr
        show = {"capabilities": {"window": {"showDocument": {"support": True}}}}
        send(program, "initialize", 1, show)
        write(program, b"Content-Length: 5\r\n\r\n{nono")
        send(program, "workspace/executeCommand", 1, EXPLAIN)
        while list(tmp_path.glob("*/SM101.md")) == []:
            assert program.stdout.readline()
        end(program)
        with contextlib.suppress(OSError):
            program.stdin.close()
        assert program.stderr.read() == b""
        assert program.wait() == status
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "sm_lint.lsp.server", raising=False)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    assert main(["server"]) == 2
    assert "install sm-lint with its extra `lsp`" in capsys.readouterr().err
