"""Paths and settings in, a report out: every file is read, linted and counted on its own."""

import os
import sys
from collections.abc import Callable
from typing import NamedTuple

from sm_lint import config, discovery, document, engine
from sm_lint.diagnostic import Diagnostic
from sm_lint.document import Document
from sm_lint.escape import visible


class Request(NamedTuple):
    """What the command line asks for."""

    paths: tuple[str, ...]
    settings_of: Callable[[str], config.Settings]
    """The settings for a file of that name; raises ConfigError."""
    if_payload: bool = False
    stdin_filename: str | None = None
    verbose: bool = False


class Report(NamedTuple):
    """What a run found: all that a renderer needs."""

    diagnostics: tuple[Diagnostic, ...]
    """In the order of file, line, column and code."""
    documents: dict[str, Document]
    """Those that have diagnostics, by name."""
    files: int
    """How many were linted."""
    omitted: int
    """How many diagnostics are not in the report, because their file has too many."""
    failures: tuple[str, ...]
    """What did not work: failures of the tool or its configuration, and paths that do not exist."""
    settings: tuple[config.Settings, ...]
    """Those that held for some file."""
    failed: bool
    """Whether some finding reaches the `fail-on` of its file."""
    suppressed: int = 0


class Listed(NamedTuple):
    """What `--list-files` says of a file."""

    name: str
    why_not: str | None


class _Skipped(Exception):  # noqa: N818 - no error: the file is not for us
    """The file is not linted, for this reason."""


def lint_files(request: Request) -> Report:
    """Lint all files of a request. Whatever happens to one file costs no other its result."""
    diagnostics: list[Diagnostic] = []
    documents: dict[str, Document] = {}
    failures: list[str] = []
    used: dict[config.Settings, None] = {}
    files = omitted = 0
    failed = False
    for source in discovery.expand(request.paths):
        try:
            settings, read = _open(source, request)
            found, more = engine.lint(read, settings)
        except _Skipped:
            continue
        except (config.ConfigError, FileNotFoundError) as error:
            failures.append(str(error))
            continue
        except Exception as error:  # noqa: BLE001 - a failure on one file is reported, and the others are linted
            failures.append(_internal(source.name, error, verbose=request.verbose))
            continue
        files += 1
        omitted += more
        used[settings] = None
        failed = failed or any(reaches(diagnostic, settings.fail_on) for diagnostic in found)
        if found:
            diagnostics += found
            documents[read.name] = read
    diagnostics.sort(key=lambda d: (d.file, d.range.start.line, d.range.start.column, d.code))
    return Report(tuple(diagnostics), documents, files, omitted, tuple(dict.fromkeys(failures)), tuple(used), failed)


def list_files(request: Request) -> tuple[list[Listed], list[str]]:
    """Say of each file whether it would be linted, and list the failures."""
    listed, failures = [], []
    for source in discovery.expand(request.paths):
        try:
            _open(source, request)
            listed.append(Listed(source.name, None))
        except _Skipped as reason:
            listed.append(Listed(source.name, str(reason)))
        except (config.ConfigError, FileNotFoundError) as error:
            failures.append(str(error))
    return listed, failures


def reaches(diagnostic: Diagnostic, fail_on: str) -> bool:
    """Say whether a diagnostic is as severe as `fail-on` wants."""
    return fail_on != "never" and diagnostic.severity.rank <= config.FAIL_ON.index(fail_on)


def _open(source: discovery.Source, request: Request) -> tuple[config.Settings, Document]:
    """Return the settings and the document of a file; raise _Skipped, ConfigError or FileNotFoundError."""
    is_stdin = source.name == discovery.STDIN
    name = (request.stdin_filename or "<stdin>") if is_stdin else source.name
    if not is_stdin and not os.path.lexists(name):
        raise FileNotFoundError(f"{visible(name)}: there is no such file or folder")
    settings = request.settings_of(name)
    asked = source.named and not request.if_payload
    pattern = None if asked else discovery.excluded_by(name, settings.exclude)
    if pattern:
        raise _Skipped(f"it is excluded by {pattern}")
    try:
        data = document.bytes_of(sys.stdin.buffer) if is_stdin else _bytes(name)
    except OSError as error:
        if not asked:
            raise _Skipped(f"it cannot be read: {error.strerror}") from error
        return settings, document.unreadable(name, error.strerror or "input/output error")
    if not asked and not discovery.may_be_payload(data):
        raise _Skipped("it names no member of the request")
    read = document.read(name, data)
    reason = None if asked else discovery.why_no_payload(read)
    if reason:
        raise _Skipped(reason)
    return settings, read


def _bytes(name: str) -> bytes:
    with open(name, "rb") as file:
        return document.bytes_of(file)


def _internal(name: str, error: Exception, *, verbose: bool) -> str:
    text = f"{visible(name)}: internal error: {type(error).__name__}: {error}"
    if not verbose:
        return f"{text} (--verbose shows where; please report it)"
    from traceback import format_exception

    return text + "\n" + "".join(format_exception(error)).rstrip()
