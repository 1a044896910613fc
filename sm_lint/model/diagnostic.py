"""What a linter says: a diagnostic, its severity, its place and its fix."""

from enum import Enum
from typing import NamedTuple

from sm_lint.model.span import Span


class Severity(str, Enum):
    """How sure it is that the request is refused; the evidence decides, not taste."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for an info."""
        return list(Severity).index(self)


class Related(NamedTuple):
    """A second place that helps to understand a diagnostic."""

    message: str
    file: str
    pointer: str
    """RFC 6901."""
    range: Span


class Edit(NamedTuple):
    """A stretch of the text, and what to write in its place."""

    range: Span
    text: str


class Fix(NamedTuple):
    """What takes a finding away: edits that do not overlap, to be made together."""

    message: str
    """What is done, in the imperative, as an editor offers it."""
    safety: str
    """`safe`: the request still says what was meant; `unsafe`: somebody should look at it."""
    edits: tuple[Edit, ...]


class Diagnostic(NamedTuple):
    """One finding, complete: every renderer needs this and the text of the file, nothing else."""

    code: str
    name: str
    """Of the rule."""
    severity: Severity
    message: str
    help: str | None
    url: str | None
    """Of the rule's page."""
    file: str
    pointer: str
    """RFC 6901 into the document; `""` is the root."""
    inner_pointer: str | None
    """RFC 6901 into the JSON that the string at `pointer` holds; None if the finding is not inside one."""
    range: Span
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
