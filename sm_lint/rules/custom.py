"""A team's custom rules: rule files of the same format, folded into a schema together with the built-in rules."""

import json
from typing import Any

from sm_lint.model import data
from sm_lint.model.settings import ConfigError
from sm_lint.rules.fold import fold
from sm_lint.rules.rule_file import NOT_CHECKS, RuleError, Signatures
from sm_lint.rules.ruleset import FOLDED
from sm_lint.rules.valid_rule_file import read


def with_custom_rules(paths: tuple[str, ...], checks: Signatures) -> dict[str, Any]:
    """Return the folded schema with the built-in rules and those in `paths`. Raises ConfigError if one is invalid."""
    base: dict[str, Any] = json.loads(data.schema_text(FOLDED))
    built_in = base.pop("x-sm-lint")
    try:
        custom = [read(path, checks) for path in paths]
        for path, rule in custom:
            _check_new(path, rule, built_in["rules"])
        folded = fold(base, custom, checks)
    except RuleError as error:
        raise ConfigError(f"rules: {error}") from error
    return {**folded, "x-sm-lint": _merged(built_in, folded["x-sm-lint"])}


def _check_new(path: str, rule: dict[str, Any], built_in: dict[str, list[str]]) -> None:
    code, name = rule["code"], rule["name"]
    if code.rstrip("0123456789") == "SM":
        raise RuleError(f"{path}: code: {code}: the prefix SM is reserved for built-in rules; choose another")
    if code.rstrip("0123456789") == "ALL":
        raise RuleError(f"{path}: code: {code}: the prefix ALL selects all rules; choose another")
    if rule.get("check") in NOT_CHECKS:
        raise RuleError(f"{path}: check: {rule['check']!r} is reserved for built-in rules; choose another")
    if name in [known for known, _ in built_in.values()]:
        raise RuleError(f"{path}: name: duplicate name {name!r}, which a built-in rule has; choose another")


def _merged(built_in: dict[str, Any], custom: dict[str, Any]) -> dict[str, Any]:
    """Return the union of two rule indices (`x-sm-lint`)."""
    merged = {**built_in}
    for key, entries in custom.items():
        known = merged.get(key, type(entries)())
        merged[key] = {**known, **entries} if isinstance(entries, dict) else [*known, *entries]
    return merged
