"""Markdown for reviewers: comments in pull requests, and the summary of a step in GitHub Actions.

A table of the findings, then what `full` says of each, folded, by file. What may come from a payload never becomes
markup: a text is made of plain words, and whatever else is in it stands in code spans, where markup, HTML, links, emoji
and mentions of people have no meaning. https://github.github.com/gfm/#code-spans
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple, TypeVar
from urllib.parse import quote

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.escape import one_line
from sm_lint.model.report import Report
from sm_lint.model.severity import Severity
from sm_lint.model.span import SourceText
from sm_lint.model.words import counted
from sm_lint.output.full import plain_frame
from sm_lint.output.paths import relative
from sm_lint.output.summary import sentence

_Item = TypeVar("_Item")
_ICONS = {"error": "❌", "warning": "⚠️", "info": "ℹ️"}  # noqa: RUF001 - the sign for information
_HEAD = "| Severity | Rule | Place | Message |\n| --- | --- | --- | --- |\n"
_PLAIN = re.compile(r"\(?(?![a-f]{7})(?:[A-Za-z]+(?:[-'][A-Za-z]+)*|\d{1,3}(?:,\d{3})?)?\)?[.,;:?]?")
"""Matches a word, or a short number, with what stands around it in a sentence; not what may be the name of a commit."""
_BAR = "\\|"
_IN_ADDRESS = "/:?#=&%~+,;@"


class _Limit(NamedTuple):
    """How much GitHub takes of a text."""

    size: int
    """The number of bytes that are used. Some are left for what the user adds."""
    words: str


_COMMENT = _Limit(64_000, "65,536 characters of a comment")
_SUMMARY = _Limit(1_000_000, "1 MiB of the summary of a step")
"""https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits"""
_LONGEST = 1000
"""The number of code points of a text that are shown."""
_LITTLE = 2000
"""The number of bytes of what is neither a finding nor a failure."""


class _Shown(NamedTuple):
    """A diagnostic in Markdown."""

    path: str
    row: str
    details: str
    size: int
    """The number of bytes that it takes, with those of its file if it is the first one there."""


def render(report: Report, *, quiet: bool = False, roots: Sequence[str] = (), summary: bool = False) -> str:
    """Return the report as GitHub Flavored Markdown, the most severe findings first.

    It is cut to what GitHub takes of a comment, or of the `summary` of a step: at whole findings, and it says how many
    more there are. `quiet` leaves out what is no finding. Paths are relative to the repository, which has `roots`.
    """
    limit = _SUMMARY if summary else _COMMENT
    failures = _failures(report, limit.size // 4)
    shown = list(_within(limit.size - _size(failures) - _LITTLE, _shown(report, roots), lambda one: one.size))
    parts = [f"{_text(sentence(report))}\n"] if not quiet else []
    parts += [failures, _HEAD + "".join(one.row for one in shown) if shown else ""]
    if more := len(report.diagnostics) - len(shown):
        parts.append(f"No room here for {counted(more, 'more finding')}: GitHub takes {limit.words}.\n")
    by_file = groupby(sorted(shown, key=lambda one: one.path), key=lambda one: one.path)
    parts += (_folded(path, [one.details for one in found]) for path, found in by_file)
    text = "\n".join(filter(None, parts))
    return f"### sm-lint\n\n{text}" if text else ""


def _within(room: int, items: Iterable[_Item], size: Callable[[_Item], int]) -> Iterator[_Item]:
    """Yield the first items, as many as there is room for."""
    for item in items:
        room -= size(item)
        if room < 0:
            return
        yield item


def _size(text: str) -> int:
    return len(text.encode(errors="replace"))


def _failures(report: Report, room: int) -> str:
    """Return the error messages as a list, as many as there is room for."""
    shown = list(_within(room, (f"- Failed: {_text(failure)}\n" for failure in report.failures), _size))
    more = len(report.failures) - len(shown)
    return "".join(shown) + (f"- Failed: {more:,} more\n" if more else "")


def _shown(report: Report, roots: Sequence[str]) -> Iterator[_Shown]:
    """Yield the diagnostics in Markdown, the most severe first. Each is made when it is asked for."""
    paths: dict[str, str] = {}
    for diagnostic in (d for severity in Severity for d in report.diagnostics if d.severity is severity):
        file = diagnostic.file
        size = 0
        if file not in paths:
            paths[file] = _line(relative(file, roots))
            size = _size(_folded(paths[file], []))
        row, details = _row(diagnostic, paths[file]), _details(diagnostic, report.documents[file])
        yield _Shown(paths[file], row, details, size + _size(row) + _size(details) + 1)


def _row(diagnostic: Diagnostic, path: str) -> str:
    """Return the row of the table. There, a bar is escaped in code spans, too."""
    severity, (line, column, _) = diagnostic.severity.value, diagnostic.range.start
    cells = (
        f"{_ICONS[severity]} {severity}",
        f"{_linked(diagnostic, _code(diagnostic.code))} {_text(diagnostic.name)}",
        _code(f"{path}:{line}:{column}"),
        _text(diagnostic.message),
    )
    return f"| {' | '.join(cell.replace('|', _BAR) for cell in cells)} |\n"


def _details(diagnostic: Diagnostic, document: SourceText) -> str:
    """Return the message, the frame and the notes. No line of a frame ends the fence: a bar is before its text."""
    line, column, _ = diagnostic.range.start
    severity = diagnostic.severity.value
    message = f"**{severity}** {_code(diagnostic.code)} at `{line}:{column}`: {_text(diagnostic.message)}\n"
    frame = plain_frame(diagnostic.range, document)
    notes = "".join(f"- {label}: {text}\n" for label, text in _notes(diagnostic))
    return "\n".join(filter(None, (message, f"```text\n{frame}```\n" if frame else "", notes)))


def _notes(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    """Yield what is said below the frame, each with its label."""
    if diagnostic.pointer or diagnostic.inner_pointer:
        inner = f", in its JSON at {_code(_line(diagnostic.inner_pointer))}" if diagnostic.inner_pointer else ""
        yield "at", f"{_code(_line(diagnostic.pointer))}{inner}"
    for place in diagnostic.related:
        yield "note", f"{_text(place.message)}, at `{place.range.start.line}:{place.range.start.column}`"
    if diagnostic.help:
        yield "help", _text(diagnostic.help)
    if diagnostic.fix:
        option = "--fix" if diagnostic.fix.safety == "safe" else "--fix --unsafe-fixes"
        yield "fix", f"{_text(diagnostic.fix.message)} (`{option}`)"
    if diagnostic.not_fixed:
        yield "not fixed", _text(diagnostic.not_fixed)
    yield "more", _linked(diagnostic, _code(f"sm-lint rule {diagnostic.code}"))


def _linked(diagnostic: Diagnostic, text: str) -> str:
    """Return a text as a link to the page of the rule, if there is one."""
    if not (diagnostic.url and diagnostic.url.startswith(("https://", "http://"))):
        return text
    return f"[{text}]({quote(diagnostic.url, _IN_ADDRESS, errors='replace')})"


def _folded(path: str, details: list[str]) -> str:
    """Return the details of the findings in a file, folded. Up to an empty line, a tag is followed by HTML alone."""
    summary = f"<summary><code>{escape(path)}</code>: {counted(len(details), 'finding')}</summary>"
    return "\n".join([f"<details>\n{summary}\n", *details, "</details>\n"])


def _line(text: str) -> str:
    """Return a text in one line, safe to print. Of a long one the middle is left out: no finding fills all there is."""
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}"


def _text(text: str) -> str:
    """Return a text in one line: its plain words, and code spans of what is in backticks and of everything else."""
    parts = _line(" ".join(text.splitlines())).split("`")
    if len(parts) % 2 == 0:  # the last backtick has no partner
        parts[-2:] = ["`".join(parts[-2:])]
    written = (_code(part) if number % 2 else _words(part) for number, part in enumerate(parts))
    return "".join(written).replace("``", "` `")  # no code span has a backtick in it


def _words(text: str) -> str:
    runs = groupby(text.split(" "), key=lambda word: bool(_PLAIN.fullmatch(word)))
    return " ".join(" ".join(words) if is_plain else _odd(" ".join(words)) for is_plain, words in runs)


def _odd(text: str) -> str:
    """Return what is no plain word as a code span, without the punctuation of the sentence around it."""
    start = "(" if text.startswith("(") else ""
    rest = text.removeprefix(start)
    stem = rest.rstrip(".,;:?" if "(" in rest else ".,;:?)")
    return f"{start}{_code(stem)}{rest[len(stem) :]}" if stem else _code(text)


def _code(text: str) -> str:
    """Return a line as a code span, its backticks as escapes."""
    span = text.replace("`", r"\x60")
    room = " " if span.startswith(" ") or span.endswith(" ") else ""  # one space at each end does not count
    return f"`{room}{span}{room}`" if span else ""
