"""Linting of one file: it is read, linted, and fixed if the options say so."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from sm_lint.engine.linter import MAX_DIAGNOSTICS
from sm_lint.model.contents import contents, opened_in_parts
from sm_lint.model.escape import cut, visible
from sm_lint.model.report import Change
from sm_lint.model.settings import ConfigError, Settings
from sm_lint.requests import carriers
from sm_lint.run.looked_for import is_named_by, looking_for, opted_in, syntax_of
from sm_lint.run.session import Outcome, Session
from sm_lint.sources import discovery, document
from sm_lint.sources.reading import MOST_BYTES, OF_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from sm_lint.fixes.apply import Refused
    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.outline import Outline
    from sm_lint.model.span import SourceText
    from sm_lint.model.suppressed import StaleEntry
    from sm_lint.requests.request import Request
    from sm_lint.requests.used_files import Use
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
    uses: tuple[Use, ...] = ()
    """How commands in other files use it: it is a request, or a part of one."""
    outlined: bool = False
    """Whether the outlines of the requests with diagnostics are made."""


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
    outlines: tuple[Outline, ...] = ()


_CLEAN = Result(Outcome([], 0, 0))
_SKIPPED = Result()
"""The results for most files."""


class Skipped(Exception):  # noqa: N818 - not an error
    """The file is not linted; the message is the reason."""

    is_near = False
    """Whether it looks like a request."""

    @classmethod
    def of(cls, reason: carriers.NoRequest) -> Skipped:
        """Return that a file is not linted because it has no request."""
        skipped = cls(str(reason))
        skipped.is_near = reason.is_near
        return skipped


def lint_task(task: Task, session: Session) -> Result:
    """Lint one file and return the result. Nothing is raised."""
    name = task.source.name
    try:
        if not task.uses and carriers.are_lines(name_of(task.source, task.stdin_filename), task.settings.carriers):
            return _of_lines(task, session)
        return _of_document(*opened(task, session), task, session)
    except Skipped as reason:
        return Result(passed_over=str(reason)) if reason.is_near else _SKIPPED
    except (ConfigError, FileNotFoundError) as error:
        return Result(failure=str(error))
    except Exception as error:  # noqa: BLE001 - a failure on one file is reported, and the others are linted
        return Result(failure=internal_error(name, error, verbose=task.verbose))


def _of_document(read: Document, requests: list[Request], task: Task, session: Session) -> Result:
    """Lint a document and return the result."""
    found = session.find(read, requests, task.settings)
    if not (found.reported or found.suppressed):
        return _CLEAN._replace(stale=found.stale) if found.stale else _CLEAN
    if read.syntax == "yaml":  # a text with fixes has no other requests than before
        opted = opted_in(read.name, task.settings, named=is_required(task))
        task = task._replace(settings=looking_for(task.settings, opted))
    if task.fix:
        return _fixed(found, task, session)
    outcome = found.outcome(show_suppressed=task.show_suppressed)
    outcome = session.with_offered_fixes(found, outcome, task.settings, task.uses)
    return Result(outcome, _shown(found.document, outcome), stale=found.stale, outlines=_outlines(found, task))


def _of_lines(task: Task, session: Session) -> Result:
    """Lint a file line by line and return the result. Raises Skipped or FileNotFoundError."""
    from sm_lint.run import lines

    name = name_of(task.source, task.stdin_filename)
    options = lines.Options(_is_request(task), task.fix, task.show_suppressed, task.outlined)
    try:
        with _stream(task) as file:
            linted = lines.lint(file, name, task.settings, session, options)
    except carriers.NoRequest as reason:
        raise Skipped.of(reason) from reason
    except OSError as error:
        return _of_document(_unreadable(task, error), [], task, session)
    outcome = linted.outcome
    text = linted.excerpt if outcome.diagnostics or outcome.shown_suppressed else None
    return Result(outcome, text, stale=linted.stale, outlines=linted.outlines)


def _stream(task: Task) -> AbstractContextManager[BinaryIO]:
    """Open the file of a task to be read line by line. Raises Skipped or OSError."""
    from contextlib import nullcontext

    refuse_excluded(task)
    if task.source.name == discovery.STDIN:
        return nullcontext(sys.stdin.buffer)
    return opened_in_parts(task.source.name, regular=not task.source.named)


def _shown(read: Document, outcome: Outcome) -> SourceText | None:
    return read.without_value() if outcome.diagnostics or outcome.shown_suppressed else None


def _fixed(found: Findings, task: Task, session: Session) -> Result:
    """Apply the fixes that the task asks for, and return the result for the fixed document."""
    from sm_lint.fixes import apply

    before, settings, unsafe = found.document, task.settings, task.fix == "unsafe"
    after, left, count, refused = apply.fixed(
        before, found, lambda text: session.find_named(text, settings, task.uses), unsafe=unsafe
    )
    outcome = left.outcome(show_suppressed=task.show_suppressed)
    diagnostics = [_told(d, refused, unsafe=unsafe) for d in outcome.diagnostics]
    outcome = session.with_offered_fixes(left, outcome._replace(diagnostics=diagnostics), settings, task.uses)
    change = Change(before.without_value(), after.without_value(), after.data) if count else None
    return Result(
        outcome, _shown(after, outcome), change=change, fixed=count, stale=left.stale, outlines=_outlines(left, task)
    )


def _outlines(found: Findings, task: Task) -> tuple[Outline, ...]:
    """Return the outlines of the requests with findings that are shown; none if they are not asked for."""
    if not task.outlined:
        return ()
    from sm_lint.engine.outlines import outlines, room

    return outlines(found.reported[:MAX_DIAGNOSTICS], room())


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
    source, settings = task.source, task.settings
    is_named = is_required(task)
    name, is_request = name_of(source, task.stdin_filename), is_named or _is_request(task)
    refuse_excluded(task)
    if not (is_request or task.uses) and name.lower().endswith(discovery.OF_LINES):
        raise Skipped("it is JSON Lines, which is not among the carriers to look for")
    try:
        data = (
            document.bytes_of(sys.stdin.buffer.read)
            if source.name == discovery.STDIN
            else contents(name, MOST_BYTES, regular=not source.named)
        )
    except OSError as error:
        return _unreadable(task, error), []
    if task.uses:
        from sm_lint.requests.used_files import requests

        read = document.read(name, data, task.uses[0].syntax, settings.placeholders)
        found = requests(read, task.uses)
        if not found:
            raise Skipped("a command names it, but it is not JSON")
        return read, found
    opted = opted_in(name, settings, named=is_named)
    syntax, wanted = syntax_of(name, data, opted), carriers.looked_for(settings.carriers, opted)
    is_code = syntax in OF_CODE
    if is_code and not opted:
        raise Skipped("it is code, which is looked at only if it is named, or if `commands` or `python` names it")
    if (is_code or not is_request) and not carriers.may_hold(data, syntax, wanted):
        raise Skipped("it has no call" if is_code else carriers.why_none(data, settings.carriers))
    read = document.read(name, data, syntax, settings.placeholders)
    try:
        shapes = session.linters.built_in.shapes
        is_request = is_request and not is_code  # code without a call is nothing to complain of
        return read, carriers.requests(read, shapes, named=is_request, wanted=wanted)
    except carriers.NoRequest as reason:
        raise Skipped.of(reason) from reason


def is_required(task: Task) -> bool:
    """Return whether a file is linted whatever it holds and wherever it is, because the command line names it."""
    return task.source.named and not task.if_payload


def _is_request(task: Task) -> bool:
    """Return whether a file is treated as a request, because the command line or the configuration names it."""
    return is_required(task) or is_named_by(name_of(task.source, task.stdin_filename), task.settings)


def refuse_excluded(task: Task) -> None:
    """Raise Skipped if the configuration excludes a file."""
    if not task.settings.exclude or is_required(task):
        return
    from sm_lint.config.globs import matched_by  # imported lazily: most runs have no pattern

    name = name_of(task.source, task.stdin_filename)
    pattern = matched_by(name, task.settings.exclude)
    if pattern and (task.source.name == discovery.STDIN or os.path.lexists(name)):
        raise Skipped(f"it is excluded by {pattern}")


def _unreadable(task: Task, error: OSError) -> Document:
    """Return the document of a file that cannot be read. Raises Skipped or FileNotFoundError."""
    name = name_of(task.source, task.stdin_filename)
    if not os.path.lexists(name):
        raise FileNotFoundError(f"{visible(name)}: no such file or folder") from error
    if not is_required(task):
        raise Skipped(f"it cannot be read: {error.strerror}") from error
    return document.unreadable(name, error.strerror or "input/output error")


def documents_of(task: Task, session: Session) -> Iterator[tuple[Document, list[Request]]]:
    """Yield the documents that a file is, each with the requests in it. Raises Skipped or FileNotFoundError."""
    name = name_of(task.source, task.stdin_filename)
    if task.uses or not carriers.are_lines(name, task.settings.carriers):
        yield opened(task, session)
        return
    from sm_lint.run.lines import documents

    try:
        with _stream(task) as file:
            for _, document, requests in documents(file, name, task.settings, session, named=_is_request(task)):
                yield document, requests
    except carriers.NoRequest as reason:
        raise Skipped.of(reason) from reason
    except OSError as error:
        yield _unreadable(task, error), []


def internal_error(name: str, error: Exception, *, verbose: bool) -> str:
    """Return the message for an error that should not happen to a file; `verbose` with where it happened."""
    text = f"{visible(name)}: internal error: {type(error).__name__}: {visible(cut(str(error)))}"
    if not verbose:
        return f"{text} (--verbose shows where; please report it)"
    from traceback import format_exception

    return text + "\n" + "".join(format_exception(error)).rstrip()
