"""The conditions that JSON Schema cannot state: a module each, with `find(found, **parameters) -> Iterator[Match]`.

A rule names the module with `check` and gives its parameters with `with`. The module's `PATHS` are those parameters
that say where to look. One walk through a payload finds what the paths of all checks lead to, and only a check for
which that is anything is asked, with just the paths that lead somewhere: most members of a request are optional, so
most payloads concern few checks. A value of the wrong type is passed over: it has a finding of its own.

Nearly all conditions are about the payload alone. One that depends on what the user configured names the keys in its
parameter `settings`, and gets their values as further parameters; so nobody else needs to know the settings.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from sm_lint.config import Settings
from sm_lint.diagnostic import Pointer
from sm_lint.rules import as_tuple
from sm_lint.schema import folded, per_document
from sm_lint.selection import enabled

Found = dict[str, list[tuple[Pointer, Any]]]
"""Pointer and value of all that a path leads to, by the path; the empty one leads to the payload.

A path is names of members with `/` between them; `*` stands for each item of a list or member of an object.
"""


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


class _Step(NamedTuple):
    """A step on the way of some paths."""

    ends: tuple[str, ...]
    """The paths that lead here."""
    members: "dict[str | int, _Step]"
    """The next steps, by the name of a member."""
    other: "_Step | None"
    """The next step into whatever other member or item."""


class _Plan(NamedTuple):
    """How a payload is checked."""

    root: _Step
    concerned: Callable[[frozenset[str]], list[tuple[str, Callable[..., Iterator[Match]], dict[str, Any]]]]
    """Returns, of each check that looks at what these paths lead to, the rule, the function and its parameters."""


def matches(payload: Any, settings: Settings) -> Iterator[tuple[str, Match]]:
    """Yield the code of each enabled rule that a check finds broken, and where."""
    plan = _plan(settings)
    found: Found = {"": [((), payload)]}
    _walk((), payload, plan.root, found)
    for code, find, parameters in plan.concerned(frozenset(found)):
        for match in find(found, **parameters):
            yield code, match


@per_document
def _plan(settings: Settings) -> _Plan:
    entries = [
        (entry["rule"], entry["check"], _parameters(entry["with"], settings), entry["paths"])
        for entry in folded()["x-sm-lint"]["checks"]
        if enabled(settings, entry["rule"])
    ]
    paths = {path for *_, parameters, named in entries for path in _paths(parameters, named)}

    @lru_cache(maxsize=256)
    def concerned(found: frozenset[str]) -> list[tuple[str, Callable[..., Iterator[Match]], dict[str, Any]]]:
        return [
            (code, import_module(f"sm_lint.checks.{check}").find, _narrowed(parameters, named, found))
            for code, check, parameters, named in entries
            if not found.isdisjoint(_paths(parameters, named))
        ]

    return _Plan(_step([(path, path) for path in sorted(paths)]), concerned)


def _paths(parameters: dict[str, Any], named: Iterable[str]) -> list[str]:
    """Return the paths in the parameters of these names: each holds one, several, or a table with paths for its keys.

    A check without any looks at the whole payload.
    """
    values = [parameters[name] for name in named]
    return [path for value in values for path in (value if isinstance(value, dict) else as_tuple(value))] or [""]


def _narrowed(parameters: dict[str, Any], named: Iterable[str], found: frozenset[str]) -> dict[str, Any]:
    """Return parameters with those paths alone that lead somewhere."""
    narrowed = dict(parameters)
    for name in named:
        value = parameters[name]
        if isinstance(value, dict):
            narrowed[name] = {path: of for path, of in value.items() if path in found}
        elif isinstance(value, list):
            narrowed[name] = [path for path in value if path in found]
    return narrowed


def _parameters(given: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Return the parameters of a rule, in the place of `settings` the values of the configuration that it names."""
    if "settings" not in given:
        return given
    configured = {key.replace("-", "_") for key in given["settings"]}
    fixed = {name: value for name, value in given.items() if name != "settings"}
    return fixed | {name: getattr(settings, name) for name in configured}


def strings(found: Found, paths: Iterable[str]) -> Iterator[tuple[Pointer, str]]:
    """Yield pointer and value of all strings that the paths lead to."""
    for path in paths:
        for pointer, value in found[path]:
            if isinstance(value, str):
                yield pointer, value


def select(payload: Any, path: str) -> list[tuple[Pointer, Any]]:
    """Return pointer and value of all that one more path leads to.

    >>> select({"Tags": [{"Key": "a"}, {}]}, "Tags/*/Key")
    [(('Tags', 0, 'Key'), 'a')]
    """
    found: Found = {}
    _walk((), payload, _step([(path, path)]), found)
    return found.get(path, [])


def _step(ways: Iterable[tuple[str, str]]) -> _Step:
    """Return the step from which these ways go on, each to the end of a path.

    >>> _step([("*/Key", "Tags/*/Key"), ("0", "Tags/0")]).members["0"]
    _Step(ends=('Tags/0',), members={'Key': _Step(ends=('Tags/*/Key',), members={}, other=None)}, other=None)
    """
    ends = []
    onward: dict[str, list[tuple[str, str]]] = {}
    for way, path in ways:
        name, _, rest = way.partition("/")
        if way:
            onward.setdefault(name, []).append((rest, path))
        else:
            ends.append(path)
    every = onward.pop("*", [])
    members: dict[str | int, _Step] = {name: _step(every + rest) for name, rest in onward.items()}
    return _Step(tuple(ends), members, _step(every) if every else None)


def _walk(pointer: Pointer, value: Any, step: _Step, found: Found) -> None:
    """Add to `found` what stands where the paths end that go on below a value."""
    members: Iterable[tuple[str | int, Any]]
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list):
        members = enumerate(value)
    else:
        return
    for name, child in members:
        onward = step.members.get(name, step.other)
        if onward:
            place = (*pointer, name)
            for path in onward.ends:
                if path in found:
                    found[path].append((place, child))
                else:
                    found[path] = [(place, child)]
            if onward.members or onward.other:
                _walk(place, child, onward, found)
