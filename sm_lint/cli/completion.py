"""`sm-lint completion`: the completion script for a shell, generated from the parser."""

import argparse
from collections.abc import Iterator
from typing import Any

from sm_lint.cli.console import write
from sm_lint.cli.parser import Help, parser

SHELLS = ("bash", "zsh", "fish")
_FILES = ("PATH", "FILE", "FILE|'KEY = VALUE'")
_FOLDERS = ("FOLDER",)
_RULES = ("RULE", "CODE")


def add(commands: Any) -> None:
    """Add the parser of the command."""
    completion = commands.add_parser(
        "completion", help="print a completion script for a shell", formatter_class=Help, allow_abbrev=False,
        description="Prints a script that completes the commands and options of sm-lint.",
        epilog="bash: sm-lint completion bash > ~/.local/share/bash-completion/completions/sm-lint\n"
        "zsh:  sm-lint completion zsh > DIR/_sm-lint, where DIR is in $fpath\n"
        "fish: sm-lint completion fish > ~/.config/fish/completions/sm-lint.fish",
    )  # fmt: skip
    completion.add_argument("shell", choices=("bash", "zsh", "fish"), help="the shell")


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    write(script(parser(), arguments.shell))
    return 0


def script(root: argparse.ArgumentParser, shell: str) -> str:
    """Return the script that completes a command line in one of the SHELLS."""
    import shtab

    codes = shtab.cmd("sm-lint rule | cut -d' ' -f1")
    for action in _actions(root):
        if action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar in _FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif action.metavar in _RULES:
            action.complete = codes  # type: ignore[attr-defined]
    return shtab.complete(root, shell).rstrip("\n") + "\n"


def _actions(of: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in of._actions:  # noqa: SLF001 - argparse has no public attribute for it
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in action.choices.values():
                yield from _actions(command)
