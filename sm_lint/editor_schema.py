"""The JSON Schema of the request for editors: completion, hover and the commonest mistakes without a plugin.

It is draft-07, which editors implement fully. A scalar stands where it is used and a collection behind `allOf`,
because draft-07 knows nothing beside a `$ref`. Instance types are suggested, not enforced: there are new ones each
month. The engines of VS Code and of yaml-language-server take `errorMessage` for some keywords only, so what must not
be there is `false`.
"""

import json
from functools import cache
from typing import Any

from sm_lint import data, rules
from sm_lint.schema import folded
from sm_lint.selection import catalogue

_UNITS = {"Length": "character", "Items": "item", "Properties": "entry"}
_FORBIDDEN: dict[str, Any] = {"not": {}}
_STRUCTURE = {"properties", "items", "additionalProperties", "propertyNames"}


@cache
def editor_schema() -> dict[str, Any]:
    """Return the schema. It is shared: whoever gets it must not write to it."""
    source = folded()
    told = _descriptions()
    definitions = {
        name: _definition(name, shape, source["definitions"], told)
        for name, shape in source["definitions"].items()
        if not name.startswith("x-") and not _is_inline(shape)
    }
    model = source["x-model"]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "create-model-package",
        "description": f"A request that registers a model in Amazon SageMaker ({model['source']}, {model['date']}).",
        "type": "object",
        "allOf": source["allOf"],
        "definitions": definitions,
    }


def _descriptions() -> dict[str, Any]:
    import tomli

    return tomli.loads(data.descriptions_text())


def _is_inline(shape: dict[str, Any]) -> bool:
    return shape["type"] not in ("object", "array") and len(shape.get("enum", ())) < 20 if "type" in shape else False


def _definition(name: str, shape: dict[str, Any], shapes: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in shape.items() if not key.startswith("x-") and key != "allOf"}
    if "enum" in kept:
        return {"anyOf": [{"enum": kept.pop("enum")}, kept]}
    for key in ("items", "propertyNames", "additionalProperties"):
        if isinstance(kept.get(key), dict):
            kept[key] = _use(kept[key]["$ref"].rsplit("/", 1)[1], shapes, told)
    if "properties" in kept:
        kept["properties"] = {
            member: _member(member, reference["$ref"].rsplit("/", 1)[1], told[name][member], shapes, told)
            for member, reference in kept["properties"].items()
        }
    return _with_rules(kept, shape)


def _with_rules(kept: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    parts = [part for rule in shape.get("allOf", ()) if (part := _rule(rule))]
    return {**kept, "allOf": parts} if parts else kept


def _member(name: str, shape: str, text: str, shapes: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    limits = limits_of(shapes[shape])
    return {"title": name, "description": f"{text} {limits}".strip(), **_use(shape, shapes, told, name)}


def _use(name: str, shapes: dict[str, Any], told: dict[str, Any], member: str = "") -> dict[str, Any]:
    shape = shapes[name]
    if not _is_inline(shape):
        return {"allOf": [{"$ref": f"#/definitions/{name}"}]}
    used = {key: value for key, value in shape.items() if not key.startswith("x-") and key != "allOf"}
    meanings = told["values"].get(name, {})
    if meanings:
        used["enumDescriptions"] = [meanings[value] for value in shape["enum"]]
    if "pattern" in shape:
        used["patternErrorMessage"] = _pattern_message(name, member)
    return _with_rules(used, shape)


def limits_of(shape: dict[str, Any]) -> str:
    """Return the bounds of a shape as a sentence, empty where it has none."""
    for of, unit in _UNITS.items():
        least, most = shape.get(f"min{of}"), shape.get(f"max{of}")
        units = f"{unit[:-1]}ies" if unit.endswith("y") else f"{unit}s"
        if most is not None:
            said = f"{least} to {most:,}" if least and least != most else f"{most:,}" if least else f"At most {most:,}"
            return f"{said} {unit if most == 1 else units}."
        if least:
            return f"At least {least} {unit if least == 1 else units}."
    return f"At least {shape['minimum']}." if "minimum" in shape else ""


def _rule(part: dict[str, Any]) -> dict[str, Any] | None:
    """Return the condition of an error rule, with what it says.

    Nothing of the other rules, and of those that refer to a shape: it may only be suggested here.
    """
    code = part["x-rule"]
    name, severity = catalogue()[code]
    if severity != "error" or '"$ref"' in json.dumps(part):
        return None
    message = _said(rules.load(code, name))
    condition = {key: value for key, value in part.items() if key in ("if", "then")}
    if "then" not in condition:
        condition = {"if": {}, "then": {key: value for key, value in part.items() if key != "x-rule"}}
    return {**condition, "then": _with_message(condition["then"], message)}


def _with_message(schema: dict[str, Any], message: str) -> dict[str, Any]:
    """Return a condition with the message wherever it can fail."""
    told = dict(schema)
    if _FORBIDDEN in schema.get("properties", {}).values() or schema.keys() - _STRUCTURE:
        told["errorMessage"] = message
    if "properties" in schema:
        told["properties"] = {
            name: False if value == _FORBIDDEN else _with_message(value, message)
            for name, value in schema["properties"].items()
        }
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(key), dict):
            told[key] = _with_message(schema[key], message)
    return told


def _said(rule: rules.Rule) -> str:
    """Return what a rule says wherever it fails: its texts with placeholders are for one value."""
    message = next((text for text in rule.message if "{" not in text), rule.summary)
    advice = next((text for text in rule.help if "{" not in text), "")
    return f"{message.rstrip('.')}. {advice} ({rule.code})".replace("  ", " ")


def _pattern_message(shape: str, member: str) -> str:
    def weight(entry: dict[str, Any]) -> int:
        return 2 * ("shape" in entry) + ("member" in entry)

    fits = [
        entry
        for entry in folded()["x-sm-lint"]["keywords"]
        if "pattern" in entry["keyword"]
        and shape in entry.get("shape", [shape])
        and member in entry.get("member", [member])
        and "when" not in entry
    ]
    code = max(fits, key=weight)["rule"]
    return _said(rules.load(code, catalogue()[code][0]))
