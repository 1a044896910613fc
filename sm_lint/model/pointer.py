"""Pointers to values: tuples of steps inside sm-lint, JSON pointer strings (RFC 6901) outside."""

from collections.abc import Set as AbstractSet
from typing import Any

Pointer = tuple[str | int, ...]
"""The steps from the root of a value to a value inside it: member names and 0-based list indices."""


def to_json_pointer(pointer: Pointer) -> str:
    """Return a pointer as an RFC 6901 string; the root is the empty string.

    >>> to_json_pointer(("Environment", "a/b", 0))
    '/Environment/a~1b/0'
    """
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)


def is_under(pointer: Pointer, roots: AbstractSet[Pointer]) -> bool:
    """Return whether a pointer is one of `roots`, or leads to a place below one of them.

    >>> is_under(("Tags", 0, "Key"), {("Tags", 0)}), is_under(("Tags",), {("Tags", 0)})
    (True, False)
    """
    return bool(roots) and any(pointer[:length] in roots for length in range(len(pointer) + 1))


def steps_of(text: str) -> tuple[str, ...]:
    """Return the steps of an RFC 6901 string. List indices stay strings.

    >>> steps_of("/Environment/a~1b/0")
    ('Environment', 'a/b', '0')
    """
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:])


def resolved(value: Any, steps: tuple[str, ...]) -> tuple[Pointer, bool]:
    """Return `(pointer, exists)`: the steps as a pointer into `value`, with list indices as integers.

    If a step does not exist, the pointer ends with it and `exists` is False.

    >>> resolved({"Tags": [{"Key": "a"}]}, ("Tags", "0", "Key"))
    (('Tags', 0, 'Key'), True)
    """
    pointer: Pointer = ()
    for step in steps:
        index = int(step) if isinstance(value, list) and step.isdecimal() else step
        pointer = (*pointer, index)
        try:
            value = value[index]
        except (LookupError, TypeError):
            return pointer, False
    return pointer, True


def value_at(value: Any, pointer: Pointer) -> Any:
    """Return the value at a pointer. Raises LookupError or TypeError if there is none."""
    for step in pointer:
        value = value[step]
    return value
