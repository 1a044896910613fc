"""The session: the linters, rule sets and baselines that a run, a server or a program reuses."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from sm_lint.engine.linter import MAX_DIAGNOSTICS, Linters
from sm_lint.requests.names import BEGINNING, USUAL
from sm_lint.sources.limits import MARK, WITH_COMMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sm_lint.engine.finding import Finding
    from sm_lint.engine.linter import Linter
    from sm_lint.fixes.refusal import Known
    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.settings import Settings
    from sm_lint.model.severity import Severity
    from sm_lint.model.suppressed import StaleEntry, Suppressed
    from sm_lint.requests.request import Request
    from sm_lint.requests.used_files import Use
    from sm_lint.rules.ruleset import RuleSet
    from sm_lint.sources.document import Document
    from sm_lint.suppression.baseline import Baselines, Key
    from sm_lint.suppression.suppress import SuppressedFinding


MAX_FIXES = 5000
"""The maximum number of findings of a document for which fixes are made, in each pass over it."""


class Outcome(NamedTuple):
    """The result of linting one document."""

    diagnostics: list[Diagnostic]
    suppressed: int
    """The number of suppressed findings."""
    omitted: int
    """The number of diagnostics left out because there are too many."""
    omitted_is_minimum: bool = False
    """Whether more may be left out than `omitted` says, because the findings were not all counted."""
    shown_suppressed: tuple[Suppressed, ...] = ()
    """The suppressed diagnostics, if they are asked for; like the others, the first ones."""
    worst: Severity | None = None
    """The highest severity of the findings, also of those that are left out; None if there are none."""
    left_out: Mapping[Key, int] = {}
    """The number of diagnostics left out, by what identifies them in a baseline."""


class Findings(NamedTuple):
    """What is wrong with a document, before it is put into words."""

    document: Document
    linter: Linter
    reported: list[Finding]
    """Sorted by position."""
    suppressed: list[SuppressedFinding]
    is_whole: bool
    """Whether these are all findings, of which only so many are looked for."""
    stale: tuple[StaleEntry, ...] = ()
    """The entries of the baseline whose findings are gone."""

    def outcome(self, limit: int = MAX_DIAGNOSTICS, *, show_suppressed: bool = False) -> Outcome:
        """Return the first `limit` findings in words, and with `show_suppressed` as many of the suppressed ones."""
        shown = self._suppressed(limit) if show_suppressed and self.suppressed else ()
        diagnostics = self.linter.worded(self.reported[:limit])
        omitted = self.reported[limit:]
        severities = {self.linter.selected[finding.code] for finding in self.reported}
        worst = min(severities, key=lambda severity: severity.rank, default=None)
        left_out = _by_key(omitted) if omitted else {}
        return Outcome(diagnostics, len(self.suppressed), len(omitted), not self.is_whole, shown, worst, left_out)

    def _suppressed(self, limit: int) -> tuple[Suppressed, ...]:
        from sm_lint.model.suppressed import Suppressed

        shown = self.suppressed[:limit]
        diagnostics = self.linter.worded([of.finding for of in shown])
        without_fix = (diagnostic._replace(fix=None) for diagnostic in diagnostics)  # what is suppressed is not fixed
        return tuple(Suppressed(d, of.in_source, of.reason) for d, of in zip(without_fix, shown, strict=True))

    def known(self) -> list[Known]:
        """Return the findings as those who apply fixes recognize them."""
        from sm_lint.fixes.refusal import Known

        severity = self.linter.selected
        return [
            Known(f.code, severity[f.code], tuple(map(str, f.in_file[0])), start.offset, end.offset, f.document)
            for f, (start, end) in ((finding, finding.span) for finding in self.reported)
        ]

    def fixable(self, worded: Sequence[Diagnostic] = ()) -> list[Diagnostic]:
        """Return the first MAX_FIXES findings whose rule has a fix, in words. `worded` are the first of them all."""
        rule = self.linter.ruleset.rule
        found = [number for number, finding in enumerate(self.reported) if rule(finding.code).fix][:MAX_FIXES]
        others = [self.reported[number] for number in found if number >= len(worded)]
        known = [worded[number] for number in found if number < len(worded)]
        return known + self.linter.worded(others)


def _by_key(findings: Sequence[Finding]) -> Mapping[Key, int]:
    from collections import Counter

    from sm_lint.engine.diagnose import json_pointers
    from sm_lint.suppression.baseline import key_of

    return Counter(key_of(finding.code, *json_pointers(finding)) for finding in findings)


class Session:
    """The objects that are created once and used for many documents. Threads may share a session."""

    def __init__(self, built_in: RuleSet | None = None) -> None:
        """Initialize with a replacement of the built-in rules, which is for testing rules and for mutation tests."""
        self.linters = Linters(built_in)

    @cached_property
    def baselines(self) -> Baselines:
        """The baselines that were read so far."""
        from sm_lint.suppression.baseline import Baselines

        return Baselines()

    def is_clean(self, name: str, data: bytes, settings: Settings) -> bool:
        """Return whether the bytes of a file are certainly one request, and one without findings, as most are.

        Raises ConfigError as `find` does.
        """
        # A request is recognized by names, and most have one at their beginning.
        if not name.endswith(".json") or data.find(USUAL, 0, BEGINNING) < 0:
            return False
        return self.linters.linter(settings).is_clean_json(data)

    def lint_named(self, document: Document, settings: Settings, limit: int = MAX_DIAGNOSTICS) -> Outcome:
        """Lint a document that the user has named, and which is therefore treated as a request. Raises ConfigError."""
        found = self.find_named(document, settings)
        return self.with_offered_fixes(found, found.outcome(limit), settings)

    def with_offered_fixes(
        self, found: Findings, outcome: Outcome, settings: Settings, uses: tuple[Use, ...] = ()
    ) -> Outcome:
        """Return an outcome with those fixes alone that `--fix` would apply. Raises ConfigError."""
        if not any(diagnostic.fix for diagnostic in outcome.diagnostics):
            return outcome
        from sm_lint.fixes.apply import offered

        fixable = found.fixable(outcome.diagnostics)
        fixes = offered(found.document, found, lambda after: self.find_named(after, settings, uses), fixable)
        kept = [d if d.fix is None or d.fix in fixes else d._replace(fix=None) for d in outcome.diagnostics]
        return outcome._replace(diagnostics=kept)

    def find_named(self, document: Document, settings: Settings, uses: tuple[Use, ...] = ()) -> Findings:
        """Return the findings in a document that is treated as a request, or as commands use it. Raises ConfigError."""
        if uses:
            from sm_lint.requests import used_files

            return self.find(document, used_files.requests(document, uses), settings)
        from sm_lint.requests.carriers import requests

        shapes = self.linters.built_in.shapes
        return self.find(document, requests(document, shapes, named=True, wanted=settings.carriers), settings)

    def find(self, document: Document, found: Sequence[Request], settings: Settings) -> Findings:
        """Return the findings in a document and the requests that were found in it.

        Raises ConfigError if a baseline or a custom rule cannot be read.
        """
        return self.find_by(self.linters.linter(settings), document, found)

    def find_by(self, linter: Linter, document: Document, found: Sequence[Request]) -> Findings:
        """Return the findings of a linter, which reads no rule again, as `find` does. Raises ConfigError."""
        settings = linter.settings
        findings, is_whole = linter.find(document, found)
        is_marked = document.syntax in WITH_COMMENTS and MARK in document.text
        if not (is_marked or settings.per_file_ignores or settings.baseline):
            return Findings(document, linter, findings, [], is_whole)
        from sm_lint.suppression.suppress import Linted, suppress

        kept, suppressed, stale = suppress(Linted(document, found, findings, is_whole), linter, self.baselines)
        return Findings(document, linter, kept, suppressed, is_whole, stale)


@cache
def of_process() -> Session:
    """Return the session that this process keeps, for callers that have none to pass: the API and a pool's workers."""
    return Session()
