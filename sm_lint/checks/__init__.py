"""The conditions that JSON Schema cannot state: a module each, with `find(payload, **parameters) -> Iterator[Match]`.

A rule names the module with `check` and gives its parameters with `with`. Checks run on every payload, so they are
quick, and they run on any payload, so a value of the wrong type is passed over: it has a finding of its own.

Nearly all conditions are about the payload alone. One that depends on what the user configured names the keys in its
parameter `settings`, and gets their values as further parameters; so nobody else needs to know the settings.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from sm_lint.config import Settings
from sm_lint.diagnostic import Pointer
from sm_lint.schema import folded, per_document
from sm_lint.selection import enabled


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
    facts: dict[str, Any]
    """What the placeholders of the rule's message stand for."""
    on_key: bool = False
    """Whether the key is to blame and not its value."""
    inner: Inner | None = None
    """What is to blame inside the string at `pointer`."""


def matches(payload: Any, settings: Settings) -> Iterator[tuple[str, Match]]:
    """Yield the code of each enabled rule that a check finds broken, and where."""
    for code, find, parameters in _enabled(settings):
        for match in find(payload, **parameters):
            yield code, match


@per_document
def _enabled(settings: Settings) -> list[tuple[str, Callable[..., Iterator[Match]], dict[str, Any]]]:
    """Return the code of each enabled rule with a check, the function of the check, and its parameters."""
    return [
        (entry["rule"], import_module(f"sm_lint.checks.{entry['check']}").find, _parameters(entry["with"], settings))
        for entry in folded()["x-sm-lint"]["checks"]
        if enabled(settings, entry["rule"])
    ]


def _parameters(given: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Return the parameters of a rule, in the place of `settings` the values of the configuration that it names."""
    if "settings" not in given:
        return given
    configured = {key.replace("-", "_") for key in given["settings"]}
    fixed = {name: value for name, value in given.items() if name != "settings"}
    return fixed | {name: getattr(settings, name) for name in configured}


def select(payload: Any, path: str) -> Iterator[tuple[Pointer, Any]]:
    """Yield pointer and value of all that a path leads to; `*` stands for each item of a list or member of an object.

    >>> list(select({"Tags": [{"Key": "a"}, {}]}, "Tags/*/Key"))
    [(('Tags', 0, 'Key'), 'a')]
    """
    return _walk((), payload, _tree((path,)))


def strings(payload: Any, paths: Iterable[str]) -> Iterator[tuple[Pointer, str]]:
    """Yield pointer and value of all strings that the paths lead to, in one walk through the payload."""
    for pointer, value in _walk((), payload, _tree(tuple(paths))):
        if isinstance(value, str):
            yield pointer, value


@cache
def _tree(paths: tuple[str, ...]) -> dict[str, Any]:
    """Return the steps of the paths as nested dictionaries; the last step of a path has the key `` in its own.

    >>> _tree(("Tags/*/Key", "Tags/*/Value"))
    {'Tags': {'*': {'Key': {'': {}}, 'Value': {'': {}}}}}
    """
    tree: dict[str, Any] = {}
    for path in paths:
        branch = tree
        for step in path.split("/"):
            branch = branch.setdefault(step, {})
        branch[""] = {}
    return tree


def _walk(pointer: Pointer, value: Any, tree: dict[str, Any]) -> Iterator[tuple[Pointer, Any]]:
    for step, branch in tree.items():
        if not step:
            yield pointer, value
        elif step != "*":
            if isinstance(value, dict) and step in value:
                yield from _walk((*pointer, step), value[step], branch)
        elif isinstance(value, (dict, list)):
            for name, child in value.items() if isinstance(value, dict) else enumerate(value):
                yield from _walk((*pointer, name), child, branch)
