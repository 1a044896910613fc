"""After the engine: what the user has asked not to hear, and what of that has become needless.

Three ways lead here: a comment in YAML, `per-file-ignores` in the configuration, and a baseline. All of them act on
diagnostics that were made, so one that silences nothing is known, and is a diagnostic of its own.
"""

import os
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sm_lint.baseline import Key, entries, key_of
from sm_lint.config import ConfigError, Settings
from sm_lint.diagnostic import FILE_START, Diagnostic, Pointer, Severity, Span, to_json_pointer
from sm_lint.document import Document
from sm_lint.ignores import Ignore, is_date
from sm_lint.syntax import MARK, UNREAD, Problem

_OWN = "SM9"
_COMMENT = re.compile(
    r"ignore\[(?P<codes>[^\[\]]*)\](?:[ \t]+until[ \t]+(?P<until>[^\s:]+))?[ \t]*(?::[ \t]*(?P<reason>.*))?"
)
_FORM = f"# {MARK} ignore[CODE] until YYYY-MM-DD: reason"


class Silenced(NamedTuple):
    """A diagnostic that is not reported."""

    diagnostic: Diagnostic
    in_source: bool
    """Whether a comment in the file silences it, and not something outside."""
    reason: str | None


class Suppression(NamedTuple):
    """One selector of rules that is silent at one place."""

    prefix: str
    selector: str
    """As it is written."""
    lines: range | None
    """Those that a comment covers; None if it is none."""
    pointer: tuple[str, ...] | None
    """The one value that is meant, `*` for any step; None for the whole file."""
    reason: str | None
    expires: str | None
    problem: Problem
    """The place, and the facts, of what is to be said of it."""
    certain: bool
    """Whether it names this file and no other, so that it is needless where it silences nothing here."""


def suppress(
    document: Document, found: list[Diagnostic], settings: Settings
) -> tuple[list[Diagnostic], list[Silenced]]:
    """Return the diagnostics to report, those about suppressions among them, and those that are silenced.

    Raises ConfigError where the baseline cannot be read.
    """
    problems: list[Problem] = []
    listed = [*_comments(document, settings, problems), *_ignores(document, settings)]
    active = [s for s in listed if not _is_over(s)]
    problems += [s.problem._replace(kind="expired-suppression") for s in listed if _is_over(s)]
    kept, silenced, used = _apply(found, active)
    kept, old, stale = _known(kept, entries(settings.baseline, document.name) if settings.baseline else {})
    if document.value is not UNREAD:
        idle = [s for number, s in enumerate(active) if number not in used and s.certain]
        problems += [s.problem for s in idle if _all_enabled(settings, s.prefix)]
        problems += [_stale(document, key, settings) for key in stale if _all_enabled(settings, key.code)]
    own, hushed, _ = _apply(_diagnostics(document, settings, problems), [s for s in active if s.lines is None])
    ordered = sorted([*kept, *own], key=lambda d: (d.range.start.line, d.range.start.column, d.code))
    return ordered, [*silenced, *old, *hushed]


def _diagnostics(document: Document, settings: Settings, problems: list[Problem]) -> list[Diagnostic]:
    if not problems:
        return []
    from sm_lint.explanation import of_problems

    return of_problems(document, settings, problems)


def _is_over(suppression: Suppression) -> bool:
    """Say whether the last day of a suppression has passed, everywhere on earth the same: in UTC."""
    if suppression.expires is None:
        return False
    from datetime import datetime, timezone

    return suppression.expires < datetime.now(timezone.utc).date().isoformat()


def _apply(found: Iterable[Diagnostic], active: list[Suppression]) -> tuple[list[Diagnostic], list[Silenced], set[int]]:
    """Return the diagnostics that no suppression covers, those that one does, and the numbers of those that do."""
    kept, silenced = [], []
    used: set[int] = set()
    for diagnostic in found:
        covering = [number for number, s in enumerate(active) if _covers(s, diagnostic)]
        used.update(covering)
        if covering:
            first = active[covering[0]]
            silenced.append(Silenced(diagnostic, first.lines is not None, first.reason))
        else:
            kept.append(diagnostic)
    return kept, silenced, used


def _covers(suppression: Suppression, diagnostic: Diagnostic) -> bool:
    if not diagnostic.code.startswith(suppression.prefix):
        return False
    if suppression.lines is not None:
        start, end = diagnostic.range
        last = end.line - (end.column == 1 and end.line > start.line)
        return start.line < suppression.lines.stop and suppression.lines.start <= last
    return suppression.pointer is None or _meets(suppression.pointer, diagnostic.pointer)


def _meets(pattern: tuple[str, ...], pointer: str) -> bool:
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    return len(steps) == len(pattern) and all(want in ("*", step) for want, step in zip(pattern, steps, strict=True))


def _comments(document: Document, settings: Settings, problems: list[Problem]) -> Iterator[Suppression]:
    """Yield what the comments of a document suppress; append to `problems` what is wrong with them."""
    if document.syntax != "yaml" or MARK not in document.text:
        return
    from sm_lint.syntax.comments import comments

    for start, end, said in comments(document.text):
        try:
            yield from _comment(document, settings, start, end, said)
        except ConfigError as error:
            problems.append(Problem("invalid-suppression", start, end, facts={"found": str(error)}))


