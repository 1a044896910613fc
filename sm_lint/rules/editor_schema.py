"""The JSON Schema of the request for editors: completion, hover and the most common errors, without a plugin.

It is draft-07, which editors implement fully. Scalars are inlined, and collections are referenced inside `allOf`,
because draft-07 ignores keywords next to a `$ref`. Instance types are suggested, not enforced: new ones appear every
month. VS Code and yaml-language-server support `errorMessage` for some keywords only, so the schema of a forbidden
member is `false`.
"""

import json
from typing import Any, NamedTuple

import tomli

from sm_lint.model import data
from sm_lint.model.rule import Words
from sm_lint.model.words import counted
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.shapes import OPERATION, name_of
from sm_lint.rules.strict_schema import strict

ID = "https://www.schemastore.org/sagemaker-create-model-package.json"
"""The address that the schema would have in SchemaStore. Nothing is fetched from it."""
_UNITS = {"Length": "character", "Items": "item", "Properties": "entry"}
_FORBIDDEN: dict[str, Any] = {"not": {}}
_STRUCTURE = {"properties", "items", "additionalProperties", "propertyNames"}


class _Source(NamedTuple):
    """The inputs of the schema."""

    ruleset: RuleSet
    shapes: dict[str, Any]
    """The definitions of the folded schema."""
    descriptions: dict[str, Any]
    """The content of schemas/descriptions.toml."""


def editor_schema(ruleset: RuleSet) -> dict[str, Any]:
    """Return the schema of the request, with the rules of a rule set whose severity is error."""
    folded = ruleset.folded
    source = _Source(ruleset, folded["definitions"], tomli.loads(data.descriptions()))
    model = ruleset.model
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": ID,
        "title": OPERATION,
        "description": f"A request that registers a model in Amazon SageMaker ({model['source']}, {model['date']}).",
        "type": "object",
        "allOf": folded["allOf"],
        "definitions": {
            name: _definition(name, shape, source)
            for name, shape in source.shapes.items()
            if not name.startswith("x-") and not _is_inline(shape)
        },
    }


def _is_inline(shape: dict[str, Any]) -> bool:
    return shape["type"] not in ("object", "array") and len(shape.get("enum", ())) < 20 if "type" in shape else False


def _definition(name: str, shape: dict[str, Any], source: _Source) -> dict[str, Any]:
    kept = {key: value for key, value in shape.items() if not key.startswith("x-") and key != "allOf"}
    if "enum" in kept:
        return {"anyOf": [{"enum": kept.pop("enum")}, kept]}
    for key in ("items", "propertyNames", "additionalProperties"):
        if isinstance(kept.get(key), dict):
            kept[key] = _use(name_of(kept[key]), source)
    if "properties" in kept:
        kept["properties"] = {
            member: _member(member, name_of(reference), source.descriptions[name][member], source)
            for member, reference in kept["properties"].items()
        }
    return _with_rules(kept, shape, source)


def _with_rules(kept: dict[str, Any], shape: dict[str, Any], source: _Source) -> dict[str, Any]:
    parts = [part for rule in shape.get("allOf", ()) if (part := _rule(rule, source.ruleset))]
    return {**kept, "allOf": [*kept.get("allOf", ()), *parts]} if parts else kept


def _member(name: str, shape: str, text: str, source: _Source) -> dict[str, Any]:
    limits = limits_of(source.shapes[shape])
    return {"title": name, "description": f"{text} {limits}".strip(), **_use(shape, source, name)}


def _use(name: str, source: _Source, member: str = "") -> dict[str, Any]:
    shape = source.shapes[name]
    if not _is_inline(shape):
        return {"allOf": [{"$ref": f"#/definitions/{name}"}]}
    used = {key: value for key, value in shape.items() if not key.startswith("x-") and key != "allOf"}
    meanings = source.descriptions["values"].get(name, {})
    if meanings:
        used["enumDescriptions"] = [meanings[value] for value in shape["enum"]]
    if "pattern" in shape:
        message = _pattern_message(name, member, source.ruleset)  # apart, or it would be told of a wrong type, too
        used["allOf"] = [{"pattern": used.pop("pattern"), "errorMessage": message}]
    return _with_rules(used, shape, source)


def limits_of(shape: dict[str, Any]) -> str:
    """Return the bounds of a shape as a sentence; the empty string if it has none."""
    for of, unit in _UNITS.items():
        least, most = shape.get(f"min{of}"), shape.get(f"max{of}")
        if most is not None:
            lower = f"{least} to " if least and least != most else "" if least else "At most "
            return f"{lower}{counted(most, unit)}."
        if least:
            return f"At least {counted(least, unit)}."
    return f"At least {shape['minimum']}." if "minimum" in shape else ""


def _rule(part: dict[str, Any], ruleset: RuleSet) -> dict[str, Any] | None:
    """Return the condition of a rule, with its message.

    Return None if its severity is not error, or if it refers to a shape that is only suggested here.
    """
    code = part["x-rule"]
    _, severity = ruleset.catalog[code]
    if severity != "error" or '"$ref"' in json.dumps(part):
        return None
    message = _message_of(code, ruleset.words(code))
    condition = {key: value for key, value in part.items() if key in ("if", "then")}
    if "then" not in condition:
        condition = {"if": {}, "then": {key: value for key, value in part.items() if key != "x-rule"}}
    return strict({**condition, "then": _with_message(condition["then"], message)}, is_typed=True)


def _with_message(schema: dict[str, Any], message: str) -> dict[str, Any]:
    """Return a condition with the message at each place where it can fail."""
    result = dict(schema)
    if _FORBIDDEN in schema.get("properties", {}).values() or schema.keys() - _STRUCTURE:
        result["errorMessage"] = message
    if "properties" in schema:
        result["properties"] = {
            name: False if value == _FORBIDDEN else _with_message(value, message)
            for name, value in schema["properties"].items()
        }
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(key), dict):
            result[key] = _with_message(schema[key], message)
    return result


def _message_of(code: str, words: Words) -> str:
    """Return the message and help of a rule that fit any value: the first templates without placeholders."""
    message = next((text for text in words.message if "{" not in text), words.summary)
    advice = next((text for text in words.help if "{" not in text), "")
    return f"{message.rstrip('.')}. {advice} ({code})".replace("  ", " ")


def _pattern_message(shape: str, member: str, ruleset: RuleSet) -> str:
    def weight(entry: dict[str, Any]) -> int:
        return 2 * ("shape" in entry) + ("member" in entry)

    fits = [
        entry
        for entry in ruleset.explaining("pattern")
        if shape in entry.get("shape", [shape]) and member in entry.get("member", [member]) and "when" not in entry
    ]
    code = max(fits, key=weight)["rule"]
    return _message_of(code, ruleset.words(code))
