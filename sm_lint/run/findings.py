"""The findings in a document, and how they become diagnostics."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sm_lint.engine.linter import MAX_DIAGNOSTICS, Linter
from sm_lint.run.task import Outcome
from sm_lint.sources.document import Document

if TYPE_CHECKING:
    from sm_lint.engine.finding import Finding
    from sm_lint.fixes.refusal import Known
    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.suppressed import StaleEntry, Suppressed
    from sm_lint.suppression.baseline import Key
    from sm_lint.suppression.suppress import SuppressedFinding

MAX_FIXES = 5000
"""The maximum number of findings of a document for which fixes are made, in each pass over it."""


class Findings(NamedTuple):
    """What is wrong with a document, before it is put into words."""

    document: Document
    linter: Linter
    reported: list["Finding"]
    """Sorted by position."""
    suppressed: list["SuppressedFinding"]
    is_whole: bool
    """Whether these are all findings, of which only so many are looked for."""
    stale: tuple["StaleEntry", ...] = ()
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

    def _suppressed(self, limit: int) -> tuple["Suppressed", ...]:
        from sm_lint.model.suppressed import Suppressed

        shown = self.suppressed[:limit]
        diagnostics = self.linter.worded([of.finding for of in shown])
        without_fix = (diagnostic._replace(fix=None) for diagnostic in diagnostics)  # what is suppressed is not fixed
        return tuple(Suppressed(d, of.in_source, of.reason) for d, of in zip(without_fix, shown, strict=True))

    def known(self) -> list["Known"]:
        """Return the findings as those who apply fixes recognize them."""
        from sm_lint.fixes.refusal import Known

        severity = self.linter.selected
        return [
            Known(f.code, severity[f.code], tuple(map(str, f.in_file[0])), start.offset, end.offset, f.document)
            for f, (start, end) in ((finding, finding.span) for finding in self.reported)
        ]

    def fixable(self, worded: Sequence["Diagnostic"] = ()) -> list["Diagnostic"]:
        """Return the first MAX_FIXES findings whose rule has a fix, in words. `worded` are the first of them all."""
        words = self.linter.ruleset.words
        found = [number for number, finding in enumerate(self.reported) if words(finding.code).fix][:MAX_FIXES]
        others = [self.reported[number] for number in found if number >= len(worded)]
        known = [worded[number] for number in found if number < len(worded)]
        return known + self.linter.worded(others)


def _by_key(findings: Sequence["Finding"]) -> Mapping["Key", int]:
    from collections import Counter

    from sm_lint.engine.diagnose import json_pointers
    from sm_lint.suppression.baseline import key_of

    return Counter(key_of(finding.code, *json_pointers(finding)) for finding in findings)
