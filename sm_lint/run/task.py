"""A file and its settings in, a result out: it is read, linted, and fixed if that is asked for."""

import os
import sys
from typing import NamedTuple

from sm_lint.model.escape import visible
from sm_lint.model.report import Change
from sm_lint.model.settings import ConfigError, Settings
from sm_lint.model.span import SourceText
from sm_lint.requests import carriers
from sm_lint.requests.request import Request
from sm_lint.run.session import Outcome, Session
from sm_lint.sources import discovery, document
from sm_lint.sources.document import Document


class Task(NamedTuple):
    """A file to lint, and all that is needed for it: it can go to another process."""

    source: discovery.Source
    settings: Settings
    if_payload: bool
    """Whether a file that is named is asked whether it is a request, too."""
    stdin_filename: str | None
    verbose: bool
    fix: str | None
    """Which fixes to apply: None, `safe` or `unsafe`, which includes the safe ones."""


class Result(NamedTuple):
    """What became of a task: an outcome, a failure, or neither if the file is not for us."""

    outcome: Outcome | None = None
    document: SourceText | None = None
    """If there is anything to report of it."""
    failure: str | None = None
    change: Change | None = None
    fixed: int = 0
    """How many findings were fixed."""


_CLEAN = Result(Outcome([], [], 0))
"""That of most files."""


class Skipped(Exception):  # noqa: N818 - no error: the file is not for us
    """The file is not linted, for this reason."""


def lint_task(task: Task, session: Session) -> Result:
    """Lint one file; nothing is raised."""
    name = task.source.name
    try:
        read, requests = opened(task, session)
        outcome, change, fixed = session.lint(read, requests, task.settings), None, 0
        if task.fix and outcome.diagnostics:
            read, outcome, change, fixed = _fix(read, task, session)
    except Skipped:
        return Result()
    except (ConfigError, FileNotFoundError) as error:
        return Result(failure=str(error))
    except Exception as error:  # noqa: BLE001 - a failure on one file is reported, and the others are linted
        return Result(failure=_internal(name, error, verbose=task.verbose))
    if not (outcome.diagnostics or outcome.suppressed or fixed):
        return _CLEAN
    shown = read if outcome.diagnostics or outcome.suppressed else None
    return Result(outcome, shown, change=change, fixed=fixed)


def _fix(read: Document, task: Task, session: Session) -> tuple[Document, Outcome, Change | None, int]:
    """Return a document after its fixes, what is found in it, the change, and how many findings are gone."""
    from sm_lint.fixes import apply

    unsafe, settings = task.fix == "unsafe", task.settings
    after, count = apply.fix_all(
        read, lambda text: session.lint_named(text, settings, sys.maxsize).diagnostics, unsafe=unsafe
    )
    outcome = session.lint_named(after, settings)
    # A fix that was not applied does not work, so nobody is told of it.
    left = [d._replace(fix=None) if apply.is_wanted(d, unsafe=unsafe) else d for d in outcome.diagnostics]
    change = Change(read, after, after.data) if count else None
    return after, outcome._replace(diagnostics=left), change, count


def name_of(source: discovery.Source, stdin_filename: str | None) -> str:
    """Return the name of a file as diagnostics give it."""
    return source.name if source.name != discovery.STDIN else stdin_filename or "<stdin>"


def opened(task: Task, session: Session) -> tuple[Document, list[Request]]:
    """Return the document of a file and the requests in it; raise Skipped or FileNotFoundError."""
    source = task.source
    is_stdin = source.name == discovery.STDIN
    name = name_of(source, task.stdin_filename)
    asked = source.named and not task.if_payload
    if task.settings.exclude and not asked:
        from sm_lint.config.globs import matched_by  # late: most runs have no pattern

        pattern = matched_by(name, task.settings.exclude)
        if pattern and (is_stdin or os.path.lexists(name)):
            raise Skipped(f"it is excluded by {pattern}")
    try:
        data = document.bytes_of(sys.stdin.buffer.read) if is_stdin else discovery.contents(name)
    except OSError as error:
        if not os.path.lexists(name):
            raise FileNotFoundError(f"{visible(name)}: there is no such file or folder") from error
        if not asked:
            raise Skipped(f"it cannot be read: {error.strerror}") from error
        return document.unreadable(name, error.strerror or "input/output error"), []
    if not asked and not carriers.may_hold(data):
        raise Skipped("it names no member of the request")
    read = document.read(name, data)
    try:
        return read, carriers.requests(read, session.linters.built_in.members, named=asked)
    except carriers.NoRequest as reason:
        raise Skipped(str(reason)) from reason


def _internal(name: str, error: Exception, *, verbose: bool) -> str:
    text = f"{visible(name)}: internal error: {type(error).__name__}: {error}"
    if not verbose:
        return f"{text} (--verbose shows where; please report it)"
    from traceback import format_exception

    return text + "\n" + "".join(format_exception(error)).rstrip()
