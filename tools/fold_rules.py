"""Write schemas/create-model-package.folded.json: the shapes of the request with the rules folded into them.

usage: python tools/fold_rules.py

A rule with `shape` and `then` becomes one more entry of that shape's `allOf`, marked with its code; one that only
advises, of its `x-advice`, because most runs do without advice and should not pay for it. What else a run
needs to know of the rules without reading their files stands under `x-sm-lint`.
"""

import json
import sys
from pathlib import Path
from typing import Any

import tomli
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

from sm_lint.rules import as_tuple, files

SCHEMAS = Path(__file__).parent.parent / "schemas"
SHAPES = SCHEMAS / "create-model-package.schema.json"
RULE = SCHEMAS / "rule.schema.json"
TARGET = SCHEMAS / "create-model-package.folded.json"


def checked(path: Path, known: dict[str, Any]) -> dict[str, Any]:
    """Return the table in a rule file; raise ValueError with file, place and reason where it is wrong."""
    rule = tomli.loads(path.read_text(encoding="utf-8"))
    schema = json.loads(RULE.read_text(encoding="utf-8"))
    error = best_match(Draft7Validator(schema).iter_errors(rule))
    if error is not None:
        raise ValueError(f"{path.name}: {error.json_path}: {error.message}")
    if path.name != f"{rule['code']}-{rule['name']}.toml":
        raise ValueError(f"{path.name}: the file of this rule is to be named {rule['code']}-{rule['name']}.toml")
    for shape in as_tuple(rule.get("shape")):
        if shape not in known:
            raise ValueError(f"{path.name}: the model has no shape {shape}")
    if "$ref" in json.dumps(rule.get("then", {})):
        raise ValueError(f"{path.name}: `then` refers to a shape, so its errors could not be told from the shape's own")
    return rule


def folded() -> dict[str, Any]:
    """Return the folded schema; raise ValueError for a rule that is wrong."""
    schema: dict[str, Any] = json.loads(SHAPES.read_text(encoding="utf-8"))
    definitions = schema["definitions"]
    index: dict[str, Any] = {"rules": {}, "keywords": [], "problems": {}, "checks": []}
    for path in map(Path, files()):
        rule = checked(path, definitions)
        code = rule["code"]
        if code in index["rules"]:
            raise ValueError(f"{path.name}: the code {code} is taken")
        index["rules"][code] = [rule["name"], rule["severity"]]
        if "then" in rule:
            part = {"if": rule["when"], "then": rule["then"]} if "when" in rule else rule["then"]
            place = "x-advice" if rule["severity"] == "info" else "allOf"
            for shape in as_tuple(rule["shape"]):
                definitions[shape].setdefault(place, []).append({"x-rule": code, **part})
        elif "keyword" in rule:
            entry: dict[str, Any] = {"rule": code}
            entry |= {key: list(as_tuple(rule[key])) for key in ("keyword", "shape", "member") if key in rule}
            entry |= {"when": rule["when"]} if "when" in rule else {}
            index["keywords"].append(entry)
        elif rule["check"] == "reading":
            index["problems"][rule["with"]["problem"]] = code
        else:
            index["checks"].append({"rule": code, "check": rule["check"], "with": rule.get("with", {})})
    return {"x-sm-lint": index, **schema}


def text(schema: dict[str, Any]) -> str:
    """Return the schema as JSON, compact because every run reads it, with a definition a line for whoever compares."""

    def compact(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    nested = ("x-sm-lint", "definitions")
    lines = [f'"{key}":{compact(value)}' for key, value in schema.items() if key not in nested]
    for key in nested:
        entries = ",\n".join(f'"{name}":{compact(value)}' for name, value in schema[key].items())
        lines.append(f'"{key}":{{\n{entries}\n}}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> int:
    """Write the folded schema."""
    try:
        TARGET.write_text(text(folded()), encoding="utf-8")
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"wrote {TARGET}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
