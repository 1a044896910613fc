"""Violations: the constraints of a schema that a value breaks."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer

BOUND = 2
ORDER = {"type": 0, "enum": 1, "pattern": 3, "uniqueItems": 4} | dict.fromkeys(
    (f"{bound}{of}" for bound in ("min", "max") for of in ("Length", "Items", "Properties", "imum")), BOUND
)
"""The order of constraints, by keyword: only the first broken one of a value is reported. Others are about members."""


class Misplaced(NamedTuple):
    """Unknown members of an object that other objects near it have."""

    names: tuple[str, ...]
    homes: tuple[Pointer, ...]
    """The pointers of the objects that they may be meant for, in the request. They need not be there yet."""


class Violation(NamedTuple):
    """A broken constraint of a schema."""

    pointer: Pointer
    """The pointer of the value; for a missing member, of the object without it; for repeated items, of a later one."""
    keyword: str
    """The keyword of JSON Schema; `x-integer` is reported as `type`."""
    constraint: Mapping[str, Any]
    """The schema that contains the keyword."""
    shape: str
    """The name of the shape that contains the constraint; empty in schemas of embedded JSON."""
    rule: str | None
    """The code of the folded rule that failed; None for a constraint of the shape. In embedded JSON, the `x-kind`."""
    value: Any
    """The value that breaks the constraint; for a missing member, its name."""
    on_key: bool
    """Whether the key is wrong, not its value."""
    condition: Mapping[str, Any] | None = None
    """The schema that the rule folded into the shape; None without a rule."""
    at: Pointer = ()
    """The pointer of the value that the condition applies to."""
    misplaced: Misplaced | None = None
    """Of an unknown member that stands in the wrong object: where it and others beside it belong."""


def is_of_shape(violation: Violation) -> bool:
    """Return whether a violation is of a constraint that the shape itself has for a value."""
    return violation.rule is None and violation.keyword in ORDER


def is_about_presence(violation: Violation) -> bool:
    """Return whether a violation is about a member that is missing, unknown or forbidden, not about a value."""
    if violation.keyword == "not":
        return not violation.constraint["not"]
    return violation.keyword not in ORDER
