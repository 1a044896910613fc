"""Settings: the nearest configuration file of each payload, what it extends, and the command line over all."""

import os
import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sm_lint.diagnostic import Severity
from sm_lint.nearest import did_you_mean

if TYPE_CHECKING:
    from sm_lint.ignores import Ignore

FILE_NAME = "sm-lint.toml"
REGION = "[a-z]{2,4}(-[a-z]+)+-[0-9]+"
CLI_VERSION = r"2(\.[0-9]{1,4}){2}"
FAIL_ON = ("error", "warning", "info", "never")


class ConfigError(Exception):
    """What the user wrote in a configuration or on the command line is wrong; the text says where and what to write."""


class Settings(NamedTuple):
    """What the user asked for, over the defaults. A field is the key of its name, with `_` for `-`."""

    select: tuple[str, ...] | None = None
    """Prefixes of codes, as in `extend_select`, `ignore` and `severity`; None: every rule that is not an info."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    fail_on: str = "error"
    include: tuple[tuple[str, str], ...] = ()
    """Patterns as in a .gitignore, each with the folder that it is relative to; none: the usual extensions."""
    exclude: tuple[tuple[str, str], ...] = ()
    per_file_ignores: tuple["Ignore", ...] = ()
    given: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    extra_instance_types: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    """The absolute paths of the files of a team's own rules."""
    baseline: str | None = None
    """The absolute path of a file."""
    require_reason: bool = False
    region: str | None = None
    cli_version: str | None = None


DEFAULTS = Settings()


def parse_table(table: dict[str, Any], where: str, folder: str, rules: tuple[str, ...] = ()) -> Settings:
    """Return the settings in a table of TOML.

    `where` names the file for messages, `folder` is what its patterns and paths are relative to. A selector may name a
    rule of the table's own `rules`, and of those in the files `rules`. Raises ConfigError.
    """
    from sm_lint.schema import using

    for key in table:
        if key not in KEYS:
            raise ConfigError(f"{where}: {key}: unknown key{did_you_mean(key, KEYS)}")
    own = _rule_files(table.get("rules", []), f"{where}: rules", folder)
    with using((*rules, *own)):
        values = {
            key.replace("-", "_"): _READERS[KEYS[key]](value, f"{where}: {key}", folder)
            for key, value in table.items()
            if key != "extend"
        }
    settings = Settings(**values)
    if settings.require_reason:
        _check_reasons(settings)
    return settings


