"""What fixes change."""

from typing import NamedTuple

from sm_lint.model.span import SourceText


class Change(NamedTuple):
    """A file before and after fixes. It is not written yet."""

    before: SourceText
    after: SourceText
    data: bytes
    """The bytes to write: `after` in UTF-8, with the byte-order mark of the file, if any."""
