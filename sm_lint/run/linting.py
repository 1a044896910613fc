"""Linting of one file. Most are told by their bytes to be clean, or to hold no request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sm_lint.model.settings import ConfigError
from sm_lint.requests import marks
from sm_lint.run.task import CLEAN, SKIPPED, Result, Skipped, Task, data_of, is_request, name_of

if TYPE_CHECKING:
    from sm_lint.run.session import Session


def lint_task(task: Task, session: Session) -> Result:
    """Lint one file and return the result. Nothing is raised."""
    name = name_of(task)
    try:
        if not task.uses and marks.are_lines(name, task.settings.carriers):
            from sm_lint.run.diagnosed import of_lines

            return of_lines(task, session)
        try:
            data = data_of(task)
        except OSError as error:
            from sm_lint.run.diagnosed import of_unreadable

            return of_unreadable(task, error, session)
        if not task.uses:
            if session.is_clean(name, data, task.settings):
                return CLEAN
            if not (is_request(task) or marks.may_hold_any(data)):
                return SKIPPED
        from sm_lint.run.diagnosed import of_data  # imported lazily: most files end above

        return of_data(task, data, session)
    except Skipped as reason:
        return Result(passed_over=str(reason)) if reason.is_near else SKIPPED
    except (ConfigError, FileNotFoundError) as error:
        return Result(failure=str(error))
    except Exception as error:  # noqa: BLE001 - a failure on one file is reported, and the others are linted
        return Result(failure=internal_error(name, error, verbose=task.verbose))


def internal_error(name: str, error: Exception, *, verbose: bool) -> str:
    """Return the message for an error that should not happen to a file; `verbose` with where it happened."""
    from sm_lint.model.escape import cut, visible

    text = f"{visible(name)}: internal error: {type(error).__name__}: {visible(cut(str(error)))}"
    if not verbose:
        return f"{text} (--verbose shows where; please report it)"
    from traceback import format_exception

    return text + "\n" + "".join(format_exception(error)).rstrip()
