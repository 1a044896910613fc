"""Settings: the nearest configuration file of each payload, what it extends, and the command line over all."""

import os
import re
from functools import cache
from typing import Any, NamedTuple

from sm_lint.diagnostic import Severity
from sm_lint.nearest import did_you_mean

FILE_NAME = "sm-lint.toml"
FAIL_ON = ("error", "warning", "info", "never")


class ConfigError(Exception):
    """What the user wrote in a configuration or on the command line is wrong; the text says where and what to write."""


class Settings(NamedTuple):
    """What the user asked for, over the defaults."""

    select: tuple[str, ...] | None = None
    """Prefixes of codes, as in `extend_select`, `ignore` and `severity`; None: every rule that is not an info."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    fail_on: str = "error"
    exclude: tuple[tuple[str, str], ...] = ()
    """Patterns as in a .gitignore, each with the folder that it is relative to."""
    given: tuple[str, ...] = ()
    extra_instance_types: tuple[str, ...] = ()
    region: str | None = None
    """The region that the request is sent to."""
    cli_version: str | None = None
    """The version of the AWS CLI that reads the request."""


DEFAULTS = Settings()

_STRINGS = ("select", "extend-select", "ignore", "exclude", "given", "extra-instance-types")
KEYS = (*_STRINGS, "extend", "severity", "fail-on", "region", "cli-version")
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-[0-9]+")
_CLI_VERSION = re.compile(r"2(\.[0-9]{1,4}){2}")


def parse_table(table: dict[str, Any], where: str, folder: str) -> Settings:
    """Return the settings in a table of TOML.

    `where` names the file for messages, `folder` is what its patterns are relative to. Raises ConfigError.
    """
    from sm_lint.selection import check_member, check_selector

    for key in table:
        if key not in KEYS:
            raise ConfigError(f"{where}: {key}: unknown key{did_you_mean(key, KEYS)}")
    strings = {key: _strings(table.get(key, []), f"{where}: {key}") for key in _STRINGS}
    for key in ("select", "extend-select", "ignore"):
        strings[key] = tuple(check_selector(s, f"{where}: {key}") for s in strings[key])
    for name in strings["given"]:
        check_member(name, f"{where}: given")
    fail_on = table.get("fail-on", DEFAULTS.fail_on)
    if fail_on not in FAIL_ON:
        raise ConfigError(f"{where}: fail-on: {fail_on!r} is none of {', '.join(FAIL_ON)}")
    return Settings(
        select=strings["select"] if "select" in table else None,
        extend_select=strings["extend-select"],
        ignore=strings["ignore"],
        severity=_severities(table.get("severity", {}), where),
        fail_on=fail_on,
        exclude=tuple((pattern, folder) for pattern in strings["exclude"]),
        given=strings["given"],
        extra_instance_types=strings["extra-instance-types"],
        region=_text(table, "region", where, _REGION, 'a region such as "eu-west-1"'),
        cli_version=_text(table, "cli-version", where, _CLI_VERSION, 'a version 2 of the AWS CLI such as "2.22.4"'),
    )


def _strings(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{where}: expected a list of strings")
    return tuple(value)


def _text(table: dict[str, Any], key: str, where: str, form: re.Pattern[str], expected: str) -> str | None:
    value = table.get(key)
    if value is None or (isinstance(value, str) and form.fullmatch(value)):
        return value
    raise ConfigError(f"{where}: {key}: expected {expected}, not {value!r}")


def _severities(value: Any, where: str) -> tuple[tuple[str, str], ...]:
    from sm_lint.selection import check_selector

    if not isinstance(value, dict):
        raise ConfigError(f"{where}: severity: expected a table of rules and severities")
    levels = [severity.value for severity in Severity]
    for selector, level in value.items():
        if level not in levels:
            raise ConfigError(f"{where}: severity.{selector}: {level!r} is none of {', '.join(levels)}")
    return tuple((check_selector(selector, f"{where}: severity"), level) for selector, level in value.items())


def over(settings: Settings, base: Settings, table: dict[str, Any]) -> Settings:
    """Return `base` with what `table` sets, read as `settings`, laid over it: lists that add are added."""
    adding = ("extend_select", "ignore", "severity", "exclude", "given", "extra_instance_types")
    changes = {field: getattr(base, field) + getattr(settings, field) for field in adding}
    replacing = ("select", "fail_on", "region", "cli_version")
    changes |= {field: getattr(settings, field) for field in replacing if field.replace("_", "-") in table}
    return base._replace(**changes)


def load(path: str, *, seen: tuple[str, ...] = ()) -> Settings:
    """Return the settings in a configuration file and in those that it extends. Raises ConfigError."""
    real = os.path.realpath(path)
    if real in seen:
        raise ConfigError(f"{path}: extend: the files extend each other in a circle")
    table = _table(path)
    if table is None:
        raise ConfigError(f"{path}: there is no table [tool.sm-lint]")
    settings = parse_table(table, path, os.path.dirname(real))
    extended = table.get("extend")
    if extended is None:
        return settings
    if not isinstance(extended, str):
        raise ConfigError(f"{path}: extend: expected the path of a configuration file")
    base = load(os.path.join(os.path.dirname(path), extended), seen=(*seen, real))
    return over(settings, base, table)


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
    table: dict[str, Any] | None = content.get("tool", {}).get("sm-lint")
    return table


@cache
def nearest_file(folder: str) -> str | None:
    """Return the configuration file that holds for the files of an absolute folder: the nearest up to the git root."""
    for name in (FILE_NAME, "pyproject.toml"):
        path = os.path.join(folder, name)
        if os.path.isfile(path) and (name == FILE_NAME or _table(path) is not None):
            return path
    parent = os.path.dirname(folder)
    if parent == folder or os.path.exists(os.path.join(folder, ".git")):
        return None
    return nearest_file(parent)


@cache
def of_folder(folder: str) -> Settings:
    """Return the settings of the nearest configuration file of an absolute folder. Raises ConfigError."""
    path = nearest_file(folder)
    return load(path) if path else DEFAULTS
