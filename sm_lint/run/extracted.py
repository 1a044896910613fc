"""The requests in files as values: with the names of the API, and texts in place of what is unknown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sm_lint.model.escape import visible
from sm_lint.model.pointer import Pointer, to_json_pointer, value_at
from sm_lint.model.settings import ConfigError, Settings
from sm_lint.requests.carriers import is_broken
from sm_lint.requests.marks import LINES, PAYLOAD
from sm_lint.requests.payload import NO_OBJECT
from sm_lint.requests.unknown import completed
from sm_lint.run.files import Options, tasks_of
from sm_lint.run.linting import internal_error
from sm_lint.run.opened import documents_of
from sm_lint.run.task import Skipped, name_of
from sm_lint.sources.reading import UNREAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sm_lint.model.span import Span
    from sm_lint.requests.request import Request
    from sm_lint.run.session import Session
    from sm_lint.run.task import Task
    from sm_lint.sources.document import Document

    _Text = Callable[[Pointer, Any], str]

_LONGEST_TAG = 100
_TAG = re.compile(r"(?<=[\s\[{,])(![^\s,\[\]{}]*\s+)\Z")
"""Matches a tag before the source of a value."""


class Extracted(NamedTuple):
    """A request that was found in a file."""

    file: str
    carrier: str
    """The kind of document that has it; `payload` for a file that is the request."""
    pointer: str
    """The JSON pointer (RFC 6901) of the request in the file."""
    inner_pointer: str | None
    """Its pointer in the JSON of the string at `pointer`; None if it is not inside a string."""
    range: Span
    """The span of its whole value in the file."""
    request: Any
    """The input of create-model-package. An unknown value is the text that stands for it."""
    unknown: tuple[str, ...]
    """The JSON pointers, in `request`, of the unknown values."""
    optional: tuple[str, ...]
    """The JSON pointers, in `request`, of what may be absent."""


class NotExtracted(NamedTuple):
    """Why nothing was extracted from a file, or not all of it."""

    message: str
    """The name of the file and the reason, in one line."""
    is_failure: bool
    """Whether it is an error; else the file has no request."""


def extract(options: Options, session: Session) -> Iterator[Extracted | NotExtracted]:
    """Yield the requests in all files that the options name, in the order of the text; nothing is raised."""
    failures: list[str] = []
    for task in tasks_of(options, failures):
        try:
            yield from _of_file(task, session)
        except Skipped as reason:
            if reason.is_near:
                yield _without_request(task, str(reason))
        except (ConfigError, FileNotFoundError) as error:
            failures.append(str(error))
        except Exception as error:  # noqa: BLE001 - a failure on one file is reported, and the others are extracted
            failures.append(internal_error(task.source.name, error, verbose=True))
    yield from (NotExtracted(failure, is_failure=True) for failure in dict.fromkeys(failures))


def _of_file(task: Task, session: Session) -> Iterator[Extracted | NotExtracted]:
    """Yield the requests in a file, then what of it, if anything, is first no request, and what cannot be read."""
    failures: dict[bool, NotExtracted] = {}
    for document, linted in documents_of(task, session):
        requests = _with_files(document, linted, task, session)
        reason = next(filter(None, map(_why_not, requests)), None)
        if reason:
            failures.setdefault(False, _without_request(task, reason, document))
            continue
        alone = [request for request in requests if not request.mounted]  # a part of one is with its command
        whole = [request for request in alone if not request.open or request.document.open]
        sound = [request for request in whole if not (request.open or is_broken(request.document))]
        found = [one for request in sound if (one := extracted(request, task.settings))]
        yield from sorted(found, key=lambda one: one.range.start.offset)
        if len(whole) < len(alone):
            message = f"{_name(task, document)}: a request in it has members that the file does not tell"
            failures.setdefault(False, NotExtracted(message, is_failure=False))
        if len(found) < len(whole) or is_broken(document):
            message = f"{_name(task, document)}: it cannot be read to its end; `sm-lint check` says why"
            failures.setdefault(True, NotExtracted(message, is_failure=True))
    yield from failures.values()


def _with_files(document: Document, requests: list[Request], task: Task, session: Session) -> list[Request]:
    """Return the requests in a document, those of commands with what is in the files that their options name."""
    others = [request for request in requests if request.profile.carrier != "command"]
    if len(others) == len(requests):
        return requests
    from sm_lint.requests import command
    from sm_lint.run.named_by_commands import reader_beside

    found = command.requests(document, session.linters.built_in.shapes, reader_beside(task.source))
    return [*others, *(found or ())]


def _why_not(request: Request) -> str | None:
    """Return why a file that the user takes for a request is none; else None."""
    if request.refusal:
        return str(request.refusal.parameters["found"])
    is_file = request.profile.carrier in (PAYLOAD, LINES)
    return NO_OBJECT if is_file and not isinstance(request.value, dict) and () not in request.unknown else None


def _without_request(task: Task, reason: str, document: Document | None = None) -> NotExtracted:
    return NotExtracted(f"{_name(task, document)}: no request: {reason}", is_failure=False)


def _name(task: Task, document: Document | None) -> str:
    """Return the name of a file, with the line where a document begins if that is not the first."""
    line = document.span(0, 0).start.line if document else 1
    return visible(name_of(task)) + (f":{line}" if line > 1 else "")


def extracted(request: Request, settings: Settings) -> Extracted | None:
    """Return what is shown of a request; None if it has more values than are read."""
    document = request.document
    whole, _ = completed(request, settings)
    if whole.value is UNREAD:
        return None
    pointer, inner = document.of_file(request.base)
    extent = document.extent(request.base)
    unknown = dict.fromkeys(p for p in whole.unknown if not any(p[:n] in whole.unknown for n in range(len(p))))
    return Extracted(
        file=document.name,
        carrier=request.profile.carrier,
        pointer=to_json_pointer(pointer),
        inner_pointer=None if inner is None else to_json_pointer(inner),
        range=document.span(*extent) if extent else document.locate(request.base),
        request=_with_texts(whole.value, (), unknown, _texts(whole)) if unknown else whole.value,
        unknown=tuple(map(to_json_pointer, unknown)),
        optional=tuple(sorted(map(to_json_pointer, whole.optional))),
    )


def _with_texts(value: Any, at: Pointer, unknown: Mapping[Pointer, None], text: _Text) -> Any:
    """Return a value of a request, which stands at a pointer, with texts in place of the `unknown` ones."""
    if at in unknown:
        return text(at, value)
    if isinstance(value, dict):
        return {step: _with_texts(child, (*at, step), unknown, text) for step, child in value.items()}
    if isinstance(value, list):
        return [_with_texts(child, (*at, index), unknown, text) for index, child in enumerate(value)]
    return value


def _texts(request: Request) -> _Text:
    """Return `text(pointer, value)`: the text that stands for an unknown value, which is that of a string, or a source.

    If the value is not in the document, it is what the carrier has in its place, or its name in angle brackets, for
    example if an option of the command line gives it. The null of a plan says only that it will be known later.
    """
    document = request.document

    def text(pointer: Pointer, value: Any) -> str:
        written = request.in_document(pointer)
        is_written = len(written) == len(request.base) + len(pointer)
        extent = document.extent(written) if is_written else None
        source = _source(document, *extent) if extent else ""
        is_literal = bool(source) and not source.startswith("!") and _is_string(document.value, written)
        if source not in ("", "null", "~") and not (is_literal and written not in document.unknown):
            return source
        return value if isinstance(value, str) else f"<{pointer[-1] if pointer else 'request'}>"

    return text


def _source(document: Document, start: int, end: int) -> str:
    """Return the source of the value between two offsets, with its YAML tag, and JSON in one line."""
    source = document.text[start:end].strip()
    if document.syntax == "json":
        return re.sub(r"\s*\n\s*", " ", source)  # no string in it has a line break
    tag = _TAG.search(document.text, max(0, start - _LONGEST_TAG), start)
    return (tag[1] if tag else "") + source


def _is_string(value: Any, pointer: Pointer) -> bool:
    try:
        return isinstance(value_at(value, pointer), str)
    except (LookupError, TypeError):  # a key that is no string
        return False
