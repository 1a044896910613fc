"""The arguments of the command line, and the help that explains them."""

import argparse
import os
from typing import Any

from sm_lint import config

FORMATS = ("full", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson")

_STATUS = """\
exit status:
  0  no finding, or none that reaches --fail-on
  1  a finding reaches --fail-on
  2  wrong usage or configuration, a path that does not exist, or a failure of
     the tool; all else is linted and reported
  3  no file was linted (0 with --allow-empty)
"""
_ABOUT = """\
Lints the requests that register models in Amazon SageMaker: what the command
`aws sagemaker create-model-package` takes with --cli-input-json and
--cli-input-yaml. It needs no AWS account and no network.
"""
_EXAMPLES = """\
examples:
  sm-lint check request.json        lint a file
  sm-lint check models/             lint all requests in a folder
  build-request | sm-lint check -   lint what another program writes
  sm-lint rule SM203                explain a rule
  sm-lint skeleton --versioned      print a request to begin with
"""
_CHECK = """\
Lints requests in JSON and YAML. In a folder, a file is linted if it looks like
a request, and what git ignores is passed over; a file that is named is always
linted. Each file has the settings of the nearest sm-lint.toml, or
pyproject.toml with a table [tool.sm-lint], up to the root of its git
repository; options are laid over them.
"""
_CHECK_EXAMPLES = """\
examples:
  sm-lint check --list-files .
      say of each file whether it is linted, and why not
  sm-lint check --select SM2,text
      only the rules of two topics
  sm-lint check --given ModelPackageGroupName request.yaml
      the name of the group will come from the command line
  sm-lint check --output-format full --output-format sarif --output-file sm-lint.sarif
      one run for people and for code scanning
  sm-lint check --write-baseline sm-lint-baseline.json
  sm-lint check --baseline sm-lint-baseline.json
      take what is found today as known, and report what is new from then on
"""


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


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


_number.__name__ = "number"  # what argparse calls a value that is wrong


class _Help(argparse.RawDescriptionHelpFormatter):
    """Asks for the width of the terminal itself: argparse does it with `shutil`, which takes three more compressors."""

    def __init__(self, prog: str) -> None:
        try:
            width = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
        except (OSError, ValueError):
            width = 80
        super().__init__(prog, width=width - 2)


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of the command line; where `only` names a command, no other is built."""
    root = argparse.ArgumentParser(
        prog="sm-lint", description=_ABOUT, epilog=f"{_EXAMPLES}\n{_STATUS}\n`sm-lint COMMAND --help` says more.",
        formatter_class=_Help, allow_abbrev=False,
    )  # fmt: skip
    root.add_argument("--version", action="store_true", help="print the version, and that of the API model")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    add = {
        "check": _add_check,
        "rule": _add_rule,
        "test-rules": _add_test_rules,
        "server": _add_server,
        "schema": _add_schema,
        "skeleton": _add_skeleton,
        "completion": _add_completion,
    }
    for name in [only] if only in add else add:
        add[str(name)](commands)
    return root


def _add_rule(commands: Any) -> None:
    rule = commands.add_parser(
        "rule", help="explain a rule, or list them all", formatter_class=_Help, allow_abbrev=False
    )
    rule.add_argument("code", nargs="?", metavar="CODE", help="code or name of a rule; without it a list is printed")
    rule.add_argument("--all", action="store_true", help="explain all rules")
    rule.add_argument("--output-format", choices=("text", "json"), default="text")


def _add_test_rules(commands: Any) -> None:
    test = commands.add_parser(
        "test-rules", help="test rule files against their own cases", formatter_class=_Help, allow_abbrev=False,
        epilog="exit status: 0 all hold, 1 a rule file is wrong, 2 wrong usage, or a path that does not exist",
    )  # fmt: skip
    test.add_argument("paths", nargs="+", metavar="PATH", help="rule files, and folders of them")


def _add_server(commands: Any) -> None:
    text = "run the language server over stdin and stdout"
    commands.add_parser("server", help=text, formatter_class=_Help, allow_abbrev=False)


def _add_schema(commands: Any) -> None:
    text = "print the JSON Schema of the request for editors"
    commands.add_parser("schema", help=text, formatter_class=_Help, allow_abbrev=False)


def _add_skeleton(commands: Any) -> None:
    skeleton = commands.add_parser(
        "skeleton", help="print a request to fill in", formatter_class=_Help, allow_abbrev=False,
        description="Prints a request that lints clean once each text in angle brackets is filled in.",
    )  # fmt: skip
    kind = skeleton.add_mutually_exclusive_group(required=True)
    kind.add_argument("--versioned", action="store_true", help="a version in a model package group")
    kind.add_argument("--unversioned", action="store_true", help="a package with a name of its own")
    skeleton.add_argument("--yaml", action="store_true", help="in YAML, with comments, and not in JSON")


def _add_completion(commands: Any) -> None:
    completion = commands.add_parser(
        "completion", help="print the completion for a shell", formatter_class=_Help, allow_abbrev=False,
        description="Prints a script that completes sm-lint.",
        epilog="bash: sm-lint completion bash > ~/.local/share/bash-completion/completions/sm-lint\n"
        "zsh:  sm-lint completion zsh > DIR/_sm-lint, where DIR is in $fpath\n"
        "fish: sm-lint completion fish > ~/.config/fish/completions/sm-lint.fish",
    )  # fmt: skip
    completion.add_argument("shell", choices=("bash", "zsh", "fish"), help="the shell")


def _add_check(commands: Any) -> None:
    check = commands.add_parser(
        "check", help="lint files and folders", description=_CHECK, epilog=f"{_CHECK_EXAMPLES}\n{_STATUS}",
        formatter_class=_Help, allow_abbrev=False,
    )  # fmt: skip
    add = check.add_argument
    add("paths", nargs="*", default=["."], metavar="PATH", help="files and folders; - is stdin; without any, .")
    out = check.add_argument_group("output")
    out.add_argument(
        "--output-format", action=_Output, const="format", dest="outputs", choices=FORMATS, metavar="FORMAT",
        help=f"one of {', '.join(FORMATS)} (default: full); may be repeated, each with its own --output-file",
    )  # fmt: skip
    out.add_argument(
        "--output-file", action=_Output, const="file", dest="outputs", metavar="FILE",
        help="write the format before it to FILE instead of stdout",
    )  # fmt: skip
    out.add_argument("--statistics", action="store_true", help="print how often each rule reports, instead of where")
    out.add_argument("--show-suppressed", action="store_true", help="in `sarif`: what is suppressed, too, marked so")
    out.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours in `full`")
    out.add_argument("--quiet", action="store_true", help="print diagnostics and failures only")
    out.add_argument("--verbose", action="store_true", help="say where in the tool a failure happened")
    fixing = check.add_argument_group("fixes")
    fixing.add_argument("--fix", action="store_true", help="correct the files where what was meant is beyond doubt")
    fixing.add_argument("--unsafe-fixes", action="store_true", help="with --fix or --diff: correct what is likely, too")
    fixing.add_argument(
        "--diff",
        action="store_true",
        help="print what --fix would change and write nothing; exit with 1 if it is something",
    )
    rules = check.add_argument_group(
        "rules", "a RULE is a code, a prefix of codes, a name, a topic or ALL; the longest wins"
    )
    rules.add_argument("--select", action="append", metavar="RULE", help="these rules and no others")
    rules.add_argument("--extend-select", action="append", metavar="RULE", help="these rules, too")
    rules.add_argument("--ignore", action="append", metavar="RULE", help="not these rules")
    rules.add_argument("--given", action="append", metavar="NAME", help="a member that the command line supplies")
    rules.add_argument("--fail-on", choices=config.FAIL_ON, help="the severity that makes the exit status 1")
    known = check.add_argument_group("baseline")
    known.add_argument("--baseline", metavar="FILE", help="report only what is not in FILE, and what of it is gone")
    known.add_argument("--write-baseline", metavar="FILE", help="write what is found to FILE, and report nothing")
    files = check.add_argument_group("files")
    files.add_argument("--if-payload", action="store_true", help="skip named files that are no requests, too")
    files.add_argument("--allow-empty", action="store_true", help="exit with 0 where no file was linted")
    files.add_argument("--exclude", action="append", metavar="GLOB", help="skip what matches, as in a .gitignore")
    files.add_argument("--list-files", action="store_true", help="say which files are linted, and why others are not")
    files.add_argument("--stdin-filename", metavar="NAME", help="the name of what comes from stdin")
    files.add_argument("--jobs", type=_number, metavar="N", help="so many processes at most (default: one a CPU)")
    where = check.add_argument_group("configuration")
    where.add_argument("--config", action="append", metavar="FILE|'KEY = VALUE'", help="this file, or one more setting")
    where.add_argument("--isolated", action="store_true", help="look for no configuration file")
    where.add_argument("--show-settings", metavar="FILE", help="print the settings that hold for FILE, as TOML")
