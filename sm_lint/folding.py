"""Rule files made into one schema: what is wrong with a file, and the shapes with the rules folded into them.

A rule with `shape` and `then` becomes one more entry of that shape's `allOf`, marked with its code; one that only
advises, of its `x-advice`, because most runs do without advice and should not pay for it. What else a run needs to know
of the rules without reading their files stands under `x-sm-lint`.
"""

import inspect
import json
import os
from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import tomli
from jsonschema import Draft7Validator, FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError, best_match

from sm_lint import data
from sm_lint.config import KEYS
from sm_lint.nearest import did_you_mean
from sm_lint.rules import as_tuple
from sm_lint.validator import compiled

_CONDITIONS = ("when", "then")
_PROBLEMS = ("reading", "suppression")
"""Not checks of a payload: their rules explain what a reader, or the judge of suppressions, has found."""
# Where JSON Schema holds schemas: by name, in a list, or alone.
_NAMED, _LISTED = ("properties", "patternProperties", "definitions"), ("allOf", "anyOf")
_ALONE = ("not", "if", "then", "else", "items", "contains", "propertyNames", "additionalProperties")
_TYPES: dict[Any, str] = {list[str]: "a list of strings", str: "a string", int: "a whole number", bool: "true or false"}
_FORMS = "`shape` with `then`, `keyword`, or `check`"


class RuleError(ValueError):
    """A rule file is wrong; the text says where and what to write."""


class RuleFile(NamedTuple):
    """A rule file and the table in it."""

    path: str
    table: dict[str, Any]


def shapes() -> dict[str, Any]:
    """Return the schema of the request that no rule is folded into."""
    schema: dict[str, Any] = json.loads(data.schema_text("create-model-package.schema"))
    return schema


def read(path: str) -> RuleFile:
    """Return a rule file that meets schemas/rule.schema.json and names only what there is. Raises RuleError."""
    file = load(path)
    for mistake in _mistakes(file.table):
        raise RuleError(f"{path}: {mistake}")
    return file


def load(path: str) -> RuleFile:
    """Return a rule file as it is. Raises RuleError where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return RuleFile(path, tomli.load(file))
    except OSError as error:
        raise RuleError(f"{path}: {error.strerror}") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: this is no TOML: {error}") from error


@cache
def _schema() -> Draft7Validator:
    return Draft7Validator(json.loads(data.schema_text("rule.schema")))


@cache
def _definitions() -> dict[str, Any]:
    definitions: dict[str, Any] = shapes()["definitions"]
    return definitions


def _mistakes(table: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a rule: key, what was found, what is allowed."""
    errors = list(_schema().iter_errors(table))
    if errors:  # a misspelt key is the cause of the one that is missing
        unknown = next((error for error in errors if error.validator == "additionalProperties"), None)
        yield _explained(unknown or best_match(errors), table)
        return
    for shape in as_tuple(table.get("shape")):
        if shape not in _definitions():
            yield f"shape: the API has no shape {shape}{did_you_mean(shape, _definitions())}"
    members = {name for shape in _definitions().values() for name in shape.get("properties", ())}
    unknown = "additionalProperties" in as_tuple(table.get("keyword"))  # of those, the API has none
    for member in () if unknown else as_tuple(table.get("member")):
        if member not in members:
            yield f"member: the API has no member {member}{did_you_mean(member, members)}"
    for keyword in as_tuple(table.get("keyword")):
        if keyword not in Draft7Validator.VALIDATORS:
            yield f"keyword: JSON Schema has no {keyword}{did_you_mean(keyword, Draft7Validator.VALIDATORS)}"
    for key in _CONDITIONS:
        if key in table:
            yield from _mistakes_of_condition(key, table[key])
    if table.get("check", "reading") not in _PROBLEMS:
        yield from _mistakes_of_check(table)


def _explained(error: ValidationError, table: dict[str, Any]) -> str:
    """Say what a validator found in the words of rule files."""
    schema: Any = error.schema
    wanted: Any = error.validator_value
    found: Any = error.instance
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)[1:]
    at = f"{place}: " if place else ""
    if error.validator == "additionalProperties":
        name = next(name for name in found if name not in schema["properties"])
        return f"{at}{name}: unknown key{did_you_mean(name, schema['properties'])}"
    if error.validator == "enum":
        known = ", ".join(map(str, wanted))
        if "then" in error.absolute_schema_path:
            return f"{at}{found!r} with evidence 'advice': what is advice is one of {known}"
        return f"{at}{found!r} is none of {known}{did_you_mean(str(found), wanted)}"
    forms = [key for key in ("then", "keyword", "check") if key in table]
    if "anyOf" in error.absolute_schema_path and error.absolute_schema_path[0] == "allOf":
        what = f"here are {' and '.join(forms)}" if len(forms) > 1 else "here is none whole" if not forms else "mixed"
        return f"a rule has exactly one of three forms, {_FORMS}: {what}"
    if error.validator == "required":
        name = next(name for name in wanted if name not in found)
        return f"{at}{name} is missing"
    if error.validator == "not":
        return f"{at or 'the rule: '}this key does not belong here"
    return f"{at}{error.message}"


def _mistakes_of_condition(key: str, condition: dict[str, Any]) -> Iterator[str]:
    for schema in _subschemas(condition):
        if not isinstance(schema, dict):
            yield f"{key}: {json.dumps(schema)} is no condition; write {{ not = {{}} }} for what must not be there"
            return
        if "oneOf" in schema:
            yield f"{key}: oneOf does not say which of its parts failed; write allOf with if and then, or anyOf"
            return
        if key == "then" and "$ref" in schema:
            yield "then: it refers to a shape with $ref, so its errors could not be told from the shape's own"
            return
    try:
        # without formats: the patterns are judged by the engine that runs them; Python's re has no \p{…}
        Draft7Validator.check_schema(condition, format_checker=FormatChecker(formats=()))
        compiled({"allOf": [condition], "definitions": _definitions()})
    except SchemaError as error:
        yield f"{key}: this is no JSON Schema: {error.message}"
    except ValueError as error:  # a pattern that the linear engine does not take
        yield f"{key}: {str(error).splitlines()[0]}"


