"""The command line: arguments in, text and an exit status out. Nothing else prints."""

import argparse
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from sm_lint import __version__, config
from sm_lint.config import ConfigError, Settings

FOUND, FAILED, NOTHING = 1, 2, 3
"""Exit statuses: a finding reaches `fail-on`; a failure of usage, configuration or the tool; no file was linted."""

_FORMATS = ("full", "concise", "json", "sarif", "github")
_STATUS = """\
exit status: 0 no finding, 1 a finding reaches --fail-on, 2 wrong usage or configuration, a path that does not
exist, or a failure of the tool, 3 no file was linted (0 with --allow-empty)"""


class _Output(argparse.Action):
    """Collects pairs of format and file; a file belongs to the format before it."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, *_: Any) -> None:
        outputs: list[list[str | None]] = list(getattr(namespace, "outputs", None) or [])
        if self.const == "format":
            outputs.append([values, None])
        elif not outputs or outputs[-1][1] is not None:
            parser.error("--output-file belongs to the --output-format before it")
        else:
            outputs[-1] = [outputs[-1][0], values]
        namespace.outputs = outputs


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sm-lint",
        description="Lints the requests that register models in Amazon SageMaker (create-model-package), offline.",
        epilog=_STATUS,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the version, and that of the API model")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_check(commands)
    rule = commands.add_parser("rule", help="explain a rule, or list them all", allow_abbrev=False)
    rule.add_argument("code", nargs="?", metavar="CODE", help="code or name of a rule; without it a list is printed")
    rule.add_argument("--all", action="store_true", help="explain all rules")
    rule.add_argument("--output-format", choices=("text", "json"), default="text")
    return parser


def _add_check(commands: Any) -> None:
    check = commands.add_parser(
        "check", help="lint files and folders", description="Lints requests in JSON and YAML.", epilog=_STATUS,
        allow_abbrev=False,
    )  # fmt: skip
    add = check.add_argument
    add("paths", nargs="*", default=["."], metavar="PATH", help="files and folders; - is stdin; without any, .")
    out = check.add_argument_group("output")
    out.add_argument(
        "--output-format", action=_Output, const="format", dest="outputs", choices=_FORMATS,
        help="how to report (default: full); may be repeated, each with its own --output-file",
    )  # fmt: skip
    out.add_argument(
        "--output-file", action=_Output, const="file", dest="outputs", metavar="FILE",
        help="write the format before it to FILE instead of stdout",
    )  # fmt: skip
    out.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours in `full`")
    out.add_argument("--quiet", action="store_true", help="print diagnostics and failures only")
    out.add_argument("--verbose", action="store_true", help="say which file is linted, and where a failure happened")
    rules = check.add_argument_group(
        "rules", "a RULE is a code, a prefix of codes, a name, a topic or ALL; the longest wins"
    )
    rules.add_argument("--select", action="append", metavar="RULE", help="these rules and no others")
    rules.add_argument("--extend-select", action="append", metavar="RULE", help="these rules, too")
    rules.add_argument("--ignore", action="append", metavar="RULE", help="not these rules")
    rules.add_argument("--given", action="append", metavar="NAME", help="a member that the command line supplies")
    rules.add_argument("--fail-on", choices=config.FAIL_ON, help="the severity that makes the exit status 1")
    files = check.add_argument_group("files")
    files.add_argument("--if-payload", action="store_true", help="skip named files that are no requests, too")
    files.add_argument("--allow-empty", action="store_true", help="exit with 0 where no file was linted")
    files.add_argument("--exclude", action="append", metavar="GLOB", help="skip what matches, as in a .gitignore")
    files.add_argument("--list-files", action="store_true", help="say which files are linted, and why others are not")
    files.add_argument("--stdin-filename", metavar="NAME", help="the name of what comes from stdin")
    where = check.add_argument_group("configuration")
    where.add_argument("--config", action="append", metavar="FILE|'KEY = VALUE'", help="this file, or one more setting")
    where.add_argument("--isolated", action="store_true", help="look for no configuration file")


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit status. Prints to stdout and stderr."""
    _make_printable()
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stopped:  # argparse has printed the help (0) or what is wrong (2)
        return int(stopped.code or 0)
    try:
        if arguments.version:
            return _version()
        if arguments.command == "rule":
            return _rule(arguments)
        if arguments.command == "check":
            return _check(arguments)
        _parser().print_help()
    except ConfigError as error:
        return _fail(str(error))
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def entry_point() -> NoReturn:
    """Run the command line as a program."""
    raise SystemExit(main())


