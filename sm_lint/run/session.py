"""The session: the linters, rule sets and baselines that a run, a server or a program reuses."""

from __future__ import annotations

import sys
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from sm_lint.engine.linter import MAX_DIAGNOSTICS, Linters
from sm_lint.requests.carriers import requests
from sm_lint.sources.reading import MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.settings import Settings
    from sm_lint.model.suppressed import Suppressed
    from sm_lint.requests.request import Request
    from sm_lint.rules.ruleset import RuleSet
    from sm_lint.sources.document import Document
    from sm_lint.suppression.baseline import Baselines


class Outcome(NamedTuple):
    """The result of linting one document."""

    diagnostics: list[Diagnostic]
    suppressed: list[Suppressed]
    omitted: int
    """The number of diagnostics left out because there are too many."""


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

    def lint_named(self, document: Document, settings: Settings, limit: int = MAX_DIAGNOSTICS) -> Outcome:
        """Lint a document that the user has named, and which is therefore treated as a request. Raises ConfigError."""
        members = self.linters.built_in.members
        return self.lint(document, requests(document, members, named=True), settings, limit)

    def lint(
        self, document: Document, found: Sequence[Request], settings: Settings, limit: int = MAX_DIAGNOSTICS
    ) -> Outcome:
        """Lint a document and the requests that were found in it.

        Raises ConfigError if a baseline or a custom rule cannot be read.
        """
        linter = self.linters.linter(settings)
        is_marked = document.syntax == "yaml" and MARK in document.text
        if not (is_marked or settings.per_file_ignores or settings.baseline):
            diagnostics, omitted = linter.lint(document, found, limit)
            return Outcome(diagnostics, [], omitted)
        from sm_lint.suppression.suppress import suppress

        all_found, _ = linter.lint(document, found, sys.maxsize)  # suppressed ones must not count towards the limit
        kept, suppressed = suppress(document, all_found, linter, self.baselines)
        return Outcome(kept[:limit], suppressed, len(kept[limit:]))


@cache
def of_process() -> Session:
    """Return the session that this process keeps, for callers that have none to pass: the API and a pool's workers."""
    return Session()
