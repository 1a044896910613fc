"""The conditions that JSON Schema cannot state: a module each, with `find(found, **parameters) -> Iterator[Match]`.

A rule names the module with `check` and gives its parameters with `with`. The annotations of the parameters say what a
rule may give; those that are `At` name places in requests, as `ModelPackageContainerDefinition.Image`. The request is
traversed once for all checks. A check runs only if one of its places matched, and receives only those: most members of
a request are optional, so most requests concern few checks. A value of the wrong type is passed over: it has a finding
of its own.

A module that finds several `KINDS` of mistakes at once says of each match which it is, and a rule says with `kinds`
which it reports. Rules that otherwise have the same parameters are served by one call.

Nearly all conditions are about the request alone. One that depends on what the user configured has a parameter with
the name of the key, and the rule names the key in `settings`. Without a value for a parameter that has no default, the
check does not run. A parameter `schema` is the name of a file of schemas/ in a rule, and that schema in a call.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, NamedTuple

from sm_lint.model.pointer import Pointer

Found = dict[str, list[tuple[Pointer, Any]]]
"""Pointer and value of all that a path leads to, by the path; the empty one leads to the request.

A path is names of members with `/` between them; `*` stands for each item of a list or member of an object. The places
that a rule names have become paths when a check is called.
"""
AT = "at"
"""Marks the annotation of a parameter whose strings, or keys, name places."""
At = Annotated[list[str], AT]
SCHEMA = "schema"
"""Marks the annotation of a parameter that is the name of a schema in a rule."""


class Inner(NamedTuple):
    """A place inside a string that holds JSON of its own."""

    pointer: Pointer
    """From the root of that JSON."""
    start: int
    """Of the string's characters, from 0."""
    end: int


class Match(NamedTuple):
    """A place where the condition of a check holds."""

    pointer: Pointer
    parameters: dict[str, Any]
    """What the placeholders of the rule's message stand for; a function, where to say it takes time, is asked late."""
    kind: str = ""
    """Which of the module's kinds it is, if it has some."""
    on_key: bool = False
    """Whether the key is to blame and not its value."""
    inner: Inner | None = None
    """What is to blame inside the string at `pointer`."""


def strings(found: Found, paths: Iterable[str]) -> Iterator[tuple[Pointer, str]]:
    """Yield pointer and value of all strings that the paths lead to."""
    for path in paths:
        for pointer, value in found[path]:
            if isinstance(value, str):
                yield pointer, value
