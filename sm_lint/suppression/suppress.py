"""Suppression of diagnostics, and the diagnostics about unused, expired and invalid suppressions.

There are three ways to suppress: a comment in YAML, `per-file-ignores` in the configuration, and a baseline. All are
applied to the finished diagnostics, so a suppression that suppresses nothing is noticed, and reported.
"""

import os
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sm_lint.config.dates import is_date
from sm_lint.config.globs import matched_by
from sm_lint.config.selectors import prefix_of
from sm_lint.engine.linter import Linter
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.pointer import resolved, steps_of, to_json_pointer
from sm_lint.model.settings import ConfigError
from sm_lint.model.severity import Severity
from sm_lint.model.span import FILE_START, Span
from sm_lint.model.suppressed import Suppressed
from sm_lint.sources.document import Document
from sm_lint.sources.reading import MARK, UNREAD, Problem
from sm_lint.suppression.baseline import Baselines, Key, key_of

_OWN = "SM9"
_COMMENT = re.compile(
    r"ignore\[(?P<codes>[^\[\]]*)\](?:[ \t]+until[ \t]+(?P<until>[^\s:]+))?[ \t]*(?::[ \t]*(?P<reason>.*))?"
)
_FORM = f"# {MARK} ignore[CODE] until YYYY-MM-DD: reason"


class Suppression(NamedTuple):
    """One selector of rules, suppressed at one place."""

    prefix: str
    selector: str
    """The selector as written."""
    lines: range | None
    """The lines that a comment covers; None if the suppression is not a comment."""
    pointer: tuple[str, ...] | None
    """The steps of the pointer to the one value, `*` for any step; None for the whole file."""
    reason: str | None
    expires: str | None
    problem: Problem
    """The place and the message parameters of a diagnostic about the suppression."""
    is_certain: bool
    """Whether it applies to this file only, so that it is unused if it suppresses nothing here."""


def suppress(
    document: Document, found: list[Diagnostic], linter: Linter, baselines: Baselines
) -> tuple[list[Diagnostic], list[Suppressed]]:
    """Return the diagnostics to report, including those about suppressions, and the suppressed ones.

    Raises ConfigError if the baseline cannot be read.
    """
    problems: list[Problem] = []
    path = linter.settings.baseline
    listed = [*_comments(document, linter, problems), *_ignores(document, linter)]
    active = [s for s in listed if not _is_over(s)]
    problems += [s.problem._replace(kind="expired-suppression") for s in listed if _is_over(s)]
    kept, suppressed, used = _apply(found, active)
    kept, old, stale = _known(kept, baselines.entries(path, document.name) if path else {})
    if document.value is not UNREAD:
        unused = [s for number, s in enumerate(active) if number not in used and s.is_certain]
        problems += [s.problem for s in unused if _all_ran(linter, s.prefix)]
        problems += [_stale(document, key, path or "") for key in stale if _all_ran(linter, key.code)]
    about, ignored, _ = _apply(linter.explain(document, problems), [s for s in active if s.lines is None])
    ordered = sorted([*kept, *about], key=lambda d: (d.range.start.line, d.range.start.column, d.code))
    return ordered, [*suppressed, *old, *ignored]


def _is_over(suppression: Suppression) -> bool:
    """Return whether a suppression has expired. The date is that of UTC, so that all places have the same result."""
    if suppression.expires is None:
        return False
    from datetime import datetime, timezone

    return suppression.expires < datetime.now(timezone.utc).date().isoformat()


def _apply(
    found: Iterable[Diagnostic], active: list[Suppression]
) -> tuple[list[Diagnostic], list[Suppressed], set[int]]:
    """Return the diagnostics that no suppression covers, the suppressed ones, and the indices of used suppressions."""
    kept, suppressed = [], []
    used: set[int] = set()
    for diagnostic in found:
        covering = [number for number, s in enumerate(active) if _covers(s, diagnostic)]
        used.update(covering)
        if covering:
            first = active[covering[0]]
            suppressed.append(Suppressed(diagnostic, first.lines is not None, first.reason))
        else:
            kept.append(diagnostic)
    return kept, suppressed, used


def _covers(suppression: Suppression, diagnostic: Diagnostic) -> bool:
    if not diagnostic.code.startswith(suppression.prefix):
        return False
    if suppression.lines is not None:
        start, end = diagnostic.range
        last = end.line - (end.column == 1 and end.line > start.line)
        return start.line < suppression.lines.stop and suppression.lines.start <= last
    return suppression.pointer is None or _meets(suppression.pointer, diagnostic.pointer)


