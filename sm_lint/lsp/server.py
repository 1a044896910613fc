"""The language server and its handlers, which run the linter in this process.

Documents are synchronized as a whole, not by changes: a request is small, and when pygls applies changes, it treats
U+2028 and similar characters as line breaks, which clients do not.
"""

import os
from collections.abc import Callable
from time import monotonic
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.uris import from_fs_path

from sm_lint.fixes import apply as fixes
from sm_lint.lsp import actions, completion
from sm_lint.lsp.member_in_code import member_in_code
from sm_lint.lsp.opened import MAX_KEPT, MAX_URI, Opened, Text, line_at
from sm_lint.lsp.spot import spot_at
from sm_lint.lsp.state import Server
from sm_lint.lsp.text import offset, range_of
from sm_lint.model.diagnostic import Diagnostic, Edit
from sm_lint.rules.page import markdown

DELAY = 0.2
"""Seconds without a change after which a text is linted."""

_CONFIGURATIONS = "**/*.toml"
"""What a client is to watch: a configuration that is extended may have any name, and custom rules are TOML, too."""


def server() -> Server:
    """Return a language server with its handlers."""
    made = Server()
    for method, (handler, options) in _FEATURES.items():
        made.feature(method, options)(handler)
    made.command(actions.EXPLAIN)(_on_explain)
    return made


def _on_initialized(ls: Server, _params: types.InitializedParams) -> None:
    """Ask the client to report changes of configuration files, if it supports that."""
    workspace = ls.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if watched and watched.dynamic_registration:
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(_CONFIGURATIONS)])
        registration = types.Registration("configuration", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.client_register_capability(types.RegistrationParams([registration]))


def _on_shutdown(ls: Server, _params: None) -> None:
    """Leave nothing behind, even if the client does not wait for the end."""
    ls.end()


def _on_configuration(ls: Server, _params: types.DidChangeWatchedFilesParams) -> None:
    """Lint all open files again."""
    for text in ls.texts:
        ls.publish(text)


def _on_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """Lint a file that was opened."""
    opened = params.text_document
    if len(opened.uri) > MAX_URI:
        ls.log(f"sm-lint: a file is not linted, because its URI is longer than {MAX_URI:,} characters: {opened.uri}")
        return
    text = Text(opened.uri, opened.language_id, opened.version, opened.text[:MAX_KEPT])
    ls.keep(text)
    ls.publish_with_reconfigured([text])


def _on_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    """Lint a file that was changed, after DELAY seconds."""
    text = ls.text(params.text_document.uri)
    if text and params.content_changes:
        changed = params.content_changes[-1].text[:MAX_KEPT]
        ls.keep(text._replace(version=params.text_document.version, text=changed))
        ls.due[text.uri] = monotonic() + DELAY


def _on_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    """Lint a file that was saved, and what is configured otherwise now: it may be a configuration, too."""
    saved = ls.text(params.text_document.uri)
    ls.publish_with_reconfigured([saved] if saved else [])


def _on_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    """Forget a file, and clear its diagnostics in the client."""
    ls.forget(params.text_document.uri)
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=params.text_document.uri, diagnostics=[]))


def _on_hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """Return the description of the member under the cursor."""
    text = ls.text(params.text_document.uri)
    if text is None:
        return None
    ls.publish_with_reconfigured([])  # whoever comes back from the configuration looks before they type
    file = ls.open(text)
    members = ls.members(file)
    at = _offset(ls, file, params.position)
    spot, member = spot_at(line_at(file, at), at), member_in_code(file, at)
    if spot and spot.cursor.text:
        place, written, request = spot.member(members), spot.written, spot.request
        span = spot.document.span(spot.cursor.start, spot.cursor.end)
    elif member:
        place, written, request, span = members.place_of(member.pointer), member.written, member.request, member.span
    else:
        return None
    description = members.hover_of(place, written, request.profile) if place else None
    if description is None:
        return None
    contents = types.MarkupContent(types.MarkupKind.Markdown, description)
    return types.Hover(contents, range_of(file.document, span, ls.encoding))


def _offset(ls: Server, file: Opened, position: types.Position) -> int:
    return offset(file.document, position, ls.encoding)


def _on_completion(ls: Server, params: types.CompletionParams) -> list[types.CompletionItem]:
    """Return the completion items at the cursor."""
    text = ls.text(params.text_document.uri)
    if text is None:
        return []
    file = ls.open(text)
    spot = completion.completing_at(file, _offset(ls, file, params.position))
    return completion.items(file, spot, ls.members(file), ls.encoding) if spot else []


