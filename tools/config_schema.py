"""The text of schemas/config.schema.json: the JSON Schema of the configuration, for editors and for generators.

The types of the keys come from sm_lint/config/keys.py, the descriptions from docs/configuration.md, where the first
paragraph below the heading of a key describes it, and the first block of TOML there is an example.
"""

import json
import re
from pathlib import Path
from typing import Any

import tomli

from sm_lint.config.keys import KEYS
from sm_lint.model.rule import CATEGORIES
from sm_lint.rules.ruleset import RuleSet

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "schemas" / "config.schema.json"
DOCS = ROOT / "docs" / "configuration.md"
_BLOCK = re.compile(r"^```toml\n(.+?)^```$", re.MULTILINE | re.DOTALL)


def descriptions() -> dict[str, str]:
    """Return the first paragraph of the documentation of each key."""
    found = re.findall(r"^### `([\w-]+)`\n\n(.+?)\n\n", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return {key: " ".join(words.split()) for key, words in found}


def examples() -> dict[str, Any]:
    """Return the value of each key in the example of its documentation."""
    _, *parts = re.split(r"^### `([\w-]+)`$", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    blocks = {key: _BLOCK.search(part) for key, part in zip(parts[::2], parts[1::2], strict=True)}
    return {key: tomli.loads(block[1])[key] for key, block in blocks.items() if block}


def schema() -> dict[str, Any]:
    """Return the schema. Raises KeyError if the documentation of a key lacks a description or an example."""
    said, shown, ruleset = descriptions(), examples(), RuleSet()
    codes, names = list(ruleset.catalog), [name for name, _ in ruleset.catalog.values()]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "sm-lint configuration",
        "description": "sm-lint.toml, or the table [tool.sm-lint] of a pyproject.toml.",
        "type": "object",
        "properties": {
            name: {"description": said[name], **key.kind.schema(ruleset), "examples": [shown[name]]}
            for name, key in KEYS.items()
        },
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
    return json.dumps(schema(), indent=1, ensure_ascii=False, default=str) + "\n"  # a date has no JSON
