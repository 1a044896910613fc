"""An open file: its document, its settings and its diagnostics."""

import os
from typing import NamedTuple

from pygls.uris import to_fs_path
from pygls.workspace import TextDocument

from sm_lint.config.globs import matched_by
from sm_lint.config.load import finder
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.settings import DEFAULTS, ConfigError, Settings
from sm_lint.requests import carriers
from sm_lint.rules.ruleset import RuleSet
from sm_lint.run.session import Session
from sm_lint.sources import document
from sm_lint.sources.document import Document

_SYNTAXES = {"json": "json", "jsonc": "json", "yaml": "yaml"}


class Opened(NamedTuple):
    """An open file as the linter sees it."""

    document: Document
    settings: Settings
    session: Session
    is_linted: bool
    """Whether it contains requests, by the same test as for files in folders."""
    failure: str | None = None
    """The error in its configuration, if there is one."""

    @property
    def ruleset(self) -> RuleSet:
        """The rules for the file, including custom rules."""
        return self.session.linters.rule_set(self.settings.rules)

    def lint(self, read: Document | None = None) -> list[Diagnostic]:
        """Return the diagnostics of the file, or of another text of it."""
        if not self.is_linted:
            return []
        return self.session.lint_named(read or self.document, self.settings).diagnostics


def opened(source: TextDocument, session: Session) -> Opened:
    """Return an open file. Its configuration is read again, because it may have changed."""
    path = to_fs_path(source.uri) if source.uri.startswith("file:") else None
    name = path or source.uri
    data = source.source.encode(errors="replace")
    extension = os.path.splitext(name)[1].lower()
    known = extension in (".json", ".yaml", ".yml")
    read = document.read(name, data, None if known else _SYNTAXES.get(source.language_id or ""))
    try:
        settings = finder(session.linters.rule_set)(os.path.dirname(path)) if path else DEFAULTS
        if settings.baseline:
            session.baselines.entries(settings.baseline, name)
    except ConfigError as error:
        return Opened(read, DEFAULTS, session, is_linted=False, failure=str(error))
    is_linted = _holds_requests(read, data, session) and not matched_by(name, settings.exclude)
    return Opened(read, settings, session, is_linted)


def _holds_requests(read: Document, data: bytes, session: Session) -> bool:
    if not carriers.may_hold(data):
        return False
    try:
        carriers.requests(read, session.linters.built_in.members)
    except carriers.NoRequest:
        return False
    return True
