"""The parser of the command line, and the help that explains it."""

import argparse
import os
from collections.abc import Iterable
from importlib import import_module
from typing import Any, NoReturn

from sm_lint.cli.console import columns

COMMANDS = {
    "check": "check",
    "extract": "extract",
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
  1  a finding is at least as severe as --fail-on, or --diff prints a change
  2  invalid usage or configuration, a path that does not exist, or an internal
     error; everything else is still linted and reported
  3  no files were linted (0 with --allow-empty)
"""
_ABOUT = """\
Lints the requests that register models in Amazon SageMaker, the input of
`aws sagemaker create-model-package`, wherever they stand: in files of their
own, pipelines, state machines, CloudFormation templates, Terraform plans,
Kubernetes resources and JSON Lines. Needs no AWS account and no network.
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
    """A help formatter that asks the terminal for its width, without the imports of `shutil`."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns(80) - 2)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are safe to print, whatever the arguments are, and name the nearest that exists."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and the message, and exit with status 2."""
        from sm_lint.model.escape import one_line

        super().error(one_line(message))

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse arguments. One that is unknown is an error of this command, with its usage, not of the program."""
        first = args[0].partition("=")[0] if args and self._subparsers else ""
        if first.startswith("-") and first not in (*self._option_string_actions, "--"):
            self._refuse(args[:1])  # else the word after it would be taken for a command
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self._refuse(unknown)
        return known, unknown

    def _refuse(self, words: list[str]) -> NoReturn:
        options = [word.partition("=")[0] for word in words if word.startswith("-")]
        near = dict.fromkeys(filter(None, (_nearest_option(option, self._option_string_actions) for option in options)))
        hint = f"; did you mean {' and '.join(f'`{name}`' for name in near)}?" if near else ""
        if self._subparsers and options and not near:
            hint = "; the options of a command stand after its name, for example sm-lint check --fix"
        self.error(f"unrecognized arguments: {' '.join(words)}{hint}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Raise an error that names the nearest choice, unless `value` is one."""
        if action.choices is None or value in action.choices:
            return
        from sm_lint.model.nearest import did_you_mean

        hint = did_you_mean(value, action.choices)
        if self._subparsers and os.path.exists(value):
            hint = f"; to lint a file or a folder, write sm-lint check {value}"
        raise argparse.ArgumentError(
            action, f"invalid choice: {value!r} (choose from {', '.join(action.choices)}){hint}"
        )


def _nearest_option(option: str, known: Iterable[str]) -> str | None:
    """Return the option that was probably meant; None if none is similar, and not exactly one contains the word."""
    from sm_lint.model.nearest import nearest

    word = option.strip("-")
    containing = [name for name in known if len(word) > 2 and word in name]
    return nearest(option, known) or (containing[0] if len(containing) == 1 else None)


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
