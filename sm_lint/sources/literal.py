"""Whether a text has the strings of its document as they are, so that a search tells what a request cannot have."""

import re

from sm_lint.sources.document import Document

_ESCAPE = re.compile(r'\\[^"\\nrtbf]')
"""Matches an escape of another character than a quote, a backslash, a line break or a tab, or what looks like one."""


def is_literal(document: Document) -> bool:
    """Return whether each stretch of a key or string of a document stands in its text.

    Stretches end at blanks, quotes, backslashes and line breaks, which a text may write otherwise. With an anchor in
    YAML, they stand there, but fewer times than in the value; so the answer is False.
    """
    text = document.text
    if document.syntax == "yaml":
        return "&" not in text and not ("\\" in text and _ESCAPE.search(text))
    return document.syntax == "json" and not ("\\" in text and _ESCAPE.search(text))
