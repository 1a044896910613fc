"""The completion of the command line in a shell, written from its parser: it costs nothing when sm-lint starts."""

import argparse
from collections.abc import Iterator

import shtab

SHELLS = ("bash", "zsh", "fish")
_FILES = ("PATH", "FILE", "FILE|'KEY = VALUE'")
_RULES = ("RULE", "CODE")


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """Return the script that completes a command line in one of the SHELLS."""
    codes = shtab.cmd("sm-lint rule | cut -d' ' -f1")
    for action in _actions(parser):
        if action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar in _RULES:
            action.complete = codes  # type: ignore[attr-defined]
    return shtab.complete(parser, shell).rstrip("\n") + "\n"


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001 - argparse tells it nowhere else
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in action.choices.values():
                yield from _actions(command)
