"""The table in a TOML file or text: the one way in which configurations, rule files and bases are read."""

from typing import Any

from sm_lint.config.text import text_of
from sm_lint.model.settings import ConfigError

MOST_BYTES = 1024 * 1024
_MOST_LEVELS = 32
"""Tables and lists inside each other. Whoever reads a table may call a function per level."""


def table_of(path: str) -> dict[str, Any]:
    """Return the table in a TOML file. Raises ConfigError if it cannot be read, is not TOML, or exceeds a limit."""
    return parsed(text_of(path, MOST_BYTES), path)


def parsed(text: str, where: str) -> dict[str, Any]:
    """Return the table in a text in TOML; `where` begins messages. Raises ConfigError as `table_of` does."""
    import tomli

    too_deep = f"{where}: invalid TOML: tables and lists are nested more than {_MOST_LEVELS} levels deep"
    try:
        table = tomli.loads(text)
    except RecursionError as error:
        raise ConfigError(too_deep) from error
    except ValueError as error:  # not TOML, or an integer with too many digits
        raise ConfigError(f"{where}: invalid TOML: {error}") from error
    if _is_deeper(table, _MOST_LEVELS):
        raise ConfigError(too_deep)
    return table


def _is_deeper(value: Any, levels: int) -> bool:
    """Return whether more than `levels` tables and lists are inside each other in `value`."""
    level = [value]
    for _ in range(levels):
        level = [child for of in level for child in _children(of) if isinstance(child, (dict, list))]
    return bool(level)


def _children(value: Any) -> Any:
    return value.values() if isinstance(value, dict) else value
