"""Mutants: small changes of rules/ and schemas/, one at a time, that the cases must notice."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from sm_lint.engine.signatures import signatures
from sm_lint.model import data
from sm_lint.rules.fold import fold
from sm_lint.rules.rule_file import RuleFile, built_in_files, load, with_requests
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.shapes import shapes
from sm_lint.run.session import Session

CARD = "model-package-model-card.schema"
_BOUNDS = re.compile(r"(min|max)(Length|Items|Properties|imum)$")
_DROPPED = ("type", "x-integer", "x-kind", "const", "not", "propertyNames")
_FLIPPED = {"error": "warning", "warning": "error", "info": "warning"}

Path = tuple[str | int, ...]


class Mutant(NamedTuple):
    """One change of a rule, a shape or the schema of the model card."""

    name: str
    """What is changed and how; unique, and the same in each run."""
    subject: str
    """The code of the rule, the name of the shape, or `CARD`."""
    table: dict[str, Any] | None
    """The changed rule, shape or schema; None if the rule is removed."""


class Subjects(NamedTuple):
    """The rule files and schemas that are mutated."""

    files: list[RuleFile]
    shapes: dict[str, Any]
    card: dict[str, Any]


def subjects() -> Subjects:
    """Read rules/ and schemas/."""
    card = json.loads(data.schema(CARD))
    return Subjects([with_requests(load(path)) for path in built_in_files()], shapes(), card)


def mutants(of: Subjects) -> Iterator[Mutant]:
    """Yield all mutants, in the order of rules, shapes, model card."""
    for _, rule in of.files:
        yield from _of_rule(rule)
    for shape, definition in of.shapes["definitions"].items():
        for name, changed in _of_schema(definition):
            yield Mutant(f"{shape}: {name}", shape, changed)
    for name, changed in _of_schema(of.card):
        yield Mutant(f"model card: {name}", CARD, changed)


def session_of(mutant: Mutant, of: Subjects) -> Session:
    """Return a session with the mutated rules."""
    if mutant.subject == CARD:
        return Session(RuleSet(embedded={CARD.removesuffix(".schema"): mutant.table or {}}))
    files, schema = of.files, of.shapes
    if mutant.subject in schema["definitions"]:
        schema = {**schema, "definitions": {**schema["definitions"], mutant.subject: mutant.table}}
    else:
        others = {file.table["code"]: file for file in files}
        file = others.pop(mutant.subject)
        if mutant.table is not None:
            others[mutant.subject] = RuleFile(file.path, mutant.table)
        files = [others[code] for code in sorted(others)]
    return Session(RuleSet(fold(schema, files, signatures())))


def _of_rule(rule: dict[str, Any]) -> Iterator[Mutant]:
    code = rule["code"]
    yield Mutant(f"{code}: the rule is gone", code, None)
    flipped = _FLIPPED[rule["severity"]]
    yield Mutant(f"{code}: severity {flipped}", code, {**rule, "severity": flipped})
    for key in ("when", "member") if "keyword" in rule else ("when",):
        if key in rule:
            yield Mutant(f"{code}: without {key}", code, {k: v for k, v in rule.items() if k != key})
    if "keyword" in rule and "shape" in rule:
        yield Mutant(f"{code}: without shape", code, {k: v for k, v in rule.items() if k != "shape"})
    for key in ("shape", "keyword", "member"):
        for name in rule[key] if isinstance(rule.get(key), list) else ():
            fewer = [other for other in rule[key] if other != name]
            yield Mutant(f"{code}: {key} without {name}", code, {**rule, key: fewer})
    for key in ("when", "then"):
        for name, changed in _of_schema(rule.get(key, {})):
            yield Mutant(f"{code}: {key} {name}", code, {**rule, key: changed})
    if rule.get("check", "reading") != "reading":
        for name, changed in _of_parameters(rule.get("with", {})):
            yield Mutant(f"{code}: with {name}", code, {**rule, "with": changed})


def _of_parameters(given: Any, path: Path = ()) -> Iterator[tuple[str, Any]]:
    """Yield name and parameters of a check with a number changed by 1, or an entry of a list or table removed."""
    here = _at(given, path)
    if isinstance(here, int) and not isinstance(here, bool):
        for shifted in (here - 1, here + 1):
            yield f"{_written(path)} {shifted}", _with(given, path, shifted)
    for key, child in _children(here):
        if path and isinstance(here, list):
            yield f"{_written((*path, key))} gone ({json.dumps(child)[:40]})", _without(given, (*path, key))
        yield from _of_parameters(given, (*path, key)) if isinstance(child, (dict, list, int)) else ()


def _of_schema(schema: dict[str, Any], path: Path = ()) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and schema with one of its constraints weakened, strengthened or removed."""
    here = _at(schema, path)
    if isinstance(here, dict) and not (path and path[-1] in ("properties", "definitions")):
        for keyword in here:
            yield from _of_keyword(schema, (*path, keyword))
    for key, child in _children(here):
        if isinstance(child, (dict, list)) and key not in ("enum", "required", "type"):
            yield from _of_schema(schema, (*path, key))


def _of_keyword(schema: dict[str, Any], at: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    keyword, value, where = at[-1], _at(schema, at), _written(at)
    if isinstance(value, int) and _BOUNDS.match(str(keyword)):
        yield from ((f"{where} {n}", _with(schema, at, n)) for n in (value - 1, value + 1) if n >= 0)
    elif keyword in ("enum", "required") and isinstance(value, list):
        for index, entry in enumerate(value):
            yield f"{where} without {entry}", _without(schema, (*at, index) if len(value) > 1 else at)
    elif keyword == "pattern" and isinstance(value, str):
        yield f"{where} gone", _without(schema, at)
        if value.startswith("^"):
            yield f"{where} without ^", _with(schema, at, value[1:])
        if value.endswith("$") and not value.endswith("\\$"):
            yield f"{where} without $", _with(schema, at, value[:-1])
    elif keyword in _DROPPED or (keyword == "additionalProperties" and value is False):
        yield f"{where} gone", _without(schema, at)


def _children(value: Any) -> list[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _with(value: Any, path: Path, new: Any) -> Any:
    copy = deepcopy(value)
    _at(copy, path[:-1])[path[-1]] = new
    return copy


def _without(value: Any, path: Path) -> Any:
    copy = deepcopy(value)
    del _at(copy, path[:-1])[path[-1]]
    return copy


def _written(path: Path) -> str:
    return "/".join(str(step) for step in path)
