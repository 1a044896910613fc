"""Validation of the keys of a rule file against schemas/rule.schema.json, with errors in the terms of rule files."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from sm_lint.model import data
from sm_lint.model.nearest import did_you_mean, nearest

_FORMS = "`shape` with `then`, `keyword`, or `check`"
_FORM_KEYS = {"shape", "then", "keyword", "member", "check", "with"}
_TYPES = {"string": "a text", "array": "a list", "object": "a table", "integer": "an integer"}
_MISSING = "missing key "


@cache
def _schema() -> Draft7Validator:
    return Draft7Validator(json.loads(data.schema("rule.schema")))


@cache
def _keys() -> dict[str, dict[str, Any]]:
    """Return the schemas of the keys of rule files, the most important key first."""
    schema: Any = _schema().schema
    keys: dict[str, dict[str, Any]] = schema["properties"]
    return keys


def key_of(error: str) -> str:
    """Return the key of a rule file that an error is about; the empty string if it is about several.

    >>> key_of("missing key code: a prefix"), key_of("invalid[0].pointer: expected"), key_of("expected exactly one")
    ('code', 'invalid', '')
    """
    named = re.match(r"([\w-]+)[^\s:]*:", error.removeprefix(_MISSING))
    return named[1] if named else ""


def order_of(error: str) -> int:
    """Return how early an error of a rule file is told: what keeps the rule from working comes first."""
    key = key_of(error) or "shape"  # that is, about its condition
    return list(_keys()).index(key) if key in _keys() else -1


def errors_of_keys(table: dict[str, Any]) -> Iterator[str]:
    """Yield the errors in the keys of a rule file and in the types of their values: the key, and what is expected.

    A key that is missing because its name is misspelt is not reported as missing.
    """
    found = list(_schema().iter_errors(table))
    meant = {nearest(name, _keys()) for name in table if name not in _keys()}
    of_form = [] if meant & _FORM_KEYS else list(_errors_of_form(table))
    yield from of_form
    seen = set(of_form)
    for error in found:
        if _is_about_the_form(error) and (of_form or meant & _FORM_KEYS):
            continue
        for text in _explained(error):
            if text not in seen and not (text.startswith(_MISSING) and key_of(text) in meant):
                seen.add(text)
                yield text


def _is_about_the_form(error: ValidationError) -> bool:
    return list(error.absolute_schema_path)[:2] == ["allOf", 0]


def _errors_of_form(table: dict[str, Any]) -> Iterator[str]:
    """Yield the errors in the keys that make the condition of a rule: there are three forms, and a rule has one."""
    forms = [key for key in ("then", "keyword", "check") if key in table]
    if forms == ["then"] and "shape" not in table:
        yield _missing("shape")
    elif not forms and "shape" in table:
        yield _missing("then")
    elif not forms:
        yield f"missing condition: expected exactly one of {_FORMS}, found none of them"
    elif len(forms) > 1:
        yield f"expected exactly one of {_FORMS}, found {' and '.join(forms)}"


def _missing(key: str, at: str = "") -> str:
    says = _keys()[key].get("description", "") if not at and key in _keys() else ""
    return f"{at}{_MISSING}{key}{f': {says}' if says else ''}"


def _explained(error: ValidationError) -> Iterator[str]:
    """Yield the messages for an error of the validator, in the terms of rule files."""
    wanted: Any = error.validator_value
    found: Any = error.instance
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)[1:]
    at = f"{place}: " if place else ""
    if error.validator == "additionalProperties":
        known = error.schema["properties"]  # type: ignore[index]
        yield from (f"{at}{name}: unknown key{did_you_mean(name, known)}" for name in found if name not in known)
    elif error.validator == "required":
        yield from (_missing(name, at) for name in wanted if name not in found)
    elif _is_about_the_form(error):
        yield f"expected exactly one of {_FORMS}, found keys of several forms"
    elif error.validator == "not":
        yield f"{at}this key is not allowed here"
    elif error.validator == "anyOf" and place.startswith(("invalid", "valid")):
        yield f"{at}expected exactly one of base (with set, remove), payload and unreadable"
    else:
        yield f"{at}{_expected(error)}"


def _expected(error: ValidationError) -> str:
    """Return what is expected instead of a value, and the value."""
    wanted: Any = error.validator_value
    found: Any = error.instance
    schema: Any = error.schema
    if error.validator == "enum" and "then" in error.absolute_schema_path:
        what = f"one of {', '.join(wanted)} with evidence 'advice'"
    elif error.validator == "enum":
        what = f"one of {', '.join(map(str, wanted))}"
    elif error.validator == "pattern" and wanted.startswith("^(/"):
        what = "a JSON pointer, whose steps begin with a slash"
    elif error.validator == "pattern" and error.absolute_path[0] == "code":
        what = "2 to 8 capital letters and 3 digits, such as ACME001"
    elif error.validator == "pattern":
        what = f"a text such as {schema['examples'][0]}" if "examples" in schema else "a text on one line"
    elif error.validator == "type" and isinstance(wanted, str):
        what = _TYPES[wanted]
    elif error.validator == "anyOf":
        what = "a text, or a list of at least two texts"
    elif error.validator in ("minLength", "maxLength"):
        what = f"at {'least' if error.validator == 'minLength' else 'most'} {wanted} characters"
    else:
        return error.message
    near = did_you_mean(found, wanted) if error.validator == "enum" and isinstance(found, str) else ""
    return f"expected {what}, found {found!r}{near}"
