"""A team's own rules: rule files of the same form, folded into a second schema beside the one that is built in."""

import json
import os
from typing import Any

from sm_lint import data, folding
from sm_lint.config import ConfigError
from sm_lint.folding import RuleError

_NO_RULES = ("sm-lint.toml", "pyproject.toml")


def files(path: str) -> list[str]:
    """Return the rule files at a path: itself, or all that the folder holds. Raises ConfigError where there is none."""
    if not os.path.exists(path):
        raise ConfigError(f"{path}: there is no such file or folder")
    if not os.path.isdir(path):
        return [path]
    found = sorted(
        os.path.join(folder, name)
        for folder, _, names in os.walk(path)
        for name in names
        if name.endswith(".toml") and name not in _NO_RULES
    )
    if not found:
        raise ConfigError(f"{path}: there is no rule file (*.toml) in this folder")
    return found


def document(paths: tuple[str, ...]) -> dict[str, Any]:
    """Return the folded schema with the rules of these files in it, too. Raises ConfigError where one is wrong."""
    base: dict[str, Any] = json.loads(data.schema_text("create-model-package.folded"))
    built_in = base.pop("x-sm-lint")
    try:
        own = [folding.read(path) for path in paths]
        for path, rule in own:
            _check_new(path, rule, built_in["rules"])
        folded = folding.fold(base, own)
    except RuleError as error:
        raise ConfigError(f"rules: {error}") from error
    return {**folded, "x-sm-lint": _merged(built_in, folded["x-sm-lint"])}


def _check_new(path: str, rule: dict[str, Any], built_in: dict[str, list[str]]) -> None:
    code, name = rule["code"], rule["name"]
    if code.rstrip("0123456789") == "SM":
        raise RuleError(f"{path}: code: {code}: SM is the prefix of sm-lint's own rules; choose another")
    if name in [known for known, _ in built_in.values()]:
        raise RuleError(f"{path}: name: {name} is taken by a rule of sm-lint")


def _merged(built_in: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return two indices of rules as one."""
    merged = {**built_in}
    for key, entries in own.items():
        known = merged.get(key, type(entries)())
        merged[key] = {**known, **entries} if isinstance(entries, dict) else [*known, *entries]
    return merged
