"""Linting of many files: each is read and linted on its own, and the results are combined in a report."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sm_lint.model.contents import contents
from sm_lint.model.report import Report, ReportedRule
from sm_lint.model.settings import FAIL_ON, ConfigError, Settings
from sm_lint.model.severity import Severity
from sm_lint.requests.marks import PAYLOAD
from sm_lint.run.linting import lint_task
from sm_lint.run.looked_for import opted_in
from sm_lint.run.task import CLEAN, SKIPPED, Outcome, Result, Skipped, Task, is_required, name_of, refuse_unwanted
from sm_lint.sources import discovery
from sm_lint.sources.limits import MOST_BYTES

if TYPE_CHECKING:
    from sm_lint.model.span import SourceText
    from sm_lint.model.suppressed import StaleEntry
    from sm_lint.run.session import Session

_WITHOUT_COMMANDS = (".json", ".py", ".ipynb", *discovery.OF_LINES)
"""The extensions of files that have no commands."""
_FEW = 32
"""The number of files up to which preparing for many, such as starting another process, never pays off."""


class Options(NamedTuple):
    """The options of a run."""

    paths: tuple[str, ...]
    settings_of: Callable[[str], Settings]
    """Returns the settings for the files in a folder. Raises ConfigError."""
    if_payload: bool = False
    stdin_filename: str | None = None
    verbose: bool = False
    show_suppressed: bool = False
    prune_baseline: bool = False
    """Whether stale entries of the baseline are to be removed, and so are not reported."""
    fix: str | None = None
    """Which fixes to apply: None, `safe` or `unsafe`, which includes the safe ones."""
    jobs: int = 1
    """The maximum number of processes."""
    progress: Callable[[int, int], None] | None = None
    """`progress(done, total)` is called after each file with numbers of files."""
    outlined: bool = False
    """Whether the report has the outlines of the requests with diagnostics."""


def lint_files(options: Options, session: "Session") -> Report:
    """Lint all files that the options name and return the report. A failure on one file does not affect the others."""
    failures: list[str] = []
    linted, others = _linted(options, failures, session)
    failures += [result.failure for _, result in others if result.failure]
    found = [(task, result, result.outcome) for task, result in others if result.outcome]
    outcomes = [outcome for *_, outcome in found]
    diagnostics = [diagnostic for outcome in outcomes for diagnostic in outcome.diagnostics]
    shown = [of for outcome in outcomes for of in outcome.shown_suppressed]
    documents = {shown.name: shown for _, result, _ in found for shown in result.shown}
    omitted = sum(outcome.omitted for outcome in outcomes)
    suppressed = sum(outcome.suppressed for outcome in outcomes)
    failed = any(reaches(outcome.worst, task.settings.fail_on) for task, _, outcome in found)
    stale: dict[Settings, list[StaleEntry]] = {}
    for task, result, _ in found:
        if result.stale:
            stale.setdefault(task.settings, []).extend(result.stale)
    if stale and not options.prune_baseline:
        for settings, outcome, document in _in_baselines(stale, session, failures):
            omitted += outcome.omitted
            suppressed += outcome.suppressed
            failed = failed or reaches(outcome.worst, settings.fail_on)
            diagnostics += outcome.diagnostics
            documents[document.name] = document
    used: dict[Settings, list[str]] = {}
    for settings, of in groupby(linted, lambda task: task.settings):
        used.setdefault(settings, []).extend(map(name_of, of))
    diagnostics.sort(key=lambda d: (d.file, d.range.start.line, d.range.start.column, d.code))
    codes = {d.code for d in diagnostics} | {s.diagnostic.code for s in shown}
    return Report(
        diagnostics=tuple(diagnostics),
        documents=documents,
        files=len(linted),
        omitted=omitted,
        failures=tuple(dict.fromkeys(failures)),
        failed=failed,
        model=session.linters.built_in.model,
        rules=_rules(used, codes, session),
        documentation=next(filter(None, (session.linters.linter(of).documentation for of in used)), None),
        suppressed=suppressed,
        shown_suppressed=tuple(shown),
        fixed=sum(result.fixed for _, result, _ in found),
        changes=tuple(change for _, result, _ in found for change in result.changes),
        linted={
            name: selected
            for of, names in used.items()
            for selected in [session.linters.linter(of).selected]
            for name in names
        },
        baselines=tuple(dict.fromkeys(settings.baseline for settings in used if settings.baseline)),
        stale=tuple(entry for entries in stale.values() for entry in entries),
        omitted_is_minimum=any(outcome.omitted_is_minimum for outcome in outcomes),
        passed_over=tuple((name_of(task), result.passed_over) for task, result in others if result.passed_over),
        left_out={
            (name_of(task), *key): count for task, _, outcome in found for key, count in outcome.left_out.items()
        },
        outlines={shown.name: result.outlines for _, result, _ in found for shown in result.shown},
    )


def _linted(options: Options, failures: list[str], session: "Session") -> tuple[list[Task], list[tuple[Task, Result]]]:
    """Lint all files; return the tasks of those that were linted, and the results other than that nothing was found.

    Append an error message to `failures` for each file with invalid settings.
    """
    linted: list[Task] = []
    others: list[tuple[Task, Result]] = []
    tasks = _all_tasks(options, failures, session)
    if len(tasks) > _FEW:
        session.linters.built_in.expect_many()
    for number, (task, result) in enumerate(zip(tasks, _results(tasks, options.jobs, session), strict=True), 1):
        if options.progress:
            options.progress(number, len(tasks))
        if result.outcome:
            linted.append(task)
        if result not in (CLEAN, SKIPPED):
            others.append((task, result))
    return linted, others


def _in_baselines(
    stale: Mapping[Settings, Sequence["StaleEntry"]], session: "Session", failures: list[str]
) -> Iterator[tuple[Settings, Outcome, "SourceText"]]:
    """Yield what is to be reported about stale entries of baselines. Append an error message to `failures` if any."""
    from sm_lint.run.baselines import in_baselines

    try:
        for settings, found in in_baselines(stale, session):
            yield settings, found.outcome(), found.document.without_value()
    except ConfigError as error:
        failures.append(str(error))


def _rules(used: Iterable[Settings], codes: set[str], session: "Session") -> tuple[ReportedRule, ...]:
    """Return the rules that ran under any of the settings, and those in `codes`, sorted by code."""
    found: dict[str, ReportedRule] = {}
    for settings in used:
        linter = session.linters.linter(settings)
        read = linter.ruleset.rule
        for code in linter.ruleset.catalog:
            severity: Severity | None = linter.selected.get(code)
            if code not in found and (severity or code in codes):
                found[code] = ReportedRule(code, severity, read)
    return tuple(found[code] for code in sorted(found))


def _all_tasks(options: Options, failures: list[str], session: "Session") -> list[Task]:
    """Return a task for each file that the options name, and for those that commands in these files name."""
    tasks = list(tasks_of(options, failures))
    scripts = [task for task in tasks if _has_named_files(task)]
    if not scripts:
        return tasks
    from sm_lint.run.named_by_commands import with_named_files

    return with_named_files(tasks, scripts, options.settings_of, session)


def _has_named_files(task: Task) -> bool:
    """Return whether a file may have commands that are looked for and name files. Others are hardly looked at."""
    name, wanted = task.source.name, task.settings.carriers
    if name.lower().endswith(_WITHOUT_COMMANDS) or name == discovery.STDIN:
        return False
    if "command" not in opted_in(name, task.settings, named=is_required(task)):
        return False
    if wanted and not {"command", PAYLOAD}.issubset(wanted):
        return False
    try:
        refuse_unwanted(task)
        data = contents(name, MOST_BYTES)
    except (Skipped, OSError):
        return False
    return b"create-model-package" in data and b"file://" in data


def tasks_of(options: Options, failures: list[str]) -> Iterator[Task]:
    """Yield a task for each file that the options name.

    Append an error message to `failures` for each file with invalid settings.
    """
    for source in discovery.expand(options.paths, _wanted(options)):
        is_stdin = source.name == discovery.STDIN
        folder = os.path.dirname(options.stdin_filename or "") if is_stdin else source.folder
        try:
            settings = options.settings_of(folder)
            yield Task(
                source,
                settings,
                options.if_payload,
                options.stdin_filename,
                options.verbose,
                options.fix,
                options.show_suppressed,
                outlined=options.outlined,
            )
        except ConfigError as error:
            failures.append(str(error))


def _wanted(options: Options) -> Callable[[str], Callable[[str], bool]]:
    """Return `wanted(folder)`: the predicate for files found there, from `include`, else by extension.

    Files that `requests`, `commands` and `python` name are found, too.
    """

    @cache
    def wanted(folder: str) -> Callable[[str], bool]:
        try:
            settings = options.settings_of(folder)
        except ConfigError:  # reported with the file, if it is linted
            return discovery.has_extension
        if not (settings.include or settings.requests or settings.commands or settings.python):
            return discovery.has_extension
        from sm_lint.config.globs import matched_by  # imported lazily: most runs have no pattern

        def is_wanted(name: str) -> bool:
            is_included = matched_by(name, settings.include) if settings.include else discovery.has_extension(name)
            return (
                bool(is_included)
                or matched_by(name, settings.requests + settings.commands + settings.python) is not None
            )

        return is_wanted

    return wanted


def _results(tasks: list[Task], jobs: int, session: "Session") -> Iterator[Result]:
    """Return the results of the tasks, in the order of the tasks."""
    if jobs > 1 and len(tasks) > _FEW:
        from sm_lint.run.pool import results

        return results(tasks, jobs, session)
    return (lint_task(task, session) for task in tasks)


class Listed(NamedTuple):
    """A file, and whether it is linted."""

    name: str
    why_not: str | None = None
    """Why it is not linted; None if it is."""
    holds: str | None = None
    """The carriers that it is, with the number of requests in each; None if it is the request."""


def list_files(options: Options, session: "Session") -> tuple[list[Listed], list[str]]:
    """Return each file with what is linted in it, or why nothing is, and the error messages."""
    listed: list[Listed] = []
    failures: list[str] = []
    for task in _all_tasks(options, failures, session):
        name = task.source.name
        try:
            listed.append(Listed(name, holds=_holds(task, session)))
        except Skipped as reason:
            listed.append(Listed(name, why_not=str(reason)))
        except FileNotFoundError as error:
            failures.append(str(error))
    return listed, failures


def _holds(task: Task, session: "Session") -> str | None:
    """Return how many requests a file has in which carriers; None if it is a request, or cannot be read."""
    from sm_lint.model.words import counted
    from sm_lint.run.opened import documents_of

    numbers: dict[str, int] = {}
    is_read = True
    for read, requests in documents_of(task, session):
        is_read = is_read and not read.problems
        for request in requests:
            numbers[request.profile.carrier] = numbers.get(request.profile.carrier, 0) + 1
    if numbers == {PAYLOAD: 1}:
        return None
    each = "; ".join(f"{kind}, {counted(number, 'request')}" for kind, number in numbers.items())
    return each or ("no request" if is_read else None)


def reaches(worst: Severity | None, fail_on: str) -> bool:
    """Return whether the worst severity of a file is at least `fail_on`."""
    return worst is not None and fail_on != "never" and worst.rank <= FAIL_ON.index(fail_on)
