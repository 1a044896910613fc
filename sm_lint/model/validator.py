"""Compiled validators of JSON Schemas: jsonschema-rs with one additional keyword, `x-integer`."""

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


class _WholeNumber:
    """The keyword `x-integer`, which refuses floats: 1.0 is an integer in JSON Schema, but not for the CLI."""

    def __init__(self, parent_schema: dict[str, Any], value: Any, schema_path: list[str | int]) -> None:
        pass

    def validate(self, instance: Any) -> None:
        if isinstance(instance, float):
            raise ValueError("a float")  # noqa: TRY004 - how a keyword refuses


def compiled(schema: str | dict[str, Any], most: int | None = None) -> Any:
    """Return the jsonschema_rs.Draft7Validator of a draft-07 schema, given as a dict or as JSON text.

    Raises ValueError if the schema is invalid, or if a compiled pattern takes more than `most` bytes.
    """
    return _engine.Draft7Validator(
        schema,
        keywords={"x-integer": _WholeNumber},
        # RegexOptions selects the linear-time engine, so that no pattern can be slow.
        pattern_options=_engine.RegexOptions(size_limit=most),
        retriever=_refuse,
    )


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
