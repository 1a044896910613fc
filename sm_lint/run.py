"""Paths and settings in, a report out: every file is read, linted and counted on its own."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sm_lint import config, discovery
from sm_lint.diagnostic import Diagnostic
from sm_lint.document import Document
from sm_lint.task import Change, Result, Skipped, Task, lint_task, name_of, opened

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


class Listed(NamedTuple):
    """What `--list-files` says of a file."""

    name: str
    why_not: str | None


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
        folder = os.path.dirname(name_of(source, request.stdin_filename)) if is_stdin else source.folder
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
    """Return the results of the tasks, in their order."""
    if jobs > 1 and len(tasks) > _FEW:
        from sm_lint.pool import results

        return results(tasks, jobs)
    return map(lint_task, tasks)


def list_files(request: Request) -> tuple[list[Listed], list[str]]:
    """Say of each file whether it would be linted, and list the failures."""
    listed: list[Listed] = []
    failures: list[str] = []
    for task in _tasks(request, failures):
        try:
            opened(task)
            listed.append(Listed(task.source.name, None))
        except Skipped as reason:
            listed.append(Listed(task.source.name, str(reason)))
        except FileNotFoundError as error:
            failures.append(str(error))
    return listed, failures


def reaches(diagnostic: Diagnostic, fail_on: str) -> bool:
    """Say whether a diagnostic is as severe as `fail-on` wants."""
    return fail_on != "never" and diagnostic.severity.rank <= config.FAIL_ON.index(fail_on)
