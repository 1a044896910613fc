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

OF_REPOSITORIES: dict[str, Kind] = {
    "beginnings of placeholders": Kind(
        "json",
        lambda n: request('"Domian": "' + "${" * n + '"'),
        4_000_000,
        "SM101",
        {"placeholders": ["${*}", "{{*}}*}}"]},
    ),
    "strings without a placeholder": Kind(
        "json",
        lambda n: request('"Domian": 1, "CustomerMetadataProperties": {' + members(n, '"k{}": "${{"') + "}"),
        24_000,
        "SM101",
        {"placeholders": ["${*}"]},
    ),
}
"""Requests under a configuration that a repository holds. What it holds alone is in test_repository.py."""

KINDS = OF_REQUESTS | OF_SUPPRESSIONS | OF_FIXES | OF_LINES | OF_REPOSITORIES
"""All kinds, by name."""
