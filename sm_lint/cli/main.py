"""The command line: arguments in, an exit status out."""

import os
import sys
from typing import Any

from sm_lint import __version__
from sm_lint.cli.console import fail, write
from sm_lint.cli.parser import module_of, parser
from sm_lint.model.settings import ConfigError


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit status. Prints to stdout and stderr."""
    _make_printable()
    words = sys.argv[1:] if argv is None else argv
    if any("\0" in word for word in words):
        return fail("an argument has a null character, which no argument can have")
    try:
        arguments = parser(words[0] if words else None).parse_args(words)
    except SystemExit as stopped:  # argparse has printed the help (0) or an error (2)
        return int(stopped.code or 0)
    try:
        if arguments.version:
            return _version()
        if arguments.command:
            _check_working_directory()
            status: int = module_of(arguments.command).run(arguments)
            return status
        parser().print_help()
    except ConfigError as error:
        return fail(str(error))
    except BrokenPipeError:  # the reader, for example `head`, has closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _make_printable() -> None:
    """Escape characters that a stream cannot encode: file names may not be UTF-8, and a terminal may be ASCII."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def _check_working_directory() -> None:
    """Raise ConfigError if the working directory was removed: all relative paths are relative to it."""
    try:
        os.getcwd()
    except OSError as error:
        raise ConfigError("the working directory does not exist any more; change into another") from error


def _version() -> int:
    from sm_lint.rules.ruleset import RuleSet

    model = RuleSet().model
    write(f"sm-lint {__version__} ({model['operation']} of {model['source']}, {model['date']})\n")
    return 0
