"""The configuration keys, one row each: how a key is read and merged, its TOML, its JSON Schema and its option.

docs/configuration.md documents the keys.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sm_lint.model.pointer import to_json_pointer
from sm_lint.model.settings import CARRIERS, FAIL_ON, REGION, ConfigError
from sm_lint.model.severity import Severity

if TYPE_CHECKING:
    from sm_lint.config.selectors import Names
    from sm_lint.model.ignore import Ignore

_CLI_VERSION = r"2(\.[0-9]{1,4}){2}"
_HTTP = r"https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(/[A-Za-z0-9._~%-]{1,100}){0,10}/?"
_LEVELS = [severity.value for severity in Severity]


class Context:
    """Where a configuration value comes from, for messages and relative paths, and the names that it may use."""

    __slots__ = ("folder", "names", "where")

    def __init__(self, where: str, folder: str, names: "Callable[[], Names]") -> None:
        self.where = where
        """The file and key, for messages."""
        self.folder = folder
        """The folder that patterns and paths are relative to."""
        self.names = names
        """Returns the known rules and members. Only keys whose values name some call it."""


class Kind(NamedTuple):
    """The type of a key's value."""

    read: Callable[[Any, Context], Any]
    """Converts a TOML value to the value of the Settings field. Raises ConfigError."""
    schema: Callable[["Names"], dict[str, Any]]
    """Returns the JSON Schema of the TOML value."""
    toml: Callable[[Any], Any] = lambda value: list(value) if isinstance(value, tuple) else value
    """Converts the value of the Settings field to a TOML value."""


class Key(NamedTuple):
    """A configuration key."""

    name: str
    kind: Kind
    option: Mapping[str, Any] | None = None
    """The arguments of `add_argument` for the option that sets the key for one run, and its `group` in the help.

    The option is named as the key, unless a `flag` is given.
    """
    adds: bool = True
    """Whether a list is appended to that of the extended file; if False, it replaces it."""
    most: int = 10_000
    """The maximum length of a list or table: each file, or each string of one, is compared with all of its entries."""

    @property
    def field(self) -> str:
        """The name of the Settings field."""
        return self.name.replace("-", "_")


def _strings(value: Any, context: Context) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{context.where}: expected a list of strings, found {value!r}")
    return tuple(value)


def _selectors(value: Any, context: Context) -> tuple[str, ...]:
    from sm_lint.config.selectors import prefix_of

    prefixes = (prefix_of(text, context.names(), context.where) for text in _strings(value, context))
    return tuple(dict.fromkeys(prefixes))


def _severities(value: Any, context: Context) -> tuple[tuple[str, str], ...]:
    from sm_lint.config.selectors import prefix_of

    if not isinstance(value, dict):
        raise ConfigError(f"{context.where}: expected a table of rules and severities, found {value!r}")
    for selector, level in value.items():
        if level not in _LEVELS:
            raise ConfigError(f"{context.where}.{selector}: {_expected(_LEVELS, level)}")
    return tuple({prefix_of(text, context.names(), context.where): level for text, level in value.items()}.items())


def _level(value: Any, context: Context) -> str:
    if value not in FAIL_ON:
        raise ConfigError(f"{context.where}: {_expected(FAIL_ON, value)}")
    return str(value)


def _expected(choices: Iterable[str], value: Any) -> str:
    """Return the end of a message about a value that is none of the choices."""
    from sm_lint.model.nearest import did_you_mean

    hint = did_you_mean(value, choices) if isinstance(value, str) else ""
    return f"expected one of {', '.join(choices)}, found {value!r}{hint}"


def _patterns(value: Any, context: Context) -> tuple[tuple[str, str], ...]:
    from sm_lint.config.globs import check_pattern

    return tuple((check_pattern(pattern, context.where), context.folder) for pattern in _strings(value, context))


