"""The settings that hold for a file, as the TOML of a configuration that would give them."""

import json
import os
from typing import Any

from sm_lint.config import KEYS, Settings
from sm_lint.ignores import Ignore


def text(settings: Settings, source: str | None) -> str:
    """Return all settings; `source` is the configuration file that they come from, None without one.

    Patterns are as they are written, and so relative to the folder of the file that holds them.
    """
    lines = [f"# {source or 'no configuration file'}"]
    tables = []
    for key, kind in KEYS.items():
        if key == "extend":  # what it names is in the settings
            continue
        value = getattr(settings, key.replace("-", "_"))
        if kind == "severities":
            tables.append((key, {_selector(prefix): level for prefix, level in value or ()}))
        elif kind == "ignores":
            tables.append((key, _ignores(value or ())))
        elif value is None:
            lines.append(f"# {key} is not set")
        else:
            lines.append(f"{key} = {_toml(_plain(kind, value))}")
    for key, table in tables:
        lines += ["", f"[{key}]", *(f"{_toml(name)} = {_toml(value)}" for name, value in table.items())]
    return "\n".join(lines) + "\n"


def _plain(kind: str, value: Any) -> Any:
    if kind == "selectors":
        return [_selector(prefix) for prefix in value]
    if kind == "patterns":
        return [glob for glob, _folder in value]
    if kind == "path":
        return os.path.relpath(value)
    return list(value) if isinstance(value, tuple) else value


def _selector(prefix: str) -> str:
    return prefix or "ALL"


def _ignores(ignores: tuple[Ignore, ...]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for ignore in ignores:
        steps = [step.replace("~", "~0").replace("/", "~1") for step in ignore.pointer or ()]
        key = ignore.glob + ("" if ignore.pointer is None else "#" + "".join(f"/{step}" for step in steps))
        entry = table.setdefault(key, {"codes": [], "reason": ignore.reason, "expires": ignore.expires})
        entry["codes"].append(ignore.selector)
    return table


def _toml(value: Any) -> str:
    """Return a value as TOML, whose texts, numbers, lists and truth values are JSON's."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items() if part is not None) + " }"
    return json.dumps(value)
