"""The words of a command as the AWS CLI gets them, with what is unknown of each."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from sm_lint.requests.command_line.words import Range, Word
from sm_lint.sources.shell.commands import Command, Virtual
from sm_lint.sources.shell.words import Word as ShellWord

_ANY_TEXT = r"[^\"\n]{0,1000}?"
"""What a `*` in a form of placeholders stands for: at most a line, and none with a quote, which ends a text in JSON."""


def words_of(command: Command, virtual: Virtual, hidden: Sequence[Range], placeholders: tuple[str, ...]) -> list[Word]:
    """Return the words of a command behind the name of the operation, and those of global options before it.

    Unknown are expansions, what is `hidden`, in the text of the command, and what matches one of the `placeholders`, in
    which `*` stands for any text.
    """
    forms = re.compile("|".join(map(_pattern, placeholders))) if placeholders else None
    return [
        Word(word.text, start, _unknown(word, _within(hidden, start, end), forms), _may_be_several(word))
        for number, (word, (start, end)) in enumerate(zip(command.words, virtual.words, strict=True))
        if number >= command.first or number in command.before
    ]


def _may_be_several(word: ShellWord) -> bool:
    """Return whether a word may be several words, or none: nothing of it is known, as of `$OPTIONS` or `"$@"`.

    One with text of its own, such as `s3://$BUCKET/model`, is written where one word is meant.
    """
    return word.is_several and sum(end - start for start, end in word.decoded.unknown) == len(word.text)


def _within(ranges: Sequence[Range], start: int, end: int) -> Iterable[Range]:
    """Return those of sorted ranges that are between two offsets, counted from the first of these."""
    first, last = bisect_left(ranges, (start, start)), bisect_left(ranges, (end, end))
    return [(one - start, other - start) for one, other in ranges[first:last]]


def _unknown(word: ShellWord, hidden: Iterable[Range], forms: "re.Pattern[str] | None") -> tuple[Range, ...]:
    """Return what is unknown of a word, in order and apart from each other."""
    filled_in = [match.span() for match in forms.finditer(word.text) if match[0]] if forms else []
    found: list[Range] = []
    for start, end in sorted([*word.decoded.unknown, *hidden, *filled_in]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


def _pattern(form: str) -> str:
    """Return a regular expression for a form of placeholders. A `*` at its end stands for the rest of a name."""
    parts = map(re.escape, form.split("*"))
    return _ANY_TEXT.join(parts) + (r"\w*" if form.endswith("*") else "")
