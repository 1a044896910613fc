"""`sm-lint server`: the language server."""

import argparse
from typing import Any

from sm_lint.cli.parser import Help
from sm_lint.model.settings import ConfigError


def add(commands: Any) -> None:
    """Add the parser of the command."""
    text = "run the language server on stdin and stdout"
    commands.add_parser("server", help=text, formatter_class=Help, allow_abbrev=False)


def run(_: argparse.Namespace) -> int:
    """Serve until the client ends the session. Raises ConfigError if the extra `lsp` is not installed."""
    try:
        from sm_lint.lsp.loop import run_process
        from sm_lint.lsp.server import server
    except ModuleNotFoundError as error:
        raise ConfigError(f"the language server needs {error.name}; install sm-lint with its extra `lsp`") from error
    return run_process(server())