def _comment(document: Document, settings: Settings, start: int, end: int, said: str) -> list[Suppression]:
    """Return what one comment suppresses; raise ConfigError where it is wrong."""
    from sm_lint.selection import check_selector

    match = _COMMENT.fullmatch(said)
    if not match:
        raise ConfigError(f"expected {_FORM}")
    selectors = [part.strip() for part in match["codes"].split(",") if part.strip()]
    if not selectors:
        raise ConfigError("no rule is named in the brackets")
    if match["until"] and not is_date(match["until"]):
        raise ConfigError(f"{match['until']} is no date; write one as 2027-01-31")
    if settings.require_reason and not match["reason"]:
        raise ConfigError("it gives no reason, and `require-reason` is set")
    return [
        Suppression(
            prefix=check_selector(selector, "the comment"),
            selector=selector,
            lines=_lines(document, start),
            pointer=None,
            reason=match["reason"] or None,
            expires=match["until"],
            problem=_problem((start, end), (), "this comment", selector, match["until"]),
            certain=True,
        )
        for selector in selectors
    ]


def _lines(document: Document, start: int) -> range:
    """Return the lines that a comment covers: its own and, where it stands alone, the next that is no comment."""
    line = last = document.position(start).line
    while document.line(last).lstrip().startswith("#") and last < len(document.line_starts):
        last += 1
    return range(line, last + 1)


def _ignores(document: Document, settings: Settings) -> Iterator[Suppression]:
    """Yield what the configuration suppresses in a document."""
    for ignore in settings.per_file_ignores:
        if not _names(ignore, document.name):
            continue
        place = ignore.pointer if ignore.pointer and "*" not in ignore.pointer else ()
        span = document.locate(_steps(document, place)) if place else FILE_START
        yield Suppression(
            prefix=ignore.prefix,
            selector=ignore.selector,
            lines=None,
            pointer=ignore.pointer,
            reason=ignore.reason,
            expires=ignore.expires,
            problem=_problem(_offsets(span), place, ignore.where, ignore.selector, ignore.expires),
            certain=os.path.join(ignore.folder, os.path.normpath(ignore.glob)) == os.path.abspath(document.name),
        )


def _names(ignore: Ignore, name: str) -> bool:
    from sm_lint.discovery import matched_by

    return matched_by(name, ((ignore.glob, ignore.folder),)) is not None


def _steps(document: Document, steps: tuple[str, ...]) -> Pointer:
    """Return a pointer with the indices of lists as numbers, as far as the value has it."""
    value = document.value
    pointer: list[str | int] = []
    for step in steps:
        index = int(step) if isinstance(value, list) and step.isdecimal() else step
        pointer.append(index)
        try:
            value = value[index]
        except (LookupError, TypeError):
            break
    return tuple(pointer)


def _known(found: list[Diagnostic], known: dict[Key, int]) -> tuple[list[Diagnostic], list[Silenced], list[Key]]:
    """Return the diagnostics that the baseline does not have, those that it has, and its stale entries.

    Where more are found at one place than the baseline has, all are reported: nobody can tell which is new.
    """
    left = dict(known)
    for diagnostic in found:
        key = key_of(diagnostic)
        if key in left:
            left[key] -= 1
    kept, old = [], []
    for diagnostic in found:
        if left.get(key_of(diagnostic), -1) >= 0:
            old.append(Silenced(diagnostic, in_source=False, reason="in the baseline"))
        else:
            kept.append(diagnostic)
    return kept, old, [key for key, number in left.items() if number > 0]


def _stale(document: Document, key: Key, settings: Settings) -> Problem:
    outer = key.pointer.partition("#/")[0]  # what is inside a text has the text's place
    steps = tuple(step.replace("~1", "/").replace("~0", "~") for step in outer.split("/")[1:])
    span = document.locate(_steps(document, steps))
    where = os.path.relpath(settings.baseline or "")
    return _problem(_offsets(span), steps, f"the baseline {where}", key.code, None)


def _offsets(span: Span) -> tuple[int, int]:
    return span.start.offset, span.end.offset


def _problem(
    range_: tuple[int, int], pointer: tuple[str, ...], where: str, selector: str, expires: str | None
) -> Problem:
    facts = {"found": where, "member": selector, "value": to_json_pointer(pointer) or "the file"}
    return Problem("unused-suppression", *range_, pointer, facts | ({"date": expires} if expires else {}))


def _all_enabled(settings: Settings, prefix: str) -> bool:
    """Say whether all rules of a prefix have run: what silences nothing may still silence one that has not.

    A prefix stands for the rules that report by default.
    """
    from sm_lint.selection import catalogue, enabled

    return not prefix.startswith(_OWN) and all(
        enabled(settings, code)
        for code, (_, severity) in catalogue().items()
        if code.startswith(prefix) and (code == prefix or severity != Severity.INFO.value)
    )
