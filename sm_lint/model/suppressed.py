"""A diagnostic that the user has asked not to hear."""

from typing import NamedTuple

from sm_lint.model.diagnostic import Diagnostic


class Suppressed(NamedTuple):
    """A diagnostic that is not reported."""

    diagnostic: Diagnostic
    in_source: bool
    """Whether a comment in the file suppresses it, and not something outside."""
    reason: str | None
