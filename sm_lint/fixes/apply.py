"""Application of fixes to a document, in passes until nothing more can be fixed.

A fix is applied if the text can be read afterwards, its finding is gone and no error has come. To know that, the text
is linted again, which is the cost of a fix: the work for a document has a limit. A report offers those fixes that the
first pass applies, so it goes through the same pass.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from sm_lint.fixes.compatible import compatible, new_name, renamer
from sm_lint.fixes.refusal import UNPARSED, Judged, Known, guesses, is_readable, readability, refusal
from sm_lint.model.diagnostic import Diagnostic, Edit, Fix
from sm_lint.sources import document
from sm_lint.sources.document import Document
from sm_lint.sources.limits import MAX_BYTES

MAX_PASSES = 20
"""The maximum number of passes. A fix may reveal a finding that the next pass fixes; in a request, this soon ends."""
MAX_TRIALS = 50
"""The maximum number of attempts per pass to find the fixes that work. Fixes not tried by then are not applied."""
MAX_WORK = 1.0
"""The work after which no further attempt is made, in all passes over a document together. An attempt with a text as
long as a file may be is 1, and so is one with MAX_FINDINGS."""
MAX_FINDINGS = 10_000
"""The maximum number of findings of a document. One with more is not fixed: each attempt would take too long."""

Refused = dict[Fix, str]
"""Fixes that are not applied, and why."""
UNREADABLE, BROKEN = "the text could not be read even then", "the text could not be read afterwards"
UNTRIED = "too many fixes of this file were tried before"
_SYNTAX, _NAMES, _SAFE, _UNSAFE = range(4)
"""The order in which fixes are tried: those of its syntax make a text readable, those of names show what they hid."""


class Linted(Protocol):
    """What was found in a document."""

    def known(self) -> Sequence[Known]:
        """Return all findings."""

    def fixable(self) -> Iterable[Diagnostic]:
        """Return the diagnostics that may have a fix."""


AnyLinted = TypeVar("AnyLinted", bound=Linted)


def fixed(
    read: Document, linted: AnyLinted, lint: Callable[[Document], AnyLinted], *, unsafe: bool
) -> tuple[Document, AnyLinted, int, Refused]:
    """Apply the safe fixes for what was found in a document, with `unsafe` all fixes.

    `lint` returns what is found in another document. Return the fixed document, what is found in it, the number of
    findings that were fixed, and the fixes of those left with the reasons why they are not applied.
    """
    count, work, refused = 0, MAX_WORK, Refused()
    for _ in range(MAX_PASSES):
        trials = _Trials(read, linted, lint, work)
        first, later = _wanted(read, linted, linted.fixable(), unsafe=unsafe)
        chosen = trials.of(first) or trials.of(later)
        refused = trials.refused
        if not chosen:
            break
        count, read, linted, work = count + len(chosen), trials.after, trials.left, trials.work
    return read, linted, count, refused


def offered(
    read: Document, linted: AnyLinted, lint: Callable[[Document], AnyLinted], fixable: Iterable[Diagnostic]
) -> set[Fix]:
    """Return the fixes that `fixed` would apply with `unsafe`: in its first pass, or once the way is free.

    `fixable` are the diagnostics that `linted` returns as such, which a report has already.
    """
    first, later = _wanted(read, linted, fixable, unsafe=True)
    trials = _Trials(read, linted, lint, MAX_WORK)
    chosen = trials.of(first)
    place_of = renamer(read)
    names = {place_of(diagnostic) for diagnostic in chosen} - {None}
    free = [diagnostic for diagnostic in later if place_of(diagnostic) not in names]
    chosen += _Trials(read, linted, lint, trials.work).of(free)
    return {diagnostic.fix for diagnostic in chosen if diagnostic.fix}


def working(
    read: Document, linted: AnyLinted, wanted: Iterable[Diagnostic], lint: Callable[[Document], AnyLinted]
) -> list[Diagnostic]:
    """Return those of the `wanted` findings whose fixes work without others, except for corrections of the syntax.

    `lint` is as in `fixed`.
    """
    syntax = [] if is_readable(read) else [d for d in linted.fixable() if d.fix and _turn(d) == _SYNTAX]

    def works(diagnostic: Diagnostic) -> bool:
        others = [other for other in syntax if other.fix != diagnostic.fix]
        return diagnostic in _Trials(read, linted, lint, MAX_WORK).of(sorted([*others, diagnostic], key=_turn))

    return [diagnostic for diagnostic in wanted if diagnostic.fix and works(diagnostic)]


def _wanted(
    read: Document, linted: Linted, fixable: Iterable[Diagnostic], *, unsafe: bool
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Return the findings whose fixes are wanted and can be applied together, and those with fixes in their way."""
    if len(linted.known()) > MAX_FINDINGS:
        return [], []
    wanted = sorted((d for d in fixable if is_wanted(d, unsafe=unsafe)), key=_turn)
    first = compatible(read, wanted)
    together = {diagnostic.fix for diagnostic in first}
    return first, [diagnostic for diagnostic in wanted if diagnostic.fix not in together]


