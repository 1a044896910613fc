"""A file and its settings in, a result out: it is read, linted, and fixed if that is asked for."""

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from sm_lint import config, discovery, document, engine
from sm_lint.diagnostic import Diagnostic
from sm_lint.document import Document
from sm_lint.escape import visible
from sm_lint.schema import using
from sm_lint.syntax import MARK

if TYPE_CHECKING:
    from sm_lint.suppression import Silenced


class Change(NamedTuple):
    """A file that fixes change. It is not written yet."""

    before: Document
    after: Document


class Outcome(NamedTuple):
    """What linting one document gives."""

    diagnostics: list[Diagnostic]
    silenced: "list[Silenced]"
    omitted: int
    """How many diagnostics are left out, because there are too many."""


class Task(NamedTuple):
    """A file to lint, and all that is needed for it: it can go to another process."""

    source: discovery.Source
    settings: config.Settings
    if_payload: bool
    stdin_filename: str | None
    verbose: bool
    fix: str | None


class Result(NamedTuple):
    """What became of a task: an outcome, a failure, or neither if the file is not for us."""

    outcome: Outcome | None = None
    document: Document | None = None
    """If there is anything to report of it."""
    failure: str | None = None
    change: Change | None = None
    fixed: int = 0


_CLEAN = Result(Outcome([], [], 0))
"""That of most files."""


class Skipped(Exception):  # noqa: N818 - no error: the file is not for us
    """The file is not linted, for this reason."""


def lint_document(read: Document, settings: config.Settings, limit: int = engine.MAX_DIAGNOSTICS) -> Outcome:
    """Lint one document; raise ConfigError where the baseline, or a rule of the team's own, cannot be read."""
    marked = read.syntax == "yaml" and MARK in read.text
    with using(settings.rules):
        if not (marked or settings.per_file_ignores or settings.baseline):
            found, omitted = engine.lint(read, settings, limit)
            return Outcome(found, [], omitted)
        from sm_lint.suppression import suppress

        found, _ = engine.lint(read, settings, sys.maxsize)  # what is silenced must not use up what may be reported
        kept, silenced = suppress(read, found, settings)
        return Outcome(kept[:limit], silenced, len(kept[limit:]))


def lint_task(task: Task) -> Result:
    """Lint one file; nothing is raised."""
    name = task.source.name
    try:
        read = before = opened(task)
        outcome, fixed = lint_document(read, task.settings), 0
        if task.fix and outcome.diagnostics:
            read, outcome, fixed = _fix(read, task.settings, unsafe=task.fix == "unsafe")
    except Skipped:
        return Result()
    except (config.ConfigError, FileNotFoundError) as error:
        return Result(failure=str(error))
    except Exception as error:  # noqa: BLE001 - a failure on one file is reported, and the others are linted
        return Result(failure=_internal(name, error, verbose=task.verbose))
    if not (outcome.diagnostics or outcome.silenced or fixed):
        return _CLEAN
    shown = read if outcome.diagnostics or outcome.silenced else None
    return Result(outcome, shown, change=Change(before, read) if fixed else None, fixed=fixed)


def _fix(read: Document, settings: config.Settings, *, unsafe: bool) -> tuple[Document, Outcome, int]:
    """Return a document after its fixes, what is found in it, and how many findings are gone."""
    from sm_lint import fixes

    after, count = fixes.fix_all(
        read, lambda text: lint_document(text, settings, sys.maxsize).diagnostics, unsafe=unsafe
    )
    outcome = lint_document(after, settings)
    # A fix that was not applied does not work, so nobody is told of it.
    left = [d._replace(fix=None) if fixes.is_wanted(d, unsafe=unsafe) else d for d in outcome.diagnostics]
    return after, outcome._replace(diagnostics=left), count


def name_of(source: discovery.Source, stdin_filename: str | None) -> str:
    """Return the name of a file as diagnostics give it."""
    return source.name if source.name != discovery.STDIN else stdin_filename or "<stdin>"


def opened(task: Task) -> Document:
    """Return the document of a file; raise Skipped or FileNotFoundError."""
    source = task.source
    is_stdin = source.name == discovery.STDIN
    name = name_of(source, task.stdin_filename)
    asked = source.named and not task.if_payload
    pattern = None if asked else discovery.matched_by(name, task.settings.exclude)
    if pattern and (is_stdin or os.path.lexists(name)):
        raise Skipped(f"it is excluded by {pattern}")
    try:
        data = document.bytes_of(sys.stdin.buffer.read) if is_stdin else discovery.contents(name)
    except OSError as error:
        if not os.path.lexists(name):
            raise FileNotFoundError(f"{visible(name)}: there is no such file or folder") from error
        if not asked:
            raise Skipped(f"it cannot be read: {error.strerror}") from error
        return document.unreadable(name, error.strerror or "input/output error")
    if not asked and not discovery.may_be_payload(data):
        raise Skipped("it names no member of the request")
    read = document.read(name, data)
    reason = None if asked else discovery.why_no_payload(read)
    if reason:
        raise Skipped(reason)
    return read


def _internal(name: str, error: Exception, *, verbose: bool) -> str:
    text = f"{visible(name)}: internal error: {type(error).__name__}: {error}"
    if not verbose:
        return f"{text} (--verbose shows where; please report it)"
    from traceback import format_exception

    return text + "\n" + "".join(format_exception(error)).rstrip()
