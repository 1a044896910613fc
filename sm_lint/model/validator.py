"""Compiled validators of JSON Schemas: jsonschema-rs, and `x-integer`, which refuses a float."""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any


def _import() -> Any:
    """Import jsonschema_rs without `email.utils`.

    It parses the date of its build with `email.utils.parsedate_to_datetime`. The date is not needed here, and importing
    that module (with sockets, urllib and more) takes as long as the rest of a clean run. A stub replaces it during the
    import only.
    """
    if "email.utils" not in sys.modules and "jsonschema_rs" not in sys.modules:
        package, module = ModuleType("email"), ModuleType("email.utils")
        module.parsedate_to_datetime = lambda _date: None  # type: ignore[attr-defined]
        package.utils = module  # type: ignore[attr-defined]
        kept = sys.modules.get("email")
        sys.modules.update({"email": package, "email.utils": module})
        try:
            import jsonschema_rs
        finally:
            del sys.modules["email.utils"], sys.modules["email"]
            if kept:
                sys.modules["email"] = kept
    import jsonschema_rs

    return jsonschema_rs


_engine = _import()


_WHOLE = "urn:sm-lint:whole-number"
_OF_WHOLE = {"$id": _WHOLE, "id": _WHOLE, "$schema": "http://json-schema.org/draft-04/schema#", "type": "integer"}
"""What `x-integer` stands for: in draft-04, 1.0 is no integer. A keyword of our own would be a call of Python."""


def compiled(schema: dict[str, Any], most: int | None = None) -> Any:
    """Return the jsonschema_rs.Draft7Validator of a draft-07 schema.

    Raises ValueError if the schema is invalid, or if a compiled pattern takes more than `most` bytes.
    """
    return _engine.Draft7Validator(
        _with_whole_numbers(schema),
        # RegexOptions selects the linear-time engine, so that no pattern can be slow.
        pattern_options=_engine.RegexOptions(size_limit=most),
        retriever=_refuse,
    )


def _with_whole_numbers(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema whose definitions with `x-integer` refuse floats: 1.0 is an integer, but not for the CLI."""
    definitions = schema.get("definitions", {})
    whole = {name: of for name, of in definitions.items() if "x-integer" in of}
    if not whole:
        return schema
    references = {name: {**of, "allOf": [*of.get("allOf", ()), {"$ref": _WHOLE}]} for name, of in whole.items()}
    return {**schema, "definitions": {**definitions, **references, "x-Whole": _OF_WHOLE}}


def search(pattern: str) -> Callable[[str], bool]:
    """Return `found(text)`: whether a text has a match of a pattern.

    The engine looks for several words at once, in a tenth of the time that Python takes to look for one. Raises
    ValueError if the pattern is invalid; `found` raises it for a text with half of a surrogate pair.
    """
    found: Callable[[str], bool] = compiled({"pattern": pattern}).is_valid
    return found


def _refuse(address: str) -> None:
    """Refuse to open a reference: without this, the engine would open files and network addresses."""
    raise ValueError(f"{address} leads out of the schema")
