"""Placeholders, which are filled in before the request is sent: only presence and type of such strings are known."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from sm_lint.model.pointer import Pointer


@cache
def _pattern(placeholders: tuple[str, ...]) -> re.Pattern[str]:
    """Return the regular expression of the placeholders; `*` matches as little text as possible, on any lines."""
    forms = (".*?".join(re.escape(part) for part in form.split("*")) for form in placeholders)
    return re.compile("|".join(forms), re.DOTALL)


def has_placeholder(text: str, placeholders: tuple[str, ...]) -> bool:
    """Return whether a string contains one of the placeholders.

    >>> has_placeholder("arn:aws:kms:${region}:1:key/2", ("${*}", "{{*}}"))
    True
    """
    return bool(placeholders) and _pattern(placeholders).search(text) is not None


def texts_with_placeholders(value: Any, placeholders: tuple[str, ...], pointer: Pointer = ()) -> Iterator[Pointer]:
    """Yield the pointers of the strings in a value that contain one of the placeholders."""
    if isinstance(value, str):
        if has_placeholder(value, placeholders):
            yield pointer
    elif isinstance(value, (dict, list)):
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts_with_placeholders(child, placeholders, (*pointer, step))
