"""The requests in files that a script writes, before it calls a command that names them."""

from collections.abc import Iterator
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.model.span import Span
from sm_lint.requests.command_line import notes as noted
from sm_lint.requests.command_line.json_words import Unknown, json_value
from sm_lint.requests.command_line.notes import File, Notes
from sm_lint.requests.command_line.words import Word
from sm_lint.requests.request import PAYLOAD, Request
from sm_lint.requests.used_files import Use, request
from sm_lint.sources.document import Document, Outer
from sm_lint.sources.reading import UNREAD, Node, Reading
from sm_lint.sources.shell.commands import Command, path_of
from sm_lint.sources.shell.mapped import Mapped

PROFILE = PAYLOAD._replace(carrier="command", is_sent_by_cli=False)
_STDIN = frozenset(("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"))
_ANEW = ("$(", "`", "$RANDOM", "${RANDOM")
"""What gives another text each time."""


def text_of(path: str, command: Command) -> Mapped | None:
    """Return the text of the file at a path that a command names, if the script writes it before; None if not."""
    if path in _STDIN:
        return command.stdin
    named = path_of(path)
    if any(mark in named for mark in _ANEW):
        return None
    return next((written.text for written in command.written if written.path == named), None)


class WrittenFiles:
    """The texts that a script writes to files, with the commands that use them."""

    def __init__(self, document: Document) -> None:
        """Initialize with the document of the script."""
        self._document = document
        self._found: dict[int, tuple[Mapped, list[Use]]] = {}  # a text that several commands use has one request

    def add(self, file: File, use: Use, command: Command) -> None:
        """Add a file that a command names."""
        text = text_of(file.path, command)
        if text is not None:
            self._found.setdefault(id(text), (text, []))[1].append(use)

    def requests(self) -> Iterator[Request | None]:
        """Yield the request in each text; None for a text of which it cannot be told."""
        for text, by in self._found.values():
            if len({use.syntax for use in by}) == 1:
                yield _request(self._document, text, by)


def _request(outer: Document, text: Mapped, by: list[Use]) -> Request | None:
    reading, expanded = _read(text, by[0].syntax, outer.placeholders)

    def span(start: int, end: int) -> Span:
        return outer.span(*text.place(start, end))

    # What is wrong with the text is wrong with this request alone: the rest of the script may be fine.
    inner = Document(outer.name, text.text, by[0].syntax, reading._replace(problems=[]))
    inner.outer = Outer(span)
    inner.placeholders = outer.placeholders
    found = request(inner, by, PROFILE._replace(is_edited=text.is_written(0, len(text.text))), expanded)
    return found and found._replace(problems=tuple(reading.problems))


def _read(text: Mapped, syntax: str, placeholders: tuple[str, ...]) -> tuple[Reading, dict[Pointer, str | None]]:
    """Return how a text reads, and the pointers of what expansions make unknown, each with its type."""
    if not text.unknown:
        if syntax == "yaml":
            from sm_lint.sources.yaml import reader
        else:
            from sm_lint.sources.json import reader  # type: ignore[no-redef]
        reading = reader.read(text.text.encode(errors="surrogatepass"), text.text, placeholders)
        return reading, {}
    notes, word = noted.empty(), Word(text.text, 0, text.unknown)
    value, node = json_value(word, (), notes) if syntax == "json" else _yaml(word, notes)
    return Reading(value, notes.problems, places=lambda: node, open=frozenset(notes.open)), notes.unknown


def _yaml(word: Word, notes: Notes) -> tuple[Any, Node]:
    """Return the value of YAML with expansions, and its node. What is unknown goes into the notes."""
    from sm_lint.sources.yaml import reader

    reading = reader.read(word.masked.encode(errors="surrogatepass"), word.masked)
    root = reading.places() if reading.places else None
    if reading.problems or reading.value is UNREAD or root is None:
        notes.unknown[()] = None
        return word.text, Node(0, len(word.text), None)
    notes.unknown.update(dict.fromkeys(reading.unknown))
    notes.open.update(reading.open)
    return Unknown(word, frozenset(_plain_scalars(root)), notes).marked(reading.value, root, ()), root


def _plain_scalars(root: Node) -> Iterator[int]:
    """Yield the offsets of scalars without quotes, which may have any type."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.is_plain:
            yield node.start
        waiting += (node.children or {}).values()
