"""The text of schemas/config.schema.json: the JSON Schema of the configuration, for editors and for generators.

The types of the keys come from sm_lint/config/keys.py, the descriptions from docs/configuration.md, where the first
paragraph below the heading of a key describes it.
"""

import json
import re
from pathlib import Path
from typing import Any

from sm_lint.config.keys import KEYS
from sm_lint.model.rule import CATEGORIES
from sm_lint.rules.ruleset import RuleSet

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "schemas" / "config.schema.json"
DOCS = ROOT / "docs" / "configuration.md"


def descriptions() -> dict[str, str]:
    """Return the first paragraph of the documentation of each key."""
    found = re.findall(r"^### `([\w-]+)`\n\n(.+?)\n\n", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return {key: " ".join(words.split()) for key, words in found}


def schema() -> dict[str, Any]:
    """Return the schema. Raises KeyError if the documentation does not describe a key."""
    said, ruleset = descriptions(), RuleSet()
    codes, names = list(ruleset.catalog), [name for name, _ in ruleset.catalog.values()]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "sm-lint configuration",
        "description": "sm-lint.toml, or the table [tool.sm-lint] of a pyproject.toml.",
        "type": "object",
        "properties": {name: {"description": said[name], **key.kind.schema(ruleset)} for name, key in KEYS.items()},
        "additionalProperties": False,
        "definitions": {
            "selector": {
                "description": "A code, a prefix of codes, a name, a category, or ALL.",
                "anyOf": [
                    {"enum": ["ALL", *CATEGORIES, *CATEGORIES.values(), *codes, *names]},
                    {"type": "string", "minLength": 1},
                ],
            }
        },
    }


def text() -> str:
    """Return the content of the file."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