def _subschemas(schema: Any) -> Iterator[Any]:
    """Yield a schema and all schemas in it."""
    yield schema
    if not isinstance(schema, dict):
        return
    for key, value in schema.items():
        inside = (
            value.values() if key in _NAMED and isinstance(value, dict)
            else value if key in _LISTED and isinstance(value, list)
            else [value] if key in _ALONE
            else ()
        )  # fmt: skip
        for part in inside:
            yield from _subschemas(part)


def _mistakes_of_check(table: dict[str, Any]) -> Iterator[str]:
    name = table["check"]
    known = checks()
    if name not in known:
        yield f"check: there is no check {name}{did_you_mean(name, known)}; there are {', '.join(known)}"
        return
    module = import_module(f"sm_lint.checks.{name}")
    parameters = [p for p in inspect.signature(module.find).parameters.values() if p.kind is p.KEYWORD_ONLY]
    given = dict(table.get("with", {}))
    kinds = getattr(module, "KINDS", ())
    for kind in as_tuple(given.pop("kinds", None)):
        if kind not in kinds:
            there_are = ", ".join(kinds) or "none"
            yield f"with.kinds: {name} has no {kind}{did_you_mean(str(kind), kinds)}; it has {there_are}"
    settings = as_tuple(given.pop("settings", None))  # the keys of the configuration that it is to have
    for key in settings:
        if key not in KEYS:
            yield f"with.settings: the configuration has no key {key}{did_you_mean(key, KEYS)}"
    given |= {key.replace("-", "_"): None for key in settings}
    for key in given:
        if key not in [parameter.name for parameter in parameters]:
            yield f"with.{key}: {name} has no such parameter{did_you_mean(key, [p.name for p in parameters])}"
    for parameter in parameters:
        if parameter.default is parameter.empty and parameter.name not in given:
            yield f"with: {parameter.name} is missing: {name} needs it"
        elif parameter.name in table.get("with", {}) and not _has_type(given[parameter.name], parameter.annotation):
            yield f"with.{parameter.name}: expected {_TYPES[parameter.annotation]}, not {given[parameter.name]!r}"


def _has_type(value: Any, wanted: Any) -> bool:
    """Say whether the parameter of a check has the type that is wanted there, if that is a common one."""
    if wanted == list[str]:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return wanted not in _TYPES or type(value) is wanted


def checks() -> list[str]:
    """Return the names of the checks that a rule may name."""
    folder = os.path.join(os.path.dirname(__file__), "checks")
    return sorted(name[:-3] for name in os.listdir(folder) if name.endswith(".py") and name != "__init__.py")


def fold(schema: dict[str, Any], files: Iterable[RuleFile]) -> dict[str, Any]:
    """Return a schema of the shapes with rules folded into it; the files of a team are named in it, too.

    Raises RuleError where a code or name is taken.
    """
    result = deepcopy(schema)
    definitions = result["definitions"]
    index: dict[str, Any] = {"rules": {}, "keywords": [], "problems": {}, "checks": []}
    owners: dict[str, str] = {}
    for path, rule in files:
        code = rule["code"]
        for key in ("code", "name"):
            if rule[key] in owners:
                raise RuleError(f"{path}: {key}: {rule[key]} is taken by {owners[rule[key]]}")
            owners[rule[key]] = path
        index["rules"][code] = [rule["name"], rule["severity"]]
        if os.path.dirname(os.path.abspath(path)) != data.RULES:
            index.setdefault("files", {})[code] = path
        if "then" in rule:
            part = {"if": rule["when"], "then": rule["then"]} if "when" in rule else rule["then"]
            place = "x-advice" if rule["severity"] == "info" else "allOf"
            for shape in as_tuple(rule["shape"]):
                definitions[shape].setdefault(place, []).append({"x-rule": code, **part})
        elif "keyword" in rule:
            entry: dict[str, Any] = {"rule": code}
            entry |= {key: list(as_tuple(rule[key])) for key in ("keyword", "shape", "member") if key in rule}
            entry |= {"when": rule["when"]} if "when" in rule else {}
            index["keywords"].append(entry)
        elif rule["check"] in _PROBLEMS:
            problem = rule["with"]["problem"]
            if problem in index["problems"]:
                raise RuleError(f"{path}: with.problem: {problem} is explained by {index['problems'][problem]}")
            index["problems"][problem] = code
        else:
            _add_check(index["checks"], rule)
    return {"x-sm-lint": index, **result}


def _add_check(calls: list[dict[str, Any]], rule: dict[str, Any]) -> None:
    """Add a rule to the call of a check with the same parameters, or a call for it."""
    given = dict(rule.get("with", {}))
    kinds = given.pop("kinds", None)
    entry = [rule["code"], None if kinds is None else list(as_tuple(kinds))]
    for call in calls:
        if (call["check"], call["with"]) == (rule["check"], given):
            call["rules"].append(entry)
            return
    module = import_module(f"sm_lint.checks.{rule['check']}")
    settings = [key.replace("-", "_") for key in as_tuple(given.get("settings"))]
    parameters = inspect.signature(module.find).parameters
    needs = [name for name in settings if parameters[name].default is inspect.Parameter.empty]
    call = {"check": rule["check"], "with": given, "paths": list(module.PATHS), "needs": needs, "rules": [entry]}
    calls.append(call)
