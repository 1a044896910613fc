"""An open file: its document, its settings and its diagnostics."""

import os
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from pygls.uris import to_fs_path

from sm_lint.config.globs import matched_by
from sm_lint.config.load import finder
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.settings import DEFAULTS, ConfigError, Settings
from sm_lint.requests import carriers, marks
from sm_lint.requests.request import PAYLOAD, Request
from sm_lint.rules.ruleset import RuleSet
from sm_lint.run.findings import Findings
from sm_lint.run.looked_for import is_named_by, looking_for, opted_in, syntax_of
from sm_lint.run.session import Session
from sm_lint.sources import document
from sm_lint.sources.document import Document
from sm_lint.sources.limits import MAX_BYTES, OF_CODE
from sm_lint.sources.reading import UNREAD, Reading

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


class Configuration(NamedTuple):
    """What decides, beside its text, what is found in a file. Two that are equal give the same findings."""

    settings: Settings = DEFAULTS
    ruleset: RuleSet | None = None
    """The rules, with custom rules as they are written now; None with a failure."""
    known: Mapping[Any, int] = {}
    """What the baseline has of the file."""
    failure: str | None = None
    """The error in the configuration, if there is one."""


class Opened(NamedTuple):
    """An open file as the linter sees it."""

    document: Document
    configuration: Configuration
    session: Session
    is_linted: bool
    """Whether it contains requests, by the same test as for files in folders."""
    requests: Sequence[Request] = ()
    """The requests in it, as far as they can be read: also those of a carrier that is broken while one types in it."""
    passed_over: str | None = None
    """Why it is not linted, if it looks like a request."""
    lines: bytes = b""
    """The text, if each of its lines is a document: they are linted, and nothing else is offered."""

    @property
    def settings(self) -> Settings:
        """The settings for the file."""
        return self.configuration.settings

    @property
    def failure(self) -> str | None:
        """The error in its configuration, if there is one."""
        return self.configuration.failure

    @property
    def ruleset(self) -> RuleSet:
        """The rules for the file, including custom rules."""
        return self.configuration.ruleset or self.session.linters.built_in

    @property
    def is_unfinished(self) -> bool:
        """Whether it has requests and is not linted, because it cannot be read to its end."""
        return bool(self.requests) and not self.is_linted

    @property
    def is_too_large(self) -> bool:
        """Whether the text is too large, and therefore missing in the document."""
        return _is_too_large(self.document)

    def lint(self) -> list[Diagnostic]:
        """Return the diagnostics of the file, limited to as many as are reported."""
        if self.lines:
            return self._lint_lines()
        if not self.is_linted:
            return []
        return self.session.find(self.document, self.requests, self.settings).outcome().diagnostics

    def requests_in(self, read: Document, *, named: bool) -> list[Request]:
        """Return the requests in a text of the file. Raises NoRequest, as `carriers.requests` does."""
        shapes = self.session.linters.built_in.shapes
        opted = opted_in(self.document.name, self.settings, named=False)
        wanted = marks.looked_for(self.settings.carriers, opted)
        return carriers.requests(read, shapes, named=named, wanted=wanted)

    def _lint_lines(self) -> list[Diagnostic]:
        from sm_lint.run import lines  # imported lazily: few files have lines that are documents

        options = lines.Options(named=is_named_by(self.document.name, self.settings))
        try:
            found = lines.lint(BytesIO(self.lines), self.document.name, self.settings, self.session, options)
        except carriers.NoRequest:
            return []
        return found.outcome.diagnostics

    def find(self, read: Document) -> Findings:
        """Return the findings in a text of the file, without words: those before and after a fix are compared."""
        opted = opted_in(self.document.name, self.settings, named=False)
        return self.session.find_named(read, looking_for(self.settings, opted))

    def carried_in(self, read: Document) -> list[Request]:
        """Return the requests in a text of the file that is a carrier, as far as it can be read."""
        return [request for request in self.requests_in(read, named=True) if request.profile is not PAYLOAD]

    def may_carry(self, data: bytes) -> bool:
        """Return whether bytes may be those of a carrier that is looked for, by the cheap test."""
        wanted = [name for name in marks.CARRIERS if not self.settings.carriers or name in self.settings.carriers]
        return bool(wanted) and marks.may_hold(data, self.document.syntax, wanted)


