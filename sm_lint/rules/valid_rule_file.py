"""Validation of rule files: all errors of a file at once, in the terms of rule files instead of JSON Schema."""

import codecs
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from jsonschema import Draft7Validator

from sm_lint.model.escape import visible
from sm_lint.model.nearest import did_you_mean
from sm_lint.model.rule import as_tuple
from sm_lint.rules.bases import Bases, bases_in
from sm_lint.rules.rule_file import (
    NOT_CHECKS,
    RuleError,
    RuleFile,
    Signatures,
    is_built_in,
    load,
    with_defaults,
    with_requests,
)
from sm_lint.rules.shapes import shapes
from sm_lint.rules.valid_check import errors_of_check
from sm_lint.rules.valid_code import errors_of_code
from sm_lint.rules.valid_condition import errors_of_condition
from sm_lint.rules.valid_keys import errors_of_keys, key_of, order_of

_MOST_VALUES = 5000
"""The maximum number of values in a rule file. Explaining what is wrong with one takes half a millisecond."""
_TEXTS = ("summary", "message", "help", "references", "quotes")
_BLANK = re.compile("<fill in: ([^<>]*)>")
"""What `sm-lint new-rule` leaves to be written."""


def read(path: str, checks: Signatures, bases_of: Callable[[str], Bases] = bases_in) -> RuleFile:
    """Return a valid rule file with a value for each key, whose cases all have a `payload`.

    It must conform to schemas/rule.schema.json, and the shapes, members, keywords, checks and parameters that it names
    must exist. `bases_of(folder)` returns the bases for the rule files in an absolute folder. Raises RuleError with all
    errors, the most important first, if the file or a case is not valid.
    """
    file = load(path)
    if sum(1 for _ in islice(_values(file.table), _MOST_VALUES + 1)) > _MOST_VALUES:
        raise RuleError(f"{path}: found more than {_MOST_VALUES:,} values; write several rules")
    errors = list(_errors(file, checks))
    of_bases: list[str] = []
    if not any(key_of(error) in ("invalid", "valid") for error in errors):
        try:
            file = with_requests(RuleFile(path, {"valid": [], **file.table}), bases_of)
            errors += _errors_of_encodings(file.table)
        except RuleError as error:
            errors += (text.removeprefix(f"{path}: ") for text in error.errors if text.startswith(f"{path}: "))
            of_bases = [text for text in error.errors if not text.startswith(f"{path}: ")]
    if errors or of_bases:
        raise RuleError(*(f"{path}: {error}" for error in sorted(errors, key=order_of)), *of_bases)
    return RuleFile(path, _printable(with_defaults(file.table)))


def _errors(file: RuleFile, checks: Signatures) -> Iterator[str]:
    """Yield the errors in a rule file that can be told without its bases: the key, what was found, what is expected."""
    table, definitions = file.table, shapes()["definitions"]
    of_keys = list(errors_of_keys(table))
    yield from of_keys
    wrong = {key_of(error) for error in of_keys}
    right = {key: value for key, value in table.items() if key not in wrong}
    yield from _errors_of_names(right, definitions)
    if "code" in right and not is_built_in(file.path):
        yield from errors_of_code(right["code"])
        yield from _errors_of_blanks(table)
    for key in ("when", "then"):
        if key in right:
            of = as_tuple(right.get("shape")) if "then" in table else ()
            yield from errors_of_condition(key, right[key], of, definitions)
    if right.get("check", "reading") not in NOT_CHECKS and "with" not in wrong:
        yield from errors_of_check(right, checks)


def _errors_of_blanks(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        for place, text in _texts(key, value):
            yield from (f"{place}: still to be written: {blank}" for blank in _BLANK.findall(text))


def _texts(place: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield each text in a value, and where it stands."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(f"{place}[{number}]", part)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(f"{place}.{key}", part)


def _errors_of_names(table: dict[str, Any], definitions: dict[str, Any]) -> Iterator[str]:
    """Yield the errors in the names of the rule, and in those of shapes, members and keywords."""
    for key in ("code", "name", "since"):
        if not table.get(key, "").isprintable():  # Python's re lets a line break follow the end
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
