"""Write schemas/config.schema.json: the keys of a configuration, for editors and for whoever generates one.

usage: python tools/config_schema.py

The kinds of value come from sm_lint/config.py, which reads them; the words from docs/configuration.md, where the first
paragraph below the heading of a key describes it.
"""

import json
import re
from pathlib import Path
from typing import Any

from sm_lint.config import CLI_VERSION, FAIL_ON, KEYS, REGION
from sm_lint.diagnostic import Severity
from sm_lint.rules import TOPICS
from sm_lint.schema import folded
from sm_lint.selection import catalogue

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "schemas" / "config.schema.json"
DOCS = ROOT / "docs" / "configuration.md"

_SELECTOR = {"$ref": "#/definitions/selector"}
_STRINGS = {"type": "array", "items": {"type": "string"}}
_SELECTORS = {"type": "array", "items": _SELECTOR}
_LEVELS = [severity.value for severity in Severity]


def kinds() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of value."""
    members = folded()["x-payload"]["members"]
    entry = {
        "type": "object",
        "required": ["codes"],
        "properties": {
            "codes": {**_SELECTORS, "minItems": 1},
            "reason": {"type": "string", "pattern": "\\S"},
            "expires": {
                "description": "The last day on which it holds: a date, or a text YYYY-MM-DD.",
                "type": "string",
                "pattern": "^\\d{4}-\\d\\d-\\d\\d$",
            },
        },
        "additionalProperties": False,
    }
    return {
        "selectors": _SELECTORS,
        "severities": {"type": "object", "additionalProperties": {"enum": _LEVELS}},
        "level": {"enum": list(FAIL_ON)},
        "patterns": _STRINGS,
        "ignores": {
            "type": "object",
            "propertyNames": {"pattern": "^[^!#]"},
            "additionalProperties": {"anyOf": [{**_SELECTORS, "minItems": 1}, entry]},
        },
        "members": {"type": "array", "items": {"enum": list(members)}},
        "placeholders": {"type": "array", "items": {"type": "string", "pattern": "[^* ]"}},
        "strings": _STRINGS,
        "rule-files": {"type": "array", "items": {"type": "string", "minLength": 1}},
        "path": {"type": "string", "minLength": 1},
        "flag": {"type": "boolean"},
        "region": {"type": "string", "pattern": f"^{REGION}$"},
        "cli version": {"type": "string", "pattern": f"^{CLI_VERSION}$"},
    }


def descriptions() -> dict[str, str]:
    """Return what the documentation says of each key first."""
    found = re.findall(r"^### `([\w-]+)`\n\n(.+?)\n\n", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return {key: " ".join(words.split()) for key, words in found}


def schema() -> dict[str, Any]:
    """Return the schema; raise KeyError for a key that the documentation does not describe."""
    said, of_kind = descriptions(), kinds()
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "sm-lint configuration",
        "description": "sm-lint.toml, or the table [tool.sm-lint] of a pyproject.toml.",
        "type": "object",
        "properties": {key: {"description": said[key], **of_kind[kind]} for key, kind in KEYS.items()},
        "additionalProperties": False,
        "definitions": {
            "selector": {
                "description": "A code, a prefix of codes, a name, a topic, or ALL.",
                "anyOf": [
                    {
                        "enum": [
                            "ALL",
                            *TOPICS,
                            *TOPICS.values(),
                            *catalogue(),
                            *(name for name, _ in catalogue().values()),
                        ]
                    },
                    {"type": "string", "minLength": 1},
                ],
            }
        },
    }


def text() -> str:
    """Return the schema as the file has it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