def is_wanted(diagnostic: Diagnostic, *, unsafe: bool) -> bool:
    """Return whether a diagnostic has a safe fix, with `unsafe` any fix."""
    return diagnostic.fix is not None and (unsafe or diagnostic.fix.safety == "safe")


def _turn(diagnostic: Diagnostic) -> int:
    if diagnostic.name in UNPARSED:
        return _SYNTAX
    if not is_wanted(diagnostic, unsafe=False):
        return _UNSAFE
    return _SAFE if new_name(diagnostic) is None else _NAMES


class _Trials(Generic[AnyLinted]):
    """Attempts to apply fixes to a document."""

    def __init__(self, read: Document, linted: AnyLinted, lint: Callable[[Document], AnyLinted], work: float) -> None:
        self._read, self._lint = read, lint
        self._in_parts = any(of.document.part is not None for of in linted.known())
        self._readability = readability(read, in_parts=self._in_parts)
        self.work = work
        """The work that is left."""
        self.after, self.left = read, linted
        """The document after the fixes that work together, and what is found in it."""
        self.refused = Refused()

    def of(self, wanted: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return the findings whose fixes work together. Those that do not are found by bisection."""
        chosen: list[Diagnostic] = []
        pending = [(at, list(part)) for at, part in groupby(compatible(self._read, wanted), _turn)][::-1]
        for _ in range(MAX_TRIALS):
            if not pending or self.work <= 0:
                break
            at, part = pending.pop()
            reason = self._tried(chosen, part, at)
            if reason is None:
                chosen += part
            elif len(part) > 1 and at != _SYNTAX and reason != UNREADABLE:
                half = len(part) // 2
                pending += [(at, part[half:]), (at, part[:half])]
            else:
                self._refuse(part, reason)
        self._refuse((diagnostic for _, part in pending for diagnostic in part), UNTRIED)
        return chosen

    def _tried(self, chosen: list[Diagnostic], part: list[Diagnostic], turn: int) -> str | None:
        """Apply the fixes of `chosen`, which work, and of `part`. Return why `part` is refused; None if it works."""
        if turn != _SYNTAX and not (self._in_parts or is_readable(self.after)):
            return UNREADABLE
        after = _after(self._read, [*chosen, *part])
        found = self._lint(after) if self._is_intact(after) else None
        known = found.known() if found else ()
        self.work -= len(after.text) / MAX_BYTES[after.syntax] + len(known) / MAX_FINDINGS
        if found is None:
            return BROKEN
        before, guessed = Judged(self.after, self.left.known()), guesses(part)
        reason = refusal(before, Judged(after, known), (d.code for d in part), guessed, of_names=turn == _NAMES)
        if reason is None:
            self.after, self.left = after, found
        return reason

    def _is_intact(self, after: Document) -> bool:
        """Return whether other readers take a text; of several documents in it, those that they took before."""
        wanted = self._readability if self._in_parts else [True]
        return readability(after, in_parts=self._in_parts) == wanted

    def _refuse(self, diagnostics: Iterable[Diagnostic], reason: str) -> None:
        self.refused |= {diagnostic.fix: reason for diagnostic in diagnostics if diagnostic.fix}


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` after edits, which must not overlap."""
    parts = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.range.start.offset, e.range.end.offset)):
        parts += [text[at : edit.range.start.offset], edit.text]
        at = edit.range.end.offset
    return "".join([*parts, text[at:]])


def _after(read: Document, chosen: Iterable[Diagnostic]) -> Document:
    text = applied(read.text, (edit for d in chosen if d.fix for edit in d.fix.edits))
    mark = b"\xef\xbb\xbf" if read.has_bom else b""
    return document.read(read.name, mark + text.encode(), read.syntax, read.placeholders)
