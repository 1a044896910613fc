"""Routes through a request or a document: tuples inside sm-lint, JSON pointers (RFC 6901) for everybody else."""

from typing import Any

Pointer = tuple[str | int, ...]
"""The route from the root of a value to a value in it: names of members and 0-based indices of lists."""


def to_json_pointer(pointer: Pointer) -> str:
    """Return a route as RFC 6901 text; the root is the empty text.

    >>> to_json_pointer(("Environment", "a/b", 0))
    '/Environment/a~1b/0'
    """
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)


def steps_of(text: str) -> tuple[str, ...]:
    """Return the steps of an RFC 6901 text, as written: an index of a list is still text.

    >>> steps_of("/Environment/a~1b/0")
    ('Environment', 'a/b', '0')
    """
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:])


def resolved(value: Any, steps: tuple[str, ...]) -> tuple[Pointer, bool]:
    """Return the steps as a route into `value`, with the indices of its lists as numbers, and whether it is there.

    A route that leaves the value ends with the first step that is not there.

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
    """Return what a route leads to. Raises LookupError or TypeError where it leads nowhere."""
    for step in pointer:
        value = value[step]
    return value
