"""Explanations of plain (unquoted) YAML scalars that have another type than their author expected."""

import re
from typing import Any

from sm_lint.model.escape import as_json, shown

_WORDS = {"yes": "true", "on": "true", "y": "true", "true": "true"} | dict.fromkeys(
    ("no", "off", "n", "false"), "false"
)
_LEADING_ZERO = re.compile(r"[-+]?0\d+\Z")
_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "a boolean"), (int, "an integer"), (float, "a number"), (str, "a string"),
)  # fmt: skip


def reading(source: str, value: Any, expected: str) -> dict[str, str]:
    """Return message parameters about a plain scalar of the wrong type; empty if YAML is not the cause.

    They are `source` (as written), `kind` (the type that it was read as), and `quoted` or `word` (what to write
    instead). `expected` is the JSON Schema type that the API requires.
    """
    kind = next((name for of, name in _KINDS if isinstance(value, of)), "")
    parameters = {"source": source, "kind": kind}
    if expected == "string" and kind and kind != "a string":
        if shown(value) != source:
            parameters["kind"] = f"the {kind.split()[1]} {shown(value)}"
        if _LEADING_ZERO.match(source):
            parameters["kind"] += ", without its leading zero"
        return parameters | {"quoted": as_json(source)}
    if expected == "boolean" and isinstance(value, str) and source.lower() in _WORDS:
        return parameters | {"word": _WORDS[source.lower()]}
    if expected == "integer" and isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return parameters | {"word": str(int(value))}
    return {}
