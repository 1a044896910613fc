"""The compiled validator of a JSON Schema: jsonschema-rs, with the one keyword of ours."""

import sys
from types import ModuleType
from typing import Any


def _import() -> Any:
    """Import jsonschema_rs without `email.utils`.

    It reads the date of its own build with `email.utils.parsedate_to_datetime`, which nobody asks for, and that import
    (sockets, urllib and more) takes as long as all else of a clean run. A stand-in is there for the moment of the
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
    """The keyword `x-integer`: JSON Schema takes 1.0 for an integer, the CLI does not."""

    def __init__(self, parent_schema: dict[str, Any], value: Any, schema_path: list[str | int]) -> None:
        pass

    def validate(self, instance: Any) -> None:
        if isinstance(instance, float):
            raise ValueError("a float")  # noqa: TRY004 - how a keyword refuses


def compiled(schema: str | dict[str, Any]) -> Any:
    """Compile a schema of draft 7, or its text, to a jsonschema_rs.Draft7Validator.

    Raises ValueError for a schema that is wrong.
    """
    # RegexOptions chooses the linear engine: no pattern can be made slow.
    return _engine.Draft7Validator(schema, keywords={"x-integer": _WholeNumber}, pattern_options=_engine.RegexOptions())
