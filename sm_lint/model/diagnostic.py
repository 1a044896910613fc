"""A diagnostic: its severity, span, related places and fix."""

from typing import NamedTuple

from sm_lint.model.severity import Severity
from sm_lint.model.span import Span


class Related(NamedTuple):
    """A second place that helps to understand a diagnostic."""

    message: str
    file: str
    pointer: str
    """A JSON pointer (RFC 6901) into the document."""
    range: Span


class Edit(NamedTuple):
    """A replacement: the span to replace, and the new text."""

    range: Span
    text: str


class Renaming(Edit):
    """The edit that gives a member another name."""

    __slots__ = ()


class Fix(NamedTuple):
    """A change that removes a finding: edits that do not overlap and are applied together."""

    message: str
    """What the fix does, in the imperative, as editors show it."""
    safety: str
    """`safe`: the meaning of the request is preserved; `unsafe`: the result needs a review."""
    edits: tuple[Edit, ...]


class Diagnostic(NamedTuple):
    """A finding in words. A renderer needs it and the text of the file, nothing else."""

    code: str
    name: str
    """The name of the rule."""
    severity: Severity
    message: str
    help: str | None
    url: str | None
    """The URL of the rule's page; None while the documentation is not published."""
    file: str
    pointer: str
    """A JSON pointer (RFC 6901) into the document; `""` is the root."""
    inner_pointer: str | None
    """A JSON pointer into the JSON embedded in the string at `pointer`; None if the finding is not inside it."""
    range: Span
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    """The fix that `--fix` would apply."""
    carrier: str = "payload"
    """The kind of document that has the request; `payload` for a file that is the request."""
    not_fixed: str | None = None
    """Why `--fix` did not apply the fix of the rule; None if that was not asked for, or there is none."""