def strings(value: Any, where: str, _folder: str = "") -> tuple[str, ...]:
    """Return a list of strings; raise ConfigError where it is none."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{where}: expected a list of strings")
    return tuple(value)


def _selectors(value: Any, where: str, _folder: str) -> tuple[str, ...]:
    from sm_lint.selection import check_selector

    return tuple(check_selector(selector, where) for selector in strings(value, where))


def _members(value: Any, where: str, _folder: str) -> tuple[str, ...]:
    from sm_lint.selection import check_member

    return tuple(check_member(name, where) for name in strings(value, where))


def _patterns(value: Any, where: str, folder: str) -> tuple[tuple[str, str], ...]:
    return tuple((check_pattern(pattern, where), folder) for pattern in strings(value, where))


def check_pattern(pattern: str, where: str) -> str:
    """Return a pattern as in a .gitignore; raise ConfigError where it is none."""
    from sm_lint.globs import spec

    try:
        spec(pattern)
    except (ValueError, re.error) as error:
        raise ConfigError(f"{where}: {pattern!r} is no pattern as in a .gitignore: {error}") from error
    return pattern


def _rule_files(value: Any, where: str, folder: str) -> tuple[str, ...]:
    paths = [os.path.abspath(os.path.join(folder, path)) for path in strings(value, where)]
    if not paths:
        return ()
    from sm_lint.own_rules import files

    return tuple(dict.fromkeys(file for path in paths for file in files(path)))


def _placeholders(value: Any, where: str, _folder: str) -> tuple[str, ...]:
    for form in strings(value, where):
        if not form.strip("* "):
            raise ConfigError(f"{where}: {form!r} is in every text; write what stands around it, for example ${{*}}")
    return tuple(value)


def _path(value: Any, where: str, folder: str) -> str:
    if not isinstance(value, str) or not value:
        raise ConfigError(f"{where}: expected the path of a file")
    return os.path.abspath(os.path.join(folder, value))


def _flag(value: Any, where: str, _folder: str) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"{where}: expected true or false")
    return value


def _region(value: Any, where: str, _folder: str) -> str:
    return _formed(value, where, REGION, 'a region such as "eu-west-1"')


def _cli_version(value: Any, where: str, _folder: str) -> str:
    return _formed(value, where, CLI_VERSION, 'a version 2 of the AWS CLI such as "2.22.4"')


def _formed(value: Any, where: str, form: str, expected: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(form, value):
        raise ConfigError(f"{where}: expected {expected}, not {value!r}")
    return value


def _level(value: Any, where: str, _folder: str) -> str:
    if value not in FAIL_ON:
        raise ConfigError(f"{where}: {value!r} is none of {', '.join(FAIL_ON)}")
    return str(value)


def _severities(value: Any, where: str, _folder: str) -> tuple[tuple[str, str], ...]:
    from sm_lint.selection import check_selector

    if not isinstance(value, dict):
        raise ConfigError(f"{where}: expected a table of rules and severities")
    levels = [severity.value for severity in Severity]
    for selector, level in value.items():
        if level not in levels:
            raise ConfigError(f"{where}.{selector}: {level!r} is none of {', '.join(levels)}")
    return tuple((check_selector(selector, where), level) for selector, level in value.items())


def _ignores(value: Any, where: str, folder: str) -> "tuple[Ignore, ...]":
    from sm_lint.ignores import parse

    return parse(value, where, folder)


_READERS: dict[str, Callable[[Any, str, str], Any]] = {
    "selectors": _selectors,
    "severities": _severities,
    "level": _level,
    "patterns": _patterns,
    "ignores": _ignores,
    "members": _members,
    "placeholders": _placeholders,
    "strings": strings,
    "rule-files": _rule_files,
    "path": _path,
    "flag": _flag,
    "region": _region,
    "cli version": _cli_version,
}
KEYS = {
    "extend": "path",
    "select": "selectors",
    "extend-select": "selectors",
    "ignore": "selectors",
    "severity": "severities",
    "fail-on": "level",
    "include": "patterns",
    "exclude": "patterns",
    "per-file-ignores": "ignores",
    "given": "members",
    "placeholders": "placeholders",
    "extra-instance-types": "strings",
    "rules": "rule-files",
    "baseline": "path",
    "require-reason": "flag",
    "region": "region",
    "cli-version": "cli version",
}
"""The keys of a configuration and the kind of value that each takes; docs/configuration.md describes them."""


def _check_reasons(settings: Settings) -> None:
    for ignore in settings.per_file_ignores:
        if not ignore.reason:
            raise ConfigError(f'{ignore.where}: require-reason is set; write {{ codes = [...], reason = "..." }}')


def over(settings: Settings, base: Settings, table: dict[str, Any]) -> Settings:
    """Return `base` with what `table` sets, read as `settings`, laid over it: lists are added, but for two.

    `select` and `include` say what there is instead of adding to it.
    """
    changes = {}
    for key in table.keys() - {"extend"}:
        field = key.replace("-", "_")
        new, old = getattr(settings, field), getattr(base, field)
        adds = isinstance(new, tuple) and field not in ("select", "include")
        changes[field] = old + new if adds else new
    merged = base._replace(**changes)
    if merged.require_reason:
        _check_reasons(merged)
    return merged


def load(path: str, *, seen: tuple[str, ...] = ()) -> Settings:
    """Return the settings in a configuration file and in those that it extends. Raises ConfigError."""
    real = os.path.realpath(path)
    if real in seen:
        raise ConfigError(f"{path}: extend: the files extend each other in a circle")
    table = _table(path)
    if table is None:
        raise ConfigError(f"{path}: there is no table [tool.sm-lint]")
    extended = table.get("extend")
    if extended is None:
        return parse_table(table, path, os.path.dirname(real))
    if not isinstance(extended, str) or "\0" in extended:
        raise ConfigError(f"{path}: extend: expected the path of a configuration file")
    base = load(os.path.join(os.path.dirname(path), extended), seen=(*seen, real))
    return over(parse_table(table, path, os.path.dirname(real), base.rules), base, table)


def _table(path: str) -> dict[str, Any] | None:
    """Return the table that a file holds for sm-lint; None for a pyproject.toml without one."""
    import tomli

    try:
        with open(path, "rb") as file:
            content = tomli.load(file)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: this is no TOML: {error}") from error
    if os.path.basename(path) != "pyproject.toml":
        return content
    tool = content.get("tool", {})
    table = tool.get("sm-lint") if isinstance(tool, dict) else tool
    if not isinstance(table, (dict, type(None))):
        raise ConfigError(f"{path}: tool.sm-lint: expected a table")
    return table


def nearest_file(folder: str) -> str | None:
    """Return the configuration file for the files of an absolute folder: the nearest up to the git root."""
    while True:
        for name in (FILE_NAME, "pyproject.toml"):
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name == FILE_NAME or _table(path) is not None):
                return path
        parent = os.path.dirname(folder)
        if parent == folder or os.path.exists(os.path.join(folder, ".git")):
            return None
        folder = parent


def finder() -> Callable[[str], Settings]:
    """Return a function from an absolute folder to the settings for its files, which reads each file once.

    The function raises ConfigError.
    """
    loaded = cache(load)

    def find(folder: str) -> Settings:
        path = nearest_file(folder)
        return loaded(path) if path else DEFAULTS

    return cache(find)
