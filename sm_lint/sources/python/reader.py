"""Python as the running interpreter parses it: texts -> code, of a file or of a notebook."""

from collections.abc import Iterator

from sm_lint.sources.limits import MAX_BYTES
from sm_lint.sources.python.code import Code
from sm_lint.sources.python.tree import tree_of
from sm_lint.sources.reading import UNREAD, Reading


def read(data: bytes, text: str, placeholders: tuple[str, ...] = ()) -> Reading:  # noqa: ARG001 - as of other readers
    """Return the Reading of a file: its value is the Code in it; UNREAD if this Python cannot parse it.

    That is no problem of the file, which may be for another version of Python.
    """
    if text.lstrip()[:1] == "{" and '"cells"' in text:
        from sm_lint.sources.python.notebook import code_of

        code = code_of(data, text)
        if code:
            return Reading(code, [])
    tree = tree_of(text) if len(data) <= MAX_BYTES["python"] else None
    return Reading(Code(text, tree) if tree else UNREAD, [])


def root_keys(text: str) -> Iterator[str]:  # noqa: ARG001 - as of other readers
    """Yield nothing: code has no keys."""
    return iter(())
