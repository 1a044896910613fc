"""`sm-lint check`: lint files and folders."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from sm_lint.cli.check_arguments import add
from sm_lint.cli.console import FAILED, FOUND, NOTHING, columns, fail, write
from sm_lint.model.settings import ConfigError
from sm_lint.output import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sm_lint.model.change import Change
    from sm_lint.model.report import Report
    from sm_lint.model.settings import Settings
    from sm_lint.run.files import Options
    from sm_lint.run.session import Session

__all__ = ["add", "run"]

_MOST_JOBS = 64
"""The maximum number of processes, unless there are more processors."""


def run(arguments: argparse.Namespace) -> int:
    """Lint, print the report, write the files that the options name, and return the exit status."""
    from sm_lint.cli import options
    from sm_lint.run.files import Options
    from sm_lint.run.session import Session

    arguments.paths = options.paths(arguments)
    outputs = options.outputs(arguments)
    _refuse_contradictions(arguments)
    session = Session()
    settings_of = options.settings_of(arguments, session.linters)
    if arguments.show_settings:
        return _show_settings(arguments, settings_of(os.path.dirname(arguments.show_settings)), session)
    run_options = Options(
        paths=tuple(arguments.paths),
        settings_of=settings_of,
        if_payload=arguments.if_payload,
        stdin_filename=arguments.stdin_filename,
        verbose=arguments.verbose,
        show_suppressed=arguments.show_suppressed,
        prune_baseline=arguments.prune_baseline,
        jobs=min(arguments.jobs or _processors(), max(_processors(), _MOST_JOBS)),
        outlined=any(FORMATS[output_format].outlined for output_format, _ in outputs),
        fix=("unsafe" if arguments.unsafe_fixes else "safe") if arguments.fix or arguments.diff else None,
    )
    if arguments.list_files:
        return _list_files(run_options, session, allow_empty=arguments.allow_empty)
    report = _lint(run_options, session)
    failures = [*report.failures, *(_save_fixed(report.changes) if report.changes and not arguments.diff else [])]
    for output_format, file in outputs:
        _write(report, output_format, file, arguments)
    if arguments.verbose:
        for name, why_not in report.passed_over:
            fail(f"{name}: not linted: {why_not}")
    if arguments.write_baseline:
        _write_baseline(report, arguments)
    if arguments.prune_baseline:
        _prune_baselines(report, quiet=arguments.quiet)
    if arguments.diff and not arguments.quiet:
        _tell_of_diff(report)
    for failure in failures:
        fail(failure)
    if failures:
        return FAILED
    would_change = arguments.diff and any(_matters(change, settings_of) for change in report.changes)
    if would_change or (report.failed and not arguments.write_baseline):
        return FOUND
    return 0 if report.files or arguments.allow_empty else NOTHING


def _refuse_contradictions(arguments: argparse.Namespace) -> None:
    """Raise ConfigError if options contradict each other."""
    if arguments.unsafe_fixes and not (arguments.fix or arguments.diff):
        raise ConfigError("--unsafe-fixes needs --fix to apply the fixes, or --diff to show them")
    if arguments.fix and not arguments.diff and "-" in arguments.paths:
        raise ConfigError("--fix: stdin cannot be written; use --diff")
    if arguments.prune_baseline and arguments.write_baseline:
        raise ConfigError("--prune-baseline: --write-baseline writes a baseline without stale entries; use one of them")


def _tell_of_diff(report: "Report") -> None:
    """Say on stderr what the diff on stdout shows, or why it is empty."""
    from sm_lint.output.summary import of_diff

    sys.stdout.flush()
    write(f"{of_diff(report)}\n", to=sys.stderr)


def _matters(change: "Change", settings_of: "Callable[[str], Settings]") -> bool:
    """Return whether a change that `--diff` prints makes the exit status 1."""
    return settings_of(os.path.dirname(change.before.name)).fail_on != "never"


def _save_fixed(changes: "Iterable[Change]") -> list[str]:
    """Write the files that were fixed and return the error messages."""
    from sm_lint.cli.writing import replace
    from sm_lint.model.escape import one_line

    failures = []
    for change in changes:
        try:
            replace(change.after.name, change.data)
        except OSError as error:
            failures.append(one_line(f"{change.after.name}: cannot write the file: {error.strerror}"))
    return failures


def _processors() -> int:
    """Return the number of processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux has it
        return os.cpu_count() or 1


