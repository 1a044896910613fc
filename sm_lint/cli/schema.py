"""`sm-lint schema`: the JSON Schema of the request, for editors."""

import argparse
from typing import Any

from sm_lint.cli.console import write
from sm_lint.cli.parser import Help


def add(commands: Any) -> None:
    """Add the parser of the command."""
    text = "print the JSON Schema of the request, for editors"
    commands.add_parser("schema", help=text, formatter_class=Help, allow_abbrev=False)


def run(_: argparse.Namespace) -> int:
    """Print the schema."""
    import json

    from sm_lint.rules.editor_schema import editor_schema
    from sm_lint.rules.ruleset import RuleSet

    write(json.dumps(editor_schema(RuleSet()), indent=2) + "\n")
    return 0