def _members(value: Any, context: Context) -> tuple[str, ...]:
    from sm_lint.config.selectors import member_of

    members = (member_of(name, context.names(), context.where) for name in _strings(value, context))
    return tuple(dict.fromkeys(members))


def _carriers(value: Any, context: Context) -> tuple[str, ...]:
    from sm_lint.model.nearest import did_you_mean

    for name in _strings(value, context):
        if name not in CARRIERS:
            hint = did_you_mean(name, CARRIERS)
            raise ConfigError(f"{context.where}: unknown carrier {name!r}; expected one of {', '.join(CARRIERS)}{hint}")
    return tuple(dict.fromkeys(value))


def _placeholders(value: Any, context: Context) -> tuple[str, ...]:
    for form in _strings(value, context):
        if not form.strip("* "):
            advice = "write what is around the *, for example ${*}"
            raise ConfigError(f"{context.where}: {form!r} matches every string; {advice}")
    return tuple(value)


def _rule_files(value: Any, context: Context) -> tuple[str, ...]:
    from sm_lint.config.rule_files import rule_files
    from sm_lint.model.paths import relative

    paths = dict.fromkeys(_path(path, context) for path in _strings(value, context))
    return tuple(map(os.path.abspath, rule_files(map(relative, paths))))


def is_path(value: Any) -> bool:
    """Return whether a value can be the path of a file."""
    return isinstance(value, str) and value != "" and "\0" not in value


def _path(value: Any, context: Context) -> str:
    if not is_path(value):
        raise ConfigError(f"{context.where}: expected the path of a file, found {value!r}")
    return os.path.abspath(os.path.join(context.folder, value))


def _flag(value: Any, context: Context) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"{context.where}: expected true or false, found {value!r}")
    return value


def _formed(form: str, expected: str) -> Kind:
    """Return the Kind of a string that fully matches the regular expression `form`; `expected` is for messages."""

    def read(value: Any, context: Context) -> str:
        if not isinstance(value, str) or not re.fullmatch(form, value):
            raise ConfigError(f"{context.where}: expected {expected}, found {value!r}")
        return value

    return Kind(read, lambda _: {"type": "string", "pattern": f"^{form}$"})


def _url(value: Any, context: Context) -> str:
    """Return the base of URLs, which ends with a slash."""
    return f"{_ADDRESS.read(value, context).rstrip('/')}/"


def _ignores(value: Any, context: Context) -> "tuple[Ignore, ...]":
    from sm_lint.config.ignores import ignores

    return ignores(value, context.where, context.folder, context.names())


def _ignores_as_toml(listed: "tuple[Ignore, ...]") -> dict[str, Any]:
    table: dict[str, Any] = {}
    for ignore in listed:
        key = ignore.glob + ("" if ignore.pointer is None else "#" + to_json_pointer(ignore.pointer))
        entry = table.setdefault(key, {"codes": [], "reason": ignore.reason, "expires": ignore.expires})
        entry["codes"].append(ignore.selector)
    return table


_LIST_OF_STRINGS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
_LIST_OF_SELECTORS: dict[str, Any] = {"type": "array", "items": {"$ref": "#/definitions/selector"}}
_IGNORE = {
    "type": "object",
    "required": ["codes"],
    "properties": {
        "codes": {**_LIST_OF_SELECTORS, "minItems": 1},
        "reason": {"type": "string", "pattern": "\\S"},
        "expires": {
            "description": "The last day on which it holds: a date, or a text YYYY-MM-DD.",
            "type": "string",
            "pattern": "^\\d{4}-\\d\\d-\\d\\d$",
        },
    },
    "additionalProperties": False,
}

