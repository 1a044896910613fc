"""An entry of `per-file-ignores`."""

from typing import NamedTuple


class Ignore(NamedTuple):
    """One entry of `per-file-ignores`: a rule, prefix or category that is not to be reported at some place."""

    prefix: str
    """Of the codes that it stands for."""
    selector: str
    """As it is written."""
    glob: str
    folder: str
    """What the glob is relative to."""
    pointer: tuple[str, ...] | None
    """The steps to the one value that is meant, `*` for any step; None for the whole file."""
    reason: str | None
    expires: str | None
    """The last day on which it holds, as YYYY-MM-DD."""
    where: str
    """The file and key, for messages."""
