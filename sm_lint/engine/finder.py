"""The checks of a rule set under given settings, which traverse a request once, and most requests not at all."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from sm_lint.checks import TOLD_BY_TEXT, TOLD_BY_WORD

if TYPE_CHECKING:
    from sm_lint.checks import Found, Match
    from sm_lint.model.pointer import Pointer
    from sm_lint.model.settings import Settings
    from sm_lint.rules.ruleset import RuleSet

_MOST = 256
"""The maximum number of sets of paths and of calls for which a finder keeps what it has made of them."""


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


class _Call:
    """A call of a check, and the rules that it serves."""

    def __init__(
        self, entry: Mapping[str, Any], rules: list[tuple[str, list[str] | None]], settings: "Settings"
    ) -> None:
        """Initialize with an entry of the folded schema, and the code of each rule with the kinds that it reports."""
        self.check: str = entry["check"]
        self.parameters = _parameters(entry, settings)
        self.context = tuple(entry["context"])
        """The names of the parameters with paths that the check only reads."""
        self.at = tuple(entry["paths"])
        """The names of the parameters with paths that cause the check to run."""
        self.rules = rules
        places = (*self.at, *self.context)
        self.scalars = {name: of for name, of in self.parameters.items() if name not in places and of is not None}
        """The parameters that have a value and name no places."""


class Finder:
    """The checks of a rule set under given settings. Threads may share it."""

    def __init__(self, ruleset: "RuleSet", selected: Collection[str], settings: "Settings") -> None:
        """Initialize with the codes of the rules that report, which are `selected`."""
        self._calls = [
            _Call(entry, rules, settings)
            for entry in ruleset.folded["x-sm-lint"]["checks"]
            if (rules := [(code, kinds) for code, kinds in entry["rules"] if code in selected])
            and all(getattr(settings, name) is not None for name in entry["needs"])
        ]
        self._members = frozenset(path.partition("/")[0] for call in self._calls for path in _paths(call))
        self._plan = lru_cache(maxsize=_MOST)(partial(_plan, self._calls))
        self._tree = lru_cache(maxsize=_MOST)(partial(_tree_of, self._calls))
        self._concerned = lru_cache(maxsize=_MOST)(partial(_concerned, self._calls, ruleset))

    def matches(self, request: Any, text: str | None = None) -> Iterator[tuple[str, "Match"]]:
        """Return the matches in a request, each with the code of a rule; `text` is its text, if all stands there as is.

        Most checks need not look at the request: the text does not have a name of their places, or not what would be
        wrong there.
        """
        asked = self._asked(request, text)
        return iter(()) if asked == () else self._found(request, asked)

    def has_match(self, request: Mapping[str, Any], text: str | None) -> bool:
        """Return whether there is a match in a request; `text` is as in `matches`."""
        return next(self.matches(request, text), None) is not None

    def _asked(self, request: Any, text: str | None) -> tuple[int, ...] | None:
        """Return the numbers of the calls that may have a match in a request with a text; None for all."""
        if text is None or not isinstance(request, dict):
            return None
        plan = self._plan(self._members.intersection(request))
        asked = plan.certain
        for may_find, numbers in plan.told:
            if may_find(text):
                asked += numbers
        return asked

    def _found(self, request: Any, asked: tuple[int, ...] | None) -> Iterator[tuple[str, "Match"]]:
        """Yield the matches of the calls `asked`, or of all."""
        found: Found = {"": [((), request)]}
        if isinstance(request, (dict, list)):
            _traverse(request, self._tree(asked), found)
        for call, find in self._concerned(frozenset(found)):
            for match in find(found):
                for code, kinds in call.rules:
                    if kinds is None or match.kind in kinds:
                        yield code, match


class _Plan(NamedTuple):
    """How the text of a request with some members tells which calls may have a match."""

    certain: tuple[int, ...]
    """The numbers of those for which a member tells it."""
    told: list[tuple[Callable[[str], bool], tuple[int, ...]]]
    """Functions that return whether a text may have a match, each with the numbers of the calls that it is about: those
    of checks, and searches for words without which there is none, such as the names of places."""


def _plan(calls: Sequence[_Call], members: frozenset[str]) -> _Plan:
    """Return how the text tells of a request that has these of the members in which there are places."""
    from sm_lint.model.validator import search  # imported lazily: showing a rule or the version needs no engine

    certain: list[int] = []
    told: dict[Any, tuple[Callable[[str], bool], list[int]]] = {}
    named: dict[frozenset[str], tuple[list[int], dict[str, None]]] = {}
    for number, call in enumerate(calls):
        below = [path for path in _paths(call) if path.partition("/")[0] in {"", *members}]
        if not below:
            continue
        word = TOLD_BY_WORD.get(call.check)
        if call.check in TOLD_BY_TEXT:
            key = call.check, *sorted(call.scalars.items())
            told.setdefault(key, (partial(_module(call).may_find, **call.scalars), []))[1].append(number)
        elif word is None and not {"", *members}.isdisjoint(below):
            certain.append(number)
        else:
            # By member: that a request has a validation job does not tell anything of its containers.
            numbers, words = named.setdefault(frozenset(path.partition("/")[0] for path in below), ([], {}))
            numbers.append(number)
            words.update(dict.fromkeys([word] if word else map(_last_name, below)))
    by_word = [(search("|".join(words)), tuple(numbers)) for numbers, words in named.values()]
    return _Plan(tuple(certain), [(may_find, tuple(of)) for may_find, of in told.values()] + by_word)


def _last_name(path: str) -> str:
    return next(name for name in reversed(path.split("/")) if name != "*")


def _tree_of(calls: Sequence[_Call], asked: tuple[int, ...] | None) -> _Step:
    """Return the tree of the paths of the calls `asked`, or of all."""
    wanted = calls if asked is None else [calls[number] for number in asked]
    paths = {path for call in wanted for path in (*_paths(call), *_context_paths(call))}
    return _Step((path, path) for path in sorted(paths))


def _concerned(
    calls: Sequence[_Call], ruleset: "RuleSet", found: frozenset[str]
) -> list[tuple[_Call, Callable[["Found"], Iterator["Match"]]]]:
    """Return the calls that the paths `found` in a request cause, each with its check and parameters."""
    return [(call, _prepared(call, ruleset, found)) for call in calls if not found.isdisjoint(_paths(call))]


def _prepared(call: _Call, ruleset: "RuleSet", found: frozenset[str]) -> Callable[["Found"], Iterator["Match"]]:
    given = _narrowed(call, found)
    if "schema" in given:
        given["schema"] = ruleset.embedded(given["schema"])
    return partial(_module(call).find, **given)


def _module(call: _Call) -> Any:
    """Import the module of a check on first use: most requests concern few of them."""
    return import_module(f"sm_lint.checks.{call.check}")


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


def _parameters(entry: Mapping[str, Any], settings: "Settings") -> dict[str, Any]:
    """Return the parameters of a call, including those that come from the configuration."""
    given: dict[str, Any] = entry["with"]
    return given | {name: getattr(settings, name) for name in entry["settings"]}


def _traverse(value: Any, root: _Step, found: "Found", pointer: "Pointer" = ()) -> None:
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
