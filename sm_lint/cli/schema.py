"""`sm-lint schema`: the JSON Schema of the request, for editors."""

import argparse
from typing import Any

from sm_lint.cli.console import write
from sm_lint.cli.parser import Help


def add(commands: Any) -> None:
    """Add the parser of the command."""
    text = "print the JSON Schema of the request, for editors"
    schema = commands.add_parser("schema", help=text, formatter_class=Help, allow_abbrev=False)
    schema.add_argument(
        "--regex", choices=("ecma", "python"), default="ecma",
        help="whose regular expressions the patterns are: ecma, for editors, or python, for python-jsonschema",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Print the schema."""
    import json

    from sm_lint.rules.editor_schema import editor_schema
    from sm_lint.rules.ruleset import RuleSet

    schema = editor_schema(RuleSet())
    if arguments.regex == "python":
        from sm_lint.rules.python_patterns import with_python_patterns

        schema = with_python_patterns(schema)
    write(json.dumps(schema, indent=2) + "\n")
    return 0
