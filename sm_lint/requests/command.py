"""The carrier `command`: `aws sagemaker create-model-package` with options, in scripts and in files that hold scripts.

Nothing is run or expanded, and no file is read: what `file://` names is unknown here.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from sm_lint.model.pointer import Pointer
from sm_lint.model.span import Span
from sm_lint.requests.command_line.arguments import Arguments, arguments
from sm_lint.requests.command_line.words import Range, Word
from sm_lint.requests.request import OF_THE_CLI, Profile, Request
from sm_lint.requests.shapes import Shapes
from sm_lint.requests.snake_case import snake_case
from sm_lint.sources.document import Document, Outer
from sm_lint.sources.reading import WORDS, Node, Reading
from sm_lint.sources.shell.commands import Command, Virtual, commands
from sm_lint.sources.shell.words import Word as ShellWord

PROFILE = Profile(
    "command",
    {code: why for code, why in OF_THE_CLI.items() if code[:3] == "SM0"},
    noun="the command",
)

_MISREAD = ("shorthand-meaning", "shorthand-syntax")
"""The problems of a value that is not meant as the AWS CLI takes it."""
_ANY_TEXT = r"[^\"\n]{0,1000}?"
"""Matches what `*` stands for in a placeholder: not more than one string of JSON."""


def requests(document: Document, shapes: Shapes) -> list[Request] | None:
    """Return the requests of the commands in a file; None if it has no command."""
    found = [_request(document, command, shapes) for command in commands(document.name, document.text)]
    return [request for request in found if request] or None


def sent(command: Command, shapes: Shapes, placeholders: tuple[str, ...] = ()) -> tuple[Virtual, Arguments]:
    """Return the words of a command as one text, and what the AWS CLI makes of them.

    What matches one of the `placeholders`, in which `*` stands for any text, is unknown as an expansion is.
    """
    virtual = command.virtual()
    words = [
        Word(word.text, start, _unknown(word, placeholders), _may_be_several(word))
        for number, (word, (start, _)) in enumerate(zip(command.words, virtual.words, strict=True))
        if number >= command.first or number in command.before
    ]
    return virtual, arguments(words, shapes, lambda _: None)


def _may_be_several(word: ShellWord) -> bool:
    """Return whether a word may be several words, or none: nothing of it is known, as of `$OPTIONS` or `"$@"`.

    One with text of its own, such as `s3://$BUCKET/model`, is written where one word is meant.
    """
    return word.is_several and sum(end - start for start, end in word.decoded.unknown) == len(word.text)


def _unknown(word: ShellWord, placeholders: tuple[str, ...]) -> tuple[Range, ...]:
    """Return what is unknown of a word, in order and apart from each other."""
    if not placeholders:
        return word.decoded.unknown
    forms = "|".join(map(_pattern, placeholders))
    filled_in = (match.span() for match in re.finditer(forms, word.text) if match[0])
    found: list[Range] = []
    for start, end in sorted([*word.decoded.unknown, *filled_in]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


def _pattern(form: str) -> str:
    """Return a regular expression for a form of placeholders. A `*` at its end stands for the rest of a name."""
    parts = map(re.escape, form.split("*"))
    return _ANY_TEXT.join(parts) + (r"\w*" if form.endswith("*") else "")


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


def _request(document: Document, command: Command, shapes: Shapes) -> Request | None:
    """Return the request of a command. It is a document of its own, whose text is the words of the command."""
    virtual, told = sent(command, shapes, document.placeholders)
    if told.asks_for or (() in told.open and not told.value and not told.problems):
        return None

    def span(start: int, end: int) -> Span:
        return document.span(*virtual.locate(start, end))

    written = {told.names.get((member,), member): value for member, value in told.value.items()}
    inner = Document(document.name, virtual.text, WORDS, Reading(written, [], places=lambda: told.root))
    inner.outer = Outer(span)
    inner.placeholders = document.placeholders
    return Request(
        inner,
        told.value,
        unknown={**told.unknown, **dict.fromkeys(_misread(told))},
        optional=told.optional,
        names={(): {pointer[0]: name for pointer, name in told.names.items()}},
        open=told.open,
        profile=PROFILE._replace(spelled=_spelled(shapes)),
        problems=told.problems,
    )
