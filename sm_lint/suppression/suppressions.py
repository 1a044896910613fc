"""The suppressions of a document: those in its comments, and those of the configuration."""

import os
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from heapq import merge
from operator import itemgetter
from typing import NamedTuple

from sm_lint.config.dates import is_date
from sm_lint.config.globs import matching
from sm_lint.config.selectors import prefix_of
from sm_lint.engine.linter import Linter
from sm_lint.model.settings import ConfigError
from sm_lint.sources.document import Document
from sm_lint.sources.limits import MARK, PYTHON, SCRIPT, WITH_COMMENTS
from sm_lint.sources.reading import Problem

MAX_IN_COMMENTS = 1000
"""The maximum number of rules that the comments of a document may name."""
_COMMENT = re.compile(
    r"ignore\[(?P<codes>[^\[\]]*)\](?:[ \t]+until[ \t]+(?P<until>[^\s:]+))?[ \t]*(?::[ \t]*(?P<reason>.*))?"
)
_FORM = f"# {MARK} ignore[CODE] until YYYY-MM-DD: reason"
_TOO_MANY = f"the comments of a file may name {MAX_IN_COMMENTS:,} rules; use `per-file-ignores`"
_TOO_LATE = "comments after {:,} keys and values are not read; use `per-file-ignores`"
_COMMENT_LINE = {
    "yaml": re.compile(r"\s*#"),
    PYTHON: re.compile(r"\s*\"?\s*#"),
    SCRIPT: re.compile(r"\s*(?:#|//)"),
}
"""Matches a line with nothing but a comment, by syntax. In a notebook, it is in quotes."""


class Suppression(NamedTuple):
    """One selector of rules, suppressed at one place."""

    prefix: str
    selector: str
    """The selector as written."""
    where: str
    """What has the selector, for messages."""
    span: tuple[int, int]
    """The offsets of a comment; for other suppressions those of the start of the file."""
    lines: range | None
    """The lines that a comment covers; None if the suppression is not a comment."""
    pointer: tuple[str, ...] | None
    """The steps of the pointer to the one value, `*` for any step; None for the whole file."""
    reason: str | None
    expires: str | None
    is_certain: bool
    """Whether it applies to this file only, so that it is unused if it suppresses nothing here."""


def of_comments(
    document: Document, linter: Linter, problems: list[Problem], *, has_commands: bool = False
) -> list[Suppression]:
    """Return the suppressions in the comments of a document. Append the errors in the comments to `problems`.

    `has_commands` says whether commands in it are linted: a comment then covers a whole command.
    """
    if document.syntax not in WITH_COMMENTS or MARK not in document.text:
        return []
    suppressions: list[Suppression] = []
    left, covered = MAX_IN_COMMENTS, range(0)
    commands = _commands(document) if has_commands else []
    for start, end, content in _comments(document, has_commands=has_commands):
        left -= 1 + (content or "").partition("]")[0].count(",")
        if content is None or left < 0:
            found = _TOO_MANY if content is not None else _too_late()
            problems.append(Problem("invalid-suppression", start, end, parameters={"found": found}))
            # None is reported as unused: without it, another one would be within the limit, and perhaps unused, too.
            return [suppression._replace(is_certain=False) for suppression in suppressions]
        covered = _with_commands(_lines(document, start, covered), commands)
        try:
            suppressions += [s._replace(span=(start, end), lines=covered) for s in _of_comment(linter, content)]
        except ConfigError as error:
            problems.append(Problem("invalid-suppression", start, end, parameters={"found": str(error)}))
    return suppressions


def _comments(document: Document, *, has_commands: bool) -> Iterator[tuple[int, int, str | None]]:
    """Yield `(start, end, text)` for each comment `# sm-lint: text`; the text is None if no more of them are read."""
    if document.syntax == PYTHON:
        yield from _of_code(document)
    elif document.syntax == SCRIPT:
        yield from _of_script(document)
    else:
        from sm_lint.sources.yaml.comments import comments

        of_yaml = comments(document.text)
        yield from merge(of_yaml, _of_script(document), key=itemgetter(0)) if has_commands else of_yaml


