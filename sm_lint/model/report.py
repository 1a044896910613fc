"""The result of a run: everything that a renderer needs."""

from collections.abc import Callable, Container, Mapping
from typing import TYPE_CHECKING, NamedTuple

from sm_lint.model.severity import Severity

if TYPE_CHECKING:
    from sm_lint.model.change import Change
    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.outline import Outline
    from sm_lint.model.rule import Rule
    from sm_lint.model.span import SourceText
    from sm_lint.model.suppressed import StaleEntry, Suppressed


class ReportedRule(NamedTuple):
    """A rule that ran, or to which a diagnostic belongs."""

    code: str
    severity: Severity | None
    """The severity with which it reports; None if it did not run."""
    read: Callable[[str], "Rule"]
    """Returns the rule with a code. A function, because most formats do not need the texts of rules."""


class Report(NamedTuple):
    """The result of a run."""

    diagnostics: tuple["Diagnostic", ...]
    """Sorted by file, line, column and code."""
    documents: dict[str, "SourceText"]
    """The texts of the files that have diagnostics, by file name."""
    files: int
    """The number of files that were linted."""
    omitted: int
    """The number of diagnostics left out because their file has too many."""
    failures: tuple[str, ...]
    """Error messages: failures of the tool or its configuration, and paths that do not exist."""
    failed: bool
    """Whether a diagnostic is at least as severe as `fail-on` of its file."""
    model: Mapping[str, str]
    """The API model behind the rules: its `operation`, `source` (such as `botocore 1.44.5`) and `date`."""
    rules: tuple[ReportedRule, ...] = ()
    """The rules that ran for at least one file and those of the diagnostics, sorted by code."""
    suppressed: int = 0
    """The number of diagnostics suppressed by a comment, the configuration or the baseline."""
    shown_suppressed: tuple["Suppressed", ...] = ()
    """The suppressed diagnostics with `--show-suppressed`, else empty."""
    fixed: int = 0
    """The number of findings that were fixed."""
    changes: tuple["Change", ...] = ()
    linted: Mapping[str, Container[str]] = {}
    """The codes of the rules that ran for each file that was linted, by file name."""
    baselines: tuple[str, ...] = ()
    """The absolute paths of the baselines that were used."""
    stale: tuple["StaleEntry", ...] = ()
    """The entries of these baselines whose findings are gone."""
    passed_over: tuple[tuple[str, str], ...] = ()
    """The files that look like requests but were not linted, each with the reason."""
    omitted_is_minimum: bool = False
    """Whether more may be left out than `omitted` says, because the findings of a file were not all counted."""
    documentation: str | None = None
    """The base URL of the documentation, with a trailing slash, if it is known."""
    left_out: Mapping[tuple[str, str, str], int] = {}
    """The number of diagnostics left out, by file, code, and pointer as a baseline has it."""
    outlines: Mapping[str, tuple["Outline", ...]] = {}
    """The outlines of the requests with diagnostics, by file name; empty unless a format needs them."""
