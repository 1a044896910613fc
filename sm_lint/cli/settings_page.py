"""The settings that hold for a file, as the TOML of a configuration that would give them."""

import json
from typing import Any

from sm_lint.config.keys import KEYS
from sm_lint.model.settings import Settings


def text(settings: Settings, source: str | None) -> str:
    """Return all settings; `source` is the configuration file that they come from, None without one.

    Patterns are as they are written, and so relative to the folder of the file that holds them.
    """
    lines = [f"# {source or 'no configuration file'}"]
    tables = []
    for key in KEYS.values():
        if key.name == "extend":  # what it names is in the settings
            continue
        value = getattr(settings, key.field)
        plain = None if value is None else key.kind.toml(value)
        if isinstance(plain, dict):
            tables.append((key.name, plain))
        elif plain is None:
            lines.append(f"# {key.name} is not set")
        else:
            lines.append(f"{key.name} = {_toml(plain)}")
    for name, table in tables:
        lines += ["", f"[{name}]", *(f"{_toml(key)} = {_toml(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    """Return a value as TOML, whose texts, numbers, lists and truth values are JSON's."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items() if part is not None) + " }"
    return json.dumps(value)
