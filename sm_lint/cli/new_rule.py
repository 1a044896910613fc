"""`sm-lint new-rule`: a commented rule file to fill in."""

import argparse
import os
from typing import Any

from sm_lint.cli.console import write
from sm_lint.cli.parser import Help
from sm_lint.model.settings import ConfigError

_FILE = """\
# A custom rule of sm-lint. Write what the angle brackets ask for, change the condition, and then run:
#     sm-lint test-rules @PATH@
# It names all that is missing. docs/custom-rules.md explains the keys, with examples.

code = "@CODE@"

# Where the rule holds: a shape of the API. CreateModelPackageInput is the request itself; a container is a
# ModelPackageContainerDefinition.
shape = "CreateModelPackageInput"

# What must hold there, as JSON Schema. Other conditions:
#     then = { required = ["SecurityConfig"] }                   a member must be there
#     then = { properties = { Tags = { not = {} } } }            a member must not be there
#     when = { required = ["InferenceSpecification"] }           only for requests that meet this
then = { properties = { ModelPackageGroupName = { pattern = "<fill in: a regular expression, such as ^risk->" } } }

# What is wrong, on one line. {value} stands for the value, {member} for its name.
message = "<fill in: what is wrong>: {value}"

# What to do, on one line.
# help = "Begin the name with risk-."

# error, warning or info, which is reported only if selected.
# severity = "warning"

# What else a rule may say; without these keys it has the values shown.
# name = "@NAME@"
# summary = "the message, or one sentence for lists"
# why = "the reason, in the words of your team"
# references = ["where the rule is written down"]

# A request that the rule reports: a request to start from, what differs in it, and where the finding is.
[[invalid]]
base = "version"
set = { "/ModelPackageGroupName" = "<fill in: a name that is wrong>" }
pointer = "/ModelPackageGroupName"

# A request that no rule reports.
[[valid]]
base = "version"
set = { "/ModelPackageGroupName" = "<fill in: a name that is right>" }
"""


def add(commands: Any) -> None:
    """Add the parser of the command."""
    new = commands.add_parser(
        "new-rule", help="write a custom rule to fill in", formatter_class=Help, allow_abbrev=False,
        description="Writes a commented rule file, CODE.toml. It passes `sm-lint test-rules` once its blanks are\n"
        "filled in. An existing file is not overwritten.",
        epilog="exit status: 0 the file was written, 2 it was not",
    )  # fmt: skip
    new.add_argument("code", metavar="NEW-CODE", help="the code of the rule: your prefix and 3 digits, as in TEAM001")
    new.add_argument(
        "--folder", metavar="FOLDER",
        help="where to write it (default: the folder of the key `rules` of the configuration, else the working folder)",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Write the file and say what comes next. Raises ConfigError if the code is taken or the file exists."""
    from sm_lint.cli.writing import create
    from sm_lint.model.escape import visible
    from sm_lint.model.paths import relative, with_slashes

    code = arguments.code
    _check(code)
    configured = _configured_folder()
    folder = arguments.folder or configured or "."
    path = os.path.normpath(os.path.join(folder, f"{code}.toml"))
    create(path, text(code, path))
    write(f"Wrote {visible(path)}.\n")
    write(f"Write what its angle brackets ask for, then run: sm-lint test-rules {visible(path)}\n")
    if configured is None or os.path.realpath(folder) != os.path.realpath(configured):
        write(f"To use it, add to sm-lint.toml: rules = {_toml([with_slashes(relative(path))])}\n")
    return 0


def text(code: str, path: str) -> str:
    """Return the content of a rule file to fill in, which will stand at `path`."""
    from sm_lint.model.escape import visible

    return _FILE.replace("@CODE@", code).replace("@NAME@", code.lower()).replace("@PATH@", visible(path))


def _check(code: str) -> None:
    """Raise ConfigError if a code cannot be that of a new rule."""
    from sm_lint.config.load import finder
    from sm_lint.rules.valid_code import errors_of_code
    from sm_lint.run.session import Session

    for error in errors_of_code(code):
        raise ConfigError(error)
    rule_set = Session().linters.rule_set
    try:
        known = rule_set(finder(rule_set)(os.getcwd()).rules)
    except ConfigError:  # a folder without rules yet, or a rule that is not finished
        return
    if code in known.catalog:
        raise ConfigError(f"code: {code}: the rule in {os.path.relpath(known.path(code))} has it; choose another")


def _configured_folder() -> str | None:
    """Return the folder that the key `rules` of the configuration names first; None if it names none."""
    from sm_lint.config.load import nearest_file, table_in

    path = nearest_file(os.getcwd())
    named = (table_in(path) or {}).get("rules") if path else None
    if not (path and isinstance(named, list) and named and isinstance(named[0], str)):
        return None
    first = os.path.join(os.path.dirname(path), named[0])
    return os.path.relpath(os.path.dirname(first) if first.endswith(".toml") else first)


def _toml(names: list[str]) -> str:
    from json import dumps

    return dumps(names, ensure_ascii=False)
