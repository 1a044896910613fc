"""The syntax tree of a text, as the running Python parses it."""

import ast
import warnings
from threading import Lock

_LOCK = Lock()
"""Held while the filters of warnings are changed: they are those of all threads."""


def tree_of(text: str) -> ast.Module | None:
    """Return the syntax tree of a text; None if it has none. It is parsed only: nothing of it is compiled or run."""
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes, for example, which are the author's
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
