"""Validation of rule files, with errors in the terms of rule files instead of JSON Schema."""

import codecs
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, get_args, get_origin

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError, best_match

from sm_lint.config.keys import KEYS
from sm_lint.model import data
from sm_lint.model.escape import visible
from sm_lint.model.nearest import did_you_mean
from sm_lint.model.rule import as_tuple
from sm_lint.rules.bases import Bases, bases_in
from sm_lint.rules.rule_file import NOT_CHECKS, Parameter, RuleError, RuleFile, Signatures, load, with_requests
from sm_lint.rules.shapes import leads_somewhere, place_at, shapes
from sm_lint.rules.valid_condition import errors_of_condition

_MOST_VALUES = 5000
"""The maximum number of values in a rule file. Explaining what is wrong with one takes half a millisecond."""
_TEXTS = ("summary", "message", "help", "references", "quotes")
_FORMS = "`shape` with `then`, `keyword`, or `check`"


def read(path: str, checks: Signatures, bases_of: Callable[[str], Bases] = bases_in) -> RuleFile:
    """Return a valid rule file whose cases all have a `payload`.

    It must conform to schemas/rule.schema.json, and the shapes, members, checks and parameters that it names must
    exist. `bases_of(folder)` returns the bases for the rule files in an absolute folder. Raises RuleError if the file
    or a case is not valid.
    """
    file = load(path)
    if sum(1 for _ in islice(_values(file.table), _MOST_VALUES + 1)) > _MOST_VALUES:
        raise RuleError(f"{path}: found more than {_MOST_VALUES:,} values; write several rules")
    for error in _errors(file.table, checks):
        raise RuleError(f"{path}: {error}")
    file = with_requests(RuleFile(path, _printable(file.table)), bases_of)
    for error in _errors_of_encodings(file.table):
        raise RuleError(f"{path}: {error}")
    return file


@cache
def _schema() -> Draft7Validator:
    return Draft7Validator(json.loads(data.schema_text("rule.schema")))


def _keys() -> list[str]:
    """Return the keys of rule files, in the order of schemas/rule.schema.json."""
    schema: Any = _schema().schema
    return list(schema["properties"])


def _errors(table: dict[str, Any], checks: Signatures) -> Iterator[str]:
    """Yield the errors in the table of a rule file: the key, what was found, and what is expected."""
    found = list(_schema().iter_errors(table))
    if found:  # an unknown key comes first: it may be the misspelling of a missing one
        unknown = next((error for error in found if error.validator == "additionalProperties"), None)
        missing = [name for name in _keys() if any(_misses(error, name) for error in found)]
        if unknown or not missing:
            yield _explained(unknown or best_match(found), table)
        else:
            yield f"missing {'keys' if len(missing) > 1 else 'key'} {', '.join(missing)}"
        return
    definitions = shapes()["definitions"]
    yield from _errors_of_names(table, definitions)
    for key in ("when", "then"):
        if key in table:
            yield from errors_of_condition(key, table[key], definitions)
    if table.get("check", "reading") not in NOT_CHECKS:
        yield from _errors_of_check(table, checks)


def _errors_of_names(table: dict[str, Any], definitions: dict[str, Any]) -> Iterator[str]:
    """Yield the errors in the names of the rule, and in those of shapes, members and keywords."""
    for key in ("code", "name", "since"):
        if not table[key].isprintable():  # Python's re lets a line break follow the end
            yield f"{key}: expected no line break, found {table[key]!r}"
    for shape in as_tuple(table.get("shape")):
        if shape not in definitions:
            yield f"shape: unknown API shape {shape!r}{did_you_mean(shape, definitions)}"
    members = {name for shape in definitions.values() for name in shape.get("properties", ())}
    is_unknown = "additionalProperties" in as_tuple(table.get("keyword"))  # which the API does not have
    for member in () if is_unknown else as_tuple(table.get("member")):
        if member not in members:
            yield f"member: unknown API member {member!r}{did_you_mean(member, members)}"
    for keyword in as_tuple(table.get("keyword")):
        if keyword not in Draft7Validator.VALIDATORS:
            yield f"keyword: unknown JSON Schema keyword {keyword!r}{did_you_mean(keyword, Draft7Validator.VALIDATORS)}"


def _printable(table: dict[str, Any]) -> dict[str, Any]:
    """Return a valid table whose texts are safe to print: `why` may have several lines, the others have one each."""
    texts = {key: _as_one_line(table[key]) for key in _TEXTS if key in table}
    if "why" in table:
        texts["why"] = "\n".join(visible(line) for line in table["why"].splitlines())
    return {**table, **texts}


def _as_one_line(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_one_line(part) for part in value]
    if isinstance(value, dict):
        return {key: _as_one_line(part) for key, part in value.items()}
    return value if value.isprintable() else visible(" ".join(line.strip() for line in value.strip().splitlines()))


