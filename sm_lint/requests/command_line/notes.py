"""What is noticed while the value of an option is read."""

from typing import NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.requests.command_line.words import Word
from sm_lint.sources.reading import Correction, Problem


class File(NamedTuple):
    """A file that a command names with `file://` or `fileb://`."""

    option: str
    """The name of the option whose value it is, or in whose value it is named."""
    path: str
    """The path as the command has it."""
    pointer: Pointer
    """The pointer, in the request, of what the content stands for; empty for `--cli-input-json` and the like."""
    start: int
    """The offset of the reference, such as `file://spec.json`, in the text of the command."""
    end: int
    was_read: bool
    is_known: bool = True
    """Whether the path is known: the shell expands nothing in it."""


class Notes(NamedTuple):
    """What is noticed, with the pointers of the request."""

    unknown: dict[Pointer, str | None]
    """The pointers of unknown values, each with its JSON Schema type if that is known."""
    optional: set[Pointer]
    """The pointers of what may be absent."""
    open: set[Pointer]
    """The pointers of objects and lists that may have more than is known."""
    problems: list[Problem]
    files: list[File]


def empty() -> Notes:
    """Return notes with nothing in them."""
    return Notes({}, set(), set(), [], [])


def refused(word: Word, pointer: Pointer, found: str, advice: str, correction: Correction | None = None) -> Problem:
    """Return the problem of an option whose value the AWS CLI refuses."""
    parameters = {"member": str(pointer[0]) if pointer else "", "found": found, "advice": advice}
    return Problem("option-value", word.start, word.end, pointer, parameters, correction=correction)
