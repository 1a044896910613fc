"""Strings with embedded JSON: whether it is valid, and whether it meets its schema."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Annotated, Any, NamedTuple

from sm_lint.checks import SCHEMA, Found, Inner, Match, Places
from sm_lint.checks import strings as strings_at
from sm_lint.model.pointer import Pointer, is_under
from sm_lint.rules.ruleset import EmbeddedSchema
from sm_lint.rules.violation import ORDER, Violation
from sm_lint.sources.limits import MAX_FINDINGS, MAX_VALUES
from sm_lint.sources.reading import UNREAD, VALUES, Problem, Reading

KINDS = (
    "empty", "syntax", "escaped-twice", "not-a-number", "repeated-key", "root", "unknown-field", "missing", "type",
    "enum", "length", "full-card-field", "intended-limit", "package-details",
)  # fmt: skip
"""The last three are values of `x-kind` in the schema of the model card."""
_OF_KEYWORD = {
    "additionalProperties": "unknown-field",
    "required": "missing",
    "enum": "enum",
    "type": "type",
} | dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), "length")
_PROBLEMS = {"json-syntax": "syntax", "too-deep": "syntax", "json-repeated-key": "repeated-key"}
# Replacements that turn the reader's messages about a file into messages about a string.
_WORDS = {
    ", or write the file in YAML": "",
    "an empty file": "an empty string",
    "a file contains": "the string contains",
    "the file": "the string",
}
_TOO_DEEP = {"found": "more than 200 levels of nesting", "advice": "Nest it less deeply."}
_TOO_MANY = {"found": f"more than {VALUES}", "advice": "Remove some of them."}
_ESCAPED_TWICE = {
    "found": "a backslash before a quote: the JSON was escaped twice",
    "advice": 'Escape the JSON once: in a JSON file, write each quote inside the string as `\\"`.',
}


class _Finding(NamedTuple):
    kind: str
    inner: Inner
    parameters: dict[str, Any] | Callable[[], dict[str, Any]]


def find(found: Found, *, strings: Places, schema: Annotated[EmbeddedSchema, SCHEMA]) -> Iterator[Match]:
    """Yield a match for each error in the embedded JSON of the strings at `strings`: of its syntax or its schema."""
    for pointer, text in strings_at(found, strings):
        for one in schema.cached(_findings, text, schema):
            yield Match(pointer, one.parameters, one.kind, inner=one.inner)


def _findings(text: str, schema: EmbeddedSchema) -> tuple[_Finding, ...]:
    from sm_lint.sources.json import reader as json

    reading = json.read(text.encode(errors="replace"), text)
    # Each value takes a character, and another one separates it: a short text does not have too many.
    is_read = reading.is_json and not reading.problems and len(text) < 2 * MAX_VALUES
    if is_read and not isinstance(reading.value, str) and schema.accepts(reading.value):
        return ()
    return _wrong(text, reading, schema)


def _wrong(text: str, reading: Reading, schema: EmbeddedSchema) -> tuple[_Finding, ...]:
    """Return what is wrong with the embedded JSON of a text that was read, one finding after the other."""
    from sm_lint.requests.strict_json import strict
    from sm_lint.sources.document import Document

    escaped = _escaped_twice(text, reading)
    if escaped:
        return (_Finding("escaped-twice", escaped, _ESCAPED_TWICE),)
    if reading.value is UNREAD or reading.open:
        return (_unread(text, reading.problems[0]),)
    document = Document("", text, "json", reading)

    def inside(pointer: Pointer, *, key: bool = False) -> Inner:
        start, end = document.locate(pointer, key=key)
        return Inner(pointer, start.offset, end.offset)

    found = [
        _Finding(
            _PROBLEMS[problem.kind], Inner(problem.pointer, problem.start, problem.end), _reworded(problem.parameters)
        )
        for problem in _first_of_each(reading.problems)
    ]
    value, foreign = strict(reading.value)
    if value is UNREAD:
        return (_Finding("syntax", Inner((), 0, 1), _TOO_MANY),)
    odd = [thing for thing in foreign if thing.kind == "not-json"]  # a lone surrogate is valid JSON if it is escaped
    found += [_Finding("not-a-number", inside(thing.pointer), {"found": thing.found}) for thing in odd]
    hidden = {*reading.unknown, *(thing.pointer for thing in odd)}
    for violation in _first_broken(islice(schema.violations(value), MAX_FINDINGS)):
        if not is_under(violation.pointer, hidden):
            on_key = violation.on_key or violation.keyword == "not"
            found.append(
                _Finding(_kind(violation), inside(violation.pointer, key=on_key), partial(_parameters, violation))
            )
    return tuple(found)


def _escaped_twice(text: str, reading: Reading) -> Inner | None:
    """Return the place of the first backslash too many if the JSON in a text was escaped twice."""
    if isinstance(reading.value, str) and _is_json(reading.value):
        return Inner((), 0, len(text))
    if not any(problem.kind == "json-syntax" for problem in reading.problems):
        return None  # most texts are clean, and need no copy
    plain = text.replace('\\"', '"')
    if plain == text or not _is_json(plain):
        return None
    at = text.index('\\"')
    return Inner((), at, at + 2)


def _first_of_each(problems: Iterable[Problem]) -> Iterable[Problem]:
    """Return the first syntax error of each kind: the others have the same cause, such as Python's way of quoting."""
    first: dict[object, Problem] = {}
    for problem in problems:
        is_syntax = problem.kind == "json-syntax"
        first.setdefault(problem.parameters["found"] if is_syntax else problem.start, problem)
    return first.values()


