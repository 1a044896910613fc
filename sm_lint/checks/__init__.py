"""The conditions that JSON Schema cannot state: a module each, with `find(found, **parameters) -> Iterator[Match]`.

A rule names the module with `check` and gives its parameters with `with`. The module's `PATHS` are those parameters
that say where to look. One walk through a payload finds what the paths of all checks lead to, and only a check for
which that is anything is asked, with just the paths that lead somewhere: most members of a request are optional, so
most payloads concern few checks. A value of the wrong type is passed over: it has a finding of its own.

A module that finds several `KINDS` of mistakes at once says of each match which it is, and a rule says with `kinds`
which it reports. Rules that otherwise have the same parameters are served by one call.

Nearly all conditions are about the payload alone. One that depends on what the user configured names the keys in its
parameter `settings`, and gets their values as further parameters; so nobody else needs to know the settings. Without a
value for a parameter that has no default, the check is not asked.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
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
    """What the placeholders of the rule's message stand for; a function, where to say it takes time, is asked late."""
    kind: str = ""
    """Which of the module's kinds it is, if it has some."""
    on_key: bool = False
    """Whether the key is to blame and not its value."""
    inner: Inner | None = None
    """What is to blame inside the string at `pointer`."""


class _Step:
    """A step on the way of some paths. No tuple: its parts are asked for at each value of each payload."""

    __slots__ = ("ends", "goes_on", "members", "other")

    def __init__(self, ways: Iterable[tuple[str, str]]) -> None:
        """Make the step from which these ways go on, each to the end of a path.

        >>> _Step([("*/Key", "Tags/*/Key"), ("0", "Tags/0")]).members["0"].ends
        ('Tags/0',)
        """
        onward: dict[str, list[tuple[str, str]]] = {}
        for way, path in ways:
            name, _, rest = way.partition("/")
            onward.setdefault(name, []).append((rest, path))
        self.ends = tuple(path for _, path in onward.pop("", ()))
        """The paths that lead here."""
        every = onward.pop("*", [])
        self.members: dict[str | int, _Step] = {name: _Step(every + rest) for name, rest in onward.items()}
        """The next steps, by the name of a member."""
        self.other = _Step(every) if every else None
        """The next step into whatever other member or item."""
        self.goes_on = bool(self.members or every)


class _Call(NamedTuple):
    """A call of a check, and the rules that it serves."""

    check: str
    parameters: dict[str, Any]
    paths: tuple[str, ...]
    """The names of the parameters that hold paths."""
    rules: list[tuple[str, list[str] | None]]
    """Code, and the kinds that it reports; None: all."""


@per_document
def finder(settings: Settings) -> Callable[[Any], Iterator[tuple[str, Match]]]:
    """Return the function that yields, for a payload, the matches of the checks, each with the code of a rule."""
    calls = [
        _Call(entry["check"], _parameters(entry["with"], settings), tuple(entry["paths"]), rules)
        for entry in folded()["x-sm-lint"]["checks"]
        if (rules := [(code, kinds) for code, kinds in entry["rules"] if enabled(settings, code)])
        and all(getattr(settings, name) is not None for name in entry["needs"])
    ]
    root = _Step((path, path) for path in sorted({path for call in calls for path in _paths(call)}))

    @lru_cache(maxsize=256)
    def concerned(found: frozenset[str]) -> list[tuple[_Call, Callable[[Found], Iterator[Match]]]]:
        return [
            (call, partial(import_module(f"sm_lint.checks.{call.check}").find, **_narrowed(call, found)))
            for call in calls
            if not found.isdisjoint(_paths(call))
        ]

    def matches(payload: Any) -> Iterator[tuple[str, Match]]:
        found: Found = {"": [((), payload)]}
        if isinstance(payload, (dict, list)):
            _walk((), payload, root, found)
        for call, find in concerned(frozenset(found)):
            for match in find(found):
                for code, kinds in call.rules:
                    if kinds is None or match.kind in kinds:
                        yield code, match

    return matches


def _paths(call: _Call) -> list[str]:
    """Return the paths in the parameters: each holds one, several, or a table with paths for its keys.

    A check without any looks at the whole payload.
    """
    values = [call.parameters[name] for name in call.paths]
    return [path for value in values for path in (value if isinstance(value, dict) else as_tuple(value))] or [""]


def _narrowed(call: _Call, found: frozenset[str]) -> dict[str, Any]:
    """Return the parameters with those paths alone that lead somewhere."""
    narrowed = dict(call.parameters)
    for name in call.paths:
        value = narrowed[name]
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
    _walk((), payload, _Step([(path, path)]), found)
    return found.get(path, [])


def _walk(pointer: Pointer, value: Any, step: _Step, found: Found) -> None:
    """Add to `found` what stands where the paths end that go on below an object or a list."""
    members, other = step.members, step.other
    for name, child in value.items() if isinstance(value, dict) else enumerate(value):
        onward = members.get(name, other)
        if onward is None:
            continue
        place = (*pointer, name)
        for path in onward.ends:
            if path in found:
                found[path].append((place, child))
            else:
                found[path] = [(place, child)]
        if onward.goes_on and isinstance(child, (dict, list)):
            _walk(place, child, onward, found)
