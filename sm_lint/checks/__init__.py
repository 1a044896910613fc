"""The checks: conditions that JSON Schema cannot state. A module has `find(found, **parameters) -> Iterator[Match]`.

A rule names the module with `check` and passes parameters with `with`. The annotations define what a rule may pass; a
parameter annotated with `Places` names places in requests, such as `ModelPackageContainerDefinition.Image`. The
request is traversed once for all checks. A check runs only if one of its places matched, and receives only those: most
members of a request are optional, so a request concerns few checks. Places of a parameter annotated with
`ContextPlaces` are only read, and do not cause the check to run. Values of the wrong type are skipped, because the
shape reports them.

A module may distinguish several `KINDS` of matches, of which a rule selects some with `kinds`. Rules whose other
parameters are equal share one call.

Most conditions depend on the request alone. For one that depends on the configuration, the module has a parameter with
the name of the key, and the rule lists the key in `settings`. If a parameter without a default has no value, the check
does not run. A parameter annotated with `SCHEMA` is the name of a file of schemas/ in a rule, and an EmbeddedSchema in
a call.

Most requests are clean, and the text of most of them tells that a check has nothing to look for: no second region, no
character that is not ASCII. A module named in TOLD_BY_TEXT has `may_find(text, **parameters) -> bool`, with those
parameters that name no places, and the request is not traversed for it if the answer is no. Nor is it for a module in
TOLD_BY_WORD if the text lacks the word.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, NamedTuple

from sm_lint.model.pointer import Pointer

Found = dict[str, list[tuple[Pointer, Any]]]
"""The pointers and values found at each path; the empty path is that of the request.

A path is a sequence of member names joined by `/`, with `*` for every list item or map entry. The places that a rule
names are converted to paths when the rule is folded.
"""
TOLD_BY_TEXT = ("encoded_length", "environment_size", "regions")
TOLD_BY_WORD = {"file_name": "S3Object"}
PLACES = "at"
"""Marks, in an annotation, a parameter whose strings or keys name places."""
Places = Annotated[list[str], PLACES]
CONTEXT = "context"
"""Marks, in an annotation, a parameter that names places which the check only reads. They do not cause it to run."""
ContextPlaces = Annotated[list[str], CONTEXT]
SCHEMA = "schema"
"""Marks, in an annotation, a parameter that is the name of a schema."""


class Inner(NamedTuple):
    """A place inside a string with embedded JSON."""

    pointer: Pointer
    """The pointer in the embedded JSON."""
    start: int
    """0-based offset in the string, in code points."""
    end: int


class Match(NamedTuple):
    """A place where the condition of a check holds."""

    pointer: Pointer
    parameters: dict[str, Any] | Callable[[], dict[str, Any]]
    """The message parameters. They, or a value among them, may be a function, which is called only for reports."""
    kind: str = ""
    """One of the module's KINDS, if it has any."""
    on_key: bool = False
    """Whether the key is wrong, not its value."""
    inner: Inner | None = None
    """The place inside the string at `pointer` that is wrong; None if the finding is about the whole value."""


def strings(found: Found, paths: Iterable[str]) -> Iterator[tuple[Pointer, str]]:
    """Yield the pointer and value of each string at the paths."""
    for path in paths:
        for pointer, value in found[path]:
            if isinstance(value, str):
                yield pointer, value


def is_older(version: str, other: str) -> bool:
    """Return whether a version, such as `2.9.0`, came before another one."""
    return _numbers(version) < _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall("[0-9]{1,9}", version)))