def _of_script(document: Document) -> Iterator[tuple[int, int, str]]:
    from sm_lint.sources.shell.comments import comments

    return comments(document.name, document.text)


def _commands(document: Document) -> list[range]:
    """Return the lines of each command in a document that is linted, in order; a line may be in two of them."""
    from sm_lint.sources.shell.comments import stretches

    return [
        range(document.position(start).line, document.position(end).line + 1)
        for start, end in stretches(document.name, document.text)
    ]


def _of_code(document: Document) -> Iterator[tuple[int, int, str]]:
    from sm_lint.sources.code_places import place_of
    from sm_lint.sources.python.code import Code
    from sm_lint.sources.python.comments import comments

    if isinstance(document.value, Code):
        place = place_of(document, document.value)
        for start, end, content in comments(document.value.text):
            where = place(start, end)
            yield where.start.offset, where.end.offset, content


def _too_late() -> str:
    from sm_lint.sources.yaml.comments import MAX_SCALARS

    return _TOO_LATE.format(MAX_SCALARS)


def _of_comment(linter: Linter, content: str) -> list[Suppression]:
    """Return the suppressions in the text of a comment, without their place. Raises ConfigError if it is invalid."""
    match = _COMMENT.fullmatch(content)
    if not match:
        raise ConfigError(f"expected `{_FORM}`")
    selectors = [part.strip() for part in match["codes"].split(",") if part.strip()]
    if not selectors:
        raise ConfigError("expected a rule in the brackets, found none")
    if match["until"] and not is_date(match["until"]):
        raise ConfigError(f"invalid date {match['until']}; write it as YYYY-MM-DD, for example 2027-01-31")
    if linter.settings.require_reason and not match["reason"]:
        raise ConfigError("missing reason; `require-reason` is set")
    reason = match["reason"] or None
    return [
        Suppression(
            prefix=prefix_of(selector, linter.ruleset, "ignore"),
            selector=selector,
            where="this comment",
            span=(0, 0),
            lines=None,
            pointer=None,
            reason=reason,
            expires=match["until"],
            is_certain=True,
        )
        for selector in selectors
    ]


def _lines(document: Document, start: int, before: range) -> range:
    """Return the lines that a comment covers: its own and, if it stands alone, the next one that is not a comment.

    `before` are those of the comment before it: if this one is among them, both end with the same line.
    """
    line = last = document.position(start).line
    if line in before:
        return range(line, before.stop)
    while _COMMENT_LINE[document.syntax].match(document.text, *document.line_range(last)) and last < len(
        document.line_starts
    ):
        last += 1
    return range(line, last + 1)


def _with_commands(covered: range, commands: list[range]) -> range:
    """Return the lines that a comment covers with those of the commands that have its first or its last one.

    No comment can stand within a command: the lines that a backslash joins are one.
    """
    first, last = covered.start, covered.stop - 1
    at = bisect_left(commands, first, key=lambda lines: lines.stop - 1)
    if at < len(commands) and commands[at].start <= first:
        first = commands[at].start
    at = bisect_right(commands, last, key=lambda lines: lines.start) - 1
    return range(first, max(covered.stop, commands[at].stop if at >= 0 else 0))


def of_settings(document: Document, linter: Linter) -> Iterator[Suppression]:
    """Yield the suppressions of a document in the configuration."""
    listed = linter.settings.per_file_ignores
    globs = tuple(dict.fromkeys((ignore.glob, ignore.folder) for ignore in listed))
    matched = set(matching(document.name, globs)) if globs else set()
    for ignore in listed:
        if (ignore.glob, ignore.folder) in matched:
            yield Suppression(
                prefix=ignore.prefix,
                selector=ignore.selector,
                where=ignore.where,
                span=(0, 0),
                lines=None,
                pointer=ignore.pointer,
                reason=ignore.reason,
                expires=ignore.expires,
                is_certain=os.path.join(ignore.folder, os.path.normpath(ignore.glob)) == os.path.abspath(document.name),
            )
