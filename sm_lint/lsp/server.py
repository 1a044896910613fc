"""The handlers of the language server, which run the linter in this process.

Documents are synchronized as a whole, not by changes: a request is small, and when pygls applies changes, it treats
U+2028 and similar characters as line breaks, which clients do not.
"""

import asyncio
import os
import tempfile
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path

from sm_lint import __version__
from sm_lint.lsp import actions, completion
from sm_lint.lsp.cursor import Cursor, cursor_at
from sm_lint.lsp.members import Members
from sm_lint.lsp.opened import Opened, opened
from sm_lint.lsp.text import offset, range_of
from sm_lint.model.diagnostic import Diagnostic, Edit
from sm_lint.model.severity import Severity
from sm_lint.rules.page import markdown
from sm_lint.run.rule_page import text
from sm_lint.run.session import Session

if TYPE_CHECKING:
    from sm_lint.rules.ruleset import RuleSet

DELAY = 0.2
"""Seconds without a change after which a text is linted."""

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_CONFIGURATIONS = ("**/sm-lint.toml", "**/pyproject.toml")


class Server(LanguageServer):
    """A language server with its session and its pending work."""

    def __init__(self) -> None:
        super().__init__("sm-lint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.timers: dict[str, asyncio.TimerHandle] = {}
        self.complaint: str | None = None
        self.pages: str | None = None
        """The folder with the rule pages that were shown; None before the first one."""
        self.session = Session()
        self._members: tuple[RuleSet, Members] | None = None

    @property
    def encoding(self) -> Any:
        """The position encoding: the units in which the client counts characters."""
        return self.workspace.position_encoding

    def open(self, uri: str) -> Opened:
        """Return an open file."""
        return opened(self.workspace.get_text_document(uri), self.session)

    def members(self, file: Opened) -> Members:
        """Return the members of requests, as the rules of an open file define them."""
        ruleset = file.ruleset
        if self._members is None or self._members[0] is not ruleset:
            self._members = ruleset, Members(ruleset)
        return self._members[1]

    def publish(self, uri: str) -> None:
        """Lint a file now and send the diagnostics to the client."""
        timer = self.timers.pop(uri, None)
        if timer:
            timer.cancel()
        if uri not in self.workspace.text_documents:
            return
        source, file = self.workspace.get_text_document(uri), self.open(uri)
        if file.failure and file.failure != self.complaint:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"sm-lint: {file.failure}"))
        self.complaint = file.failure
        found = [self.diagnostic(uri, file, diagnostic) for diagnostic in file.lint()]
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=source.version, diagnostics=found)
        )

    def publish_later(self, uri: str) -> None:
        """Lint a file once it has not changed for DELAY seconds."""
        timer = self.timers.pop(uri, None)
        if timer:
            timer.cancel()
        self.timers[uri] = asyncio.get_running_loop().call_later(DELAY, self.publish, uri)

    def diagnostic(self, uri: str, file: Opened, found: Diagnostic) -> types.Diagnostic:
        """Return a diagnostic as an LSP diagnostic."""
        related = [
            types.DiagnosticRelatedInformation(
                types.Location(uri, range_of(file.document, place.range, self.encoding)), place.message
            )
            for place in found.related
        ]
        return types.Diagnostic(
            range=range_of(file.document, found.range, self.encoding),
            severity=_SEVERITIES[found.severity],
            code=found.code,
            code_description=types.CodeDescription(found.url) if found.url else None,
            source="sm-lint",
            message=found.message + (f"\n{found.help}" if found.help else ""),
            related_information=related or None,
        )

    def workspace_edit(self, uri: str, file: Opened, edits: list[Edit]) -> types.WorkspaceEdit:
        """Return edits of a file as an LSP workspace edit, bound to its version if the client supports that."""
        changes = actions.edits_of(file.document, edits, self.encoding)
        workspace = self.client_capabilities.workspace
        if not (workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes):
            return types.WorkspaceEdit(changes={uri: changes})
        version = self.workspace.get_text_document(uri).version
        identifier = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, changes)])


server = Server()


@server.feature(types.INITIALIZED)
def on_initialized(ls: Server, _params: types.InitializedParams) -> None:
    """Ask the client to report changes of configuration files, if it supports that."""
    workspace = ls.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if watched and watched.dynamic_registration:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _CONFIGURATIONS]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("configuration", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.client_register_capability(types.RegistrationParams([registration]))


@server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
def on_configuration(ls: Server, _params: types.DidChangeWatchedFilesParams) -> None:
    """Lint all open files again."""
    for uri in list(ls.workspace.text_documents):
        ls.publish(uri)


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
def on_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """Lint a file that was opened."""
    ls.publish(params.text_document.uri)


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def on_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    """Lint a file that was changed, after DELAY seconds."""
    ls.publish_later(params.text_document.uri)


@server.feature(types.TEXT_DOCUMENT_DID_SAVE)
def on_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    """Lint a file that was saved; if it is a configuration file, lint all open files."""
    if os.path.basename(params.text_document.uri) in ("sm-lint.toml", "pyproject.toml"):
        for uri in list(ls.workspace.text_documents):
            ls.publish(uri)
    else:
        ls.publish(params.text_document.uri)


@server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
def on_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    """Forget a file, and clear its diagnostics in the client."""
    uri = params.text_document.uri
    timer = ls.timers.pop(uri, None)
    if timer:
        timer.cancel()
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))


