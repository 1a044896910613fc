"""Folding of rules into the shapes: one schema that decides whether a request is clean.

A rule with `shape` and `then` becomes an entry of that shape's `allOf`, marked with its code. A rule of severity info
becomes an entry of `x-advice` instead, because most runs do not select it and should not pay for it. Everything else
that a run needs to know about the rules, without reading their files, is under `x-sm-lint`.
"""

import os
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from sm_lint.model import data
from sm_lint.model.rule import as_tuple
from sm_lint.rules.rule_file import NOT_CHECKS, RuleError, RuleFile, Signatures
from sm_lint.rules.shapes import INSTANCE_TYPES, paths_of


def fold(schema: dict[str, Any], files: Iterable[RuleFile], checks: Signatures) -> dict[str, Any]:
    """Return a schema of the shapes with rules folded into it. It records the paths of custom rule files.

    Raises RuleError if two rules have the same code or name, or explain the same problem.
    """
    result = deepcopy(schema)
    definitions = result["definitions"]
    definitions.pop(INSTANCE_TYPES, None)
    index: dict[str, Any] = {"rules": {}, "keywords": [], "problems": {}, "checks": [], "doubtful": {}}
    owners: dict[str, str] = {}
    for path, rule in files:
        code = rule["code"]
        for key in ("code", "name"):
            if rule[key] in owners:
                raise RuleError(f"{path}: {key}: duplicate {key} {rule[key]!r}, also in {owners[rule[key]]}")
            owners[rule[key]] = path
        index["rules"][code] = [rule["name"], rule["severity"]]
        if os.path.dirname(os.path.abspath(path)) != data.RULES:
            index.setdefault("files", {})[code] = path
        if "then" in rule:
            part = {"if": rule["when"], "then": rule["then"]} if "when" in rule else rule["then"]
            if "doubtful" in rule:
                index["doubtful"][code] = rule["doubtful"]
            place = "x-advice" if rule["severity"] == "info" else "allOf"
            for shape in as_tuple(rule["shape"]):
                definitions[shape].setdefault(place, []).append({"x-rule": code, **part})
        elif "keyword" in rule:
            entry: dict[str, Any] = {"rule": code}
            entry |= {key: list(as_tuple(rule[key])) for key in ("keyword", "shape", "member") if key in rule}
            entry |= {"when": rule["when"]} if "when" in rule else {}
            index["keywords"].append(entry)
        elif rule["check"] in NOT_CHECKS:
            problem = rule["with"]["problem"]
            if problem in index["problems"]:
                raise RuleError(f"{path}: with.problem: {problem!r} is explained by {index['problems'][problem]}")
            index["problems"][problem] = code
        else:
            _add_check(index["checks"], rule, checks)
    return {"x-sm-lint": index, **result}


def _add_check(calls: list[dict[str, Any]], rule: dict[str, Any], checks: Signatures) -> None:
    """Add a rule to the call of its check with equal parameters, or add a new call. Places become paths."""
    parameters = checks[rule["check"]].parameters
    given = dict(rule.get("with", {}))
    kinds = given.pop("kinds", None)
    settings = [key.replace("-", "_") for key in as_tuple(given.pop("settings", None))]
    at = [name for name, parameter in parameters.items() if parameter.is_place]
    given |= {name: _as_paths(given[name]) for name in at if name in given}
    call = {
        "check": rule["check"],
        "with": given,
        "settings": settings,
        "paths": [name for name in at if not parameters[name].is_context],
        "context": [name for name in at if parameters[name].is_context],
        "needs": [name for name in settings if parameters[name].is_required],
    }
    entry = [rule["code"], None if kinds is None else list(as_tuple(kinds))]
    for known in calls:
        if {key: value for key, value in known.items() if key != "rules"} == call:
            known["rules"].append(entry)
            return
    calls.append({**call, "rules": [entry]})


def _as_paths(places: Any) -> Any:
    if isinstance(places, dict):
        return {path: value for place, value in places.items() for path in paths_of(place)}
    return [path for place in places for path in paths_of(place)]
