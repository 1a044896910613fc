"""The members that `--cli-input-json` and `--cli-input-yaml` give."""

from typing import Any

from sm_lint.requests.command_line import notes as noted
from sm_lint.requests.command_line.files import reference_to
from sm_lint.requests.command_line.json_words import json_value, shifted
from sm_lint.requests.command_line.notes import File, Notes, refused
from sm_lint.requests.command_line.options import Given
from sm_lint.requests.command_line.words import Word
from sm_lint.sources.reading import UNREAD, Node

_PREFIXES = ("file://", "fileb://")
_Members = tuple[dict[str, Any], Node]


def members_of_input(given: Given, replaced: frozenset[str], notes: Notes) -> _Members:
    """Return the members that are written in the command after one of the options, but those that are `replaced`.

    A file that the option names is noted, and not read: it is a request of its own, with members from options.
    """
    word, name = given.values[0], given.option.name
    node = Node(word.start, word.end, None)
    prefix = next((prefix for prefix in _PREFIXES if word.text.startswith(prefix)), None)
    if prefix:
        path, is_known = word.text[len(prefix) :], not word.unknown
        notes.files.append(File(name, path, (), word.start, word.end, was_read=False, is_known=is_known))
    if prefix or word.begins_unknown() or (word.unknown and name.endswith("yaml")):
        notes.open.add(())
        return {}, node
    inner = noted.empty()
    value, node = json_value(word, (), inner) if name.endswith("json") else _yaml(word, inner)
    notes.problems.extend(inner.problems)
    if () in inner.unknown or () in inner.open:
        notes.open.add(())
    elif not isinstance(value, dict):
        reference = reference_to(word.text)
        advice = (
            f"Write `{reference}` for the content of a file." if reference else "Write one object with the members."
        )
        notes.problems.append(refused(word, (), "a value that is no object", advice))
    if not isinstance(value, dict):
        return {}, node
    notes.unknown.update((at, kind) for at, kind in inner.unknown.items() if at and at[0] not in replaced)
    notes.open.update(at for at in inner.open if at and at[0] not in replaced)
    return {member: one for member, one in value.items() if isinstance(member, str) and member not in replaced}, node


def _yaml(word: Word, notes: Notes) -> tuple[Any, Node]:
    from sm_lint.sources.yaml import reader

    reading = reader.read(word.text.encode(errors="surrogatepass"), word.text)
    by = word.start
    notes.problems.extend(
        problem._replace(start=problem.start + by, end=problem.end + by, correction=None)
        for problem in reading.problems
    )
    notes.unknown.update(dict.fromkeys(reading.unknown))
    notes.open.update(reading.open)
    root = reading.places() if reading.places else None
    if reading.value is UNREAD:
        notes.open.add(())
    return reading.value, Node(word.start, word.end, None) if root is None else shifted(root, by)