def _values(value: Any) -> Iterator[Any]:
    """Yield a value and all values inside it."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        yield value
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _errors_of_encodings(table: dict[str, Any]) -> Iterator[str]:
    """Yield the errors in the encodings of the cases, which must be able to encode their payloads."""
    for kind in ("invalid", "valid"):
        for number, case in enumerate(table[kind]):
            encoding = case.get("encoding", "utf-8")
            try:
                if codecs.lookup(encoding).name in ("idna", "punycode"):
                    yield f"{kind}[{number}].encoding: {encoding} is for names of hosts, not for files"
                elif encoding != "utf-8":
                    case.get("payload", "").encode(encoding)
            except (LookupError, ValueError) as error:
                yield f"{kind}[{number}].encoding: {error}"


def _misses(error: ValidationError, name: str) -> bool:
    """Return whether an error says that the rule itself lacks the key `name`."""
    wanted: Any = error.validator_value
    found: Any = error.instance
    is_missing = error.validator == "required" and not error.absolute_path
    return is_missing and name in wanted and name not in found


def _explained(error: ValidationError, table: dict[str, Any]) -> str:
    """Return the message for an error of the validator, in the terms of rule files."""
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
            return f"{at}expected one of {known} with evidence 'advice', found {found!r}"
        return f"{at}expected one of {known}, found {found!r}{did_you_mean(str(found), wanted)}"
    forms = [key for key in ("then", "keyword", "check") if key in table]
    if "anyOf" in error.absolute_schema_path and error.absolute_schema_path[0] == "allOf":
        what = f"{' and '.join(forms)}" if len(forms) > 1 else "none of them" if not forms else "keys of several forms"
        return f"expected exactly one of {_FORMS}, found {what}"
    if error.validator == "required":
        name = next(name for name in wanted if name not in found)
        return f"{at}missing key {name}"
    if error.validator == "not":
        return f"{at}this key is not allowed here"
    if error.validator == "anyOf" and error.absolute_path[0] in ("invalid", "valid"):
        return f"{at}expected exactly one of base (with set, remove), payload and unreadable"
    if error.validator == "pattern" and wanted.startswith("^(/"):
        return f"{at}expected a JSON pointer, whose steps begin with a slash, found {found!r}"
    return f"{at}{error.message}"


def _errors_of_check(table: dict[str, Any], checks: Signatures) -> Iterator[str]:
    name = table["check"]
    if name not in checks:
        yield f"check: unknown check {name!r}{did_you_mean(name, checks)}; available: {', '.join(checks)}"
        return
    parameters, kinds = checks[name]
    given = dict(table.get("with", {}))
    for kind in as_tuple(given.pop("kinds", None)):
        if kind not in kinds:
            available = ", ".join(kinds) or "none"
            yield f"with.kinds: unknown kind {kind!r} of {name}{did_you_mean(str(kind), kinds)}; available: {available}"
    settings = [str(key) for key in as_tuple(given.pop("settings", None))]
    yield from _errors_of_settings(settings, name, parameters)
    for key, value in given.items():
        if key not in parameters:
            yield f"with.{key}: unknown parameter of {name}{did_you_mean(key, parameters)}"
        else:
            yield from (f"with.{key}: {error}" for error in _errors_of_value(value, parameters[key]))
    for key, parameter in parameters.items():
        if parameter.is_required and key not in given and key.replace("_", "-") not in settings:
            yield f"with: missing parameter {key}, which {name} requires"


def _errors_of_settings(settings: list[str], check: str, parameters: Mapping[str, Parameter]) -> Iterator[str]:
    """Yield the errors in the configuration keys that a rule passes to a check."""
    for key in settings:
        if key not in KEYS or key == "extend":
            yield f"with.settings: unknown configuration key {key!r}{did_you_mean(key, KEYS)}"
        elif KEYS[key].field not in parameters:
            yield f"with.settings: unknown parameter {KEYS[key].field!r} of {check}{did_you_mean(key, parameters)}"


def _errors_of_value(value: Any, parameter: Parameter) -> Iterator[str]:
    if not has_type(value, parameter.type):
        yield f"expected {type_name(parameter.type)}, found {value!r}"
    elif parameter.choices and value not in parameter.choices:
        nearest = did_you_mean(value, parameter.choices)
        yield f"expected one of {', '.join(parameter.choices)}, found {value!r}{nearest}"
    elif parameter.is_place:
        yield from (error for place in value for error in _errors_of_place(place))


def _errors_of_place(place: str) -> Iterator[str]:
    """Yield the errors in a place such as `ModelPackageContainerDefinition.Image`."""
    shape, dot, member = place.partition(".")
    definitions = shapes()["definitions"]
    properties = definitions.get(shape, {}).get("properties", {})
    if not dot:
        named = place_at(place)
        advice = f"; write {named}" if named else ""
        yield f"expected a shape and a member such as ModelPackageContainerDefinition.Image, found {place!r}{advice}"
    elif shape not in definitions:
        yield f"unknown API shape {shape!r}{did_you_mean(shape, definitions)}"
    elif member.partition("/")[0] not in (*properties, "*"):
        yield f"unknown member {member!r} of {shape}{did_you_mean(member, properties)}"
    elif not leads_somewhere(place):
        yield f"{place!r} is not part of a request"


def has_type(value: Any, wanted: Any) -> bool:
    """Return whether a TOML value has the type of an annotation: str, int, bool, or lists and tables of them.

    >>> has_type({"a": [1]}, dict[str, list[int]]), has_type(True, int)
    (True, False)
    """
    origin, inside = get_origin(wanted), get_args(wanted)
    if origin is list:
        return isinstance(value, list) and all(has_type(item, inside[0]) for item in value)
    if origin is dict:
        return isinstance(value, dict) and all(has_type(item, inside[1]) for item in value.values())
    if inside:  # str | None
        return any(has_type(value, one) for one in inside)
    return type(value) is wanted


def type_name(wanted: Any, *, is_plural: bool = False) -> str:
    """Return the name of a type for error messages.

    >>> type_name(dict[str, list[str]]), type_name(int)
    ('a table of lists of strings', 'an integer')
    """
    origin, inside = get_origin(wanted), get_args(wanted)
    if origin in (list, dict):
        name = "list" if origin is list else "table"
        of = type_name(inside[-1], is_plural=True)
        return f"{name}s of {of}" if is_plural else f"a {name} of {of}"
    if inside:
        return type_name(inside[0], is_plural=is_plural)
    singular, plural = {
        str: ("a string", "strings"), int: ("an integer", "integers"), bool: ("true or false", "true or false"),
    }[wanted]  # fmt: skip
    return plural if is_plural else singular
