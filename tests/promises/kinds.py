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

IGNORE = "# sm-lint: ignore[SM103]"


def lines(count: int, form: str) -> str:
    """Return `count` lines, made from `form` with their numbers.

    >>> lines(2, "- {}")
    '- 0\\n- 1\\n'
    """
    return "".join(form.format(i) + "\n" for i in range(count))


OF_SUPPRESSIONS: dict[str, Kind] = {
    "comments in a row": Kind("yaml", lambda n: YAML + lines(n, IGNORE) + "Domian: x\n", 41_000, "SM903"),
    "a comment on each wrong line": Kind(
        "yaml", lambda n: f"{YAML}CustomerMetadataProperties:\n" + lines(n, "  k{}: 1 " + IGNORE), 24_000, "SM903"
    ),
    "selectors in a comment": Kind(
        "yaml", lambda n: f"{YAML}Domian: x # sm-lint: ignore[{','.join(['SM101'] * n)}]\n", 170_000, "SM903"
    ),
    "unused selectors": Kind(
        "yaml", lambda n: f"{YAML}Domain: x # sm-lint: ignore[{','.join(['SM203'] * n)}]\n", 170_000, "SM903"
    ),
    "comments that are none": Kind("yaml", lambda n: YAML + lines(n, "# sm-lint: x"), 80_000, "SM903"),
    "unknown rules in comments": Kind("yaml", lambda n: YAML + lines(n, "# sm-lint: ignore[SM1{}]"), 37_000, "SM903"),
    "one comment before wrong values": Kind(
        "yaml", lambda n: f"{YAML}{IGNORE}\nTags: [{'1,' * n}1]\n", 520_000, "SM022"
    ),
    "one comment after wrong values": Kind(
        "yaml", lambda n: f"{YAML}Tags: [{'1,' * n}1]\n{IGNORE}\n", 520_000, "SM022"
    ),
    "one comment after wrong values and an anchor": Kind(
        "yaml", lambda n: f"{YAML}Domain: &a x\nTags: [{'1,' * n}1]\n{IGNORE}\n", 49_000, "SM103"
    ),
    "marks in a text": Kind(
        "yaml", lambda n: f"{YAML}ModelPackageDescription: '{'# sm-lint: x ' * n}'\n", 80_000, "SM107"
    ),
    "wrong members that the configuration ignores": Kind(
        "json",
        lambda n: request('"Tags": 1, ' + members(n, '"k{}": 1')),
        24_000,
        "SM103",
        {"per-file-ignores": {"*#/*": ["SM101"], "*#/k1/*": ["SM1"], "*#/*/*": ["ALL"]}},
    ),
}
"""Comments, `per-file-ignores` and baselines, times findings."""

OF_FIXES: dict[str, Kind] = {
    "quotes": Kind("yaml", lambda n: f"{YAML}CustomerMetadataProperties:\n" + lines(n, "  k{}: 1"), 24_000, "SM103"),
    "keys without quotes": Kind(
        "yaml", lambda n: f"{YAML}CustomerMetadataProperties:\n" + lines(n, "  {}: x"), 24_000, "SM018"
    ),
    "keys without quotes, deeper": Kind(
        "yaml", lambda n: f"{YAML}x:\n" + lines(n, "  {0}: {{{0}: x}}"), 12_000, "SM018"
    ),
    "repeated items": Kind(
        "json",
        lambda n: request(f'"InferenceSpecification": {{"SupportedTransformInstanceTypes": [{_types(n)}]}}'),
        49_000,
        "SM115",
    ),
    "repeated items in lines": Kind(
        "yaml",
        lambda n: f"{YAML}InferenceSpecification:\n  SupportedTransformInstanceTypes:\n" + lines(n, "  - ml.m5.large"),
        49_000,
        "SM115",
    ),
    "two names that would become one": Kind(
        "json",
        lambda n: request(f'"InferenceSpecification": {{"Containers": [{_containers(n)}]}}'),
        9_900,
        "SM101",
    ),
    "names that are one name misspelled": Kind(
        "yaml", lambda n: YAML + lines(n, "model-approval-statu{}: x"), 24_000, "SM101"
    ),
    "values that would become repeated": Kind(
        "json",
        lambda n: request(
            '"InferenceSpecification": {"SupportedTransformInstanceTypes": [' + members(n, '"ML.M5.LARGE"') + "]}"
        ),
        49_000,
        "SM303",
    ),
    "tags in lower case": Kind("yaml", lambda n: f"{YAML}Tags:\n" + lines(n, "- key: k{}\n  value: v"), 9_000, "SM101"),
    "blanks between repeated items": Kind(
        "json",
        lambda n: request(f'"InferenceSpecification": {{"SupportedTransformInstanceTypes": [{_types(9)}{" " * n}]}}'),
        8_000_000,
        "SM115",
    ),
    "line breaks between fixes": Kind(
        "json", lambda n: request('"domain": "x"' + "\n" * n + ', "task": "OTHER"'), 8_000_000, "SM101"
    ),
}
"""Requests with many fixes."""


def _types(count: int) -> str:
    return ",".join(['"ml.m5.large"'] * count)


def _containers(count: int) -> str:
    return ",".join(['{"image": "a/b:1", "IMAGE": "a/b:1"}'] * count)


_WRONG = '"Tags": [' + ",".join(["1"] * 100) + "]"
OF_LINES: dict[str, Kind] = {
    "line breaks": Kind("json", lambda n: request('"Domian": 1' + "\n" * n + ', "Task": 1'), 8_300_000, "SM101"),
    "short lines": Kind("json", lambda n: request('"Domian": 1,\n' + "1\n" * n + '"Task": 1'), 4_100_000, "SM001"),
    "carriage returns": Kind("json", lambda n: request('"Domian": 1' + "\r" * n + ', "Task": 1'), 8_300_000, "SM101"),
    "a long line": Kind("json", lambda n: request(f'"SourceUri": "{"x" * n}", {_WRONG}'), 8_300_000, "SM103"),
    "a long line of emoji": Kind(
        "json", lambda n: request(f'"SourceUri": "{chr(0x1F600) * n}", {_WRONG}'), 2_000_000, "SM103"
    ),
    "long lines around": Kind(
        "json",
        lambda n: request(f'"Domain": "{"é" * n}",\n{_WRONG}, "SourceUri": "{"é" * n}"\n{" " * n}'),
        1_600_000,
        "SM103",
    ),
    "a line of tabs": Kind("json", lambda n: request("\t" * n + _WRONG), 8_300_000, "SM103"),
    "a long text through aliases": Kind(
        "yaml", lambda n: f"{YAML}x: &a {'v' * n}\nTags: [{','.join(['*a'] * 20)}]\n", 1_000_000, "SM103"
    ),
}
"""Requests whose lines are many or long, which the output formats show."""

KINDS = OF_REQUESTS | OF_SUPPRESSIONS | OF_FIXES | OF_LINES
"""All kinds, by name."""
