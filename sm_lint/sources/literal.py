"""Whether a text has the strings of its document as they are, so that a search tells what a request cannot have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sm_lint.sources.document import Document

_ESCAPE = re.compile(r'\\[^"\\nrtbf]')
"""Matches an escape of another character than a quote, a backslash, a line break or a tab, or what looks like one."""


def is_literal(syntax: str, text: str) -> bool:
    """Return whether each stretch of a key or string of a document stands in its text.

    Stretches end at blanks, quotes, backslashes and line breaks, which a text may write otherwise. With an anchor in
    YAML, they stand there, but fewer times than in the value; so the answer is False.
    """
    if "\\" in text and _ESCAPE.search(text):
        return False
    return syntax == "json" or (syntax == "yaml" and "&" not in text)


def literal(document: Document, value: Any) -> str | None:
    """Return the text of a document that has the strings of a value as they are; None if it may not have them.

    It may not unless the value is that of the whole document, read to its end.
    """
    is_whole = value is document.value and document.is_json
    return document.text if is_whole and is_literal(document.syntax, document.text) else None
