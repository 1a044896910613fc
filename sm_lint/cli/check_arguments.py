"""The arguments of `sm-lint check`, and the help that explains them."""

import argparse
from typing import Any

from sm_lint.cli.parser import STATUS, Help
from sm_lint.config.keys import KEYS
from sm_lint.output import FORMATS

CHOICES = tuple(name for name, output in FORMATS.items() if not output.is_option)
"""The values of `--output-format`."""

_CHECK = """\
Lints requests in JSON and YAML: files that are one, and documents that have
some in them, such as SageMaker pipelines and state machines. In a folder, a
file is linted if it looks like one of these and git does not ignore it. A file
that is named is always linted.
Settings come from the nearest sm-lint.toml, or pyproject.toml with a table
[tool.sm-lint], up to the root of the git repository. Options override or
extend them.
"""
_CHECK_EXAMPLES = """\
examples:
  sm-lint check --list-files .
      show which files are linted, and why others are not
  sm-lint check --select SM2,text
      run only the rules of two categories
  sm-lint check --given ModelPackageGroupName request.yaml
      the group name is passed on the command line
  sm-lint check --output-format full --output-format sarif --output-file sm-lint.sarif
      one run for people and for code scanning
  sm-lint check --write-baseline sm-lint-baseline.json
  sm-lint check --baseline sm-lint-baseline.json
      record today's findings, and report only new ones from then on
"""


class _Output(argparse.Action):
    """Collects pairs of format and file; a file belongs to the format before it."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, *_: Any) -> None:
        outputs: list[list[str | None]] = list(getattr(namespace, "outputs", None) or [])
        if self.const == "format":
            outputs.append([values, None])
        elif not outputs or outputs[-1][1] is not None:
            parser.error("--output-file must follow the --output-format that it belongs to")
        else:
            outputs[-1] = [outputs[-1][0], values]
        namespace.outputs = outputs


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


_number.__name__ = "positive integer"  # argparse uses the name in its error message


def add(commands: Any) -> None:
    """Add the parser of the command."""
    check = commands.add_parser(
        "check", help="lint files and folders", description=_CHECK, epilog=f"{_CHECK_EXAMPLES}\n{STATUS}",
        formatter_class=Help, allow_abbrev=False,
    )  # fmt: skip
    add_paths(check)
    out = check.add_argument_group("output")
    out.add_argument(
        "--output-format", action=_Output, const="format", dest="outputs", choices=CHOICES, metavar="FORMAT",
        help=f"one of {', '.join(CHOICES)} (default: full); can be repeated, each with its own --output-file",
    )  # fmt: skip
    out.add_argument(
        "--output-file", action=_Output, const="file", dest="outputs", metavar="FILE",
        help="write the preceding format to FILE instead of stdout",
    )  # fmt: skip
    out.add_argument("--statistics", action="store_true", help="print counts per rule instead of findings")
    out.add_argument("--show-suppressed", action="store_true", help="in `sarif`: include suppressed findings")
    out.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="color the `full` format")
    out.add_argument("--quiet", action="store_true", help="print only findings and errors")
    out.add_argument(
        "--verbose",
        action="store_true",
        help="show why files that may have a request are not linted, and where an internal error happened",
    )
    fixing = check.add_argument_group("fixes")
    fixing.add_argument("--fix", action="store_true", help="apply safe fixes to the files")
    fixing.add_argument("--unsafe-fixes", action="store_true", help="with --fix or --diff: include unsafe fixes")
    fixing.add_argument(
        "--diff",
        action="store_true",
        help="print what --fix would change, without writing; exit with 1 if there are changes",
    )
    rules = check.add_argument_group(
        "rules", "a RULE is a code, a code prefix, a name, a category or ALL; the longest match wins"
    )
    _add_keys(rules, "rules")
    known = check.add_argument_group("baseline")
    _add_keys(known, "known")
    known.add_argument(
        "--write-baseline", metavar="FILE",
        help="write the findings to FILE instead of reporting them; entries of files that are not linted stay",
    )  # fmt: skip
    known.add_argument("--prune-baseline", action="store_true", help="remove the stale entries from the baseline")
    files = check.add_argument_group("files")
    add_files(files, "exit with 0 if no files were linted")
    files.add_argument("--list-files", action="store_true", help="show which files are linted, and why others are not")
    files.add_argument("--jobs", type=_number, metavar="N", help="maximum number of processes (default: one per CPU)")
    where = check.add_argument_group("configuration")
    add_configuration(where)
    where.add_argument("--show-settings", metavar="FILE", help="print the settings for FILE, as TOML")


def add_paths(command: Any) -> None:
    """Add the paths of a command that reads requests."""
    paths = "files or folders; - for stdin (default: . or, with --stdin-filename, -)"
    command.add_argument("paths", nargs="*", default=[], metavar="PATH", help=paths)


def add_files(group: Any, allow_empty: str) -> None:
    """Add the options that choose files to a group of the help; `allow_empty` is the help of that option."""
    group.add_argument("--if-payload", action="store_true", help="also skip named files that have no request")
    group.add_argument("--allow-empty", action="store_true", help=allow_empty)
    _add_keys(group, "files")
    group.add_argument("--stdin-filename", metavar="NAME", help="read stdin, under this file name")


def add_configuration(group: Any) -> None:
    """Add the options that choose the configuration to a group of the help."""
    group.add_argument("--config", action="append", metavar="FILE|'KEY = VALUE'", help="use this file, or set this key")
    group.add_argument("--isolated", action="store_true", help="do not search for configuration files")


def _add_keys(group: Any, name: str) -> None:
    """Add the options that set a configuration key to the group `name` of the help."""
    for key in KEYS.values():
        if key.option and key.option["group"] == name:
            given = dict(key.option)
            del given["group"]
            group.add_argument(given.pop("flag", f"--{key.name}"), **given)
