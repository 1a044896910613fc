"""Validation of the keys `check` and `with` of a rule file against the signatures of the checks."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from sm_lint.config.keys import KEYS
from sm_lint.model.nearest import did_you_mean, nearest
from sm_lint.model.rule import as_tuple
from sm_lint.rules.rule_file import Parameter, Signatures
from sm_lint.rules.shapes import leads_somewhere, place_at, shapes


def errors_of_check(table: dict[str, Any], checks: Signatures) -> Iterator[str]:
    """Yield the errors in the check that a rule names, and in its parameters."""
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
    meant = {nearest(key, parameters) for key in given}  # a misspelt parameter is not missing, too
    for key, parameter in parameters.items():
        if parameter.is_required and key not in meant and key.replace("_", "-") not in settings:
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
