"""The linter: a rule set with settings. A clean request takes microseconds; only other requests are diagnosed.

Linters and rule sets are created once: a run, a server or a program keeps them in a `Linters` object.
"""

from __future__ import annotations

import os
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any

from sm_lint.engine.finder import Finder
from sm_lint.model import data
from sm_lint.model.severity import Severity
from sm_lint.requests.marks import has_mark
from sm_lint.requests.names import is_plain
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.selection import selected
from sm_lint.sources.json.reader import SURELY_FEW, strictly
from sm_lint.sources.limits import BOM, MARK
from sm_lint.sources.literal import is_literal, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sm_lint.engine.finding import Finding, Rules
    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.settings import Settings
    from sm_lint.requests.request import Request
    from sm_lint.sources.document import Document
    from sm_lint.sources.reading import Problem

MAX_DIAGNOSTICS = 1000
"""The maximum number of diagnostics reported for a file."""
_OF_OTHERS = ("yaml-multiple-documents", "yaml-tag")
_Versions = tuple[tuple[str, int, int], ...]
_MOST_RULE_SETS, _MOST_LINTERS = 8, 256
"""The maximum number of rule sets kept, and of linters of each. An editor may see many versions of a custom rule."""
_MOST_FINDERS = 16
"""The maximum number of finders that a linter keeps for requests with settings of their own."""


class Linter:
    """A rule set with settings, which turns requests into diagnostics. Threads may share it."""

    def __init__(self, ruleset: RuleSet, settings: Settings) -> None:
        self.ruleset = ruleset
        self.settings = settings
        self.selected = selected(ruleset.catalog, settings)
        """The severity of each rule that reports, by code."""
        self._advice = any(ruleset.catalog[code][1] == Severity.INFO.value for code in self.selected)
        self._accepts = ruleset.acceptor(advice=self._advice)
        self._own_finder = lru_cache(maxsize=_MOST_FINDERS)(partial(Finder, ruleset, self.selected))
        self._finder = Finder(ruleset, self.selected, settings)
        self._is_alone = not (settings.given or settings.carriers or settings.per_file_ignores or settings.baseline)
        """Whether nothing but a file and the rules decides what is found in it."""

    @cached_property
    def documentation(self) -> str | None:
        """The base URL of the documentation, with a trailing slash: as configured, or as this build has it."""
        return self.settings.documentation_url or data.documentation()

    def is_clean(self, request: Request) -> bool:
        """Return whether a request certainly has no findings. This is the fast path.

        A request with unknown values, or with values that JSON may not represent, is not clean: it must be diagnosed.
        """
        document, value, _, unknown, optional, _, cut, refusal, _, problems, _, own = request
        if unknown or optional or cut or refusal or problems or document.problems or not document.is_json:
            return False
        if self.settings.given or own:
            return False
        return self._accepts(value) and not self._finder.has_match(value, literal(document, value))

    def is_clean_text(self, data: bytes, syntax: str) -> bool:
        """Return whether the bytes of a file, JSON or YAML, are certainly one request, and one without findings.

        They are if the document in them has no other request, and this one is clean. No document is made for that.
        """
        if not self._is_alone or len(data) > SURELY_FEW:
            return False
        try:
            text = data.decode()
            value = strictly(data) if syntax == "json" else _surely(data, text)
        except ValueError:
            return False
        if not self._accepts(value) or not is_plain(value) or has_mark()(text):
            return False
        return not self._finder.has_match(value, text if is_literal(syntax, text) else None)

    def find(self, document: Document, requests: Sequence[Request]) -> tuple[list[Finding], bool]:
        """Return the findings in a document and the requests in it, without words, and whether they are all.

        They are sorted by position.
        """
        unclean = [request for request in requests if not self.is_clean(request)]
        if not (unclean or document.problems):
            return [], True
        from sm_lint.engine.finding import of_texts
        from sm_lint.engine.findings import join_aliases, of_request

        rules = self._rules()
        findings = of_texts(document, requests, rules)
        if not self.settings.given and any(request.refusal for request in unclean):
            # In files of another kind, such as templates, tags and several documents are right.
            findings = [f for f in findings if getattr(f.cause, "kind", "") not in _OF_OTHERS]
        is_whole = True
        for request in unclean:
            of_this, is_all = of_request(request, self._rules_of(request) if request.settings else rules)
            findings += of_this
            is_whole = is_whole and is_all
        # A value without a text has no aliases, and all of its findings have the same span.
        distinct = join_aliases(findings) if document.syntax else findings
        return sorted(distinct, key=lambda f: (f.span.start.offset, f.code, f.span.end.offset)), is_whole

    def find_problems(self, document: Document, problems: Iterable[Problem]) -> list[Finding]:
        """Return the findings for problems in a document, such as those of its suppressions."""
        from sm_lint.engine.finding import of_problems

        return of_problems(document, self._rules(), problems)

    def worded(self, findings: Sequence[Finding]) -> list[Diagnostic]:
        """Return the diagnostics for findings: most of the work, so that only what is reported is put into words."""
        if not findings:
            return []
        from sm_lint.engine.diagnose import diagnostic

        rules = self._rules()
        return [diagnostic(rules, finding) for finding in findings]

    def _rules_of(self, request: Request) -> Rules:
        """Return the rules with the settings of a request that has some of its own."""
        own: dict[str, Any] = {name: of.value for name, of in request.settings.items()}
        settings = self.settings._replace(**own)
        return self._rules()._replace(settings=settings, matches=self._own_finder(settings).matches)

    def _rules(self) -> Rules:
        from sm_lint.engine.finding import Rules

        return Rules(self.ruleset, self.settings, self.selected, self._finder.matches, self._advice, self.documentation)


