"""`sm-lint extract`: print the requests that files have, wherever they stand."""

import argparse
import os
from typing import TYPE_CHECKING, Any

from sm_lint.cli.check_arguments import add_configuration, add_files, add_paths
from sm_lint.cli.console import FAILED, NOTHING, fail, write
from sm_lint.cli.parser import Help
from sm_lint.model.settings import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sm_lint.model.settings import Settings
    from sm_lint.run.extracted import Extracted
    from sm_lint.run.session import Session

_EXTRACT = """\
Prints each request that is found in files and folders as a line of JSON: its
`file`, `carrier` (the kind of document), `pointer`, `inner_pointer` (in the
JSON of a string), `range`, the `request` with the names of the API, and the
pointers in it of what is `unknown`, such as a parameter, and `optional`, which
may be absent. An unknown value is the text that stands for it. Files are found
as by `sm-lint check`.
"""
_EXAMPLES = """\
examples:
  sm-lint extract pipeline.json | jq .request
      show what a pipeline registers
  sm-lint extract --output-dir requests .
      write each request into a file of its own

exit status:
  0  at least one request was found (or none, with --allow-empty)
  2  invalid usage or configuration, a path that does not exist, or a file that
     cannot be read or written; the other requests are still printed
  3  no request was found
"""


def add(commands: Any) -> None:
    """Add the parser of the command."""
    extract = commands.add_parser(
        "extract", help="print the requests that files have", description=_EXTRACT, epilog=_EXAMPLES,
        formatter_class=Help, allow_abbrev=False,
    )  # fmt: skip
    add_paths(extract)
    out = extract.add_argument_group("output")
    out.add_argument("--pretty", action="store_true", help="print indented JSON instead of lines")
    out.add_argument(
        "--output-dir", metavar="FOLDER",
        help="write each request into a file of its own in FOLDER, and print the names; existing files stay",
    )  # fmt: skip
    add_files(extract.add_argument_group("files"), "exit with 0 if no request was found")
    add_configuration(extract.add_argument_group("configuration"))


def run(arguments: argparse.Namespace) -> int:
    """Print the requests, or write them into files, and return the exit status. Raises ConfigError."""
    from sm_lint.cli import options
    from sm_lint.run.extracted import Extracted, extract
    from sm_lint.run.files import Options
    from sm_lint.run.session import Session

    arguments.paths = options.paths(arguments)
    session = Session()
    found = extract(
        Options(
            paths=tuple(arguments.paths),
            settings_of=_settings_of(arguments, session),
            if_payload=arguments.if_payload,
            stdin_filename=arguments.stdin_filename,
        ),
        session,
    )
    put = _into(arguments.output_dir) if arguments.output_dir else _pretty if arguments.pretty else _line
    count = failures = 0
    for one in found:
        if isinstance(one, Extracted):
            count += 1
            failures += not put(one)
        else:
            fail(one.message)
            failures += one.is_failure
    if failures:
        return FAILED
    if not count and not arguments.allow_empty:
        fail("no request was found")
    return 0 if count or arguments.allow_empty else NOTHING


def _settings_of(arguments: argparse.Namespace, session: "Session") -> "Callable[[str], Settings]":
    """Return a function for the settings in a folder; what an earlier run has written is excluded."""
    from sm_lint.cli import options

    settings_of = options.settings_of(arguments, session.linters)
    if not arguments.output_dir:
        return settings_of
    folder = os.path.abspath(arguments.output_dir)
    if any(os.path.join(os.path.abspath(path), "").startswith(os.path.join(folder, "")) for path in arguments.paths):
        return settings_of  # the requests are wanted from there

    def of_folder(of: str) -> "Settings":
        settings = settings_of(of)
        return settings._replace(exclude=(*settings.exclude, ("**", folder)))

    return of_folder


def _into(folder: str) -> "Callable[[Extracted], bool]":
    """Return `put(found)`, which writes a request into a folder, prints the name of its file, and returns whether."""
    from sm_lint.cli.request_files import writer
    from sm_lint.model.escape import visible

    written = writer(folder)

    def put(found: "Extracted") -> bool:
        try:
            write(visible(written(found)) + "\n")
        except ConfigError as error:
            fail(str(error))
            return False
        return True

    return put


def _line(found: "Extracted") -> bool:
    from sm_lint.output.json_lines import line

    write(line(found))
    return True


def _pretty(found: "Extracted") -> bool:
    from sm_lint.output.indented import dumps

    write(dumps(found) + "\n")
    return True
