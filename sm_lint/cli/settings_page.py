"""The settings of a file as the TOML of an equivalent configuration."""

import json
import re
from typing import Any

from sm_lint.config.keys import KEYS
from sm_lint.model.escape import visible
from sm_lint.model.settings import Settings


def text(settings: Settings, source: str | None) -> str:
    """Return all settings as TOML; `source` is the configuration file that they come from, None without one.

    Patterns are shown as written, so they are relative to the folder of the file that contains them.
    """
    lines = [f"# {visible(source or 'no configuration file')}"]
    tables = []
    for key in KEYS.values():
        if key.name == "extend":  # the extended settings are merged already
            continue
        value = getattr(settings, key.field)
        plain = None if value is None else key.kind.toml(value)
        if isinstance(plain, dict):
            tables.append((key.name, plain))
        elif plain is None:
            lines.append(f"# {key.name} is not set")
        else:
            lines.append(f"{key.name} = {toml(plain)}")
    for name, table in tables:
        lines += ["", f"[{name}]", *(f"{toml(key)} = {toml(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def toml(value: Any) -> str:
    """Return a value as TOML. Strings, numbers, lists and booleans are written as in JSON."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {toml(part)}" for key, part in value.items() if part is not None) + " }"
    return json.dumps(value).replace("\x7f", "\\u007f")  # which JSON allows


def _key(name: str) -> str:
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else toml(name)
