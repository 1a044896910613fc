"""The reader of scripts. They have no value: the carrier `command` looks for commands in their text."""

from collections.abc import Iterator

from sm_lint.sources.limits import MAX_BYTES, SCRIPT
from sm_lint.sources.reading import UNREAD, Reading, too_large


def read(data: bytes, text: str, placeholders: tuple[str, ...] = ()) -> Reading:  # noqa: ARG001
    """Return the Reading of a script, whose value is None; UNREAD if it is too large."""
    limit = MAX_BYTES[SCRIPT]
    return Reading(UNREAD, [too_large(limit)]) if len(data) > limit else Reading(None, [])


def root_keys(text: str) -> Iterator[str]:  # noqa: ARG001
    """Yield nothing: a script has no keys."""
    return iter(())
