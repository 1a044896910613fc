"""The checks of a rule set under given settings, combined in one function that traverses a request once."""

from __future__ import annotations

from functools import lru_cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from sm_lint.checks import Found, Match
    from sm_lint.model.pointer import Pointer
    from sm_lint.model.settings import Settings
    from sm_lint.rules.ruleset import RuleSet


class _Step:
    """A node of a tree of paths. Not a named tuple: its attributes are read at each value of each request."""

    __slots__ = ("ends", "goes_on", "members", "other")

    def __init__(self, ways: Iterable[tuple[str, str]]) -> None:
        """Build the node from pairs of the rest of a path, from this node on, and the whole path.

        >>> _Step([("*/Key", "Tags/*/Key"), ("0", "Tags/0")]).members["0"].ends
        ('Tags/0',)
        """
        onward: dict[str, list[tuple[str, str]]] = {}
        for way, path in ways:
            name, _, rest = way.partition("/")
            onward.setdefault(name, []).append((rest, path))
        self.ends = tuple(path for _, path in onward.pop("", ()))
        """The paths that end here."""
        every = onward.pop("*", [])
        self.members: dict[str | int, _Step] = {name: _Step(every + rest) for name, rest in onward.items()}
        """The next nodes by member name."""
        self.other = _Step(every) if every else None
        """The next node for any other member or item."""
        self.goes_on = bool(self.members or every)


class _Call(NamedTuple):
    """A call of a check, and the rules that it serves."""

    check: str
    parameters: dict[str, Any]
    context: tuple[str, ...]
    """The names of the parameters with paths that the check only reads."""
    at: tuple[str, ...]
    """The names of the parameters with paths that cause the check to run."""
    rules: list[tuple[str, list[str] | None]]
    """The code of each rule and the kinds that it reports; None for all kinds."""


def finder(
    ruleset: RuleSet, selected: Collection[str], settings: Settings
) -> Callable[[Any], Iterator[tuple[str, Match]]]:
    """Return `matches(request)`, which yields the matches of the checks, each with the code of a rule.

    `selected` are the codes of the rules that report.
    """
    calls = [
        _Call(entry["check"], _parameters(entry, settings), tuple(entry["context"]), tuple(entry["paths"]), rules)
        for entry in ruleset.folded["x-sm-lint"]["checks"]
        if (rules := [(code, kinds) for code, kinds in entry["rules"] if code in selected])
        and all(getattr(settings, name) is not None for name in entry["needs"])
    ]
    looked_up = {path for call in calls for path in (*_paths(call), *_context_paths(call))}
    root = _Step((path, path) for path in sorted(looked_up))

    def prepared(call: _Call, found: frozenset[str]) -> Callable[[Found], Iterator[Match]]:
        find = import_module(f"sm_lint.checks.{call.check}").find
        given = _narrowed(call, found)
        if "schema" in given:
            given["schema"] = ruleset.embedded(given["schema"])
        return partial(find, **given)

    @lru_cache(maxsize=256)
    def concerned(found: frozenset[str]) -> list[tuple[_Call, Callable[[Found], Iterator[Match]]]]:
        return [(call, prepared(call, found)) for call in calls if not found.isdisjoint(_paths(call))]

    def matches(request: Any) -> Iterator[tuple[str, Match]]:
        found: Found = {"": [((), request)]}
        if isinstance(request, (dict, list)):
            _traverse(request, root, found)
        for call, find in concerned(frozenset(found)):
            for match in find(found):
                for code, kinds in call.rules:
                    if kinds is None or match.kind in kinds:
                        yield code, match

    return matches


def _paths(call: _Call) -> list[str]:
    """Return the paths that cause a call; without any, the path of the whole request."""
    return [path for name in call.at for path in call.parameters[name]] or [""]


def _context_paths(call: _Call) -> list[str]:
    """Return the paths that a call only reads."""
    return [path for name in call.context for path in call.parameters[name]]


def _narrowed(call: _Call, found: frozenset[str]) -> dict[str, Any]:
    """Return the parameters of a call with only those paths that were `found` in the request."""
    narrowed = dict(call.parameters)
    for name in (*call.at, *call.context):
        paths = narrowed[name]
        if isinstance(paths, dict):
            narrowed[name] = {path: of for path, of in paths.items() if path in found}
        else:
            narrowed[name] = [path for path in paths if path in found]
    return narrowed


def _parameters(entry: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Return the parameters of a call, including those that come from the configuration."""
    given: dict[str, Any] = entry["with"]
    return given | {name: getattr(settings, name) for name in entry["settings"]}


def _traverse(value: Any, root: _Step, found: Found, pointer: Pointer = ()) -> None:
    """Add to `found` the values below an object or list at which a path of the tree `root` ends."""
    members, other = root.members, root.other
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
            _traverse(child, onward, found, place)
