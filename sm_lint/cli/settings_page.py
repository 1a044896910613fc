"""The settings of a file as the TOML of an equivalent configuration, and the rules that run under them."""

import json
import re
from collections.abc import Mapping
from textwrap import fill
from typing import Any

from sm_lint.config.keys import KEYS
from sm_lint.model.escape import visible
from sm_lint.model.settings import Settings
from sm_lint.model.severity import Severity
from sm_lint.model.words import counted

_WIDTH = 100


def text(settings: Settings, source: str | None, rules: Mapping[str, Severity]) -> str:
    """Return all settings as TOML; `source` is the configuration file that they come from, None without one.

    Patterns are shown as written, so they are relative to the folder of the file that contains them. `rules` has the
    severities of the rules that run, by code; they are shown in comments.
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
    return "\n".join([*lines, "", *_ran(rules)]) + "\n"


def _ran(rules: Mapping[str, Severity]) -> list[str]:
    """Return comments with the codes of the rules that run, by severity."""
    lines = [f"# {counted(len(rules), 'rule')} run{'s' if len(rules) == 1 else ''}"]
    for severity in Severity:
        codes = " ".join(code for code, level in rules.items() if level is severity)
        if codes:
            lines.append(fill(f"{severity.value}: {codes}", _WIDTH, initial_indent="# ", subsequent_indent="#   "))
    return lines


def toml(value: Any) -> str:
    """Return a value as TOML. Strings, numbers, lists and booleans are written as in JSON."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {toml(part)}" for key, part in value.items() if part is not None) + " }"
    return json.dumps(value).replace("\x7f", "\\u007f")  # which JSON allows


def _key(name: str) -> str:
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else toml(name)
