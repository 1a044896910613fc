r"""A JSON Schema with patterns for Python's `re`, which has no classes such as `\p{L}`."""

import re
import unicodedata
from collections.abc import Mapping
from itertools import groupby
from sys import maxunicode
from typing import Any

_PART = re.compile(r"\\p\{(?P<category>[A-Z])\}|\\.|\[\^?|\]|\$|[^\\\[\]$]+", re.DOTALL)
_END = r"$(?!\n)"
"""The end of a text. In Python, `$` is also before a last line break, which no other engine takes for the end."""


def with_python_patterns(schema: Any) -> Any:
    """Return a JSON Schema whose patterns mean to Python's `re` what they mean to engines that follow ECMAScript."""
    return _translated(schema, categories())


def _translated(schema: Any, ranges: Mapping[str, str]) -> Any:
    if isinstance(schema, list):
        return [_translated(item, ranges) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: in_python(value, ranges) if key == "pattern" and isinstance(value, str) else _translated(value, ranges)
        for key, value in schema.items()
    }


def in_python(pattern: str, ranges: Mapping[str, str]) -> str:
    r"""Return a pattern in the syntax of Python. Categories of Unicode, whose `ranges` are given, stand in brackets.

    >>> in_python(r"^[\p{Z}.$]+$", {"Z": r"\ "})
    '^[\\ .$]+$(?!\\n)'
    """
    found, is_inside = [], False
    for part in _PART.finditer(pattern):
        text = part[0]
        if part["category"]:
            text = ranges[part["category"]]
        elif text in ("[", "[^"):
            is_inside = True
        elif text == "]":
            is_inside = False
        elif text == "$" and not is_inside:
            text = _END
        found.append(text)
    return "".join(found)


def categories() -> dict[str, str]:
    """Return the characters of each category of Unicode, such as `L` for letters, as ranges for a class."""
    found: dict[str, list[str]] = {}
    for category, run in groupby(range(maxunicode + 1), lambda point: unicodedata.category(chr(point))[0]):
        points = list(run)
        found.setdefault(category, []).append(_range(points[0], points[-1]))
    return {category: "".join(ranges) for category, ranges in found.items()}


def _range(first: int, last: int) -> str:
    start, end = re.escape(chr(first)), re.escape(chr(last))
    return start if first == last else f"{start}-{end}"