def _unread(text: str, problem: Problem) -> _Finding:
    limits = {"too-deep": _TOO_DEEP, "too-many-values": _TOO_MANY}
    parameters = limits[problem.kind] if problem.kind in limits else _reworded(problem.parameters)
    if not text.lstrip().startswith(("{", "[")) and text:
        parameters = {"found": parameters["found"]}  # of what is no JSON at all, to correct one character helps nothing
    return _Finding("syntax" if text else "empty", Inner((), problem.start, problem.end), parameters)


def _reworded(parameters: dict[str, str]) -> dict[str, str]:
    """Return the parameters of a message about a file, reworded for a string."""
    reworded = {}
    for name, words in parameters.items():
        for ours, theirs in _WORDS.items():
            words = words.replace(ours, theirs)  # noqa: PLW2901 - one after the other
        reworded[name] = words
    return reworded


def _is_json(text: str) -> bool:
    from sm_lint.sources.json import reader as json

    reading = json.read(text.encode(errors="replace"), text)
    return isinstance(reading.value, (dict, list)) and not reading.open


def _kind(violation: Violation) -> str:
    if violation.rule:
        return violation.rule
    return "root" if violation.keyword == "type" and not violation.pointer else _OF_KEYWORD[violation.keyword]


def _first_broken(found: Iterable[Violation]) -> list[Violation]:
    """Keep one violation per value: one without an `x-kind` rather than one with it, then the first in ORDER."""

    def place(violation: Violation) -> tuple[object, ...]:
        of = violation.keyword if violation.keyword not in ORDER else ""
        return violation.pointer, violation.on_key, of, violation.value if of == "required" else ""

    ordered = sorted(found, key=lambda v: (v.rule is not None, ORDER.get(v.keyword, 0)))
    first: dict[tuple[object, ...], Violation] = {}
    for violation in ordered:
        first.setdefault(place(violation), violation)
    return list(first.values())


def _is_explained(schema: Mapping[str, Any]) -> bool:
    """Return whether a field is in a schema only to say that it should not be there."""
    return any("not" in part for part in (schema, *schema.get("allOf", ())))


def _parameters(violation: Violation) -> dict[str, Any]:
    from sm_lint.rules.message import parameters_of

    keyword, constraint = violation.keyword, violation.constraint
    if keyword == "additionalProperties":  # do not suggest fields that the schema has only to explain them
        known = {name: of for name, of in constraint["properties"].items() if not _is_explained(of)}
        violation = violation._replace(constraint={**constraint, "properties": known})
    parameters = parameters_of(violation)
    value, allowed = parameters["value"], parameters.get("allowed")
    phrases = {
        "type": f"expected {allowed}, found {value}",
        "enum": f"expected one of {allowed}, found {value}",
        "required": "the field is missing",
        "additionalProperties": "the field is unknown",
    }
    return {"found": phrases.get(keyword), **parameters}
