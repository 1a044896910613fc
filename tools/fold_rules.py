"""Write schemas/create-model-package.folded.json: the shapes of the request with the rules folded into them.

usage: python tools/fold_rules.py
"""

import json
import sys
from pathlib import Path
from typing import Any

from sm_lint import folding, rules
from sm_lint.folding import RuleError

TARGET = Path(__file__).parent.parent / "schemas" / "create-model-package.folded.json"


def folded() -> dict[str, Any]:
    """Return the folded schema; raise RuleError for a rule that is wrong."""
    files = [folding.read(path) for path in rules.files()]
    for path, rule in files:
        name = f"{rule['code']}-{rule['name']}.toml"
        if Path(path).name != name:
            raise RuleError(f"{path}: the file of this rule is to be named {name}")
    return folding.fold(folding.shapes(), files)


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
    except RuleError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"wrote {TARGET}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
