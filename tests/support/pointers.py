"""The pointers of the values inside a value, and copies of it that differ at one of them."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from sm_lint.model.pointer import Pointer, value_at


def pointers(value: Any, above: Pointer = ()) -> Iterator[Pointer]:
    """Yield the pointers of the values inside a value."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in steps:
        yield (*above, step)
        yield from pointers(child, (*above, step))


def without(value: Any, pointer: Pointer) -> Any:
    """Return a copy of a value without the member or item at a pointer."""
    copied = deepcopy(value)
    above = value_at(copied, pointer[:-1])
    del above[pointer[-1]]
    return copied


def replaced(value: Any, pointer: Pointer, new: Any) -> Any:
    """Return a copy of a value with another one at a pointer."""
    copied = deepcopy(value)
    value_at(copied, pointer[:-1])[pointer[-1]] = new
    return copied
