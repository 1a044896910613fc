"""What a run found: all that a renderer needs, and nothing that it would have to ask for again."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from sm_lint.model.diagnostic import Diagnostic, Severity
from sm_lint.model.span import SourceText

if TYPE_CHECKING:
    from sm_lint.model.rule import Rule
    from sm_lint.model.suppressed import Suppressed


class ReportedRule(NamedTuple):
    """A rule that ran, or that a diagnostic is about."""

    code: str
    severity: Severity | None
    """With which it reported; None if it did not run."""
    read: "Callable[..., Rule]"
    """Reads the rule of a code; with `cases=True` its cases are written out. Most formats have no use for its texts."""


class Change(NamedTuple):
    """A file that fixes change. It is not written yet."""

    before: SourceText
    after: SourceText
    data: bytes
    """What is to be written: `after` in UTF-8, with the byte-order mark of the file."""


class Report(NamedTuple):
    """What a run found."""

    diagnostics: tuple[Diagnostic, ...]
    """In the order of file, line, column and code."""
    documents: dict[str, SourceText]
    """The texts of the files that have diagnostics, by name."""
    files: int
    """How many were linted."""
    omitted: int
    """How many diagnostics are not in the report, because their file has too many."""
    failures: tuple[str, ...]
    """What did not work: failures of the tool or its configuration, and paths that do not exist."""
    failed: bool
    """Whether some diagnostic reaches the `fail-on` of its file."""
    model: Mapping[str, str]
    """The API model that the rules are held to: its `operation`, `source` (as `botocore 1.44.5`) and `date`."""
    rules: tuple[ReportedRule, ...] = ()
    """The rules that ran for some file, and those of the diagnostics, in the order of their codes."""
    suppressed: int = 0
    """How many diagnostics a suppression or the baseline suppresses."""
    shown_suppressed: "tuple[Suppressed, ...]" = ()
    """Those, if they are asked for."""
    fixed: int = 0
    """How many findings were fixed."""
    changes: tuple[Change, ...] = ()
