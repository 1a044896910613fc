"""A condition as validators in strict mode want it: each keyword beside its type, each required member among others.

SchemaStore takes no other schemas: Ajv's strict mode looks for misspelt members and for keywords that say nothing.
"""

from typing import Any

_TYPES = {
    "properties": "object", "required": "object", "minProperties": "object", "maxProperties": "object",
    "additionalProperties": "object", "propertyNames": "object",
    "items": "array", "minItems": "array", "maxItems": "array", "uniqueItems": "array", "contains": "array",
    "pattern": "string", "minLength": "string", "maxLength": "string",
    "minimum": "number", "maximum": "number", "exclusiveMinimum": "number", "exclusiveMaximum": "number",
}  # fmt: skip
_OF_PARTS = ("items", "additionalProperties", "propertyNames", "contains")
_OF_THE_SAME = ("if", "then", "else", "not")
_LISTS_OF_THE_SAME = ("allOf", "anyOf", "oneOf")


def strict(schema: dict[str, Any], *, is_typed: bool) -> dict[str, Any]:
    """Return a JSON Schema with the types and members that strict mode wants. `is_typed` says that the type is known.

    >>> strict({"properties": {"Tags": {"minItems": 1}}, "required": ["Name"]}, is_typed=True)
    {'properties': {'Tags': {'type': 'array', 'minItems': 1}, 'Name': True}, 'required': ['Name']}
    """
    kind = None if is_typed or "type" in schema else next((_TYPES[key] for key in schema if key in _TYPES), None)
    found: dict[str, Any] = {"type": kind} if kind else {}
    for key, value in schema.items():
        found[key] = _keyword(key, value, is_typed=is_typed or "type" in schema or bool(kind))
    missing = [name for name in schema.get("required", ()) if name not in schema.get("properties", {})]
    if missing:
        found["properties"] = {**found.get("properties", {}), **dict.fromkeys(missing, True)}
    return found


def _keyword(key: str, value: Any, *, is_typed: bool) -> Any:
    if key == "properties":
        return {name: _part(part) for name, part in value.items()}
    if key in _OF_PARTS:
        return _part(value)
    if key in _OF_THE_SAME and isinstance(value, dict):
        return strict(value, is_typed=is_typed)
    if key in _LISTS_OF_THE_SAME:
        return [strict(one, is_typed=is_typed) if isinstance(one, dict) else one for one in value]
    return value


def _part(schema: Any) -> Any:
    return strict(schema, is_typed=False) if isinstance(schema, dict) else schema
