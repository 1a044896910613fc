"""Configuration files: the nearest one above a file, what it extends, and the options of the command line over all."""

import os
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from sm_lint.config.keys import KEYS, Context
from sm_lint.model.settings import DEFAULTS, ConfigError, Settings

if TYPE_CHECKING:
    from sm_lint.config.selectors import Names

    NamesOf = Callable[[tuple[str, ...]], Names]
    """From the files of custom rules to what there is to be named beside them; raises ConfigError for a wrong file."""

FILE_NAME = "sm-lint.toml"


def parse(
    table: Mapping[str, Any], where: str, folder: str, names_of: "NamesOf", rules: tuple[str, ...] = ()
) -> Settings:
    """Return the settings in a table of TOML.

    `where` names the file for messages, `folder` is what its patterns and paths are relative to. A selector may name a
    rule of the table's own `rules`, and of those in the files `rules`. `names_of` gives what there is to be named.
    Raises ConfigError.
    """
    for name in table:
        if name not in KEYS:
            from sm_lint.model.nearest import did_you_mean

            raise ConfigError(f"{where}: {name}: unknown key{did_you_mean(name, KEYS)}")
    own: tuple[str, ...] = ()
    names = cache(lambda: names_of((*rules, *own)))
    values = {}
    for name in sorted(table.keys() - {"extend"}, key=lambda one: one != "rules"):  # rules first: others name them
        key = KEYS[name]
        values[key.field] = key.kind.read(table[name], Context(f"{where}: {name}", folder, names))
        if name == "rules":
            own = values["rules"]
            names()  # what is wrong with a custom rule is said, whether or not somebody names it
    settings = Settings(**values)
    _check_reasons(settings)
    return settings


def _check_reasons(settings: Settings) -> None:
    if settings.require_reason:
        from sm_lint.config.ignores import check_reasons

        check_reasons(settings.per_file_ignores)


def over(settings: Settings, base: Settings, table: Mapping[str, Any]) -> Settings:
    """Return `base` with what `table` sets laid over it; `settings` is what was read from the table.

    A list is added to that of `base`, or replaces it, as its key says. Raises ConfigError.
    """
    changes = {}
    for name in table.keys() - {"extend"}:
        key = KEYS[name]
        new, old = getattr(settings, key.field), getattr(base, key.field)
        changes[key.field] = old + new if key.adds and isinstance(new, tuple) else new
    merged = base._replace(**changes)
    _check_reasons(merged)
    return merged


def load(path: str, names_of: "NamesOf", *, seen: tuple[str, ...] = ()) -> Settings:
    """Return the settings in a configuration file and in those that it extends. Raises ConfigError."""
    real = os.path.realpath(path)
    if real in seen:
        raise ConfigError(f"{path}: extend: the files extend each other in a circle; remove one of these keys")
    table = _table(path)
    if table is None:
        raise ConfigError(f"{path}: missing table [tool.sm-lint]; add it, or name another file")
    extended = table.get("extend")
    if extended is None:
        return parse(table, path, os.path.dirname(real), names_of)
    if not isinstance(extended, str) or "\0" in extended:
        raise ConfigError(f"{path}: extend: expected the path of a configuration file, found {extended!r}")
    base = load(os.path.join(os.path.dirname(path), extended), names_of, seen=(*seen, real))
    return over(parse(table, path, os.path.dirname(real), names_of, base.rules), base, table)


def _table(path: str) -> dict[str, Any] | None:
    """Return the table that a file holds for sm-lint; None for a pyproject.toml without one."""
    import tomli

    try:
        with open(path, "rb") as file:
            content = tomli.load(file)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: invalid TOML: {error}") from error
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


def finder(names_of: "NamesOf") -> Callable[[str], Settings]:
    """Return a function from an absolute folder to the settings for its files, which reads each file once.

    The function raises ConfigError.
    """
    loaded = cache(lambda path: load(path, names_of))

    def find(folder: str) -> Settings:
        path = nearest_file(folder)
        return loaded(path) if path else DEFAULTS

    return cache(find)
