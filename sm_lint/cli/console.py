"""Printing, and the exit statuses."""

import os
import sys
from typing import Any

from sm_lint.model.settings import ConfigError

FOUND, FAILED, NOTHING = 1, 2, 3
"""Exit statuses: a finding is as severe as `fail-on`; usage, configuration or the tool failed; no file was linted."""


def write(text: str, *, to: Any = None) -> None:
    """Print a text to stdout, or to another stream after what stdout has. Raises ConfigError if that fails."""
    try:
        if to:
            sys.stdout.flush()
        (to or sys.stdout).write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ConfigError(f"cannot write the output: {error.strerror}") from error


def fail(message: str) -> int:
    """Print an error message to stderr and return the exit status FAILED."""
    from sm_lint.model.escape import visible

    write("".join(f"sm-lint: {visible(line)}\n" for line in message.split("\n")), to=sys.stderr)
    return FAILED


def columns(default: int) -> int:
    """Return the width of the terminal: the variable COLUMNS, or else that of stdout; `default` if there is neither.

    `shutil.get_terminal_size` does the same, but imports three compression libraries.
    """
    for width in (_columns_wanted, _columns_of_stdout):
        try:
            if (found := width()) > 0:
                return found
        except (OSError, ValueError):  # no number, or no terminal
            continue
    return default


def _columns_wanted() -> int:
    return int(os.environ.get("COLUMNS") or 0)


def _columns_of_stdout() -> int:
    return os.get_terminal_size(sys.stdout.fileno()).columns
