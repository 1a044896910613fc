"""Linting of one file: it is read, linted, and fixed if the options say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sm_lint.engine.linter import MAX_DIAGNOSTICS
from sm_lint.model.escape import cut, visible
from sm_lint.model.report import Change
from sm_lint.model.settings import ConfigError
from sm_lint.requests import carriers
from sm_lint.run.looked_for import looking_for, opted_in
from sm_lint.run.opened import (
    Skipped,
    Task,
    data_of,
    is_request,
    is_required,
    name_of,
    opened,
    stream,
    unreadable,
)
from sm_lint.run.session import Outcome, Session

if TYPE_CHECKING:
    from sm_lint.fixes.apply import Refused
    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.outline import Outline
    from sm_lint.model.span import SourceText
    from sm_lint.model.suppressed import StaleEntry
    from sm_lint.requests.request import Request
    from sm_lint.run.session import Findings
    from sm_lint.sources.document import Document


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


CLEAN = Result(Outcome([], 0, 0))
SKIPPED = Result()
"""The results for most files."""


def lint_task(task: Task, session: Session) -> Result:
    """Lint one file and return the result. Nothing is raised."""
    name = name_of(task)
    try:
        if not task.uses and carriers.are_lines(name, task.settings.carriers):
            return _of_lines(task, session)
        try:
            data = data_of(task)
        except OSError as error:
            return _of_document(unreadable(task, error), [], task, session)
        if not task.uses:
            if session.is_clean(name, data, task.settings):
                return CLEAN
            if not (is_request(task) or carriers.may_hold_any(data)):
                return SKIPPED
        return _of_document(*opened(task, data, session), task, session)
    except Skipped as reason:
        return Result(passed_over=str(reason)) if reason.is_near else SKIPPED
    except (ConfigError, FileNotFoundError) as error:
        return Result(failure=str(error))
    except Exception as error:  # noqa: BLE001 - a failure on one file is reported, and the others are linted
        return Result(failure=internal_error(name, error, verbose=task.verbose))


def _of_document(read: Document, requests: list[Request], task: Task, session: Session) -> Result:
    """Lint a document and return the result."""
    found = session.find(read, requests, task.settings)
    if not (found.reported or found.suppressed):
        return CLEAN._replace(stale=found.stale) if found.stale else CLEAN
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

    name = name_of(task)
    options = lines.Options(is_request(task), task.fix, task.show_suppressed, task.outlined)
    try:
        with stream(task) as file:
            linted = lines.lint(file, name, task.settings, session, options)
    except carriers.NoRequest as reason:
        raise Skipped.of(reason) from reason
    except OSError as error:
        return _of_document(unreadable(task, error), [], task, session)
    outcome = linted.outcome
    text = linted.excerpt if outcome.diagnostics or outcome.shown_suppressed else None
    return Result(outcome, text, stale=linted.stale, outlines=linted.outlines)


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


def internal_error(name: str, error: Exception, *, verbose: bool) -> str:
    """Return the message for an error that should not happen to a file; `verbose` with where it happened."""
    text = f"{visible(name)}: internal error: {type(error).__name__}: {visible(cut(str(error)))}"
    if not verbose:
        return f"{text} (--verbose shows where; please report it)"
    from traceback import format_exception

    return text + "\n" + "".join(format_exception(error)).rstrip()