@server.feature(types.TEXT_DOCUMENT_HOVER)
def on_hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """Return the description of the member under the cursor."""
    file = ls.open(params.text_document.uri)
    cursor = _cursor(ls, file, params.position) if file.is_linted else None
    if cursor is None or not cursor.text:
        return None
    members = ls.members(file)
    place = members.place_of((*cursor.pointer, cursor.name) if cursor.on_key else cursor.pointer)
    description = members.hover_of(place) if place else None
    if description is None:
        return None
    where = range_of(file.document, file.document.span(cursor.start, cursor.end), ls.encoding)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, description), where)


def _cursor(ls: Server, file: Opened, position: types.Position) -> Cursor | None:
    at = offset(file.document, position, ls.encoding)
    return cursor_at(file.document.text, file.document.syntax, at)


@server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=['"', ":", " ", ".", "-"]))
def on_completion(ls: Server, params: types.CompletionParams) -> list[types.CompletionItem]:
    """Return the completion items at the cursor."""
    file = ls.open(params.text_document.uri)
    cursor = _cursor(ls, file, params.position) if file.is_linted or completion.may_become_request(file) else None
    return completion.items(file.document, cursor, ls.members(file), ls.encoding) if cursor else []


@server.feature(
    types.TEXT_DOCUMENT_CODE_ACTION,
    types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, actions.FIX_ALL]),
)
def on_code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction | types.Command]:
    """Return the code actions for the findings in a range."""
    uri, file = params.text_document.uri, ls.open(params.text_document.uri)
    start, end = (offset(file.document, place, ls.encoding) for place in (params.range.start, params.range.end))
    diagnostics = file.lint()
    found: list[types.CodeAction | types.Command] = []

    def offer(
        title: str, kind: Any, edits: list[Edit], about: Diagnostic | None = None, *, preferred: bool = False
    ) -> None:
        found.append(
            types.CodeAction(
                title,
                kind,
                diagnostics=[ls.diagnostic(uri, file, about)] if about else None,
                is_preferred=preferred or None,
                edit=ls.workspace_edit(uri, file, edits),
            )
        )

    for diagnostic in actions.fixes_at(file, diagnostics, start, end) if _wanted(params, "quickfix") else ():
        if diagnostic.fix:
            is_safe = diagnostic.fix.safety == "safe"
            title = diagnostic.fix.message + ("" if is_safe else " (unsafe: review it)")
            offer(title, types.CodeActionKind.QuickFix, list(diagnostic.fix.edits), diagnostic, preferred=is_safe)
    edits = actions.fix_all(file) if _wanted(params, actions.FIX_ALL) and diagnostics else []
    if edits:
        offer("Apply all safe fixes", actions.FIX_ALL, edits)
    for diagnostic in actions.touching(diagnostics, start, end) if _wanted(params, "quickfix") else ():
        edits = actions.suppressing(file.document, diagnostic)
        if edits:
            offer(f"Suppress {diagnostic.code} here", types.CodeActionKind.QuickFix, edits, diagnostic)
        title = f"Explain {diagnostic.code} ({diagnostic.name})"
        found.append(types.Command(title, actions.EXPLAIN, arguments=[diagnostic.code, uri]))
    return found


def _wanted(params: types.CodeActionParams, kind: str) -> bool:
    """Return whether the client wants actions of a kind: it names none, or the kind, or a parent of it."""
    only = params.context.only
    return only is None or any(kind == wanted or kind.startswith(f"{wanted}.") for wanted in only)


@server.command(actions.EXPLAIN)
async def on_explain(ls: Server, code: str, *uris: str) -> None:
    """Show the page of a rule in a document, or in a message if the client cannot show documents.

    If `uris` has the URI of a file, the rule may be one of its custom rules.
    """
    ruleset = ls.open(uris[0]).ruleset if uris else ls.session.linters.built_in
    if code not in ruleset.catalog:
        return
    rule = ruleset.rule(code, cases=True)
    window = ls.client_capabilities.window
    if not (window and window.show_document and window.show_document.support):
        page = text(rule, Session(ruleset))
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, page))
        return
    ls.pages = ls.pages or tempfile.mkdtemp(prefix="sm-lint-")
    path = os.path.join(ls.pages, f"{code}.md")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"# {code} {rule.name}\n\n{markdown(rule)}\n")
    await ls.window_show_document_async(types.ShowDocumentParams(from_fs_path(path) or "", take_focus=True))
