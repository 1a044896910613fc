"""The folded schema: is a payload clean, and if not, which constraint fails where.

jsonschema-rs compiles the one document; a clean payload costs microseconds. Only what is not clean is listed, and only
the list needs the document as Python objects.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import jiter

from sm_lint import data
from sm_lint.diagnostic import Pointer

if TYPE_CHECKING:
    from sm_lint.instance_path import Located


class Violation(NamedTuple):
    """A constraint of the schema that a payload breaks."""

    pointer: Pointer
    """Where the finding stands; of a missing member, the object that lacks it; of repeated items, each later one."""
    keyword: str
    """Of JSON Schema; `x-integer` is reported as `type`."""
    constraint: dict[str, Any]
    """The schema that the keyword belongs to."""
    shape: str
    """The definition that holds it."""
    rule: str | None
    """The rule that was folded into the shape and failed; None if it is a constraint of the shape itself."""
    value: Any
    """What broke the constraint; of a missing member, its name."""
    on_key: bool
    """Whether the key is wrong and not its value."""


FOLDED = "create-model-package.folded"
_UNCHANGED = nullcontext()

_Cached = TypeVar("_Cached", bound=Callable[..., Any])
_BUILT_IN = ()
_active: list[Any] = [_BUILT_IN]
"""The keys of the schemas in use, those that hold last."""
_texts: dict[Any, dict[str, str]] = {_BUILT_IN: {}}
"""What stands for the files of schemas/, by key and name."""
_caches: list[Any] = []


def per_document(function: _Cached, size: int | None = None) -> _Cached:
    """Cache what a function makes of the schemas that are in use."""

    @lru_cache(size)
    def kept(_document: Any, *arguments: Any, **options: Any) -> Any:
        return function(*arguments, **options)

    @wraps(function)
    def of_active(*arguments: Any, **options: Any) -> Any:
        return kept(_active[-1], *arguments, **options)

    _caches.append(kept)
    return of_active  # type: ignore[return-value]


def using(own_rules: tuple[str, ...]) -> AbstractContextManager[None]:
    """Let the folded schema within the context have the rules in these files, too. Raises ConfigError."""
    return _using(tuple(dict.fromkeys(own_rules))) if own_rules else _UNCHANGED


@contextmanager
def _using(own_rules: tuple[str, ...]) -> Iterator[None]:
    key = tuple((path, os.stat(path).st_mtime_ns if os.path.exists(path) else 0) for path in own_rules)
    if key not in _texts:
        from sm_lint.own_rules import document

        _texts[key] = {FOLDED: json.dumps(document(own_rules))}
    _active.append(key)
    try:
        yield
    finally:
        _active.pop()


@contextmanager
def substituted(**schemas: dict[str, Any]) -> Iterator[None]:
    """Let these be the schemas of their names within the context: to test rules, and the tests of rules.

    The folded schema is that of `FOLDED`.
    """
    key = object()
    _texts[key] = _texts[_active[-1]] | {name: json.dumps(schema) for name, schema in schemas.items()}
    _active.append(key)
    try:
        yield
    finally:
        _active.pop()
        del _texts[key]
        for cached in _caches:
            cached.cache_clear()


def _text(name: str) -> str:
    return _texts[_active[-1]].get(name) or data.schema_text(name)


@per_document
def folded() -> dict[str, Any]:
    """Return the folded schema."""
    schema: dict[str, Any] = jiter.from_json(_text(FOLDED).encode())
    return schema


@per_document
def _with_advice() -> dict[str, Any]:
    """Return the folded schema with the rules that only advise: a document of its own, for those who ask for them."""
    schema: dict[str, Any] = json.loads(_text(FOLDED))
    for definition in schema["definitions"].values():
        if "x-advice" in definition:
            definition["allOf"] = definition.get("allOf", []) + definition.pop("x-advice")
    return schema


_FEW = 8
"""So many sets of members get a validator of their own; a run over more kinds of requests needs the whole one."""


@per_document
def _validators(advice: bool) -> Callable[[Any], Any]:  # noqa: FBT001 - what it is kept by
    """Return the function that gives a validator for a payload: of the schema without the members that it lacks.

    Nothing asks for them, and to compile half of the shapes takes half of the time, which is most of a short run's.
    """
    from sm_lint.validator import compiled  # to show a rule, or the version, no engine is needed

    schema = _with_advice() if advice else folded()
    request = frozenset(schema["x-payload"]["members"])
    known: dict[frozenset[str] | None, Any] = {}

    def validator(value: Any) -> Any:
        members = request.intersection(value) if isinstance(value, dict) else frozenset()
        if members not in known:
            if len(known) < _FEW:
                known[members] = compiled(_without_others(schema, members))
            else:
                known[None] = known.get(None) or compiled(schema)
                known[members] = known[None]
        return known[members]

    return validator


def _without_others(schema: dict[str, Any], members: frozenset[str]) -> dict[str, Any]:
    """Return the schema of requests with these members only, and the shapes that they need."""
    name = schema["allOf"][0]["$ref"].rpartition("/")[2]
    root = schema["definitions"][name]
    root = {**root, "properties": {key: of for key, of in root["properties"].items() if key in members}}
    needed = {name: root}
    waiting: list[Any] = [root]
    while waiting:
        part = waiting.pop()
        for key, of in part.items() if isinstance(part, dict) else enumerate(part):
            if key == "$ref":
                shape = of.rpartition("/")[2]
                if shape not in needed:
                    needed[shape] = schema["definitions"][shape]
                    waiting.append(needed[shape])
            elif isinstance(of, (dict, list)):
                waiting.append(of)
    return {"$schema": schema["$schema"], "allOf": schema["allOf"], "definitions": needed}


@per_document
def _condition(text: str) -> Any:
    from sm_lint.validator import compiled

    return compiled({"allOf": [json.loads(text)], "definitions": folded()["definitions"]})


def meets(value: Any, condition: dict[str, Any]) -> bool:
    """Say whether a value meets a JSON Schema, which may refer to the shapes."""
    return bool(_condition(json.dumps(condition)).is_valid(value))


def acceptor(*, advice: bool) -> Callable[[Any], bool]:
    """Return the function that says whether a payload is clean; with `advice` also by the rules that only advise.

    Whatever the engine cannot take (a date, half a surrogate pair, an integer beyond all measure) is not clean.
    """
    validator = _validators(advice)

    def accepts(value: Any) -> bool:
        try:
            return bool(validator(value).is_valid(value))
        except ValueError:
            return False

    return accepts


def violations(value: Any, *, advice: bool) -> Iterator[Violation]:
    """List all constraints that a payload breaks. It must hold nothing that JSON has no word for."""
    located: Located = set()
    schema = _with_advice() if advice else folded()
    for error in _validators(advice)(value).iter_errors(value):
        path = error.schema_path  # the keyword's own place in the document, whatever led there
        shape = str(path[1])
        rule = schema["definitions"][shape]["allOf"][path[3]]["x-rule"] if path[2] == "allOf" else None
        constraint = _at(schema, path[:-1])
        for where, keyword, what, on_key in _broken(error, value, located):
            yield Violation(where, keyword, constraint, shape, rule, what, on_key)


@per_document
def _other(name: str) -> tuple[Any, dict[str, Any]]:
    from sm_lint.validator import compiled

    text = _text(f"{name}.schema")
    return compiled(text), json.loads(text)


def violations_of(name: str, value: Any) -> Iterator[Violation]:
    """List all constraints that a value breaks of `schemas/<name>.schema.json`; `rule` is the `x-mistake` there."""
    validator, document = _other(name)
    located: Located = set()
    for error in validator.iter_errors(value):
        constraint: Any = document
        mistake = None
        for step in error.schema_path[:-1]:
            constraint = constraint[step]
            mistake = constraint.get("x-mistake", mistake) if isinstance(constraint, dict) else mistake
        for where, keyword, what, on_key in _broken(error, value, located):
            yield Violation(where, keyword, constraint, "", mistake, what, on_key)


def _broken(error: Any, value: Any, located: "Located") -> Iterator[tuple[Pointer, str, Any, bool]]:
    """Yield, of each thing that an error is about, the pointer, the keyword, what broke it, and whether it is a key."""
    from sm_lint.instance_path import locate

    (pointer, instance), last = locate(value, error, located), error.schema_path[-1]
    if last == "x-integer" and not instance.is_integer():
        return  # `type` says so already
    keyword = "type" if last == "x-integer" else str(last)
    kind = error.kind.as_dict()
    if error.kind.name == "propertyNames":
        key = kind["error"].instance
        yield (*pointer, key), keyword, key, True
    elif keyword == "additionalProperties":
        for name in kind["unexpected"]:
            yield (*pointer, name), keyword, name, True
    elif keyword == "required":
        yield pointer, keyword, kind["property"], False
    elif keyword == "uniqueItems":
        seen = set()
        for index, item in enumerate(instance):
            written = json.dumps(item, sort_keys=True)
            if written in seen:
                yield (*pointer, index), keyword, item, False
            seen.add(written)
    else:
        yield pointer, keyword, instance, False


def _at(value: Any, pointer: Iterable[str | int]) -> Any:
    for step in pointer:
        value = value[step]
    return value
