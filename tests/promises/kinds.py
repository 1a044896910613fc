"""The kinds of hostile input: one table of generators, which the tests of the promises and `make bench` share.

Each kind makes a text with n of something. Work must grow no faster than n, in every output format, for `--fix` and
`--diff`, in the API and in the language server. `limit` is the n at which the text reaches a limit of SECURITY.md.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Kind(NamedTuple):
    """A kind of hostile input."""

    syntax: str
    """`json` or `yaml`."""
    text: Callable[[int], str | bytes]
    """Returns the text with n of something."""
    limit: int
    """The n at which the text reaches a limit of size."""
    code: str
    """The code of a rule that reports the text at the limit."""
    config: Mapping[str, Any] = {}
    """The keys of a configuration file under which the text is linted."""


GROUP = '"ModelPackageGroupName": "churn"'
YAML = "ModelPackageGroupName: churn\n"


def members(count: int, form: str) -> str:
    """Return `count` members or items, made from `form` with their numbers.

    >>> members(2, '"k{}": 1')
    '"k0": 1,"k1": 1'
    """
    return ",".join(form.format(i) for i in range(count))


def request(more: str) -> str:
    """Return a request in JSON with a group and further members."""
    return f"{{{GROUP}, {more}}}"


OF_REQUESTS: dict[str, Kind] = {}
"""What a request can hold."""

OF_SUPPRESSIONS: dict[str, Kind] = {}
"""Comments, `per-file-ignores` and baselines, times findings."""

OF_FIXES: dict[str, Kind] = {}
"""Requests with many fixes."""

OF_LINES: dict[str, Kind] = {}
"""Requests whose lines are many or long, which the output formats show."""

OF_EDITORS: dict[str, Kind] = {
    "blanks in a line": Kind("yaml", lambda n: f"{YAML}a{' ' * n}b\n", 1_000_000, "SM002"),
    "dashes": Kind("yaml", lambda n: f"{YAML}Tags:\n{'- ' * n}\n", 500_000, "SM009"),
    "anchors": Kind("yaml", lambda n: f"{YAML}Domain: {'&a ' * n}x\n", 340_000, "SM002"),
    "colons": Kind("yaml", lambda n: f"{YAML}{'a:b' * n}\n", 340_000, "SM002"),
    "single quotes": Kind("yaml", lambda n: YAML + "''" * n + "'\n", 500_000, "SM002"),
    "characters before findings": Kind(
        "json",
        lambda n: request('"ModelPackageDescription": "' + "\u00e9" * n + '", ' + members(1000, '"k{}": 1')),
        4_000_000,
        "SM107",
    ),
    "escaped quotes": Kind(
        "json", lambda n: request('"ModelPackageDescription": "' + '\\"' * n + '"'), 4_000_000, "SM107"
    ),
    "an open text": Kind("json", lambda n: request('"ModelPackageDescription": "' + "x" * n)[:-1], 8_000_000, "SM001"),
    "open objects": Kind("json", lambda n: request('"Domain": ' + '{"a":' * n), 1_600_000, "SM009"),
}
"""Texts, many of them unfinished, in which the place of a cursor is hard to find."""

KINDS = OF_REQUESTS | OF_SUPPRESSIONS | OF_FIXES | OF_LINES | OF_EDITORS
"""All kinds, by name."""
