"""The command line: arguments in, text and an exit status out. Nothing else prints."""

import argparse
import gc
import os
import sys
from typing import Any, NoReturn

from sm_lint import __version__, config
from sm_lint.arguments import parser
from sm_lint.config import ConfigError, Settings

FOUND, FAILED, NOTHING = 1, 2, 3
"""Exit statuses: a finding reaches `fail-on`; a failure of usage, configuration or the tool; no file was linted."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit status. Prints to stdout and stderr."""
    _make_printable()
    try:
        words = sys.argv[1:] if argv is None else argv
        arguments = parser(words[0] if words else None).parse_args(words)
    except SystemExit as stopped:  # argparse has printed the help (0) or what is wrong (2)
        return int(stopped.code or 0)
    commands = {
        "check": _check,
        "rule": _rule,
        "test-rules": _test_rules,
        "schema": _schema,
        "server": _server,
        "skeleton": _skeleton,
        "completion": _completion,
    }
    try:
        if arguments.version:
            return _version()
        if arguments.command:
            return commands[arguments.command](arguments)
        parser().print_help()
    except ConfigError as error:
        return _fail(str(error))
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def entry_point() -> NoReturn:
    """Run the command line as a program."""
    gc.set_threshold(100_000)  # next to nothing here refers to itself, and to look for it takes a quarter of a long run
    status = main()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        pass
    except OSError as error:
        status = status if status == FAILED else _fail(f"the output cannot be written: {error.strerror}")
    sys.stderr.flush()
    os._exit(status)  # to take the interpreter down in good order takes a sixth of a short run


