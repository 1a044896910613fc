"""A suppressed diagnostic, and an entry of a baseline that suppresses none any more."""

from typing import NamedTuple

from sm_lint.model.diagnostic import Diagnostic


class Suppressed(NamedTuple):
    """A diagnostic that is not reported, and why."""

    diagnostic: Diagnostic
    in_source: bool
    """Whether a comment in the file suppresses it, not the configuration or the baseline."""
    reason: str | None
    """The reason that the suppression states, if any."""


class StaleEntry(NamedTuple):
    """An entry of a baseline for a file that was linted and has fewer findings than the entry says."""

    baseline: str
    """The absolute path of the baseline."""
    file: str
    """The file, as the baseline names it."""
    code: str
    pointer: str
    """The pointer, as the baseline has it."""
    number: int
    """The number of findings in the entry."""
    gone: int
    """How many of them are gone: at least one, at most `number`."""
