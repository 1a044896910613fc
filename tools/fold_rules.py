"""The text of schemas/create-model-package.folded.json: the shapes of the request with the rules folded into them."""

import json
from pathlib import Path
from typing import Any

from sm_lint.engine.signatures import signatures
from sm_lint.rules.fold import fold
from sm_lint.rules.rule_file import RuleError, built_in_files
from sm_lint.rules.ruleset import FOLDED
from sm_lint.rules.shapes import shapes
from sm_lint.rules.valid_rule_file import read

TARGET = Path(__file__).parent.parent / "schemas" / f"{FOLDED}.json"


def folded() -> dict[str, Any]:
    """Return the folded schema. Raises RuleError if a rule file is invalid or has the wrong name."""
    files = [read(path, signatures()) for path in built_in_files()]
    for path, rule in files:
        name = f"{rule['code']}-{rule['name']}.toml"
        if Path(path).name != name:
            raise RuleError(f"{path}: expected the file name {name}")
    return fold(shapes(), files, signatures())


def text(schema: dict[str, Any]) -> str:
    """Return the schema as JSON: compact, because every run reads it, and one entry per line, for clean merges."""
    index = {key: lines(value) for key, value in schema["x-sm-lint"].items()}
    definitions = {name: _definition(value) for name, value in schema["definitions"].items()}
    members = [f'"{key}":{_compact(value)}' for key, value in schema.items() if key not in ("x-sm-lint", "definitions")]
    members += [f'"x-sm-lint":{_object(index)}', f'"definitions":{_object(definitions)}']
    return "{\n" + ",\n".join(members) + "\n}\n"


def _definition(shape: dict[str, Any]) -> str:
    """Return a shape as JSON with one rule per line."""
    return _object({key: lines(of) if key in ("allOf", "x-advice") else _compact(of) for key, of in shape.items()})


def lines(value: Any) -> str:
    """Return a table or a list as JSON with one entry per line."""
    if isinstance(value, dict):
        return _object({key: _compact(child) for key, child in value.items()})
    return "[\n" + ",\n".join(map(_compact, value)) + "\n]"


def _object(members: dict[str, str]) -> str:
    """Return a JSON object with one member per line; the values are JSON already."""
    return "{\n" + ",\n".join(f'"{key}":{value}' for key, value in members.items()) + "\n}"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
