"""The comments in scripts that are instructions to sm-lint, and the stretches of text that they are about: commands."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from sm_lint.sources.limits import MARK
from sm_lint.sources.shell.commands import OPERATION, commands
from sm_lint.sources.shell.hosts.scripts import scripts
from sm_lint.sources.shell.mapped import Range

_COMMENT = re.compile(rf"(?<!\S)#[ \t]*{MARK}[ \t]*([^\r\n]*)")
_OR_SLASHES = re.compile(rf"(?<!\S)(?:#|//)[ \t]*{MARK}[ \t]*([^\r\n]*)")
_HAVE_SLASHES = re.compile(r".*\.(?:groovy|jenkinsfile|jenkins|tf|hcl)|(?:.*/)?jenkinsfile.*", re.IGNORECASE)
"""The names of files that also have comments of the form `// text`."""
_HAVE_BLOCKS = re.compile(r".*\.(?:ya?ml|md|markdown|mdx|rmd|qmd)", re.IGNORECASE)
"""The names of files of which only the scripts in them have such comments."""
_OUTSIDE = re.compile(r"(?:[^'\"\\\r\n]|\\.|'[^'\r\n]*'|\"(?:[^\"\\\r\n]|\\.)*\")*")
"""Matches a part of a line behind which nothing is in quotes."""
_HEAD = re.compile(r"[|>][-+1-9]{0,2}[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n)\s*\Z")
_MOST = 400
"""The number of characters before a command among which the head of its block is looked for."""


def comments(name: str, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield `(start, end, text)` for each comment `# sm-lint: text` in the scripts of a file; offsets in code points.

    A comment begins a line or follows a blank, and is in no word of a command that is linted. Of other text, the
    quotes on its line count.
    """
    found = commands(name, text)
    words = _merged((word.start, word.end) for command in found for word in command.words)
    ends = [end for _, end in words]
    pattern = _OR_SLASHES if _HAVE_SLASHES.fullmatch(name) else _COMMENT
    for first, last in _searched(name, text):
        for match in pattern.finditer(text, first, last):
            at = match.start()
            before = bisect_right(ends, at)
            if before < len(words) and words[before][0] <= at:
                continue
            line = max(text.rfind("\n", first, at) + 1, first)
            behind = max(
                ends[before - 1] if before else 0, line
            )  # its words may have quotes that begin on another line
            if _OUTSIDE.fullmatch(text, behind, at) or _OUTSIDE.fullmatch(text, line, at):
                content = match[1].rstrip()
                yield at, match.start(1) + len(content), content


def stretches(name: str, text: str) -> list[Range]:
    """Return the ranges of the commands in a file that are linted, in order, apart from each other.

    That of a command at the beginning of a block of YAML begins with the head of the block, such as `run: |`.
    """
    return _merged((_head(text, command.start), command.end) for command in commands(name, text))


def _head(text: str, start: int) -> int:
    """Return the offset of the head of the block that begins with a command; that of the command if there is none."""
    first = max(start - _MOST, 0)
    head = _HEAD.search(text[first:start])
    return first + head.start() if head else start


def _searched(name: str, text: str) -> list[Range]:
    """Return the ranges in which there are comments of scripts."""
    if not _HAVE_BLOCKS.fullmatch(name):
        return [(0, len(text))]
    found = (script for script in scripts(name, text, OPERATION) if MARK in script.text)
    return _merged(script.place(0, len(script.text)) for script in found)


def _merged(ranges: Iterable[Range]) -> list[Range]:
    """Return ranges in order, one for those that overlap."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
