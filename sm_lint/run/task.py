"""Linting of one file: it is read, linted, and fixed if the options say so."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from sm_lint.model.contents import contents
from sm_lint.model.escape import cut, visible
from sm_lint.model.report import Change
from sm_lint.model.settings import ConfigError, Settings
from sm_lint.requests import carriers
from sm_lint.requests.names import NO_NAME
from sm_lint.run.session import Outcome, Session
from sm_lint.sources import discovery, document
from sm_lint.sources.reading import MOST_BYTES, PYTHON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sm_lint.fixes.apply import Refused
    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.span import SourceText
    from sm_lint.model.suppressed import StaleEntry
    from sm_lint.requests.request import Request
    from sm_lint.run.session import Findings
    from sm_lint.sources.document import Document


class Task(NamedTuple):
    """A file to lint, and everything needed for it, so that it can be sent to another process."""

    source: discovery.Source
    settings: Settings
    if_payload: bool
    """Whether a named file is skipped if it is not a request, as files in folders are."""
    stdin_filename: str | None
    verbose: bool
    fix: str | None
    """Which fixes to apply: None, `safe` or `unsafe`, which includes the safe ones."""
    show_suppressed: bool = False
    """Whether the suppressed diagnostics are reported too."""


class Result(NamedTuple):
    """The result of a task: an outcome, a failure, or neither if the file is skipped."""

    outcome: Outcome | None = None
    document: SourceText | None = None
    """The text of the file, and nothing else of it; None if there is nothing to show in it."""
    failure: str | None = None
    change: Change | None = None
    fixed: int = 0
    """The number of findings that were fixed."""
    stale: tuple[StaleEntry, ...] = ()
    """The entries of the baseline whose findings are gone."""
    passed_over: str | None = None
    """Why the file is not linted, if it looks like a request."""


_CLEAN = Result(Outcome([], 0, 0))
"""The result for most files."""


class Skipped(Exception):  # noqa: N818 - not an error
    """The file is not linted; the message is the reason."""

    is_near = False
    """Whether it looks like a request."""


def lint_task(task: Task, session: Session) -> Result:
    """Lint one file and return the result. Nothing is raised."""
    name = task.source.name
    try:
        read, requests = opened(task, session)
        found = session.find(read, requests, task.settings)
        if not (found.reported or found.suppressed):
            return _CLEAN._replace(stale=found.stale) if found.stale else _CLEAN
        if task.fix:
            return _fixed(found, task, session)
        outcome = found.outcome(show_suppressed=task.show_suppressed)
        outcome = session.with_offered_fixes(found, outcome, task.settings)
    except Skipped as reason:
        return Result(passed_over=str(reason) if reason.is_near else None)
    except (ConfigError, FileNotFoundError) as error:
        return Result(failure=str(error))
    except Exception as error:  # noqa: BLE001 - a failure on one file is reported, and the others are linted
        return Result(failure=internal_error(name, error, verbose=task.verbose))
    return Result(outcome, _shown(found.document, outcome), stale=found.stale)


def _shown(read: Document, outcome: Outcome) -> SourceText | None:
    return read.without_value() if outcome.diagnostics or outcome.shown_suppressed else None


def _fixed(found: Findings, task: Task, session: Session) -> Result:
    """Apply the fixes that the task asks for, and return the result for the fixed document."""
    from sm_lint.fixes import apply

    before, settings, unsafe = found.document, task.settings, task.fix == "unsafe"
    after, left, count, refused = apply.fixed(
        before, found, lambda text: session.find_named(text, settings), unsafe=unsafe
    )
    outcome = left.outcome(show_suppressed=task.show_suppressed)
    diagnostics = [_told(d, refused, unsafe=unsafe) for d in outcome.diagnostics]
    outcome = session.with_offered_fixes(left, outcome._replace(diagnostics=diagnostics), settings)
    change = Change(before.without_value(), after.without_value(), after.data) if count else None
    return Result(outcome, _shown(after, outcome), change=change, fixed=count, stale=left.stale)


def _told(diagnostic: Diagnostic, refused: Refused, *, unsafe: bool) -> Diagnostic:
    """Return a diagnostic that fixing has left: with the reason in place of a fix that was asked for."""
    from sm_lint.fixes.apply import UNTRIED, is_wanted

    if diagnostic.fix is None or not is_wanted(diagnostic, unsafe=unsafe):
        return diagnostic
    return diagnostic._replace(fix=None, not_fixed=refused.get(diagnostic.fix, UNTRIED))


def name_of(source: discovery.Source, stdin_filename: str | None) -> str:
    """Return the name of a file in diagnostics."""
    return source.name if source.name != discovery.STDIN else stdin_filename or "<stdin>"


def opened(task: Task, session: Session) -> tuple[Document, list[Request]]:
    """Return the document of a file and the requests in it. Raises Skipped or FileNotFoundError."""
    source = task.source
    is_stdin = source.name == discovery.STDIN
    name = name_of(source, task.stdin_filename)
    is_required = source.named and not task.if_payload
    is_request = is_required or is_named_by(name, task.settings)
    if task.settings.exclude and not is_required:
        from sm_lint.config.globs import matched_by  # imported lazily: most runs have no pattern

        pattern = matched_by(name, task.settings.exclude)
        if pattern and (is_stdin or os.path.lexists(name)):
            raise Skipped(f"it is excluded by {pattern}")
    try:
        data = (
            document.bytes_of(sys.stdin.buffer.read)
            if is_stdin
            else contents(name, MOST_BYTES, regular=not source.named)
        )
    except OSError as error:
        if not os.path.lexists(name):
            raise FileNotFoundError(f"{visible(name)}: no such file or folder") from error
        if not is_required:
            raise Skipped(f"it cannot be read: {error.strerror}") from error
        return document.unreadable(name, error.strerror or "input/output error"), []
    syntax = syntax_of(name, data, task.settings)
    is_code = syntax == PYTHON
    if is_code and not (is_required or is_python(name, task.settings)):
        raise Skipped("it is Python code, which is looked at only if it is named, or if `python` names it")
    if (is_code or not is_request) and not carriers.may_hold(data, syntax, task.settings.carriers):
        raise Skipped("it has no call" if is_code else NO_NAME)
    read = document.read(name, data, syntax, task.settings.placeholders)
    try:
        shapes = session.linters.built_in.shapes
        is_request = is_request and not is_code  # code without a call is nothing to complain of
        return read, carriers.requests(read, shapes, named=is_request, wanted=task.settings.carriers)
    except carriers.NoRequest as reason:
        skipped = Skipped(str(reason))
        skipped.is_near = reason.is_near
        raise skipped from reason


def documents_of(task: Task, session: Session) -> Iterator[tuple[Document, list[Request]]]:
    """Yield the documents that a file is, each with the requests in it. Raises Skipped or FileNotFoundError."""
    yield opened(task, session)


def is_named_by(name: str, settings: Settings) -> bool:
    """Return whether the key `requests` of the configuration names a file."""
    if not settings.requests:
        return False
    from sm_lint.config.globs import matched_by  # imported lazily: most runs have no pattern

    return matched_by(name, settings.requests) is not None


def is_python(name: str, settings: Settings) -> bool:
    """Return whether the key `python` of the configuration names a file."""
    if not settings.python:
        return False
    from sm_lint.config.globs import matched_by  # imported lazily: most runs have no pattern

    return matched_by(name, settings.python) is not None


def syntax_of(name: str, data: bytes, settings: Settings) -> str:
    """Return the syntax of a file: Python if the configuration says so, else by its name or its data."""
    return PYTHON if is_python(name, settings) else document.syntax_of(name, data)


def internal_error(name: str, error: Exception, *, verbose: bool) -> str:
    """Return the message for an error that should not happen to a file; `verbose` with where it happened."""
    text = f"{visible(name)}: internal error: {type(error).__name__}: {visible(cut(str(error)))}"
    if not verbose:
        return f"{text} (--verbose shows where; please report it)"
    from traceback import format_exception

    return text + "\n" + "".join(format_exception(error)).rstrip()
