"""What a linter says: a diagnostic, its severity and its place. Known to all modules, knowing none."""

from enum import Enum
from typing import NamedTuple

Pointer = tuple[str | int, ...]
"""The route from the root of a payload to a value: member names and 0-based list indices."""


class Severity(str, Enum):
    """How sure it is that the request is refused; the evidence decides, not taste."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for an info."""
        return list(Severity).index(self)


class Position(NamedTuple):
    r"""A place between two characters. Line breaks are `\n`, `\r\n`, `\r` and nothing else."""

    line: int
    """From 1."""
    column: int
    """From 1, in code points."""
    offset: int
    """From 0, in code points after a byte-order mark."""


class Span(NamedTuple):
    """A stretch of text, its end exclusive."""

    start: Position
    end: Position


FILE_START = Span(Position(1, 1, 0), Position(1, 1, 0))
"""The place of what concerns a whole file."""


class Related(NamedTuple):
    """A second place that helps to understand a diagnostic."""

    message: str
    file: str
    pointer: str
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
    severity: Severity
    message: str
    help: str | None
    url: str | None
    file: str
    pointer: str
    """RFC 6901; `""` is the root."""
    inner_pointer: str | None
    range: Span
    related: tuple[Related, ...] = ()
    fix: Fix | None = None


def to_json_pointer(pointer: Pointer) -> str:
    """Return RFC 6901 text.

    >>> to_json_pointer(("Environment", "a/b", 0))
    '/Environment/a~1b/0'
    """
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)
