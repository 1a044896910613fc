"""The changes of a text that give a scalar another value, or another form, in the styles of JSON and YAML."""

import re
from typing import Any

from sm_lint.model.escape import as_json
from sm_lint.sources.document import Document
from sm_lint.sources.limits import WORDS

Change = tuple[int, int, str]
"""Start offset, end offset, and the new text between them."""
# The patterns are compiled on first use: most fixes need none of them.
_PLAIN = r"(?i)(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z][A-Za-z0-9_./+$-]*"
"""Matches text that every YAML reader reads as a string without quotes."""
_BARE = r"[A-Za-z0-9_./:@+-]+"
"""Matches text that means itself as a word of a command, and in shorthand."""
_PROPERTY = r"[&!][^\s,\[\]{}]*[ \t]*"
_LONGEST_PROPERTIES = 300
_BREAK = r"[\r\n]"
_BOOLEANS = {"true": "true", "false": "false"}
_WORDS = dict.fromkeys(("yes", "on", "y"), "true") | dict.fromkeys(("no", "off", "n"), "false")
_INTEGER = r"-?(?:0|[1-9][0-9]{0,17})"
_NUMBER = r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?"
_EXACT = 1e15
"""The integers below are floats too, each its own."""


def rewritten(document: Document, where: tuple[int, int], new: Any) -> Change:
    """Return the change that gives the scalar between two offsets a new value, with the same kind of quotes."""
    start, end = where
    first = document.text[start : start + 1]
    if not isinstance(new, str) or first == '"' or document.syntax == "json":
        return start, end, as_json(new)
    if first == "'" or not re.fullmatch(_BARE if document.syntax == WORDS else _PLAIN, new):
        return start, end, "'" + new.replace("'", "''") + "'"
    return start, end, new


def quoted(document: Document, where: tuple[int, int]) -> Change | None:
    """Return the change that puts a scalar in quotes, as it is written; None if that is not possible."""
    source = document.text[slice(*where)]
    if not source or source[0] in "\"'|>[{&*!" or not _is_free(document, where):
        return None
    quote = "'" if '"' in source or "\\" in source else '"'
    body = source.replace("'", "''") if quote == "'" else source
    return (*where, f"{quote}{body}{quote}")


def retyped(document: Document, where: tuple[int, int], value: Any, wanted: Any) -> tuple[Change, bool] | None:
    """Return the change that writes a scalar as the type that is `wanted`, and whether that is certainly meant.

    `value` is that of the scalar, `wanted` a type of JSON Schema. Text that names a boolean or a number loses its
    quotes, and a number or boolean gets them, as it is written. Return None if there is no such change.
    """
    if wanted == "string":
        change = quoted(document, where) if isinstance(value, (bool, int, float)) else None
        return (change, True) if change else None
    if not _is_free(document, where):
        return None
    is_plain = document.text[where[0]] not in "\"'"
    if wanted == "boolean" and isinstance(value, str):
        word = value.lower() if len(value) <= len("false") else ""
        new, is_certain = _BOOLEANS.get(word) or _WORDS.get(word), word in _BOOLEANS or is_plain
    elif wanted in ("integer", "number") and isinstance(value, str):
        new, is_certain = (value if re.fullmatch(_INTEGER if wanted == "integer" else _NUMBER, value) else None), True
    elif wanted == "integer" and isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        new, is_certain = str(int(value)), True
    else:
        return None
    return ((*where, new), is_certain) if new else None


def _is_free(document: Document, where: tuple[int, int]) -> bool:
    """Return whether the scalar between two offsets is on one line, and no tag determines its type."""
    if document.syntax == "json":
        return True
    return not (re.compile(_BREAK).search(document.text, *where) or "!" in properties(document.text, where[0]))


def properties(text: str, end: int) -> str:
    """Return the anchor and the tag, with the blanks after them, that end at an offset; empty if there are none."""
    window = text[max(0, end - _LONGEST_PROPERTIES) : end]
    start, following = 0, -1
    for match in re.finditer(_PROPERTY, window):
        if match.start() != following:
            start = match.start()
        following = match.end() if match[0][-1] in " \t" else -1
    return window[start:] if following == len(window) else ""
