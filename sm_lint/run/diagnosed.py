"""The result of linting a file that its bytes do not tell to be clean: it is read, diagnosed, and fixed if wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sm_lint.engine.linter import MAX_DIAGNOSTICS
from sm_lint.requests.carriers import NoRequest
from sm_lint.run.looked_for import looking_for, opted_in
from sm_lint.run.opened import opened, stream, unreadable
from sm_lint.run.task import CLEAN, Result, Skipped, Task, is_request, is_required, name_of

if TYPE_CHECKING:
    from sm_lint.fixes.apply import Refused
    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.outline import Outline
    from sm_lint.model.span import SourceText
    from sm_lint.requests.request import Request
    from sm_lint.run.findings import Findings
    from sm_lint.run.session import Session
    from sm_lint.run.task import Outcome
    from sm_lint.sources.document import Document


def of_data(task: Task, data: bytes, session: Session) -> Result:
    """Lint the bytes of a file. Raises Skipped or ConfigError."""
    return _of_document(*opened(task, data, session), task, session)


def of_unreadable(task: Task, error: OSError, session: Session) -> Result:
    """Return the result for a file that cannot be read. Raises Skipped, FileNotFoundError or ConfigError."""
    return _of_document(unreadable(task, error), [], task, session)


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


def of_lines(task: Task, session: Session) -> Result:
    """Lint a file line by line and return the result. Raises Skipped or FileNotFoundError."""
    from sm_lint.run import lines

    name = name_of(task)
    options = lines.Options(is_request(task), task.fix, task.show_suppressed, task.outlined)
    try:
        with stream(task) as file:
            linted = lines.lint(file, name, task.settings, session, options)
    except NoRequest as reason:
        raise Skipped.of(reason) from reason
    except OSError as error:
        return of_unreadable(task, error, session)
    outcome = linted.outcome
    shown = (linted.excerpt,) if outcome.diagnostics or outcome.shown_suppressed else ()
    return Result(outcome, shown, stale=linted.stale, outlines=linted.outlines)


def _shown(read: Document, outcome: Outcome) -> tuple[SourceText, ...]:
    return (read.without_value(),) if outcome.diagnostics or outcome.shown_suppressed else ()


def _fixed(found: Findings, task: Task, session: Session) -> Result:
    """Apply the fixes that the task asks for, and return the result for the fixed document."""
    from sm_lint.fixes import apply
    from sm_lint.model.change import Change

    before, settings, unsafe = found.document, task.settings, task.fix == "unsafe"
    after, left, count, refused = apply.fixed(
        before, found, lambda text: session.find_named(text, settings, task.uses), unsafe=unsafe
    )
    outcome = left.outcome(show_suppressed=task.show_suppressed)
    diagnostics = [_told(d, refused, unsafe=unsafe) for d in outcome.diagnostics]
    outcome = session.with_offered_fixes(left, outcome._replace(diagnostics=diagnostics), settings, task.uses)
    changes = (Change(before.without_value(), after.without_value(), after.data),) if count else ()
    return Result(
        outcome, _shown(after, outcome), changes=changes, fixed=count, stale=left.stale, outlines=_outlines(left, task)
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
