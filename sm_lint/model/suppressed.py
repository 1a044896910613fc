"""A suppressed diagnostic."""

from typing import NamedTuple

from sm_lint.model.diagnostic import Diagnostic


class Suppressed(NamedTuple):
    """A diagnostic that is not reported, and why."""

    diagnostic: Diagnostic
    in_source: bool
    """Whether a comment in the file suppresses it, not the configuration or the baseline."""
    reason: str | None
    """The reason that the suppression states, if any."""