def _meets(pattern: tuple[str, ...], pointer: str) -> bool:
    steps = steps_of(pointer)
    return len(steps) == len(pattern) and all(want in ("*", step) for want, step in zip(pattern, steps, strict=True))


def _comments(document: Document, linter: Linter, problems: list[Problem]) -> Iterator[Suppression]:
    """Yield the suppressions in the comments of a document. Append the errors in the comments to `problems`."""
    if document.syntax != "yaml" or MARK not in document.text:
        return
    from sm_lint.sources.yaml.comments import comments

    for start, end, content in comments(document.text):
        try:
            yield from _comment(document, linter, start, end, content)
        except ConfigError as error:
            problems.append(Problem("invalid-suppression", start, end, parameters={"found": str(error)}))


def _comment(document: Document, linter: Linter, start: int, end: int, content: str) -> list[Suppression]:
    """Return the suppressions in one comment. Raises ConfigError if the comment is invalid."""
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
    return [
        Suppression(
            prefix=prefix_of(selector, linter.ruleset, "ignore"),
            selector=selector,
            lines=_lines(document, start),
            pointer=None,
            reason=match["reason"] or None,
            expires=match["until"],
            problem=_problem((start, end), (), "this comment", selector, match["until"]),
            is_certain=True,
        )
        for selector in selectors
    ]


def _lines(document: Document, start: int) -> range:
    """Return the lines that a comment covers: its own and, if it stands alone, the next one that is not a comment."""
    line = last = document.position(start).line
    while document.line(last).lstrip().startswith("#") and last < len(document.line_starts):
        last += 1
    return range(line, last + 1)


def _ignores(document: Document, linter: Linter) -> Iterator[Suppression]:
    """Yield the suppressions of a document in the configuration."""
    for ignore in linter.settings.per_file_ignores:
        if matched_by(document.name, ((ignore.glob, ignore.folder),)) is None:
            continue
        place = ignore.pointer if ignore.pointer and "*" not in ignore.pointer else ()
        span = document.locate(resolved(document.value, place)[0]) if place else FILE_START
        yield Suppression(
            prefix=ignore.prefix,
            selector=ignore.selector,
            lines=None,
            pointer=ignore.pointer,
            reason=ignore.reason,
            expires=ignore.expires,
            problem=_problem(_offsets(span), place, ignore.where, ignore.selector, ignore.expires),
            is_certain=os.path.join(ignore.folder, os.path.normpath(ignore.glob)) == os.path.abspath(document.name),
        )


def _known(found: list[Diagnostic], known: dict[Key, int]) -> tuple[list[Diagnostic], list[Suppressed], list[Key]]:
    """Return the diagnostics that are not in the baseline, those that are, and the unused keys of the baseline.

    If there are more at one place than in the baseline, all of them are reported: it is unknown which one is new.
    """
    left = dict(known)
    for diagnostic in found:
        key = key_of(diagnostic)
        if key in left:
            left[key] -= 1
    kept, old = [], []
    for diagnostic in found:
        if left.get(key_of(diagnostic), -1) >= 0:
            old.append(Suppressed(diagnostic, in_source=False, reason="in the baseline"))
        else:
            kept.append(diagnostic)
    return kept, old, [key for key, number in left.items() if number > 0]


def _stale(document: Document, key: Key, path: str) -> Problem:
    outer = key.pointer.partition("#/")[0]  # embedded JSON has the place of its string
    steps = steps_of(outer)
    span = document.locate(resolved(document.value, steps)[0])
    return _problem(_offsets(span), steps, f"the baseline {os.path.relpath(path)}", key.code, None)


def _offsets(span: Span) -> tuple[int, int]:
    return span.start.offset, span.end.offset


def _problem(
    range_: tuple[int, int], pointer: tuple[str, ...], where: str, selector: str, expires: str | None
) -> Problem:
    parameters = {"found": where, "member": selector, "value": to_json_pointer(pointer) or "the file"}
    return Problem("unused-suppression", *range_, pointer, parameters | ({"date": expires} if expires else {}))


def _all_ran(linter: Linter, prefix: str) -> bool:
    """Return whether all rules of a code prefix ran. A suppression may be needed for a rule that did not run.

    Rules that do not report by default count only if `prefix` is their whole code.
    """
    return not prefix.startswith(_OWN) and all(
        code in linter.selected
        for code, (_, severity) in linter.ruleset.catalog.items()
        if code.startswith(prefix) and (code == prefix or severity != Severity.INFO.value)
    )
