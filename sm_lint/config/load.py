"""Configuration files: finding the nearest one, reading it and the files that it extends, and merging settings."""

import os
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from sm_lint.config.keys import KEYS, Context, is_path
from sm_lint.config.once import once
from sm_lint.model.paths import relative
from sm_lint.model.settings import DEFAULTS, ConfigError, Settings

if TYPE_CHECKING:
    from sm_lint.config.keys import Key
    from sm_lint.config.selectors import Names

    NamesOf = Callable[[tuple[str, ...]], Names]
    """From custom rule files to the names that a configuration may use with them. Raises ConfigError."""

FILE_NAME = "sm-lint.toml"
_MOST_EXTENDED = 16


def parse(
    table: Mapping[str, Any], where: str, folder: str, names_of: "NamesOf", rules: tuple[str, ...] = ()
) -> Settings:
    """Return the settings in a TOML table.

    `where` names the file in messages; patterns and paths are relative to `folder`. Selectors may name the built-in
    rules, the custom rules of the table's key `rules`, and those in the files `rules`; `names_of` returns their names.
    Raises ConfigError, also if the table has the key `extend`, which only a file can have.
    """
    for name in table:
        if name not in KEYS:
            from sm_lint.model.nearest import did_you_mean

            raise ConfigError(f"{where}: {name}: unknown key{did_you_mean(name, KEYS)}")
    if "extend" in table:
        raise ConfigError(f"{where}: extend: only a configuration file can extend another; put these keys into a file")
    custom: tuple[str, ...] = ()
    names = cache(lambda: names_of((*rules, *custom)))
    values = {}
    # `rules` comes first, because other keys name the rules in it.
    for name in sorted(table, key=lambda name: name != "rules"):
        key = KEYS[name]
        _check_length(key, table[name], f"{where}: ")
        values[key.field] = key.kind.read(table[name], Context(f"{where}: {name}", folder, names))
        if name == "rules":
            custom = values["rules"]
            names()  # report an invalid custom rule even if no key names it
    settings = Settings(**values)
    _check_reasons(settings)
    return settings


def _check_reasons(settings: Settings) -> None:
    if settings.require_reason:
        from sm_lint.config.ignores import check_reasons

        check_reasons(settings.per_file_ignores)


def _check_length(key: "Key", value: Any, where: str) -> None:
    if isinstance(value, (list, tuple, dict)) and len(value) > key.most:
        raise ConfigError(f"{where}{key.name}: expected at most {key.most:,} entries, found {len(value):,}")


def merge(settings: Settings, base: Settings, table: Mapping[str, Any], where: str) -> Settings:
    """Return `base` overridden by the keys that `table` sets; `settings` are the values read from `table`.

    A list is appended to that of `base` or replaces it, depending on `Key.adds`. `where` begins messages. Raises
    ConfigError if an entry lacks a required reason, or a list is too long.
    """
    changes = {}
    for name in table:
        key = KEYS[name]
        new, old = getattr(settings, key.field), getattr(base, key.field)
        changes[key.field] = old + new if key.adds and isinstance(new, tuple) else new
        _check_length(key, changes[key.field], f"{where}: with what it extends: ")
    merged = base._replace(**changes)
    _check_reasons(merged)
    return merged


def load(path: str, names_of: "NamesOf", *, seen: tuple[str, ...] = ()) -> Settings:
    """Return the settings in a configuration file, over those in the files that it extends. Raises ConfigError.

    Messages, and the findings about what the file suppresses, have its path relative to the working directory.
    `seen` are the real paths of the files that led here by `extend`.
    """
    path = relative(path)
    real = os.path.realpath(path)
    if real in seen:
        raise ConfigError(f"{path}: extend: the files extend each other in a circle; remove one of these keys")
    if len(seen) > _MOST_EXTENDED:
        raise ConfigError(f"{path}: extend: more than {_MOST_EXTENDED} files in a row; merge some of them")
    table = table_in(path)
    if table is None:
        raise ConfigError(f"{path}: missing table [tool.sm-lint]; add it, or name another file")
    folder = os.path.dirname(os.path.abspath(path))
    if "extend" not in table:
        return parse(table, path, folder, names_of)
    extended = table.pop("extend")
    if not is_path(extended):
        raise ConfigError(f"{path}: extend: expected the path of a configuration file, found {extended!r}")
    base = load(os.path.join(os.path.dirname(path), extended), names_of, seen=(*seen, real))
    return merge(parse(table, path, folder, names_of, base.rules), base, table, path)


def table_in(path: str) -> dict[str, Any] | None:
    """Return sm-lint's table in a configuration file; None for a pyproject.toml without one. Raises ConfigError."""
    from sm_lint.config.toml import table_of

    content = table_of(path)
    if os.path.basename(path) != "pyproject.toml":
        return content
    tool = content.get("tool", {})
    table = tool.get("sm-lint") if isinstance(tool, dict) else tool
    if not isinstance(table, (dict, type(None))):
        raise ConfigError(f"{path}: tool.sm-lint: expected a table")
    return table


def file_in(folder: str) -> str | None:
    """Return the configuration file in a folder; None without one. Raises ConfigError if a file cannot be read."""
    for name in (FILE_NAME, "pyproject.toml"):
        path = os.path.join(folder, name)
        if os.path.lexists(path) and (name == FILE_NAME or table_in(relative(path)) is not None):
            return path
    return None


def nearest_file(folder: str, file_of: Callable[[str], str | None] = file_in) -> str | None:
    """Return the configuration file nearest to an absolute folder, up to the git root; None if there is none.

    Raises ConfigError if a file cannot be read.
    """
    while True:
        path = file_of(folder)
        parent = os.path.dirname(folder)
        if path or parent == folder or os.path.exists(os.path.join(folder, ".git")):
            return path
        folder = parent


def finder(names_of: "NamesOf") -> Callable[[str], Settings]:
    """Return `find(folder)`: the settings for the files in an absolute folder. Each configuration file is read once.

    `find` raises ConfigError.
    """
    loaded = once(lambda path: load(path, names_of))
    file_of = once(file_in)

    def find(folder: str) -> Settings:
        path = nearest_file(folder, file_of)
        return loaded(path) if path else DEFAULTS

    return once(find)
