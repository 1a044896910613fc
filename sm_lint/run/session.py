"""The session: the linters, rule sets and baselines that a run, a server or a program reuses."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from sm_lint.engine.linter import MAX_DIAGNOSTICS, Linters
from sm_lint.requests.names import BEGINNING, USUAL
from sm_lint.sources.limits import MARK, WITH_COMMENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sm_lint.engine.linter import Linter
    from sm_lint.model.settings import Settings
    from sm_lint.requests.request import Request
    from sm_lint.requests.used_files import Use
    from sm_lint.rules.ruleset import RuleSet
    from sm_lint.run.findings import Findings
    from sm_lint.run.task import Outcome
    from sm_lint.sources.document import Document
    from sm_lint.suppression.baseline import Baselines


_SYNTAXES = {"json": "json", "yaml": "yaml", "yml": "yaml"}
"""The syntaxes of most files, by extension."""


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
        syntax = _SYNTAXES.get(name.rpartition(".")[2])
        if syntax is None or data.find(USUAL, 0, BEGINNING) < 0:
            return False
        return self.linters.linter(settings).is_clean_text(data, syntax)

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
        from sm_lint.run.findings import Findings  # imported lazily: most requests are clean

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
