"""The files that the value of an option names."""

import re
from collections.abc import Callable
from typing import NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.requests.command_line.notes import File, Notes, refused
from sm_lint.requests.command_line.words import Word

Read = Callable[[str], bytes | None]
"""Returns the content of the file at a path as the command has it; None if it cannot be told."""

_PREFIXES = ("file://", "fileb://")
_LOOKS_LIKE_A_FILE = re.compile(r"(?:file:(?!//))?((?!\w\w+:)[^\s=,'\"{}\[\]]*[^\s=,:'\"{}\[\]/]\.(?:json|ya?ml|txt))")


class Content(NamedTuple):
    """The content that replaces the name of a file."""

    text: str | None
    """None if it is unknown."""


def reference_to(text: str) -> str | None:
    """Return what a text that looks like the name of a file should be, so that the AWS CLI reads it; None for others.

    >>> reference_to("spec.json"), reference_to("file:spec.json"), reference_to("a=b.json")
    ('file://spec.json', 'file://spec.json', None)
    """
    found = _LOOKS_LIKE_A_FILE.fullmatch(text)
    return found and f"file://{found[1]}"


def content(word: Word, option: str, pointer: Pointer, read: Read, notes: Notes) -> Content | None:
    """Return the content of the file that a word names; None if it names none.

    The AWS CLI itself expands `~` and `$NAME` in a path, so such a file is unknown.
    """
    prefix = next((prefix for prefix in _PREFIXES if word.text.startswith(prefix)), None)
    if prefix is None:
        return None
    path = word.text[len(prefix) :]
    is_known = not word.unknown and not path.startswith("~") and "$" not in path and "\0" not in path
    data = read(path) if is_known else None
    notes.files.append(File(option, path, pointer, word.start, word.end, data is not None, is_known))
    if data is None:
        return Content(None)
    if prefix == "fileb://":
        advice = f"Write `file://{path}`: `fileb://` gives bytes, and the API takes none here."
        notes.problems.append(
            refused(word, pointer, "bytes", advice, (word.start, word.start + len(prefix), "file://"))
        )
        return Content(None)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        notes.problems.append(refused(word, pointer, "a file that is not UTF-8", "Write the file in UTF-8."))
        return Content(None)
    return Content(text.replace("\r\n", "\n").replace("\r", "\n"))
