"""A team's custom rules: rule files of the same format, folded into a schema together with the built-in rules."""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from sm_lint.config.once import once
from sm_lint.model import data
from sm_lint.model.paths import relative
from sm_lint.model.rule import CATEGORIES
from sm_lint.model.settings import ConfigError
from sm_lint.rules.bases import bases_in
from sm_lint.rules.fold import fold
from sm_lint.rules.rule_file import NOT_CHECKS, RuleError, RuleFile, Signatures
from sm_lint.rules.ruleset import FOLDED, RuleSet
from sm_lint.rules.valid_condition import size_of_patterns
from sm_lint.rules.valid_rule_file import read

_MOST_BYTES, _MOST_OF_PATTERNS = 4 * 1024 * 1024, 32 * 1024 * 1024
"""The maximum size of all custom rules, as files and as compiled patterns. Several validators have these patterns."""


def with_custom_rules(paths: tuple[str, ...], checks: Signatures) -> RuleSet:
    """Return the built-in rules with those in the files `paths`. Raises ConfigError if a rule is invalid.

    The message has the path of the rule relative to the working directory.
    """
    paths = tuple(map(relative, paths))
    base: dict[str, Any] = json.loads(data.schema(FOLDED))
    built_in = base.pop("x-sm-lint")
    bases_of = once(bases_in)
    try:
        _check_size(paths)
        custom = [read(path, checks, bases_of) for path in paths]
        _check_patterns(custom)
        _check_names(custom, built_in["rules"])
        folded = fold(base, custom, checks)
    except RuleError as error:
        more = len(error.errors) - 1
        hint = f" ({more} more; run sm-lint test-rules)" if more else ""
        raise ConfigError(f"rules: {error}{hint}") from error
    schema = {**folded, "x-sm-lint": _merged(built_in, folded["x-sm-lint"])}
    return RuleSet(schema, tables={file.table["code"]: file.table for file in custom})


def _check_size(paths: tuple[str, ...]) -> None:
    """Raise RuleError if the rule files together are larger than whoever reads rules can take in time."""
    size = 0
    for path in paths:
        try:
            size += os.stat(path).st_size
        except (OSError, ValueError):  # told when the file is read
            continue
        if size > _MOST_BYTES:
            raise RuleError(f"{path}: this and the files before it have more than {_MOST_BYTES:,} bytes together")


def _check_patterns(custom: list[RuleFile]) -> None:
    """Raise RuleError if the patterns of the rules take too much memory together."""
    size = 0
    for path, rule in custom:
        size += sum(size_of_patterns(rule[key]) for key in ("when", "then") if key in rule)
        if size > _MOST_OF_PATTERNS:
            raise RuleError(f"{path}: the patterns of this rule and those before it take too much memory together")


def _check_names(custom: list[RuleFile], built_in: Mapping[str, Any]) -> None:
    for error in errors_of_names(custom, built_in):
        raise RuleError(error)


def errors_of_names(custom: list[RuleFile], built_in: Mapping[str, Any]) -> Iterator[str]:
    """Yield the errors in what custom rules share with others: names, and checks that are reserved.

    `built_in` has an entry with the name and the severity for each code.
    """
    codes = (*built_in, *(rule["code"] for _, rule in custom))
    prefixes = {code[:end] for code in codes for end in range(2, len(code) + 1)}
    categories = {category.upper() for category in CATEGORIES.values()}
    names = {known for known, _ in built_in.values()}
    for path, rule in custom:
        name = rule["name"]
        if rule.get("check") in NOT_CHECKS:
            yield f"{path}: check: {rule['check']!r} is reserved for built-in rules; choose another"
        if name in names:
            yield f"{path}: name: duplicate name {name!r}, which a built-in rule has; choose another"
        if name.upper() in {"ALL", *prefixes, *categories} - {rule["code"]}:
            yield f"{path}: name: {name!r} selects other rules, too; choose another"


def _merged(built_in: dict[str, Any], custom: dict[str, Any]) -> dict[str, Any]:
    """Return the union of two rule indices (`x-sm-lint`)."""
    merged = {**built_in}
    for key, entries in custom.items():
        known = merged.get(key, type(entries)())
        merged[key] = {**known, **entries} if isinstance(entries, dict) else [*known, *entries]
    return merged
