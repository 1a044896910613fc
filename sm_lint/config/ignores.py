"""The table `per-file-ignores`: rules that are not reported in certain files, or at certain values in them."""

import re
from typing import Any

from sm_lint.config.dates import is_date
from sm_lint.config.globs import check_pattern
from sm_lint.config.selectors import Names, prefix_of
from sm_lint.model.escape import one_line
from sm_lint.model.ignore import Ignore
from sm_lint.model.nearest import did_you_mean
from sm_lint.model.pointer import steps_of
from sm_lint.model.settings import ConfigError

# The pointer begins at the first `#` that is followed by a slash or the end. Any other `#` is part of the file name.
_PARTS = re.compile(r"(?P<glob>.*?)(?:#(?P<pointer>/.*|))?", re.DOTALL)
_KEYS = ("codes", "reason", "expires")
_MOST_STEPS = 200
_MOST_WILD = 200
"""The maximum number of pointers with a step `*`. A finding is compared with all of them that may lead to it."""


def ignores(table: Any, where: str, folder: str, names: Names) -> tuple[Ignore, ...]:
    """Return an Ignore for each rule in a table of `per-file-ignores`.

    `where` names the file and key in messages; the patterns are relative to `folder`. Raises ConfigError if the table
    is invalid.
    """
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: expected a table of patterns and lists of rules, found {table!r}")
    listed = tuple(
        ignore
        for key, entry in table.items()
        for ignore in _entry(key, entry, one_line(f"{where}.{key!r}"), folder, names)
    )
    wild = {ignore.pointer for ignore in listed if ignore.pointer and "*" in ignore.pointer}
    if len(wild) > _MOST_WILD:
        raise ConfigError(f"{where}: found {len(wild):,} pointers with a step *; there may be at most {_MOST_WILD}")
    return listed


def check_reasons(listed: tuple[Ignore, ...]) -> None:
    """Raise ConfigError if an entry has no reason. To be called if `require-reason` is set."""
    for ignore in listed:
        if not ignore.reason:
            raise ConfigError(f'{ignore.where}: require-reason is set; write {{ codes = [...], reason = "..." }}')


def _entry(key: str, entry: Any, where: str, folder: str, names: Names) -> list[Ignore]:
    given = entry if isinstance(entry, dict) else {"codes": entry}
    for name in given:
        if name not in _KEYS:
            raise ConfigError(f"{where}: {name}: unknown key{did_you_mean(name, _KEYS)}")
    codes = given.get("codes")
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise ConfigError(
            f"{where}{': codes' if isinstance(entry, dict) else ''}: expected a list of strings, found {codes!r}"
        )
    if not codes:
        raise ConfigError(f"{where}: found no rules; list the rules to ignore, or remove the entry")
    reason = given.get("reason")
    if reason is not None and not (isinstance(reason, str) and reason.strip()):
        raise ConfigError(f"{where}: reason: expected a non-empty string, found {reason!r}")
    parts = _PARTS.fullmatch(key)
    glob, pointer = (parts["glob"], parts["pointer"]) if parts else (key, None)
    if not glob or glob.startswith("!"):
        raise ConfigError(f"{where}: expected a file pattern without leading !, and optionally # and a JSON pointer")
    if pointer and pointer.count("/") > _MOST_STEPS:
        raise ConfigError(f"{where}: the pointer has more than {_MOST_STEPS} steps, and no value is nested so deeply")
    check_pattern(glob, where)
    selectors: dict[str, str] = {}
    for code in codes:
        selectors.setdefault(prefix_of(code, names, where), code)
    return [
        Ignore(
            prefix=prefix,
            selector=code,
            glob=glob,
            folder=folder,
            pointer=None if pointer is None else steps_of(pointer),
            reason=reason,
            expires=_expiry(given.get("expires"), where),
            where=where,
        )
        for prefix, code in selectors.items()
    ]


def _expiry(value: Any, where: str) -> str | None:
    """Return a TOML date, or a string that is a date, as YYYY-MM-DD. Raises ConfigError for any other value."""
    if value is None:
        return None
    text = str(value)
    if not is_date(text):
        raise ConfigError(f"{where}: expires: invalid date {text!r}; write it as YYYY-MM-DD, for example 2027-01-31")
    return text
