"""`sm-lint init`: the files of a project that uses sm-lint: its configuration, the hook's entry, a first baseline."""

import argparse
import os
from typing import Any

from sm_lint.cli.console import write
from sm_lint.cli.parser import Help

_ABOUT = """\
Writes a commented sm-lint.toml and, where there is none yet, a
.pre-commit-config.yaml with the hook, into the working folder. No file is
overwritten: what is to be added to one is printed.
"""
_HEAD = """\
# Settings of sm-lint for the requests in this folder and below it. What is commented out are examples, not the
# defaults. docs/configuration.md explains the keys; `sm-lint check --show-settings FILE` prints what holds for a file.
"""
_HOOK = """\
  - repo: local
    hooks:
      - id: sm-lint
        name: sm-lint
        entry: sm-lint check --if-payload --allow-empty
        language: system
        types_or: [json, yaml]
        require_serial: true
"""
_HOOKS = ".pre-commit-config.yaml"
_BASELINE = "sm-lint-baseline.json"
_WIDTH = 118
_MOST_BYTES = 1024 * 1024


def add(commands: Any) -> None:
    """Add the parser of the command."""
    init = commands.add_parser(
        "init", help="write a configuration, and the entry of the hook", description=_ABOUT, formatter_class=Help,
        allow_abbrev=False, epilog="exit status: 0 done, 2 a file cannot be read or written",
    )  # fmt: skip
    init.add_argument(
        "--baseline",
        action="store_true",
        help=f"also record today's findings, in {_BASELINE}; only new ones will count",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the files that do not exist, say what to add to others, and return the exit status."""
    baseline = _configure(with_baseline=arguments.baseline)
    _hook()
    return _record(baseline) if arguments.baseline else 0


def configuration(baseline: str | None = None) -> str:
    """Return the content of a new sm-lint.toml: each key with its description, commented out except a `baseline`."""
    import json
    from textwrap import fill

    from sm_lint.cli.settings_page import toml
    from sm_lint.model import data

    parts = [_HEAD]
    for name, key in json.loads(data.schema("config.schema"))["properties"].items():
        is_set = name == "baseline" and baseline is not None
        line = f"{name} = {toml(baseline if is_set else key['examples'][0])}"
        words = fill(key["description"], _WIDTH, initial_indent="# ", subsequent_indent="# ")
        parts.append(f"{words}\n{'' if is_set else '# '}{line}\n")
    return "\n".join(parts)


def _configure(*, with_baseline: bool) -> str:
    """Write the configuration, unless there is one, and return the path of the baseline that it is to name."""
    from sm_lint.cli.writing import create
    from sm_lint.config.load import FILE_NAME, file_in, finder
    from sm_lint.model.escape import visible
    from sm_lint.run.session import Session

    existing = file_in(os.getcwd())
    if existing is None:
        create(FILE_NAME, configuration(_BASELINE if with_baseline else None))
        write(f"Wrote {FILE_NAME}.\n")
        return _BASELINE
    name = visible(os.path.basename(existing))
    write(f"{name} exists, and was left as it is.\n")
    configured = finder(Session().linters.rule_set)(os.getcwd()).baseline
    if with_baseline and configured is None:
        write(f'Add to it: baseline = "{_BASELINE}"\n')
    return os.path.relpath(configured or _BASELINE)


def _hook() -> None:
    """Write the configuration of pre-commit, or say what to add to it."""
    from sm_lint.cli.writing import create
    from sm_lint.config.text import text_of

    root = _root()
    path = os.path.join(root, _HOOKS)
    if os.path.lexists(path):
        if "sm-lint" in text_of(path, _MOST_BYTES):
            write(f"{_HOOKS} has sm-lint already.\n")
        else:
            write(f"{_HOOKS} exists, and was left as it is. Add to its repos:\n\n{_HOOK}\n")
    elif root != os.getcwd():
        write(f"The hooks belong to the root of the repository. Add to {_HOOKS} there:\n\nrepos:\n{_HOOK}\n")
    else:
        create(path, f"repos:\n{_HOOK}")
        write(f"Wrote {_HOOKS}. To turn it on: pre-commit install\n")


def _root() -> str:
    """Return the root of the git repository of the working folder; without one, the working folder."""
    from sm_lint.run.repository import git_root

    return git_root(os.getcwd()) or os.getcwd()


def _record(path: str) -> int:
    """Write the findings in the working folder to a baseline, unless it exists, and return the exit status."""
    from sm_lint.cli import check
    from sm_lint.cli.parser import parser
    from sm_lint.model.escape import visible

    if os.path.lexists(path):
        write(f"{visible(path)} exists, and was left as it is. `sm-lint check --write-baseline` writes it anew.\n")
        return 0
    return check.run(parser("check").parse_args(["check", "--write-baseline", path, "--allow-empty", "."]))
