"""What a configuration says of single places: `per-file-ignores`."""

import re
from typing import Any, NamedTuple

# The pointer begins at the first number sign that a slash or the end follows: other ones belong to the file's name.
_PARTS = re.compile(r"(?P<glob>.*?)(?:#(?P<pointer>/.*|))?", re.DOTALL)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_KEYS = ("codes", "reason", "expires")


class Ignore(NamedTuple):
    """One rule, prefix or topic that is not to be reported at some place."""

    prefix: str
    """Of the codes that it stands for."""
    selector: str
    """As it is written."""
    glob: str
    folder: str
    """What the glob is relative to."""
    pointer: tuple[str, ...] | None
    """The steps to the one value that is meant, `*` for any step; None for the whole file."""
    reason: str | None
    expires: str | None
    """The last day on which it holds, as YYYY-MM-DD."""
    where: str
    """The file and key, for messages."""


def parse(table: Any, where: str, folder: str) -> tuple[Ignore, ...]:
    """Return what a table of `per-file-ignores` says; raise ConfigError where it is wrong."""
    from sm_lint.config import ConfigError

    if not isinstance(table, dict):
        raise ConfigError(f"{where}: expected a table of patterns and lists of rules")
    return tuple(ignore for key, entry in table.items() for ignore in _entry(key, entry, f"{where}.{key!r}", folder))


def _entry(key: str, entry: Any, where: str, folder: str) -> list[Ignore]:
    from sm_lint.config import ConfigError, check_pattern, strings
    from sm_lint.nearest import did_you_mean
    from sm_lint.selection import check_selector

    given = entry if isinstance(entry, dict) else {"codes": entry}
    for name in given:
        if name not in _KEYS:
            raise ConfigError(f"{where}: {name}: unknown key{did_you_mean(name, _KEYS)}")
    codes = strings(given.get("codes"), f"{where}: codes" if isinstance(entry, dict) else where)
    if not codes:
        raise ConfigError(f"{where}: no rule is named; write the codes that are to be ignored, or remove the entry")
    reason = given.get("reason")
    if reason is not None and not (isinstance(reason, str) and reason.strip()):
        raise ConfigError(f"{where}: reason: expected a text")
    parts = _PARTS.fullmatch(key)
    glob, pointer = (parts["glob"], parts["pointer"]) if parts else (key, None)
    if not glob or glob.startswith("!"):
        raise ConfigError(f"{where}: expected the pattern of a file before a # and a JSON pointer, if there is one")
    check_pattern(glob, where)
    return [
        Ignore(
            prefix=check_selector(code, where),
            selector=code,
            glob=glob,
            folder=folder,
            pointer=None if pointer is None else tuple(_steps(pointer)),
            reason=reason,
            expires=_expiry(given.get("expires"), where),
            where=where,
        )
        for code in codes
    ]


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _expiry(value: Any, where: str) -> str | None:
    """Return a date of TOML, or a text that is one, as YYYY-MM-DD."""
    from sm_lint.config import ConfigError

    if value is None:
        return None
    text = str(value)
    if not is_date(text):
        raise ConfigError(f"{where}: expires: {text!r} is no date; write one as 2027-01-31")
    return text


def is_date(text: str) -> bool:
    """Say whether a text is a day of the calendar, written as YYYY-MM-DD.

    >>> is_date("2028-02-29"), is_date("2027-02-29"), is_date("20270228")
    (True, False, False)
    """
    from datetime import date

    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
