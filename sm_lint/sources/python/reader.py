"""Python as the running interpreter parses it: texts -> code, of a file or of a notebook."""

import ast
import warnings
from collections.abc import Iterator
from threading import Lock

from sm_lint.sources.python.code import Code
from sm_lint.sources.reading import MAX_BYTES, UNREAD, Reading

_LOCK = Lock()
"""Held while the filters of warnings are changed: they are those of all threads."""


def read(data: bytes, text: str, placeholders: tuple[str, ...] = ()) -> Reading:  # noqa: ARG001 - as of other readers
    """Return the Reading of a file: its value is the Code in it; UNREAD if this Python cannot parse it.

    That is no problem of the file, which may be for another version of Python.
    """
    if text.lstrip()[:1] == "{" and '"cells"' in text:
        from sm_lint.sources.python.notebook import code_of

        code = code_of(data, text)
        if code:
            return Reading(code, [])
    tree = parsed(text) if len(data) <= MAX_BYTES["python"] else None
    return Reading(Code(text, tree) if tree else UNREAD, [])


def parsed(text: str) -> ast.Module | None:
    """Return the syntax tree of a text; None if it has none. It is parsed only: nothing of it is compiled or run."""
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes, for example, which are the author's
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def root_keys(text: str) -> Iterator[str]:  # noqa: ARG001 - as of other readers
    """Yield nothing: code has no keys."""
    return iter(())
