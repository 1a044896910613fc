"""Pointers to values: tuples of steps inside sm-lint, JSON pointer strings (RFC 6901) outside."""

import re
from collections.abc import Set as AbstractSet
from typing import Any

_INDEX = re.compile("[0-9]{1,9}")
"""Matches an index that a list may have; Python converts no more than 4,300 digits."""
Pointer = tuple[str | int, ...]
"""The steps from the root of a value to a value inside it: member names and 0-based list indices."""


_MAX_LENGTH = 4096
"""The maximum length of a written pointer, in code points and before escaping. That of a request is far below it."""


def to_json_pointer(pointer: Pointer) -> str:
    """Return a pointer as an RFC 6901 string; the root is the empty string.

    If it were longer than 4,096 code points, its longest steps are cut and end with an ellipsis, because each of 1,000
    diagnostics may have such a pointer.

    >>> to_json_pointer(("Environment", "a/b", 0))
    '/Environment/a~1b/0'
    >>> len(to_json_pointer(("x" * 1_000_000, "y")))
    2051
    """
    steps = [str(step) for step in pointer]
    if sum(map(len, steps)) > _MAX_LENGTH:
        most = _MAX_LENGTH // len(steps)
        steps = [step if len(step) <= most else f"{step[: most - 1]}…" for step in steps]
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def above(pointer: Pointer) -> Pointer:
    """Return the pointer of the object that has the value at a pointer: in a member of it, or in a list there.

    >>> above(("Tags", 0)), above(("Tags", 0, "Key")), above(())
    ((), ('Tags', 0), ())
    """
    while pointer and isinstance(pointer[-1], int):
        pointer = pointer[:-1]
    return pointer[:-1]


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
        index = int(step) if isinstance(value, list) and _INDEX.fullmatch(step) else step
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
