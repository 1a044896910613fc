"""Placeholders, which are filled in before the request is sent: only presence and type of such strings are known."""

from collections.abc import Iterator
from typing import Any

from sm_lint.model.pointer import Pointer


def has_placeholder(text: str, placeholders: tuple[str, ...]) -> bool:
    """Return whether a string contains one of the placeholders, in which `*` stands for any text, on any lines.

    >>> has_placeholder("arn:aws:kms:${region}:1:key/2", ("${*}", "{{*}}"))
    True
    """
    return any(_contains(text, form) for form in placeholders)


def _contains(text: str, form: str) -> bool:
    """Return whether the parts of a form between its `*` follow each other in a text.

    Each part is taken where it occurs first: if the parts after it do not follow there, they follow nowhere.
    """
    at = 0
    for part in form.split("*"):
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def texts_with_placeholders(value: Any, placeholders: tuple[str, ...], pointer: Pointer = ()) -> Iterator[Pointer]:
    """Yield the pointers of the strings in a value that contain one of the placeholders."""
    if isinstance(value, str):
        if has_placeholder(value, placeholders):
            yield pointer
    elif isinstance(value, (dict, list)):
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts_with_placeholders(child, placeholders, (*pointer, step))
