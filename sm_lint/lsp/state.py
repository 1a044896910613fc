"""The state of a language server: the open texts, the work that is due, and what the client was told."""

import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcInternalError
from pygls.lsp.server import LanguageServer

from sm_lint import __version__
from sm_lint.config.load import finder
from sm_lint.lsp import actions
from sm_lint.lsp.members import Members
from sm_lint.lsp.opened import Configuration, Opened, Text, configuration, opened
from sm_lint.lsp.protocol import Protocol, line_of, named
from sm_lint.lsp.text import ranges
from sm_lint.model.diagnostic import Diagnostic, Edit
from sm_lint.model.settings import ConfigError
from sm_lint.model.severity import Severity
from sm_lint.run.session import Session

if TYPE_CHECKING:
    from sm_lint.rules.ruleset import RuleSet

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


class Server(LanguageServer):
    """A language server with its session. Of an open file, it keeps the text and nothing else."""

    protocol: Protocol

    def __init__(self) -> None:
        kind = types.TextDocumentSyncKind.Full
        super().__init__("sm-lint", __version__, text_document_sync_kind=kind, protocol_cls=Protocol)
        self.due: dict[str, float] = {}
        """When to lint a file that has changed, on the clock of its caller, by URI."""
        self.session = Session()
        self._texts: dict[str, Text] = {}
        self._configured: dict[str, Configuration] = {}
        """The configuration with which each file was linted last."""
        self._complaints: dict[str, str] = {}
        """The failure of each file that cannot be linted."""
        self._passed_over: dict[str, str | None] = {}
        """Why each file is not linted, if it looks like a request."""
        self._pages: tempfile.TemporaryDirectory[str] | None = None
        self._members: tuple[RuleSet, Members] | None = None

    @property
    def encoding(self) -> Any:
        """The position encoding: the units in which the client counts characters."""
        return self.workspace.position_encoding

    @property
    def texts(self) -> list[Text]:
        """The open texts."""
        return list(self._texts.values())

    @property
    def pages(self) -> str:
        """The folder for the rule pages that are shown; it exists until the session ends."""
        self._pages = self._pages or tempfile.TemporaryDirectory(prefix="sm-lint-", ignore_cleanup_errors=True)
        return self._pages.name

    def text(self, uri: str) -> Text | None:
        """Return an open text; None if the file is not open: none is ever read from the disk."""
        return self._texts.get(unquote(uri))  # clients do not always escape the same characters

    def keep(self, text: Text) -> None:
        """Keep a text that was opened or has changed."""
        self._texts[unquote(text.uri)] = text

    def forget(self, uri: str) -> None:
        """Forget a text that was closed, with the work that is due."""
        text = self._texts.pop(unquote(uri), None)
        if text:
            self.due.pop(text.uri, None)
            self._configured.pop(text.uri, None)
            self._complaints.pop(text.uri, None)
            self._passed_over.pop(text.uri, None)

    def end(self) -> None:
        """Remove what was written for the client."""
        if self._pages:
            self._pages.cleanup()

    def open(self, text: Text) -> Opened:
        """Return an open file."""
        return opened(text, self.session)

    def members(self, file: Opened) -> Members:
        """Return the members of requests, as the rules of an open file define them."""
        ruleset = file.ruleset
        if self._members is None or self._members[0] is not ruleset:
            self._members = ruleset, Members(ruleset)
        return self._members[1]

    def publish(self, text: Text) -> None:
        """Lint a file now and send the diagnostics to the client. A failure is told in place of them.

        While one types in a carrier, it can often not be read. The client then keeps the diagnostics that it has, and
        moves them with the text, so that they do not come and go with each bracket.
        """
        self.due.pop(text.uri, None)
        found: list[types.Diagnostic] = []
        try:
            file = self.open(text)
            self._configured[text.uri] = file.configuration
            if file.is_unfinished and self._passed_over.get(text.uri, "") is None:
                return
            found = self.diagnostics(text.uri, file, file.lint())
            self._complain(text.uri, file.failure)
            self._tell(text.uri, file.passed_over)
        except ConfigError as error:
            self._complain(text.uri, str(error))
        except Exception as error:  # noqa: BLE001 - the other files are linted
            self._complain(text.uri, f"{text.uri}: internal error: {named(error)}", is_internal=True)
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=text.uri, version=text.version, diagnostics=found)
        )

    def publish_due(self, now: float) -> None:
        """Lint the files that are due at a time, and those that are configured otherwise than before."""
        due = [text for uri, time in self.due.items() if time <= now and (text := self.text(uri))]
        if due:
            self.publish_with_reconfigured(due)

    def publish_with_reconfigured(self, texts: Sequence[Text]) -> None:
        """Lint files now, and those whose configuration has changed since: few clients watch all of it."""
        for text in texts:
            self.publish(text)
        settings_in = finder(self.session.linters.rule_set)
        for text in [text for text in self.texts if text not in texts]:
            before = self._configured.get(text.uri)
            if before and configuration(text.uri, self.session, settings_in) != before:
                self.publish(text)

    def diagnostics(self, uri: str, file: Opened, found: Sequence[Diagnostic]) -> list[types.Diagnostic]:
        """Return diagnostics of a file as LSP diagnostics."""
        spans = [span for d in found for span in (d.range, *(place.range for place in d.related))]
        places = ranges(file.document, spans, self.encoding)
        return [
            types.Diagnostic(
                range=places[diagnostic.range],
                severity=_SEVERITIES[diagnostic.severity],
                code=diagnostic.code,
                code_description=types.CodeDescription(diagnostic.url) if diagnostic.url else None,
                source="sm-lint",
                message=diagnostic.message + (f"\n{diagnostic.help}" if diagnostic.help else ""),
                related_information=[
                    types.DiagnosticRelatedInformation(types.Location(uri, places[place.range]), place.message)
                    for place in diagnostic.related
                ]
                or None,
            )
            for diagnostic in found
        ]

    def workspace_edit(self, text: Text, file: Opened, edits: list[Edit]) -> types.WorkspaceEdit:
        """Return edits of a file as an LSP workspace edit, bound to its version if the client supports that."""
        changes = actions.edits_of(file.document, edits, self.encoding)
        workspace = self.client_capabilities.workspace
        if not (workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes):
            return types.WorkspaceEdit(changes={text.uri: changes})
        identifier = types.OptionalVersionedTextDocumentIdentifier(uri=text.uri, version=text.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, changes)])

    def log(self, message: object) -> None:
        """Write one line to the client's log."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, line_of(message)))

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Log an error that the client does not learn from an answer, or that is an internal one."""
        if source is not FeatureRequestError or getattr(error, "code", 0) == JsonRpcInternalError.CODE:
            self.log(f"sm-lint: {error}")

    def _tell(self, uri: str, passed_over: str | None) -> None:
        """Write to the client's log why a file that looks like a request is not linted, once until that changes."""
        if passed_over and self._passed_over.get(uri) != passed_over:
            line = line_of(f"sm-lint: {uri} is not linted: {passed_over}")
            self.window_log_message(types.LogMessageParams(types.MessageType.Info, line))
        self._passed_over[uri] = passed_over

    def _complain(self, uri: str, failure: str | None, *, is_internal: bool = False) -> None:
        """Tell the client why a file cannot be linted, once until that changes and for all files together."""
        is_known = failure in self._complaints.values()
        self._complaints.pop(uri, None)
        if failure is None:
            return
        self._complaints[uri] = failure
        if is_internal and not is_known:
            self.log(f"sm-lint: {failure}")
        elif not is_known:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"sm-lint: {failure}"))