def configuration(uri: str, session: Session, settings_in: Callable[[str], Settings] | None = None) -> Configuration:
    """Return the configuration of a file as it is now. `settings_in`, from a folder to its settings, may know some."""
    path = _path(uri)
    settings_in = settings_in or finder(session.linters.rule_set)
    try:
        settings = settings_in(os.path.dirname(path)) if path else DEFAULTS
        known = session.baselines.entries(settings.baseline, path or uri) if settings.baseline else {}
        return Configuration(settings, session.linters.rule_set(settings.rules), known)
    except ConfigError as error:
        return Configuration(failure=str(error))


def opened(source: Text, session: Session) -> Opened:
    """Return an open file. Its configuration is read again, because it may have changed.

    A file that cannot have requests is not read: its document has a text, and no value.
    """
    name = _path(source.uri) or source.uri
    data = source.text.encode(errors="replace")
    syntax = _syntax(name, source.language, data)
    unread = Document(name, source.text.removeprefix("\ufeff"), syntax, Reading(UNREAD, []))
    configured = configuration(source.uri, session)
    settings = configured.settings
    if configured.failure:
        return Opened(unread, configured, session, is_linted=False)
    if source.language == "jsonl" or marks.are_lines(name, settings.carriers):
        return _opened_lines(name, source.text, configured, session)
    opted = opted_in(name, settings, named=False)
    syntax = syntax_of(name, data, opted) if opted else syntax
    wanted = marks.looked_for(settings.carriers, opted)
    is_named = is_named_by(name, settings) and syntax not in OF_CODE
    may_hold = is_named or marks.may_hold(data, syntax, wanted)
    if matched_by(name, settings.exclude) or not may_hold:
        return Opened(unread, configured, session, is_linted=False)
    read = document.read(name, data, syntax, settings.placeholders)
    file = Opened(read, configured, session, is_linted=True)
    try:
        return file._replace(requests=file.requests_in(_recognizable(read, source.text), named=is_named))
    except carriers.NoRequest as reason:
        passed_over = str(reason) if reason.is_near else None
        return file._replace(is_linted=False, requests=file.carried_in(read), passed_over=passed_over)


def _opened_lines(name: str, text: str, configured: Configuration, session: Session) -> Opened:
    """Return an open file each line of which is a document; of a text that is too large, the lines that are whole."""
    kept = text if len(text) < MAX_KEPT else text[: text.rfind("\n") + 1]
    read = Document(name, kept.removeprefix("\ufeff"), "json", Reading(UNREAD, []))
    lines = b"" if matched_by(name, configured.settings.exclude) else kept.encode(errors="replace")
    return Opened(read, configured, session, is_linted=False, lines=lines)


def line_at(file: Opened, offset: int) -> Opened:
    """Return the line at an offset of JSON Lines as a file whose spans are those of the whole; any other file as is."""
    if not file.lines:
        return file
    from sm_lint.sources.lines import Line, document_of  # imported lazily: few files have lines that are documents

    whole = file.document
    number = whole.position(offset).line
    line = Line(number, whole.line_starts[number - 1], whole.line(number).encode(errors="replace"))
    read = document_of(line, whole.name, file.settings.placeholders)
    try:
        requests = file.requests_in(read, named=is_named_by(whole.name, file.settings))
    except carriers.NoRequest:
        return file
    return file._replace(document=read, requests=requests)


def _path(uri: str) -> str | None:
    """Return the path of a file; None for a text that is no file."""
    try:
        return to_fs_path(uri) if uri.startswith("file:") else None
    except ValueError:  # not a URI
        return None


def _syntax(name: str, language: str, data: bytes) -> str:
    """Return `json` or `yaml`: by the extension of a file, else by its language in the editor, else by its text."""
    is_known = os.path.splitext(name)[1].lower() in (".json", ".yaml", ".yml")
    return (None if is_known else _SYNTAXES.get(language)) or document.syntax_of(name, data)


def _is_too_large(read: Document) -> bool:
    return any(problem.kind == "too-large" for problem in read.problems)


def _recognizable(read: Document, text: str) -> Document:
    """Return the document; of a text that is too large, one of the beginning, by which it is recognized."""
    if not _is_too_large(read):
        return read
    return Document(read.name, text[:_BEGINNING], read.syntax, Reading(UNREAD, read.problems))
