"""Paths and settings in, a report out: every file is read, linted and counted on its own."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sm_lint import config, discovery, document, engine
from sm_lint.diagnostic import Diagnostic
from sm_lint.document import Document
from sm_lint.escape import visible
from sm_lint.schema import using
from sm_lint.syntax import MARK

if TYPE_CHECKING:
    from sm_lint.suppression import Silenced


_FEW = 32
"""So few files are never worth the start of another process."""


class Request(NamedTuple):
    """What the command line asks for."""

    paths: tuple[str, ...]
    settings_of: Callable[[str], config.Settings]
    """The settings for the files of a folder; raises ConfigError."""
    if_payload: bool = False
    stdin_filename: str | None = None
    verbose: bool = False
    show_suppressed: bool = False
    fix: str | None = None
    """Which fixes to apply: None, `safe` or `unsafe`, which includes the safe ones."""
    jobs: int = 1
    """So many processes share the work, where there is enough of it."""
    progress: Callable[[int, int], None] | None = None
    """Is told, time and again, how many files of how many are done."""


class Change(NamedTuple):
    """A file that fixes change. It is not written yet."""

    before: Document
    after: Document


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
    """How many diagnostics a suppression or the baseline silences."""
    silenced: "tuple[Silenced, ...]" = ()
    """Those, if the request asks for them."""
    fixed: int = 0
    """How many findings were fixed."""
    changes: tuple[Change, ...] = ()


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


class Listed(NamedTuple):
    """What `--list-files` says of a file."""

    name: str
    why_not: str | None


class _Skipped(Exception):  # noqa: N818 - no error: the file is not for us
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


def lint_files(request: Request) -> Report:
    """Lint all files of a request. Whatever happens to one file costs no other its result."""
    diagnostics: list[Diagnostic] = []
    documents: dict[str, Document] = {}
    failures: list[str] = []
    used: dict[config.Settings, None] = {}
    silenced: list[Silenced] = []
    changes: list[Change] = []
    files = omitted = suppressed = fixed = 0
    failed = False
    tasks = list(_tasks(request, failures))
    for number, (task, result) in enumerate(zip(tasks, _results(tasks, request.jobs), strict=True), 1):
        if request.progress:
            request.progress(number, len(tasks))
        if result.failure:
            failures.append(result.failure)
        if result.outcome is None:
            continue
        files += 1
        used[task.settings] = None
        if result.change:
            changes.append(result.change)
            fixed += result.fixed
        if result.document:
            found = result.outcome.diagnostics
            omitted += result.outcome.omitted
            suppressed += len(result.outcome.silenced)
            failed = failed or any(reaches(diagnostic, task.settings.fail_on) for diagnostic in found)
            silenced += result.outcome.silenced if request.show_suppressed else []
            diagnostics += found
            documents[result.document.name] = result.document
    diagnostics.sort(key=lambda d: (d.file, d.range.start.line, d.range.start.column, d.code))
    return Report(
        diagnostics=tuple(diagnostics),
        documents=documents,
        files=files,
        omitted=omitted,
        failures=tuple(dict.fromkeys(failures)),
        settings=tuple(used),
        failed=failed,
        suppressed=suppressed,
        silenced=tuple(silenced),
        fixed=fixed,
        changes=tuple(changes),
    )


def _tasks(request: Request, failures: list[str]) -> Iterator[Task]:
    """Yield what there is to do; append to `failures` what cannot be done."""
    for source in discovery.expand(request.paths, _wanted(request)):
        is_stdin = source.name == discovery.STDIN
        folder = os.path.dirname(_name(source, request.stdin_filename)) if is_stdin else source.folder
        try:
            settings = request.settings_of(folder)
            yield Task(source, settings, request.if_payload, request.stdin_filename, request.verbose, request.fix)
        except config.ConfigError as error:
            failures.append(str(error))


def _wanted(request: Request) -> Callable[[str], Callable[[str], bool]]:
    """Return what gives for a folder what says of the name of a file in it whether it is looked at."""

    @cache
    def wanted(folder: str) -> Callable[[str], bool]:
        try:
            patterns = request.settings_of(folder).include
        except config.ConfigError:  # reported with the file, if it is one of ours
            patterns = ()
        return (lambda name: discovery.matched_by(name, patterns) is not None) if patterns else discovery.has_extension

    return wanted


def _results(tasks: list[Task], jobs: int) -> Iterator[Result]:
    """Yield the results of the tasks, in their order."""
    if jobs > 1 and len(tasks) > _FEW:
        from sm_lint.pool import results

        return results(tasks, jobs)
    return map(lint_task, tasks)


def lint_task(task: Task) -> Result:
    """Lint one file; nothing is raised."""
    name = task.source.name
    try:
        read = before = _open(task)
        outcome, fixed = lint_document(read, task.settings), 0
        if task.fix and outcome.diagnostics:
            read, outcome, fixed = _fix(read, task.settings, unsafe=task.fix == "unsafe")
    except _Skipped:
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


def list_files(request: Request) -> tuple[list[Listed], list[str]]:
    """Say of each file whether it would be linted, and list the failures."""
    listed: list[Listed] = []
    failures: list[str] = []
    for task in _tasks(request, failures):
        try:
            _open(task)
            listed.append(Listed(task.source.name, None))
        except _Skipped as reason:
            listed.append(Listed(task.source.name, str(reason)))
        except FileNotFoundError as error:
            failures.append(str(error))
    return listed, failures


def reaches(diagnostic: Diagnostic, fail_on: str) -> bool:
    """Say whether a diagnostic is as severe as `fail-on` wants."""
    return fail_on != "never" and diagnostic.severity.rank <= config.FAIL_ON.index(fail_on)


def _name(source: discovery.Source, stdin_filename: str | None) -> str:
    return source.name if source.name != discovery.STDIN else stdin_filename or "<stdin>"


def _open(task: Task) -> Document:
    """Return the document of a file; raise _Skipped or FileNotFoundError."""
    source = task.source
    is_stdin = source.name == discovery.STDIN
    name = _name(source, task.stdin_filename)
    asked = source.named and not task.if_payload
    pattern = None if asked else discovery.matched_by(name, task.settings.exclude)
    if pattern and (is_stdin or os.path.lexists(name)):
        raise _Skipped(f"it is excluded by {pattern}")
    try:
        data = document.bytes_of(sys.stdin.buffer.read) if is_stdin else discovery.contents(name)
    except OSError as error:
        if not os.path.lexists(name):
            raise FileNotFoundError(f"{visible(name)}: there is no such file or folder") from error
        if not asked:
            raise _Skipped(f"it cannot be read: {error.strerror}") from error
        return document.unreadable(name, error.strerror or "input/output error")
    if not asked and not discovery.may_be_payload(data):
        raise _Skipped("it names no member of the request")
    read = document.read(name, data)
    reason = None if asked else discovery.why_no_payload(read)
    if reason:
        raise _Skipped(reason)
    return read


def _internal(name: str, error: Exception, *, verbose: bool) -> str:
    text = f"{visible(name)}: internal error: {type(error).__name__}: {error}"
    if not verbose:
        return f"{text} (--verbose shows where; please report it)"
    from traceback import format_exception

    return text + "\n" + "".join(format_exception(error)).rstrip()
