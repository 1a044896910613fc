"""An entry of `per-file-ignores`."""

from typing import NamedTuple


class Ignore(NamedTuple):
    """One selector of an entry of `per-file-ignores`: which rules are not reported, and where."""

    prefix: str
    """The code prefix that the selector stands for."""
    selector: str
    """The selector as written."""
    glob: str
    folder: str
    """The absolute path of the folder that the glob is relative to."""
    pointer: tuple[str, ...] | None
    """The steps of the pointer to the one value, `*` for any step; None for the whole file."""
    reason: str | None
    expires: str | None
    """The last day on which the entry applies, as YYYY-MM-DD."""
    where: str
    """The configuration file and key, for messages."""
