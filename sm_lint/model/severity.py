"""How severe a finding is."""

from enum import Enum


class Severity(str, Enum):
    """How certain it is that AWS refuses the request. The evidence of a rule decides it, not taste."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for an info."""
        return list(Severity).index(self)
