"""Linting of JSON Lines: line by line, so that the memory it takes does not grow with the file."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from sm_lint.engine.diagnose import json_pointers
from sm_lint.engine.linter import MAX_DIAGNOSTICS
from sm_lint.engine.outlines import outlines, room
from sm_lint.model.span import Excerpt
from sm_lint.model.suppressed import Suppressed
from sm_lint.requests.carriers import NoRequest
from sm_lint.requests.json_lines import PROFILE, of_line
from sm_lint.requests.names import NO_NAME, may_hold
from sm_lint.requests.request import WhyNot
from sm_lint.run.task import Outcome
from sm_lint.sources.document import Document
from sm_lint.sources.limits import MAX_FINDINGS, MOST_BYTES
from sm_lint.sources.lines import document_of, lines
from sm_lint.sources.reading import UNREAD, Reading
from sm_lint.suppression.baseline import Key, key_of, stale_entries
from sm_lint.suppression.covering import Covering
from sm_lint.suppression.suppress import IN_BASELINE, SuppressedFinding, apply, is_over, of_suppressions, ran_with
from sm_lint.suppression.suppressions import of_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sm_lint.engine.finding import Finding
    from sm_lint.engine.linter import Linter
    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.outline import Outline
    from sm_lint.model.settings import Settings
    from sm_lint.model.severity import Severity
    from sm_lint.model.suppressed import StaleEntry
    from sm_lint.requests.request import Request
    from sm_lint.run.session import Session
    from sm_lint.sources.lines import Line

MAX_KEPT = 4 * MOST_BYTES
"""The number of characters up to which lines are kept to be shown. What is found in others is counted."""
_BEGINNING = 200
"""The number of characters that are kept of a line that is too long."""
_NOT_FIXED = "fixes are not applied to JSON Lines"
_BLANK = "it has nothing but blank lines"
_NO_LINE = f"none of its lines is a request: {NO_NAME}"


class Linted(NamedTuple):
    """What linting a file line by line gives."""

    outcome: Outcome
    excerpt: Excerpt
    """The lines that have the diagnostics."""
    stale: tuple[StaleEntry, ...] = ()
    """The entries of the baseline whose findings are gone."""
    outlines: tuple[Outline, ...] = ()


class Options(NamedTuple):
    """How lines are linted."""

    named: bool = False
    """Whether the user has named the file, so that each line that is not blank is linted."""
    fix: str | None = None
    """Which fixes are asked for: None, `safe` or `unsafe`. None is applied, and findings say so."""
    show_suppressed: bool = False
    outlined: bool = False
    """Whether the outlines of the requests with diagnostics are made."""


def lint(file: BinaryIO, name: str, settings: Settings, session: Session, options: Options) -> Linted:
    """Lint each line of a file that is a request.

    If more lines have a finding than the entry of the baseline for it says, all of them are reported, as in other
    files. For this, the file is read again, or a copy of it if it is a pipe. Raises NoRequest if no line is linted,
    ConfigError if a baseline or a custom rule cannot be read, and OSError.
    """
    linter = session.linters.linter(settings)
    known = session.baselines.entries(settings.baseline, name) if settings.baseline else {}
    with _rewindable(file) if known else nullcontext(file) as source:
        start = source.tell() if known else 0
        run = _Run(name, linter, known, options)
        run.add(documents(source, name, settings, session, named=options.named))
        if run.exceeded:
            source.seek(start)
            left = {key: number for key, number in known.items() if key not in run.exceeded}
            run = _Run(name, linter, left, options)
            run.add(documents(source, name, settings, session, named=options.named))
        return run.linted()


@contextmanager
def _rewindable(file: BinaryIO) -> Iterator[BinaryIO]:
    """Return a file, or if it is a pipe a copy on the disk, which is removed when it is closed."""
    if file.seekable():
        yield file
        return
    from shutil import copyfileobj
    from tempfile import TemporaryFile

    with TemporaryFile() as copy:
        copyfileobj(file, copy)
        copy.seek(0)
        yield copy


def documents(
    file: BinaryIO, name: str, settings: Settings, session: Session, *, named: bool
) -> Iterator[tuple[Line, Document, list[Request]]]:
    """Yield the lines to lint, each as a document with its request. Raises NoRequest at the end if there was none."""
    shapes = session.linters.built_in.shapes
    why_not, is_any = WhyNot(_BLANK if named else _NO_LINE), False
    for line in lines(file.read, bool if named else may_hold):
        document = document_of(line, name, settings.placeholders)
        try:
            found = of_line(document, shapes, named=named)
        except NoRequest as reason:
            if reason.is_near and not why_not.is_near:
                why_not = WhyNot(f"line {line.number}: {reason}", is_near=True)
            continue
        is_any = True
        yield line, document, found
    if not is_any:
        raise NoRequest(why_not)


class _Run:
    """One pass over a file. It keeps what is reported, and counts the rest."""

    def __init__(self, name: str, linter: Linter, known: Mapping[Key, int], options: Options) -> None:
        """Initialize with the entries `known` of the baseline, each of which suppresses so many findings."""
        self._name, self._linter, self._known, self._options = name, linter, known, options
        self._listed = list(of_settings(Document(name, "", "", Reading({}, [])), linter))
        self._covering = Covering([s for s in self._listed if not is_over(s)])
        self._left = dict(known)
        self._diagnostics: list[Diagnostic] = []
        self._shown_suppressed: list[Suppressed] = []
        self._kept: dict[int, tuple[int, str]] = {}
        self._characters = self._suppressed = 0
        self._left_out: Counter[Key] = Counter()
        self._omitted = 0
        self._severities: set[Severity] = set()
        self._outlines: list[Outline] = []
        self._room = room()
        self._is_read = self._is_whole = self._is_flawless = True

    @property
    def exceeded(self) -> frozenset[Key]:
        """The entries of the baseline that have more findings than they say."""
        return frozenset(key for key, left in self._left.items() if left < 0)

    def add(self, documents: Iterator[tuple[Line, Document, list[Request]]]) -> None:
        """Lint lines."""
        for line, document, requests in documents:
            findings, is_whole = self._linter.find(document, requests)
            self._is_whole = self._is_whole and is_whole
            self._is_read = self._is_read and document.value is not UNREAD
            self._is_flawless = self._is_flawless and not (document.problems or document.unknown)
            if findings:
                reported, suppressed = apply(findings, self._covering)
                new, old = self._compared(reported)
                self._report(new, line, document)
                self._suppress([*suppressed, *old], line, document)

    def _compared(self, findings: list[Finding]) -> tuple[list[Finding], list[SuppressedFinding]]:
        """Return the findings that the baseline does not have, and those that it has, which are counted."""
        if not self._known:
            return findings, []
        new, old = [], []
        for finding in findings:
            key = key_of(finding.code, *json_pointers(finding))
            if key in self._left:
                self._left[key] -= 1
                old.append(SuppressedFinding(finding, in_source=False, reason=IN_BASELINE))
            else:
                new.append(finding)
        return new, old

    def _report(self, findings: Sequence[Finding], line: Line, document: Document) -> None:
        room = MAX_DIAGNOSTICS - len(self._diagnostics)
        shown = findings[:room] if room and findings and self._keeps(line, document) else []
        self._diagnostics += self._worded(shown)
        if self._options.outlined:
            self._outlines += outlines(shown, self._room)
        for finding in findings[len(shown) :]:
            self._leave_out(key_of(finding.code, *json_pointers(finding)))
        self._severities |= {self._linter.selected[finding.code] for finding in findings}

    def _suppress(self, findings: Sequence[SuppressedFinding], line: Line, document: Document) -> None:
        self._suppressed += len(findings)
        room = MAX_DIAGNOSTICS - len(self._shown_suppressed) if self._options.show_suppressed else 0
        if room and findings and self._keeps(line, document):
            self._shown_suppressed += self._in_words(findings[:room])

    def _in_words(self, suppressed: Sequence[SuppressedFinding]) -> list[Suppressed]:
        words = self._worded([of.finding for of in suppressed])
        return [
            Suppressed(d._replace(not_fixed=None), of.in_source, of.reason)
            for d, of in zip(words, suppressed, strict=True)
        ]

    def _worded(self, findings: Sequence[Finding]) -> list[Diagnostic]:
        """Return findings in words, without fixes."""
        return [self._without_fix(diagnostic) for diagnostic in self._linter.worded(findings)]

    def _without_fix(self, diagnostic: Diagnostic) -> Diagnostic:
        fix, asked = diagnostic.fix, self._options.fix
        not_fixed = _NOT_FIXED if fix and asked and (asked == "unsafe" or fix.safety == "safe") else None
        return diagnostic._replace(fix=None, not_fixed=not_fixed, carrier=PROFILE.carrier)

    def _keeps(self, line: Line, document: Document) -> bool:
        """Keep a line, so that what is found in it can be shown, and return whether there is room for it."""
        if line.number not in self._kept:
            text = document.text[:_BEGINNING] if len(line.data) > MOST_BYTES else document.text
            if self._characters + len(text) > MAX_KEPT:
                return False
            self._kept[line.number] = line.start, text
            self._characters += len(text)
        return True

    def _leave_out(self, key: Key) -> None:
        """Count a finding that is not shown."""
        self._omitted += 1
        if key in self._left_out or len(self._left_out) < MAX_FINDINGS:
            self._left_out[key] += 1

    def linted(self) -> Linted:
        """Return what was found, with what is wrong with the suppressions themselves."""
        whole = Document(self._name, "", "", Reading({} if self._is_read else UNREAD, []))
        about, suppressed = of_suppressions(whole, self._linter, self._listed, self._covering)
        words = [*self._worded(about), *self._diagnostics]
        for diagnostic in words[MAX_DIAGNOSTICS:]:
            self._leave_out(key_of(diagnostic.code, diagnostic.pointer, diagnostic.inner_pointer))
        self._severities |= {diagnostic.severity for diagnostic in words}
        outcome = Outcome(
            words[:MAX_DIAGNOSTICS],
            self._suppressed + len(suppressed),
            self._omitted,
            not self._is_whole,
            tuple(self._shown_suppressed),
            min(self._severities, key=lambda severity: severity.rank, default=None),
            self._left_out,
        )
        return Linted(outcome, Excerpt(self._name, self._kept), self._stale(), tuple(self._outlines))

    def _stale(self) -> tuple[StaleEntry, ...]:
        """Return the entries of the baseline whose findings are gone; none if some lines were not read to their end."""
        path = self._linter.settings.baseline
        if not (path and self._is_whole and self._is_flawless):
            return ()
        ran = ran_with(self._linter)
        gone = {key: left for key, left in self._left.items() if left > 0 and ran(key.code)}
        return stale_entries(path, self._name, self._known, gone)
