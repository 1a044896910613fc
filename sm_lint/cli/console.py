"""Printing, and the exit statuses."""

import sys
from typing import Any

from sm_lint.model.settings import ConfigError

FOUND, FAILED, NOTHING = 1, 2, 3
"""Exit statuses: a finding is as severe as `fail-on`; usage, configuration or the tool failed; no file was linted."""


def write(text: str, *, to: Any = None) -> None:
    """Print a text to stdout, or to another stream. Raises ConfigError if that fails."""
    try:
        (to or sys.stdout).write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ConfigError(f"cannot write the output: {error.strerror}") from error


def fail(message: str) -> int:
    """Print an error message to stderr and return the exit status FAILED."""
    from sm_lint.model.escape import visible

    sys.stdout.flush()
    write("".join(f"sm-lint: {visible(line)}\n" for line in message.split("\n")), to=sys.stderr)
    return FAILED
