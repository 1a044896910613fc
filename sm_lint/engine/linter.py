"""The linter: a rule set under settings. Clean requests cost microseconds; only what is not clean is explained.

Linters, and the rule sets that they use, are made once each: `Linters` is what a run, a server or a program keeps.
"""

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sm_lint.engine.finder import finder
from sm_lint.model.diagnostic import Diagnostic, Severity
from sm_lint.model.settings import Settings
from sm_lint.requests.request import Request
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.selection import selected
from sm_lint.sources.document import Document

if TYPE_CHECKING:
    from sm_lint.engine.findings import Rules
    from sm_lint.sources.reading import Problem

MAX_DIAGNOSTICS = 1000
"""So many diagnostics are reported of one file."""
_Key = TypeVar("_Key")
_Versions = tuple[tuple[str, int, int], ...]
_MOST_RULE_SETS, _MOST_LINTERS = 8, 256
"""So many rule sets are kept, and linters of each; an editor may see a thousand versions of a custom rule."""


class Linter:
    """A rule set under settings: the only way from a request to diagnostics. Threads may share one."""

    def __init__(self, ruleset: RuleSet, settings: Settings) -> None:
        self.ruleset = ruleset
        self.settings = settings
        self.selected = selected(ruleset.catalog, settings)
        """The rules that report, with their severities."""
        self._advice = any(ruleset.catalog[code][1] == Severity.INFO.value for code in self.selected)
        self._accepts = ruleset.acceptor(advice=self._advice)
        self._matches = finder(ruleset, self.selected, settings)

    def is_clean(self, request: Request) -> bool:
        """Say whether nothing is found in a request.

        What cannot be judged as it stands (something of it is unknown, or may be no JSON) counts as not clean.
        """
        if self.settings.given or request.unknown or request.optional or not request.document.is_json:
            return False
        return self._is_accepted(request.value)

    def _is_accepted(self, value: Any) -> bool:
        return self._accepts(value) and next(self._matches(value), None) is None

    def lint(
        self, document: Document, requests: Sequence[Request], limit: int = MAX_DIAGNOSTICS
    ) -> tuple[list[Diagnostic], int]:
        """Return the first `limit` diagnostics of a document and the requests in it, and how many were left out.

        They are in the order of their places.
        """
        unclean = [request for request in requests if not self.is_clean(request)]
        if not (unclean or document.problems):
            return [], 0
        from sm_lint.engine.diagnose import diagnostic
        from sm_lint.engine.findings import joined, of_problems, of_request

        rules = self._rules()
        findings = of_problems(document, rules, document.problems)
        for request in unclean:
            findings += of_request(request, rules)
        # A value without text has no anchors, and nothing in it has a place to be told by.
        distinct = joined(findings) if document.syntax else findings
        ordered = sorted(distinct, key=lambda f: (f.span.start.offset, f.code, f.span.end.offset))
        diagnostics = [diagnostic(document, rules, finding) for finding in ordered[:limit]]
        return diagnostics, len(ordered) - len(diagnostics)

    def explain(self, document: Document, problems: "Iterable[Problem]") -> list[Diagnostic]:
        """Return the diagnostics of problems that something else than a rule's condition has found."""
        from sm_lint.engine.diagnose import diagnostic
        from sm_lint.engine.findings import of_problems

        rules = self._rules()
        return [diagnostic(document, rules, finding) for finding in of_problems(document, rules, problems)]

    def _rules(self) -> "Rules":
        from sm_lint.engine.findings import Rules

        return Rules(self.ruleset, self.settings, self.selected, self._matches, self._advice)


class Linters:
    """The linters for settings, and the rule sets that they use.

    A rule set with custom rules is made anew when one of their files has changed. Threads may share this.
    """

    def __init__(self, built_in: RuleSet | None = None) -> None:
        self.built_in = built_in or RuleSet()
        """The rule set without custom rules."""
        self._rule_sets: dict[_Versions, RuleSet] = {}
        self._linters: dict[_Versions, dict[Settings, Linter]] = {}

    def rule_set(self, files: tuple[str, ...]) -> RuleSet:
        """Return the built-in rules with the custom rules in these files. Raises ConfigError where one is wrong."""
        return self._rule_set(_versions(files))

    def linter(self, settings: Settings) -> Linter:
        """Return the linter for settings. Raises ConfigError where a custom rule is wrong."""
        versions = _versions(settings.rules)
        known = self._linters.setdefault(versions, {})
        linter = known.get(settings)
        if linter is None:
            linter = known[settings] = Linter(self._rule_set(versions), settings)
            if len(known) > _MOST_LINTERS:
                _forget_first(known)
        return linter

    def _rule_set(self, versions: _Versions) -> RuleSet:
        if not versions:
            return self.built_in
        rule_set = self._rule_sets.get(versions)
        if rule_set is None:
            from sm_lint.engine.signatures import signatures
            from sm_lint.rules.custom import with_custom_rules

            rule_set = RuleSet(with_custom_rules(tuple(path for path, *_ in versions), signatures()))
            self._rule_sets[versions] = rule_set
            if len(self._rule_sets) > _MOST_RULE_SETS:
                for forgotten in _forget_first(self._rule_sets):
                    self._linters.pop(forgotten, None)
        return rule_set


def _forget_first(kept: dict[_Key, Any]) -> list[_Key]:
    """Take the oldest entry out, unless another thread has done so; return its key in a list."""
    oldest = list(kept)[:1]
    for key in oldest:
        kept.pop(key, None)
    return oldest


def _versions(files: tuple[str, ...]) -> _Versions:
    """Return each file once, with the time of its last change and its size; 0 for one that is not there."""
    versions = []
    for path in dict.fromkeys(files):
        try:
            status = os.stat(path)
            versions.append((path, status.st_mtime_ns, status.st_size))
        except OSError:  # to read it says why
            versions.append((path, 0, 0))
    return tuple(versions)
