"""The forms of a scalar: as text, as a boolean, as a number."""

from typing import Any

import pytest

from sm_lint.engine.scalars import retyped
from sm_lint.sources import document

# syntax, source, the type that is wanted, what is written, whether that is certain; None if nothing is
FORMS: list[tuple[str, str, str | list[str], tuple[str, bool] | None]] = [
    ("json", "20", "string", ('"20"', True)),
    ("json", "1e3", "string", ('"1e3"', True)),
    ("json", "false", "string", ('"false"', True)),
    ("json", "null", "string", None),
    ("json", "[1]", "string", None),
    ("json", '"x"', "string", None),
    ("json", '"true"', "boolean", ("true", True)),
    ("json", '"TRUE"', "boolean", ("true", True)),
    ("json", '"yes"', "boolean", ("true", False)),
    ("json", '"x"', "boolean", None),
    ("json", "1", "boolean", None),
    ("json", '"5"', "integer", ("5", True)),
    ("json", '"-5"', "integer", ("-5", True)),
    ("json", '"05"', "integer", None),
    ("json", '"5.0"', "integer", None),
    ("json", '" 5"', "integer", None),
    ("json", f'"{"5" * 5000}"', "integer", None),
    ("json", "6.0", "integer", ("6", True)),
    ("json", "1e2", "integer", ("100", True)),
    ("json", "1e20", "integer", None),
    ("json", "6.5", "integer", None),
    ("json", "true", "integer", None),
    ("json", '"0.5"', "number", ("0.5", True)),
    ("json", '"5"', ["integer", "string"], None),
    ("yaml", "20", "string", ('"20"', True)),
    ("yaml", "0o17", "string", ('"0o17"', True)),
    ("yaml", "yes", "boolean", ("true", True)),
    ("yaml", "N", "boolean", ("false", True)),
    ("yaml", "'yes'", "boolean", ("true", False)),
    ("yaml", '"5"', "integer", ("5", True)),
    ("yaml", "'5'", "integer", ("5", True)),
    ("yaml", "6.0", "integer", ("6", True)),
    ("yaml", "!!str 5", "integer", None),
    ("yaml", "|\n  5", "integer", None),
]


@pytest.mark.parametrize(("syntax", "source", "wanted", "expected"), FORMS)
def test_retyped(syntax: str, source: str, wanted: Any, expected: tuple[str, bool] | None) -> None:
    text = f'{{"a": {source}}}' if syntax == "json" else f"a: {source}"
    read = document.read(f"a.{syntax}", text.encode())
    node = (read.route(("a",)) or [])[-1]
    found = retyped(read, (node.start, node.end), read.value["a"], wanted)
    assert (found and (found[0][2], found[1])) == expected
    if found:
        start, end, new = found[0]
        assert text[:start] + new + text[end:] == text.replace(source, new)
