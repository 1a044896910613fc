"""Texts that are filled in before the request is sent: of them only presence and type are known."""

import re
from functools import cache
from typing import Any

from sm_lint.diagnostic import Pointer

_UNKNOWN = {"": 0}
"""Stands for a text of which nothing is known: no check looks into an object where the API has a text."""


@cache
def _pattern(placeholders: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds a placeholder; `*` stands for the least text, on one line or several."""
    forms = (".*?".join(re.escape(part) for part in form.split("*")) for form in placeholders)
    return re.compile("|".join(forms), re.DOTALL)


def has_placeholder(text: str, placeholders: tuple[str, ...]) -> bool:
    """Say whether a text contains one of the placeholders.

    >>> has_placeholder("arn:aws:kms:${region}:1:key/2", ("${*}", "{{*}}"))
    True
    """
    return bool(placeholders) and _pattern(placeholders).search(text) is not None


def without_placeholders(value: Any, placeholders: tuple[str, ...]) -> tuple[Any, list[Pointer]]:
    """Return a value with something unknown for each text that has a placeholder, and the pointers of those."""
    found: list[Pointer] = []

    def filled(part: Any, pointer: Pointer) -> Any:
        if isinstance(part, str) and has_placeholder(part, placeholders):
            found.append(pointer)
            return _UNKNOWN
        if isinstance(part, dict):
            return {name: filled(child, (*pointer, name)) for name, child in part.items()}
        if isinstance(part, list):
            return [filled(child, (*pointer, index)) for index, child in enumerate(part)]
        return part

    return filled(value, ()), found
