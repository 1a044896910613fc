"""The documents that a file to lint is, and the requests in them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sm_lint.model.contents import opened_in_parts
from sm_lint.model.escape import visible
from sm_lint.requests import carriers, marks
from sm_lint.run.looked_for import opted_in, syntax_of
from sm_lint.run.task import Skipped, Task, data_of, is_request, is_required, name_of, refuse_unwanted
from sm_lint.sources import discovery, document
from sm_lint.sources.limits import OF_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from sm_lint.requests.request import Request
    from sm_lint.run.session import Session
    from sm_lint.sources.document import Document


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
    syntax, wanted = syntax_of(name, data, opted), marks.looked_for(settings.carriers, opted)
    is_code = syntax in OF_CODE
    if is_code and not opted:
        raise Skipped("it is code, which is looked at only if it is named, or if `commands` or `python` names it")
    if (is_code or not is_wanted) and not marks.may_hold(data, syntax, wanted):
        raise Skipped("it has no call" if is_code else marks.why_none(data, settings.carriers))
    read = document.read(name, data, syntax, settings.placeholders)
    try:
        shapes = session.linters.built_in.shapes
        is_wanted = is_wanted and not is_code  # code without a call is nothing to complain of
        return read, carriers.requests(read, shapes, named=is_wanted, wanted=wanted)
    except carriers.NoRequest as reason:
        raise Skipped.of(reason) from reason


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
    if task.uses or not marks.are_lines(name, task.settings.carriers):
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
