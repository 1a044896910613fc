"""The carrier `command`: `aws sagemaker create-model-package` with options, in scripts and in files that hold scripts.

Nothing is run or expanded. What `file://` names is unknown, and no file is read, unless the caller gives a function for
it; a text that the script itself writes to a file is a request of its own, or a part of one.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from sm_lint.model.pointer import Pointer
from sm_lint.model.settings import REGION
from sm_lint.model.span import Span
from sm_lint.requests.command_line.arguments import Arguments, arguments
from sm_lint.requests.command_line.files import Read
from sm_lint.requests.command_line.options import Given
from sm_lint.requests.command_line.words import Range
from sm_lint.requests.command_words import words_of
from sm_lint.requests.request import OF_THE_CLI, Profile, Request, Setting
from sm_lint.requests.shapes import Shapes
from sm_lint.requests.snake_case import snake_case
from sm_lint.requests.used_files import Use, uses
from sm_lint.requests.written_files import WrittenFiles, text_of
from sm_lint.sources.document import Document, Outer
from sm_lint.sources.limits import WORDS
from sm_lint.sources.reading import Node, Problem, Reading
from sm_lint.sources.shell.commands import Command, Virtual, commands, path_of
from sm_lint.sources.shell.editable import is_editable
from sm_lint.sources.shell.hosts.scripts import is_plain
from sm_lint.sources.shell.literal_variables import literal_variables, replaced_later

_VARIABLES = ("AWS_REGION", "AWS_DEFAULT_REGION")
"""The variables from which the AWS CLI takes the region, the first one that is set."""
PROFILE = Profile(
    "command",
    {code: why for code, why in OF_THE_CLI.items() if code[:3] == "SM0"},
    noun="the command",
)

_MISREAD = ("shorthand-meaning", "shorthand-syntax")
"""The problems of a value that is not meant as the AWS CLI takes it."""


def requests(document: Document, shapes: Shapes, files: Read | None = None) -> list[Request] | None:
    """Return the requests of the commands in a file; None if it has no command.

    With `files`, which returns the content of the file at a path, the requests have what is in the files that their
    options name, also in those that the script itself writes.
    """
    found: list[Request | None] = []
    written = WrittenFiles(document)
    for number, command in enumerate(commands(document.name, document.text)):
        told, request = _request(document, command, number, shapes, _reads(command, files))
        found.append(request)
        for file, use in uses(told, shapes):
            written.add(file, use, command)
    return [request for request in (*found, *written.requests()) if request] or None


def named_files(name: str, text: str, shapes: Shapes) -> list[tuple[str, Use]]:
    """Return the paths of files that commands name and the script does not write, each with how it is used."""
    return [
        (file.path, use)
        for command in commands(name, text)
        for file, use in uses(arguments(words_of(command, command.virtual(), (), ()), shapes, _unread), shapes)
        if file.is_known and path_of(file.path) not in command.changed and text_of(file.path, command) is None
    ]


def _unread(_path: str) -> None:
    """Return None for the content of a file, because none is read here."""


def _reads(command: Command, files: Read | None) -> Read:
    """Return the function that returns the content of a file that a command names."""
    if files is None:
        return _unread

    def read(path: str) -> bytes | None:
        text = text_of(path, command)
        if text is not None:
            return None if text.unknown else text.text.encode(errors="surrogatepass")
        return None if path_of(path) in command.changed else files(path)

    return read


def _region(command: Command, given: Given | None) -> Setting | None:
    """Return the region that a command is sent to, by its option or by a variable before it; None if it tells none."""
    if given and given.values:
        value = given.values[0]
        return Setting(
            value.text if not value.unknown and re.fullmatch(REGION, value.text) else None, given.option.name
        )
    assigned = {word.text[: word.assigned - 1]: word for word in command.environment}
    name = next((name for name in _VARIABLES if name in assigned), None)
    if name is None:
        return None
    region = assigned[name].text[assigned[name].assigned :]
    return Setting(region if assigned[name].is_known and re.fullmatch(REGION, region) else None, name)


def _literal(document: Document, command: Command, virtual: Virtual) -> list[Range]:
    """Return where in the text of a command there are variables between single quotes, which are sent as written."""
    if not is_plain(document.name, document.text):
        return []
    return [
        (start + one, start + other)
        for word, (start, _) in zip(command.words, virtual.words, strict=True)
        for one, other in literal_variables(word.decoded, document.text)
    ]


def _of_literal(document: Document, virtual: Virtual, literal: Sequence[Range], root: Node) -> Iterator[Problem]:
    """Yield the problems of variables that are sent as they are written, unless another program may replace them."""
    if not literal:
        return
    is_replaced = replaced_later(document.text)
    values = sorted(_values(root))
    for start, end in literal:
        name = virtual.text[start:end]
        if not is_replaced(name):
            at = bisect_right(values, (start, len(virtual.text) + 1)) - 1
            pointer = values[at][2] if at >= 0 and values[at][1] > start else ()
            yield Problem("variable-in-single-quotes", start, end, pointer, {"value": name})


def _values(root: Node) -> Iterator[tuple[int, int, Pointer]]:
    """Yield the offsets and the pointer of each value below a node that has none below it."""
    waiting: list[tuple[Node, Pointer]] = [(root, ())]
    while waiting:
        node, pointer = waiting.pop()
        if node.children is None:
            yield node.start, node.end, pointer
        waiting += [(child, (*pointer, step)) for step, child in (node.children or {}).items()]


def _spelled(shapes: Shapes) -> Callable[[str], str]:
    """Return the function that spells a member: as its option, if it is one of the request itself."""
    members = shapes.members
    return lambda name: f"--{snake_case(name).replace('_', '-')}" if name in members else name


def _misread(told: Arguments) -> Iterator[Pointer]:
    """Yield the pointers, in the request, of values that are probably not meant as the AWS CLI takes them.

    Where a word is taken apart by a blank, the items after the blank are none either.
    """
    members = {option: pointer for pointer, option in told.names.items()}
    starts = {name: [item.start for item in (node.children or {}).values()] for name, node in _options(told)}
    for problem in told.problems:
        member = members.get(problem.pointer[0]) if problem.pointer else None
        if member is None or problem.kind not in _MISREAD:
            continue
        if problem.kind == "shorthand-meaning":
            yield (*member, *problem.pointer[1:])
        items = starts.get(problem.pointer[0], [])
        for item in range(bisect_right(items, problem.start), bisect_right(items, problem.end)):
            yield (*member, item)


def _options(told: Arguments) -> Iterator[tuple[str | int, Node]]:
    """Yield the options that give lists, each with its node."""
    for pointer, option in told.names.items():
        if option is not None and isinstance(told.value[str(pointer[0])], list):
            yield option, (told.root.children or {})[option]


def _request(
    document: Document, command: Command, number: int, shapes: Shapes, read: Read
) -> tuple[Arguments, Request | None]:
    """Return what a command gives, and its request: a document of its own, whose text is the words of the command."""
    virtual = command.virtual()
    literal = _literal(document, command, virtual)
    words = words_of(command, virtual, literal, document.placeholders)
    told = arguments(words, shapes, read)
    problems = (*told.problems, *_of_literal(document, virtual, literal, told.root))
    if told.asks_for or (() in told.open and not told.value and not problems):
        return told, None

    def span(start: int, end: int) -> Span:
        return document.span(*virtual.locate(start, end))

    def takes(start: int, end: int, new: str) -> bool:
        first, last = virtual.locate(start, end)
        is_in_words = command.start <= first and last <= command.end  # else it is the value of a variable
        return is_in_words and is_editable(virtual.mapped, document.text, start, end, new)

    region = _region(command, told.settings.get("--region"))
    written = {told.names.get((member,), member): value for member, value in told.value.items()}
    inner = Document(document.name, virtual.text, WORDS, Reading(written, [], places=lambda: told.root))
    inner.outer = Outer(span, number=number, takes=takes)
    inner.placeholders = document.placeholders
    request = Request(
        inner,
        told.value,
        unknown={**told.unknown, **dict.fromkeys(_misread(told))},
        optional=told.optional,
        names={(): {pointer[0]: name for pointer, name in told.names.items()}},
        open=told.open,
        profile=PROFILE._replace(spelled=_spelled(shapes)),
        problems=problems,
        settings={"region": region} if region else {},
    )
    return told, request