def _make_printable() -> None:
    """Let no character stop the output: a file name may hold bytes that are no UTF-8, a terminal may be ASCII."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def _print(text: str, *, to: Any = None) -> None:
    (to or sys.stdout).write(text)


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
    import json

    from sm_lint import rule_page, rules
    from sm_lint.nearest import did_you_mean
    from sm_lint.selection import catalogue

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
    found = [rules.load(code, known[code][0]) for code in codes]
    if arguments.output_format == "json":
        pages = [rule_page.as_object(rule) for rule in found]
        _print(json.dumps(pages[0] if arguments.code else pages, indent=2) + "\n")
    else:
        _print(f"\n{'─' * 80}\n\n".join(rule_page.text(rule) for rule in found))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from sm_lint import run

    outputs = arguments.outputs or [["full", None]]
    if sum(file is None for _, file in outputs) > 1:
        raise ConfigError("only one --output-format may go to stdout; give the others an --output-file")
    request = run.Request(
        paths=tuple(arguments.paths),
        settings_of=_settings_of(arguments),
        if_payload=arguments.if_payload,
        stdin_filename=arguments.stdin_filename,
        verbose=arguments.verbose,
    )
    if arguments.list_files:
        return _list_files(request, allow_empty=arguments.allow_empty)
    report = run.lint_files(request)
    for output_format, file in outputs:
        _write(report, output_format, file, arguments)
    for failure in report.failures:
        _fail(failure)
    if report.failures:
        return FAILED
    if report.failed:
        return FOUND
    return 0 if report.files or arguments.allow_empty else NOTHING


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


def _settings_of(arguments: argparse.Namespace) -> Callable[[str], Settings]:
    """Return the function that gives the settings for a file name: its configuration, the command line over it."""
    table, files = _command_line(arguments)
    overlay = config.parse_table(table, "the command line", os.getcwd())
    if len(files) > 1:
        raise ConfigError(f"--config: {' and '.join(files)}: only one file can be the configuration")
    base = config.load(files[0]) if files else config.DEFAULTS if arguments.isolated else None

    def settings_of(name: str) -> Settings:
        below = base if base is not None else config.of_folder(os.path.dirname(os.path.abspath(name)))
        return config.over(overlay, below, table)

    return settings_of


def _command_line(arguments: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """Return what the options say as a table of configuration, and the files that `--config` names."""
    import tomli

    table: dict[str, Any] = {}
    files = []
    for text in arguments.config or []:
        if "=" not in text or os.path.isfile(text):
            files.append(text)
            continue
        try:
            table |= tomli.loads(text)
        except tomli.TOMLDecodeError as error:
            raise ConfigError(f"--config: {text!r} is neither a file nor a setting of TOML: {error}") from error
    options = ("select", "extend_select", "ignore", "given", "exclude", "fail_on")
    for option in options:
        value = getattr(arguments, option)
        if value is not None:
            many = [part.strip() for item in value for part in item.split(",")] if isinstance(value, list) else value
            table[option.replace("_", "-")] = many
    return table, files


def _write(report: Any, output_format: str, file: str | None, arguments: argparse.Namespace) -> None:
    from sm_lint.report import render

    text = render(report, output_format, color=file is None and _wants_color(arguments.color), quiet=arguments.quiet)
    if file is None:
        _print(text)
        return
    try:
        _replace(file, text)
    except OSError as error:
        raise ConfigError(f"--output-file {file}: {error.strerror}") from error


def _replace(path: str, text: str) -> None:
    """Write a file whole or not at all. A link leads to its file, and a device is written to, not replaced."""
    from tempfile import mkstemp

    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "w", encoding="utf-8", errors="backslashreplace") as device:
            device.write(text)
        return
    path = os.path.realpath(path)
    descriptor, name = mkstemp(dir=os.path.dirname(path))
    try:
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as target:
            target.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _wants_color(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