def _make_printable() -> None:
    """Let no character stop the output: a file name may hold bytes that are no UTF-8, a terminal may be ASCII."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def _print(text: str, *, to: Any = None) -> None:
    try:
        (to or sys.stdout).write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ConfigError(f"the output cannot be written: {error.strerror}") from error


def _fail(message: str) -> int:
    from sm_lint.escape import visible

    sys.stdout.flush()
    _print("".join(f"sm-lint: {visible(line)}\n" for line in message.split("\n")), to=sys.stderr)
    return FAILED


def _version() -> int:
    from sm_lint.schema import folded

    model = folded()["x-model"]
    _print(f"sm-lint {__version__} ({model['operation']} of {model['source']}, {model['date']})\n")
    return 0


def _rule(arguments: argparse.Namespace) -> int:
    from sm_lint.schema import using
    from sm_lint.selection import catalogue

    own = () if arguments.code in catalogue() else config.finder()(os.getcwd()).rules
    with using(own):
        return _explain(arguments)


def _explain(arguments: argparse.Namespace) -> int:
    import json

    from sm_lint import rule_page
    from sm_lint.nearest import did_you_mean
    from sm_lint.selection import catalogue, load

    known = catalogue()
    codes = list(known)
    if arguments.code:
        codes = [code for code, (name, _) in known.items() if arguments.code.lower() in (code.lower(), name)]
        if not codes:
            names = [*known, *(name for name, _ in known.values())]
            raise ConfigError(f"there is no rule {arguments.code}{did_you_mean(arguments.code, names)}")
    elif not arguments.all and arguments.output_format == "text":
        _print("".join(rule_page.line(code, name, severity) + "\n" for code, (name, severity) in known.items()))
        return 0
    found = [load(code) for code in codes]
    if arguments.output_format == "json":
        pages = [rule_page.as_object(rule) for rule in found]
        _print(json.dumps(pages[0] if arguments.code else pages, indent=2) + "\n")
    else:
        _print(rule_page.reference(found) if arguments.all else rule_page.text(found[0]))
    return 0


def _server(_: argparse.Namespace) -> int:
    try:
        from sm_lint.lsp.server import server
    except ModuleNotFoundError as error:
        raise ConfigError(f"the language server needs {error.name}: pip install 'sm-lint[lsp]'") from error
    server.start_io()
    return 0


def _test_rules(arguments: argparse.Namespace) -> int:
    from sm_lint import rule_tester
    from sm_lint.escape import visible

    outcome = rule_tester.test(arguments.paths)
    for mistake in outcome.mistakes:
        _print(f"{visible(mistake)}\n")
    counted = f"{outcome.rules} rule{'s' * (outcome.rules != 1)} with {outcome.cases} cases"
    _print(f"Tested {counted}: {len(outcome.mistakes) or 'no'} mistake{'s' * (len(outcome.mistakes) != 1)}.\n")
    return FOUND if outcome.mistakes else 0


def _schema(_: argparse.Namespace) -> int:
    import json

    from sm_lint.editor_schema import editor_schema

    _print(json.dumps(editor_schema(), indent=2) + "\n")
    return 0


def _skeleton(arguments: argparse.Namespace) -> int:
    from sm_lint import skeleton

    _print(skeleton.text(versioned=arguments.versioned, yaml=arguments.yaml))
    return 0


def _completion(arguments: argparse.Namespace) -> int:
    from sm_lint import completion

    _print(completion.script(parser(), arguments.shell))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from sm_lint import options, run

    outputs = options.outputs(arguments)
    if arguments.unsafe_fixes and not (arguments.fix or arguments.diff):
        raise ConfigError("--unsafe-fixes says which fixes; add --fix to apply them, or --diff to see them")
    if arguments.fix and not arguments.diff and "-" in arguments.paths:
        raise ConfigError("--fix: stdin is no file that can be written; use --diff")
    settings_of = options.settings_of(arguments)
    if arguments.show_settings:
        return _show_settings(arguments, settings_of(os.path.dirname(arguments.show_settings)))
    request = run.Request(
        paths=tuple(arguments.paths),
        settings_of=settings_of,
        if_payload=arguments.if_payload,
        stdin_filename=arguments.stdin_filename,
        verbose=arguments.verbose,
        show_suppressed=arguments.show_suppressed,
        jobs=arguments.jobs or _processors(),
        fix=("unsafe" if arguments.unsafe_fixes else "safe") if arguments.fix or arguments.diff else None,
    )
    if arguments.list_files:
        return _list_files(request, allow_empty=arguments.allow_empty)
    report = _lint(request)
    failures = [*report.failures, *(_save_fixed(report.changes) if report.changes and not arguments.diff else [])]
    for output_format, file in outputs:
        _write(report, output_format, file, arguments)
    if arguments.write_baseline:
        _write_baseline(report, arguments)
    for failure in failures:
        _fail(failure)
    if failures:
        return FAILED
    would_change = arguments.diff and report.changes and arguments.fail_on != "never"
    if would_change or (report.failed and not arguments.write_baseline):
        return FOUND
    return 0 if report.files or arguments.allow_empty else NOTHING


def _save_fixed(changes: Any) -> list[str]:
    """Write the files that were fixed; return what did not work."""
    from sm_lint.writing import replace

    failures = []
    for change in changes:
        try:
            replace(change.after.name, change.after.data)
        except OSError as error:
            failures.append(f"{change.after.name}: it cannot be written: {error.strerror}")
    return failures


def _processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux has it
        return os.cpu_count() or 1


def _lint(request: Any) -> Any:
    from sm_lint import run

    if not sys.stderr.isatty():
        return run.lint_files(request)
    from sm_lint.progress import bar

    with bar(sys.stderr) as progress:
        return run.lint_files(request._replace(progress=progress))


def _write_baseline(report: Any, arguments: argparse.Namespace) -> None:
    from sm_lint import baseline

    path = arguments.write_baseline
    _save(path, baseline.text(path, report.diagnostics), "--write-baseline")
    if not arguments.quiet and all(file for _, file in arguments.outputs or []) and not arguments.statistics:
        _print(baseline.sentence(path, report.diagnostics) + "\n")


def _show_settings(arguments: argparse.Namespace, settings: Settings) -> int:
    from sm_lint import options, settings_page

    files = options.table_of(arguments)[1]
    nearest = (
        None if arguments.isolated else config.nearest_file(os.path.dirname(os.path.abspath(arguments.show_settings)))
    )
    _print(settings_page.text(settings, files[0] if files else nearest and os.path.relpath(nearest)))
    return 0


def _list_files(request: Any, *, allow_empty: bool) -> int:
    from sm_lint import run
    from sm_lint.escape import visible

    listed, failures = run.list_files(request)
    for entry in listed:
        _print(f"{visible(entry.name)}: {f'no: {entry.why_not}' if entry.why_not else 'yes'}\n")
    for failure in failures:
        _fail(failure)
    linted = any(entry.why_not is None for entry in listed)
    return FAILED if failures else 0 if linted or allow_empty else NOTHING


def _write(report: Any, output_format: str, file: str | None, arguments: argparse.Namespace) -> None:
    from sm_lint.report import render

    text = render(report, output_format, color=file is None and _wants_color(arguments.color), quiet=arguments.quiet)
    if file is None:
        _print(text)
        return
    _save(file, text, "--output-file")


def _save(path: str, text: str, option: str) -> None:
    """Write a file that an option names; raise ConfigError where that does not work."""
    from sm_lint.writing import replace

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