def _lint(run_options: "Options", session: "Session") -> "Report":
    from sm_lint.run.files import lint_files

    if not sys.stderr.isatty():
        return lint_files(run_options, session)
    from sm_lint.cli.progress import bar

    with bar(sys.stderr) as progress:
        return lint_files(run_options._replace(progress=progress), session)


def _write_baseline(report: "Report", arguments: argparse.Namespace) -> None:
    from sm_lint.suppression import baseline

    path = arguments.write_baseline
    others = baseline.others(path, report.linted)
    _save(path, baseline.text(path, report.diagnostics, others, report.left_out), "--write-baseline")
    if not arguments.quiet and all(file for _, file in arguments.outputs or []) and not arguments.statistics:
        write(baseline.sentence(path, report.diagnostics, others, report.left_out) + "\n")


def _prune_baselines(report: "Report", *, quiet: bool) -> None:
    """Remove the stale entries from the baselines that were used. Raises ConfigError if there is none."""
    from sm_lint.model.escape import visible
    from sm_lint.model.words import counted
    from sm_lint.suppression import baseline

    if report.files and not report.baselines:
        raise ConfigError("--prune-baseline: no baseline; name it with --baseline, or with the key `baseline`")
    for path in report.baselines:
        stale = [entry for entry in report.stale if entry.baseline == path]
        if stale:
            _save(path, baseline.pruned(path, stale), "--prune-baseline")
        if not quiet:
            number = counted(len(stale), "stale entry") if stale else "no stale entries"
            write(f"Removed {number} from {visible(os.path.relpath(path))}.\n", to=sys.stderr)


def _show_settings(arguments: argparse.Namespace, settings: "Settings", session: "Session") -> int:
    from sm_lint.cli import options, settings_page
    from sm_lint.config.load import nearest_file

    files = options.table_of(arguments)[1]
    folder = os.path.dirname(os.path.abspath(arguments.show_settings))
    nearest = None if arguments.isolated else nearest_file(folder)
    rules = session.linters.linter(settings).selected
    write(settings_page.text(settings, files[0] if files else nearest and os.path.relpath(nearest), rules))
    return 0


def _list_files(run_options: "Options", session: "Session", *, allow_empty: bool) -> int:
    from sm_lint.model.escape import uncommanding, visible
    from sm_lint.run.files import list_files

    listed, failures = list_files(run_options, session)
    for name, why_not, holds in listed:
        answer = f"no: {why_not}" if why_not else f"yes: {holds}" if holds else "yes"
        write(uncommanding(visible(f"{name}: {answer}")) + "\n")
    for failure in failures:
        fail(failure)
    linted = any(why_not is None for _, why_not, _ in listed)
    return FAILED if failures else 0 if linted or allow_empty else NOTHING


def _write(report: "Report", output_format: str, file: str | None, arguments: argparse.Namespace) -> None:
    from sm_lint.output import WIDTH, render

    color, terminal = file is None and _wants_color(arguments.color), file is None and sys.stdout.isatty()
    width = columns(WIDTH) if file is None else WIDTH
    more = _of_repository(file, arguments) if "roots" in FORMATS[output_format].options else {}
    text = render(report, output_format, color=color, terminal=terminal, quiet=arguments.quiet, width=width, **more)
    if file is None:
        write(text)
        return
    _save(file, text, "--output-file")


def _of_repository(file: str | None, arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the options of formats that others read: the roots of the repository, and what `file` is for GitHub."""
    from sm_lint.run.repository import roots

    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    is_summary = file and summary and os.path.realpath(file) == os.path.realpath(summary)
    return {"roots": roots(os.environ, os.getcwd(), arguments.paths), "summary": bool(is_summary)}


def _save(path: str, text: str, option: str) -> None:
    """Write a file that an option names. Raises ConfigError if that fails."""
    from sm_lint.cli.writing import replace

    try:
        replace(path, text.encode(errors="backslashreplace"))
    except OSError as error:
        raise ConfigError(f"{option} {path}: {error.strerror}") from error


def _wants_color(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