def _on_code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction | types.Command]:
    """Return the code actions for the findings in a range."""
    text = ls.text(params.text_document.uri)
    if text is None:
        return []
    file = ls.open(text)
    if not file.is_linted:
        return []
    read = file.document
    linted = file.find(read)
    start, end = (offset(read, place, ls.encoding) for place in (params.range.start, params.range.end))
    wanted = actions.touching(linted, start, end) if _is_wanted(params, "quickfix") else []
    found: list[types.CodeAction | types.Command] = []

    def offer(
        title: str, kind: Any, edits: list[Edit], about: Diagnostic | None = None, *, preferred: bool = False
    ) -> None:
        found.append(
            types.CodeAction(
                title,
                kind,
                diagnostics=ls.diagnostics(text.uri, file, [about]) if about else None,
                is_preferred=preferred or None,
                edit=ls.workspace_edit(text, file, edits),
            )
        )

    for diagnostic in fixes.working(read, linted, wanted, file.find):
        fix = diagnostic.fix
        if fix:
            is_safe = fix.safety == "safe"
            title = fix.message + ("" if is_safe else " (unsafe: review it)")
            offer(title, types.CodeActionKind.QuickFix, list(fix.edits), diagnostic, preferred=is_safe)
    edits = actions.fix_all(file, linted) if _is_wanted(params, actions.FIX_ALL) else []
    if edits:
        offer("Apply all safe fixes", actions.FIX_ALL, edits)
    for diagnostic, edits in zip(wanted, actions.suppressing(read, wanted), strict=True):
        if edits:
            offer(f"Suppress {diagnostic.code} here", types.CodeActionKind.QuickFix, edits, diagnostic)
        title = f"Explain {diagnostic.code} ({diagnostic.name})"
        found.append(types.Command(title, actions.EXPLAIN, arguments=[diagnostic.code, text.uri]))
    return found


def _is_wanted(params: types.CodeActionParams, kind: str) -> bool:
    """Return whether the client wants actions of a kind: it names none, or the kind, or a parent of it."""
    only = params.context.only
    return only is None or any(kind == wanted or kind.startswith(f"{wanted}.") for wanted in only)


def _on_explain(ls: Server, *arguments: Any) -> None:
    """Show the page of a rule in a document, or its reason in a line if the client cannot show documents.

    The arguments are the code of the rule and, because it may be a custom rule, the URI of an open file.
    """
    code, uri = (*arguments, None, None)[:2]
    about = ls.text(uri) if isinstance(uri, str) else None
    ruleset = ls.open(about).ruleset if about else ls.session.linters.built_in
    if not isinstance(code, str) or code not in ruleset.catalog:
        raise JsonRpcInvalidParams(f"{actions.EXPLAIN}: expected the code of a rule")
    rule = ruleset.rule(code)
    window = ls.client_capabilities.window
    if not (window and window.show_document and window.show_document.support):
        why = " ".join(f"{rule.summary} {rule.why}".split())  # on one line, because some clients have no more
        message = f"{code} {rule.name} (sm-lint rule {code} says more): {why}"
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))
        return
    path = os.path.join(ls.pages, f"{code}.md")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"# {code} {rule.name}\n\n{markdown(rule)}\n")
    ls.window_show_document(types.ShowDocumentParams(from_fs_path(path) or "", take_focus=True))


_FEATURES: dict[str, tuple[Callable[..., Any], Any]] = {
    types.INITIALIZED: (_on_initialized, None),
    types.SHUTDOWN: (_on_shutdown, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (_on_configuration, None),
    types.TEXT_DOCUMENT_DID_OPEN: (_on_open, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (_on_change, None),
    types.TEXT_DOCUMENT_DID_SAVE: (_on_save, None),
    types.TEXT_DOCUMENT_DID_CLOSE: (_on_close, None),
    types.TEXT_DOCUMENT_HOVER: (_on_hover, None),
    types.TEXT_DOCUMENT_COMPLETION: (
        _on_completion,
        types.CompletionOptions(trigger_characters=['"', ":", " ", ".", "-"]),
    ),
    types.TEXT_DOCUMENT_CODE_ACTION: (
        _on_code_action,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, actions.FIX_ALL]),
    ),
}
"""The handler of each method, and what it tells the client about itself."""
