"""An open file: its document, its settings and its diagnostics."""

import os
from typing import NamedTuple

from pygls.uris import to_fs_path

from sm_lint.config.globs import matched_by
from sm_lint.config.load import finder
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.settings import DEFAULTS, ConfigError, Settings
from sm_lint.requests import carriers
from sm_lint.requests.names import NO_NAME
from sm_lint.requests.request import WhyNot
from sm_lint.rules.ruleset import RuleSet
from sm_lint.run.session import Findings, Session
from sm_lint.run.task import is_named_by, is_python, syntax_of
from sm_lint.sources import document
from sm_lint.sources.document import Document
from sm_lint.sources.reading import MAX_BYTES, PYTHON, UNREAD, Reading

MAX_URI = 3 * 4096
"""The maximum length of a URI: the longest path of Linux, each byte as `%41`. Each finding may repeat it."""
MAX_KEPT = MAX_BYTES["json"] + 1
"""The number of code points that are kept of a text. So many are too large, whatever they are."""
_BEGINNING = 1024 * 1024
"""The number of code points by which a text that is too large is recognized as a request."""
_SYNTAXES = {"json": "json", "jsonc": "json", "yaml": "yaml"}


class Text(NamedTuple):
    """The text of a file that is open in the editor."""

    uri: str
    language: str
    version: int | None
    text: str
    """At most MAX_KEPT code points."""


class Opened(NamedTuple):
    """An open file as the linter sees it."""

    document: Document
    settings: Settings
    session: Session
    is_linted: bool
    """Whether it contains requests, by the same test as for files in folders."""
    failure: str | None = None
    """The error in its configuration, if there is one."""
    passed_over: str | None = None
    """Why it is not linted, if it looks like a request."""

    @property
    def ruleset(self) -> RuleSet:
        """The rules for the file, including custom rules."""
        return self.session.linters.rule_set(self.settings.rules)

    @property
    def is_too_large(self) -> bool:
        """Whether the text is too large, and therefore missing in the document."""
        return _is_too_large(self.document)

    def lint(self) -> list[Diagnostic]:
        """Return the diagnostics of the file, limited to as many as are reported."""
        return self.find(self.document).outcome().diagnostics if self.is_linted else []

    def find(self, read: Document) -> Findings:
        """Return the findings in a text of the file, without words: those before and after a fix are compared."""
        return self.session.find_named(read, self.settings)


def opened(source: Text, session: Session) -> Opened:
    """Return an open file. Its configuration is read again, because it may have changed."""
    path = _path(source.uri)
    name = path or source.uri
    data = source.text.encode(errors="replace")
    extension = os.path.splitext(name)[1].lower()
    known = extension in (".json", ".yaml", ".yml", ".py", ".ipynb")
    syntax = None if known else _SYNTAXES.get(source.language)
    try:
        settings = finder(session.linters.rule_set)(os.path.dirname(path)) if path else DEFAULTS
        if settings.baseline:
            session.baselines.entries(settings.baseline, name)
    except ConfigError as error:
        read = document.read(name, data, syntax)
        return Opened(read, DEFAULTS, session, is_linted=False, failure=str(error))
    syntax = syntax_of(name, data, settings) if syntax is None else syntax
    read = document.read(name, data, syntax, settings.placeholders)
    if matched_by(name, settings.exclude) or (syntax == PYTHON and not is_python(name, settings)):
        return Opened(read, settings, session, is_linted=False)
    reason = None if is_named_by(name, settings) else _why_not(read, source.text, data, session, settings.carriers)
    passed_over = reason.reason if reason and reason.is_near else None
    return Opened(read, settings, session, is_linted=reason is None, passed_over=passed_over)


def _path(uri: str) -> str | None:
    """Return the path of a file; None for a text that is no file."""
    try:
        return to_fs_path(uri) if uri.startswith("file:") else None
    except ValueError:  # not a URI
        return None


def _is_too_large(read: Document) -> bool:
    return any(problem.kind == "too-large" for problem in read.problems)


def _why_not(read: Document, text: str, data: bytes, session: Session, wanted: tuple[str, ...]) -> WhyNot | None:
    """Return why a text is not linted; None if it is."""
    if not carriers.may_hold(data, read.syntax, wanted):
        return WhyNot(NO_NAME)
    if _is_too_large(read):
        read = Document(read.name, text[:_BEGINNING], read.syntax, Reading(UNREAD, read.problems))
    try:
        carriers.requests(read, session.linters.built_in.shapes, wanted=wanted)
    except carriers.NoRequest as reason:
        return WhyNot(str(reason), reason.is_near)
    return None
