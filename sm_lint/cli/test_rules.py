"""`sm-lint test-rules`: test rule files against their own cases."""

import argparse
from typing import Any

from sm_lint.cli.console import FOUND, write
from sm_lint.cli.parser import Help


def add(commands: Any) -> None:
    """Add the parser of the command."""
    test = commands.add_parser(
        "test-rules", help="test rule files against their own cases", formatter_class=Help, allow_abbrev=False,
        epilog="exit status: 0 all cases pass, 1 a rule file has errors, 2 invalid usage or missing path",
    )  # fmt: skip
    test.add_argument("paths", nargs="+", metavar="PATH", help="rule files, or folders of rule files")


def run(arguments: argparse.Namespace) -> int:
    """Print the errors in the rule files and return the exit status."""
    from sm_lint.model.escape import one_line, uncommanding
    from sm_lint.model.words import counted
    from sm_lint.run import rule_tester

    outcome = rule_tester.test_rule_files(arguments.paths)
    for error in outcome.errors:
        write(f"{uncommanding(one_line(error))}\n")
    errors = counted(len(outcome.errors), "error") if outcome.errors else "no errors"
    write(f"Tested {counted(outcome.rules, 'rule')} with {counted(outcome.cases, 'case')}: {errors}.\n")
    return FOUND if outcome.errors else 0
