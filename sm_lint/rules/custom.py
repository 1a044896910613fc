"""A team's custom rules: rule files of the same form, folded into a second schema beside the built-in one."""

import json
from typing import Any

from sm_lint.model import data
from sm_lint.model.settings import ConfigError
from sm_lint.rules.fold import fold
from sm_lint.rules.rule_file import RuleError, Signatures
from sm_lint.rules.ruleset import FOLDED
from sm_lint.rules.valid_rule_file import read


def with_custom_rules(paths: tuple[str, ...], checks: Signatures) -> dict[str, Any]:
    """Return the folded schema with the rules of these files in it, too. Raises ConfigError where one is wrong."""
    base: dict[str, Any] = json.loads(data.schema_text(FOLDED))
    built_in = base.pop("x-sm-lint")
    try:
        own = [read(path, checks) for path in paths]
        for path, rule in own:
            _check_new(path, rule, built_in["rules"])
        folded = fold(base, own, checks)
    except RuleError as error:
        raise ConfigError(f"rules: {error}") from error
    return {**folded, "x-sm-lint": _merged(built_in, folded["x-sm-lint"])}


def _check_new(path: str, rule: dict[str, Any], built_in: dict[str, list[str]]) -> None:
    code, name = rule["code"], rule["name"]
    if code.rstrip("0123456789") == "SM":
        raise RuleError(f"{path}: code: {code}: the prefix SM is reserved for built-in rules; choose another")
    if name in [known for known, _ in built_in.values()]:
        raise RuleError(f"{path}: name: duplicate name {name!r}, which a built-in rule has; choose another")


def _merged(built_in: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return two indices of rules as one."""
    merged = {**built_in}
    for key, entries in own.items():
        known = merged.get(key, type(entries)())
        merged[key] = {**known, **entries} if isinstance(entries, dict) else [*known, *entries]
    return merged