class Linters:
    """The linters by settings, and the rule sets that they use.

    A rule set with custom rules is rebuilt when one of their files has changed. Threads may share this object.
    """

    def __init__(self, built_in: RuleSet | None = None) -> None:
        self.built_in = built_in or RuleSet()
        """The rule set without custom rules."""
        self._of_built_in: dict[Settings, Linter] = {}
        self._custom: dict[_Versions, tuple[RuleSet, dict[Settings, Linter]]] = {}

    def rule_set(self, files: tuple[str, ...]) -> RuleSet:
        """Return the built-in rules with the custom rules in these files. Raises ConfigError if one is invalid."""
        return self._kept(files)[0]

    def linter(self, settings: Settings) -> Linter:
        """Return the linter for settings. Raises ConfigError if a custom rule is invalid."""
        rule_set, linters = self._kept(settings.rules)
        linter = linters.get(settings)
        if linter is None:
            linter = linters[settings] = Linter(rule_set, settings)
            if len(linters) > _MOST_LINTERS:
                _forget_first(linters)
        return linter

    def _kept(self, files: tuple[str, ...]) -> tuple[RuleSet, dict[Settings, Linter]]:
        """Return the rule set with the custom rules in these files, and the linters that use it."""
        if not files:
            return self.built_in, self._of_built_in
        versions = _versions(files)
        kept = self._custom.get(versions)
        if kept is None:
            from sm_lint.engine.signatures import signatures
            from sm_lint.rules.custom import with_custom_rules

            rule_set = with_custom_rules(tuple(path for path, *_ in versions), signatures())
            kept = self._custom[versions] = rule_set, {}
            if len(self._custom) > _MOST_RULE_SETS:
                _forget_first(self._custom)
        return kept


def _surely(data: bytes, text: str) -> Any:
    """Return the value of a YAML text without comments for us. Raises ValueError if it is not certain."""
    from sm_lint.sources.yaml.reader import read_surely  # imported lazily: most files are JSON

    reading = None if MARK in text or data.startswith(BOM) else read_surely(data, text)
    if reading is None:
        raise ValueError(text)
    return reading.value


def _forget_first(kept: dict[Any, Any]) -> None:
    """Remove the oldest entry, unless another thread has done so."""
    for oldest in list(kept)[:1]:
        kept.pop(oldest, None)


def _versions(files: tuple[str, ...]) -> _Versions:
    """Return `(path, time of the last change in ns, size in bytes)` for each file once; zeros if it does not exist."""
    versions = []
    for path in dict.fromkeys(files):
        try:
            status = os.stat(path)
            versions.append((path, status.st_mtime_ns, status.st_size))
        except OSError:  # the error is raised when the file is read
            versions.append((path, 0, 0))
    return tuple(versions)
