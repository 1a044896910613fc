"""What a run, a server or a program keeps while it lints: linters, rule sets and baselines."""

import sys
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sm_lint.engine.linter import MAX_DIAGNOSTICS, Linters
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.settings import Settings
from sm_lint.requests.carriers import requests
from sm_lint.requests.request import Request
from sm_lint.rules.ruleset import RuleSet
from sm_lint.sources.document import Document
from sm_lint.sources.reading import MARK

if TYPE_CHECKING:
    from sm_lint.model.suppressed import Suppressed
    from sm_lint.suppression.baseline import Baselines


class Outcome(NamedTuple):
    """What linting one document gives."""

    diagnostics: list[Diagnostic]
    suppressed: "list[Suppressed]"
    omitted: int
    """How many diagnostics are left out, because there are too many."""


class Session:
    """Whatever is made once and used for many documents. It is passed to who needs it; threads may share it."""

    def __init__(self, built_in: RuleSet | None = None) -> None:
        """Take what stands for the built-in rules; to test rules, and the tests of rules."""
        self.linters = Linters(built_in)

    @cached_property
    def baselines(self) -> "Baselines":
        """The baselines that were read."""
        from sm_lint.suppression.baseline import Baselines

        return Baselines()

    def lint_named(self, document: Document, settings: Settings, limit: int = MAX_DIAGNOSTICS) -> Outcome:
        """Lint a document that somebody has said is a request, or holds some. Raises ConfigError."""
        members = self.linters.built_in.members
        return self.lint(document, requests(document, members, named=True), settings, limit)

    def lint(
        self, document: Document, found: Sequence[Request], settings: Settings, limit: int = MAX_DIAGNOSTICS
    ) -> Outcome:
        """Lint a document with the requests that were found in it.

        Raises ConfigError where a baseline or a custom rule cannot be read.
        """
        linter = self.linters.linter(settings)
        is_marked = document.syntax == "yaml" and MARK in document.text
        if not (is_marked or settings.per_file_ignores or settings.baseline):
            diagnostics, omitted = linter.lint(document, found, limit)
            return Outcome(diagnostics, [], omitted)
        from sm_lint.suppression.suppress import suppress

        all_found, _ = linter.lint(document, found, sys.maxsize)  # what is suppressed must not count against the limit
        kept, suppressed = suppress(document, all_found, linter, self.baselines)
        return Outcome(kept[:limit], suppressed, len(kept[limit:]))
