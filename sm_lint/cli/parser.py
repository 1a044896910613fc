"""The parser of the command line, and the help that explains it."""

import argparse
import os
from importlib import import_module
from typing import Any, NoReturn

COMMANDS = {
    "check": "check",
    "rule": "rule",
    "test-rules": "test_rules",
    "new-rule": "new_rule",
    "init": "init",
    "server": "server",
    "schema": "schema",
    "skeleton": "skeleton",
    "completion": "completion",
}
"""The module of each command, in the order of the help. A module has `add(commands)`, which adds the parser of the
command, and `run(arguments) -> int`, which runs the command and returns the exit status."""

STATUS = """\
exit status:
  0  no findings, or none as severe as --fail-on
  1  a finding is at least as severe as --fail-on
  2  invalid usage or configuration, a path that does not exist, or an internal
     error; everything else is still linted and reported
  3  no files were linted (0 with --allow-empty)
"""
_ABOUT = """\
Lints the requests that register models in Amazon SageMaker: the input of
`aws sagemaker create-model-package`, for --cli-input-json or --cli-input-yaml.
Needs no AWS account and no network.
"""
_EXAMPLES = """\
examples:
  sm-lint check request.json        lint a file
  sm-lint check models/             lint all requests in a folder
  build-request | sm-lint check -   lint the output of another program
  sm-lint rule SM203                explain a rule
  sm-lint skeleton --versioned      print a request to start from
"""


class Help(argparse.RawDescriptionHelpFormatter):
    """A help formatter that finds the terminal width without `shutil`, which imports three compression libraries."""

    def __init__(self, prog: str) -> None:
        try:
            width = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
        except (OSError, ValueError):
            width = 80
        super().__init__(prog, width=width - 2)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are safe to print, whatever the arguments are."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and the message, and exit with status 2."""
        from sm_lint.model.escape import one_line

        super().error(one_line(message))


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of the command line; if `only` is a command, without the parsers of the others."""
    root = Parser(
        prog="sm-lint", description=_ABOUT, epilog=f"{_EXAMPLES}\n{STATUS}\nRun `sm-lint COMMAND --help` for more.",
        formatter_class=Help, allow_abbrev=False,
    )  # fmt: skip
    root.add_argument("--version", action="store_true", help="print the versions of sm-lint and the API model")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name in [only] if only in COMMANDS else COMMANDS:
        module_of(str(name)).add(commands)
    return root


def module_of(command: str) -> Any:
    """Return the module of a command."""
    return import_module(f"sm_lint.cli.{COMMANDS[command]}")
