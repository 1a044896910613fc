"""A file to lint, its bytes, and the result."""

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from sm_lint.model.contents import contents, contents_of_regular
from sm_lint.model.settings import Settings
from sm_lint.model.severity import Severity
from sm_lint.requests import marks
from sm_lint.run.looked_for import is_named_by
from sm_lint.sources import discovery
from sm_lint.sources.limits import MOST_BYTES

if TYPE_CHECKING:
    from sm_lint.model.change import Change
    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.outline import Outline
    from sm_lint.model.span import SourceText
    from sm_lint.model.suppressed import StaleEntry, Suppressed
    from sm_lint.requests.carriers import NoRequest
    from sm_lint.requests.used_files import Use
    from sm_lint.suppression.baseline import Key


class Task(NamedTuple):
    """A file to lint, and everything needed for it, so that it can be sent to another process."""

    source: discovery.Source
    settings: Settings
    if_payload: bool
    """Whether a named file is skipped if it is not a request, as files in folders are."""
    stdin_filename: str | None
    verbose: bool
    fix: str | None
    """Which fixes to apply: None, `safe` or `unsafe`, which includes the safe ones."""
    show_suppressed: bool = False
    """Whether the suppressed diagnostics are reported too."""
    uses: tuple["Use", ...] = ()
    """How commands in other files use it: it is a request, or a part of one."""
    outlined: bool = False
    """Whether the outlines of the requests with diagnostics are made."""


class Outcome(NamedTuple):
    """The result of linting one document."""

    diagnostics: list["Diagnostic"]
    suppressed: int
    """The number of suppressed findings."""
    omitted: int
    """The number of diagnostics left out because there are too many."""
    omitted_is_minimum: bool = False
    """Whether more may be left out than `omitted` says, because the findings were not all counted."""
    shown_suppressed: tuple["Suppressed", ...] = ()
    """The suppressed diagnostics, if they are asked for; like the others, the first ones."""
    worst: Severity | None = None
    """The highest severity of the findings, also of those that are left out; None if there are none."""
    left_out: Mapping["Key", int] = {}
    """The number of diagnostics left out, by what identifies them in a baseline."""


class Result(NamedTuple):
    """The result of a task: an outcome, a failure, or neither if the file is skipped."""

    outcome: Outcome | None = None
    shown: tuple["SourceText", ...] = ()
    """The text of the file, and nothing else of it; empty if there is nothing to show in it."""
    failure: str | None = None
    changes: tuple["Change", ...] = ()
    """What fixes change in the file; empty if nothing."""
    fixed: int = 0
    """The number of findings that were fixed."""
    stale: tuple["StaleEntry", ...] = ()
    """The entries of the baseline whose findings are gone."""
    passed_over: str | None = None
    """Why the file is not linted, if it looks like a request."""
    outlines: tuple["Outline", ...] = ()


CLEAN = Result(Outcome([], 0, 0))
SKIPPED = Result()
"""The results for most files."""


class Skipped(Exception):  # noqa: N818 - not an error
    """The file is not linted; the message is the reason."""

    is_near = False
    """Whether it looks like a request."""

    @classmethod
    def of(cls, reason: "NoRequest") -> "Skipped":
        """Return that a file is not linted because it has no request."""
        skipped = cls(str(reason))
        skipped.is_near = reason.is_near
        return skipped


def name_of(task: Task) -> str:
    """Return the name of a file in diagnostics."""
    name = task.source.name
    return name if name != discovery.STDIN else task.stdin_filename or "<stdin>"


def data_of(task: Task) -> bytes:
    """Return the bytes of a file; of one that is too large, no more than tell that. Raises Skipped or OSError."""
    refuse_unwanted(task)
    source = task.source
    if source.name == discovery.STDIN:
        from sm_lint.sources import document  # imported lazily: most files are clean, and no document is made

        return document.bytes_of(sys.stdin.buffer.read)
    if source.named:
        return contents(source.name, MOST_BYTES, regular=False)
    return contents_of_regular(source.name, MOST_BYTES)


def is_required(task: Task) -> bool:
    """Return whether a file is linted whatever it holds and wherever it is, because the command line names it."""
    return task.source.named and not task.if_payload


def is_request(task: Task) -> bool:
    """Return whether a file is treated as a request, because the command line or the configuration names it."""
    return is_required(task) or is_named_by(name_of(task), task.settings)


def refuse_unwanted(task: Task) -> None:
    """Raise Skipped if the configuration excludes a file, or does not look for the one carrier that it can be."""
    chosen, exclude = task.settings.carriers, task.settings.exclude
    if not (chosen or exclude) or is_required(task):
        return
    name = name_of(task)
    if exclude:
        from sm_lint.config.globs import matched_by  # imported lazily: most runs have no pattern

        pattern = matched_by(name, exclude)
        if pattern and (task.source.name == discovery.STDIN or os.path.lexists(name)):
            raise Skipped(f"it is excluded by {pattern}")
    are_lines = name.lower().endswith(discovery.OF_LINES)
    if chosen and are_lines and marks.LINES not in chosen and not (task.uses or is_request(task)):
        raise Skipped("it is JSON Lines, which is not among the carriers to look for")
