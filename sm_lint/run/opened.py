"""A file to lint: its bytes, the documents in it, and the requests in them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from sm_lint.model.contents import contents, opened_in_parts
from sm_lint.model.escape import visible
from sm_lint.requests import carriers
from sm_lint.run.looked_for import is_named_by, opted_in, syntax_of
from sm_lint.sources import discovery, document
from sm_lint.sources.reading import MOST_BYTES, OF_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from sm_lint.model.settings import Settings
    from sm_lint.requests.request import Request
    from sm_lint.requests.used_files import Use
    from sm_lint.run.session import Session
    from sm_lint.sources.document import Document


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
    uses: tuple[Use, ...] = ()
    """How commands in other files use it: it is a request, or a part of one."""
    outlined: bool = False
    """Whether the outlines of the requests with diagnostics are made."""


class Skipped(Exception):  # noqa: N818 - not an error
    """The file is not linted; the message is the reason."""

    is_near = False
    """Whether it looks like a request."""

    @classmethod
    def of(cls, reason: carriers.NoRequest) -> Skipped:
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
        return document.bytes_of(sys.stdin.buffer.read)
    return contents(source.name, MOST_BYTES, regular=not source.named)


def opened(task: Task, data: bytes, session: Session) -> tuple[Document, list[Request]]:
    """Return the document in the bytes of a file and the requests in it. Raises Skipped."""
    settings, name = task.settings, name_of(task)
    if task.uses:
        from sm_lint.requests.used_files import requests

        read = document.read(name, data, task.uses[0].syntax, settings.placeholders)
        found = requests(read, task.uses)
        if not found:
            raise Skipped("a command names it, but it is not JSON")
        return read, found
    is_wanted = is_request(task)
    opted = opted_in(name, settings, named=is_required(task))
    syntax, wanted = syntax_of(name, data, opted), carriers.looked_for(settings.carriers, opted)
    is_code = syntax in OF_CODE
    if is_code and not opted:
        raise Skipped("it is code, which is looked at only if it is named, or if `commands` or `python` names it")
    if (is_code or not is_wanted) and not carriers.may_hold(data, syntax, wanted):
        raise Skipped("it has no call" if is_code else carriers.why_none(data, settings.carriers))
    read = document.read(name, data, syntax, settings.placeholders)
    try:
        shapes = session.linters.built_in.shapes
        is_wanted = is_wanted and not is_code  # code without a call is nothing to complain of
        return read, carriers.requests(read, shapes, named=is_wanted, wanted=wanted)
    except carriers.NoRequest as reason:
        raise Skipped.of(reason) from reason


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
    if chosen and are_lines and carriers.LINES not in chosen and not (task.uses or is_request(task)):
        raise Skipped("it is JSON Lines, which is not among the carriers to look for")


def unreadable(task: Task, error: OSError) -> Document:
    """Return the document of a file that cannot be read. Raises Skipped or FileNotFoundError."""
    name = name_of(task)
    if not os.path.lexists(name):
        raise FileNotFoundError(f"{visible(name)}: no such file or folder") from error
    if not is_required(task):
        raise Skipped(f"it cannot be read: {error.strerror}") from error
    return document.unreadable(name, error.strerror or "input/output error")


def documents_of(task: Task, session: Session) -> Iterator[tuple[Document, list[Request]]]:
    """Yield the documents that a file is, each with the requests in it. Raises Skipped or FileNotFoundError."""
    name = name_of(task)
    if task.uses or not carriers.are_lines(name, task.settings.carriers):
        try:
            data = data_of(task)
        except OSError as error:
            yield unreadable(task, error), []
            return
        yield opened(task, data, session)
        return
    from sm_lint.run.lines import documents

    try:
        with stream(task) as file:
            for _, document, requests in documents(file, name, task.settings, session, named=is_request(task)):
                yield document, requests
    except carriers.NoRequest as reason:
        raise Skipped.of(reason) from reason
    except OSError as error:
        yield unreadable(task, error), []


def stream(task: Task) -> AbstractContextManager[BinaryIO]:
    """Open the file of a task to be read line by line. Raises Skipped or OSError."""
    from contextlib import nullcontext

    refuse_unwanted(task)
    if task.source.name == discovery.STDIN:
        return nullcontext(sys.stdin.buffer)
    return opened_in_parts(task.source.name, regular=not task.source.named)