_SELECTORS = Kind(_selectors, lambda _: _LIST_OF_SELECTORS, lambda prefixes: [prefix or "ALL" for prefix in prefixes])
_SEVERITIES = Kind(
    _severities,
    lambda _: {"type": "object", "additionalProperties": {"enum": _LEVELS}},
    lambda pairs: {prefix or "ALL": level for prefix, level in pairs},
)
_LEVEL = Kind(_level, lambda _: {"enum": list(FAIL_ON)})
_PATTERNS = Kind(_patterns, lambda _: _LIST_OF_STRINGS, lambda patterns: [glob for glob, _folder in patterns])
_IGNORES = Kind(
    _ignores,
    lambda _: {
        "type": "object",
        "propertyNames": {"pattern": "^[^!#]"},
        "additionalProperties": {"anyOf": [{**_LIST_OF_SELECTORS, "minItems": 1}, _IGNORE]},
    },
    _ignores_as_toml,
)
_MEMBERS = Kind(_members, lambda names: {"type": "array", "items": {"enum": list(names.members)}})
_PLACEHOLDERS = Kind(_placeholders, lambda _: {"type": "array", "items": {"type": "string", "pattern": "[^* ]"}})
_CARRIERS = Kind(_carriers, lambda _: {"type": "array", "items": {"enum": list(CARRIERS)}})
_STRINGS = Kind(_strings, lambda _: _LIST_OF_STRINGS)
_RULE_FILES = Kind(
    _rule_files,
    lambda _: {"type": "array", "items": {"type": "string", "minLength": 1}},
    lambda paths: list(map(os.path.relpath, paths)),
)
_PATH = Kind(
    _path, lambda _: {"type": "string", "minLength": 1}, lambda path: None if path is None else os.path.relpath(path)
)
_ADDRESS = _formed(_HTTP, 'a URL such as "https://docs.example.com/sm-lint/"')
_URL = _ADDRESS._replace(read=_url)
_FLAG = Kind(_flag, lambda _: {"type": "boolean"})


def _option(group: str, text: str, *, many: bool = True, **more: Any) -> Mapping[str, Any]:
    """Return the option of a key. With `many` it can be repeated, and each value can be a comma-separated list."""
    return {"group": group, "help": text, **({"action": "append"} if many else {}), **more}


KEYS = {
    key.name: key
    for key in (
        Key("extend", _PATH),
        Key("select", _SELECTORS, _option("rules", "run only these rules", metavar="RULE"), adds=False),
        Key("extend-select", _SELECTORS, _option("rules", "run these rules, too", metavar="RULE")),
        Key("ignore", _SELECTORS, _option("rules", "do not run these rules", metavar="RULE")),
        Key("severity", _SEVERITIES),
        Key(
            "fail-on",
            _LEVEL,
            _option("rules", "the lowest severity that makes the exit status 1", many=False, choices=FAIL_ON),
        ),
        Key("include", _PATTERNS, adds=False),
        Key("requests", _PATTERNS),
        Key("commands", _PATTERNS),
        Key("python", _PATTERNS),
        Key(
            "carriers",
            _CARRIERS,
            {
                "group": "files",
                "flag": "--carrier",
                "action": "append",
                "dest": "carriers",
                "metavar": "NAME",
                "help": f"look for requests only in documents of these kinds: {', '.join(CARRIERS)}",
            },
            adds=False,
        ),
        Key("exclude", _PATTERNS, _option("files", "skip matching files, as in a .gitignore", metavar="GLOB")),
        Key("per-file-ignores", _IGNORES),
        Key("given", _MEMBERS, _option("rules", "a member that is passed on the command line", metavar="NAME")),
        Key("placeholders", _PLACEHOLDERS, most=100),
        Key("extra-instance-types", _STRINGS),
        Key("rules", _RULE_FILES),
        Key(
            "baseline",
            _PATH,
            _option("known", "report findings not in FILE, and unused entries of FILE", many=False, metavar="FILE"),
        ),
        Key("require-reason", _FLAG),
        Key("region", _formed(REGION, 'a region such as "eu-west-1"')),
        Key("documentation-url", _URL),
        Key("cli-version", _formed(_CLI_VERSION, 'a version of AWS CLI 2 such as "2.22.4"')),
    )
}
"""The keys by name. Settings has a field for each of them except `extend`."""
