"""Suppression of findings, and the findings about unused, expired and invalid suppressions.

There are three ways to suppress: a comment in YAML or code, `per-file-ignores` in the configuration, and a baseline. A
suppression needs the rule and the place of a finding, not its words, which are made for what is reported.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from sm_lint.engine.diagnose import json_pointers
from sm_lint.engine.finding import Finding
from sm_lint.engine.linter import Linter
from sm_lint.model.pointer import resolved, to_json_pointer
from sm_lint.model.severity import Severity
from sm_lint.model.suppressed import StaleEntry
from sm_lint.requests.marks import may_hold_others
from sm_lint.requests.request import Request
from sm_lint.sources.document import Document
from sm_lint.sources.reading import UNREAD, Problem
from sm_lint.suppression.baseline import Baselines, Key, key_of, stale_entries
from sm_lint.suppression.covering import Covering
from sm_lint.suppression.suppressions import Suppression, of_comments, of_settings

_OWN = "SM9"
IN_BASELINE = "in the baseline"
"""Why a finding that the baseline has is suppressed."""


class SuppressedFinding(NamedTuple):
    """A finding that is not reported, and why."""

    finding: Finding
    in_source: bool
    """Whether a comment in the file suppresses it, not the configuration or the baseline."""
    reason: str | None
    """The reason that the suppression states, if any."""


class Outcome(NamedTuple):
    """What became of the findings in a document, and of the entries of the baseline for it."""

    reported: list[Finding]
    """Sorted by position, with those about suppressions."""
    suppressed: list[SuppressedFinding]
    stale: tuple[StaleEntry, ...]


class Linted(NamedTuple):
    """What was found in a document."""

    document: Document
    requests: Sequence[Request]
    """The requests in it."""
    findings: list[Finding]
    is_whole: bool = True
    """Whether these are all findings, of which only so many are looked for."""


def suppress(linted: Linted, linter: Linter, baselines: Baselines) -> Outcome:
    """Return which of the findings in a document are reported, and which are suppressed.

    If there are more findings, no entry of the baseline is called stale. If not all requests in the document were
    looked for, no suppression is called unused either. Raises ConfigError if the baseline cannot be read.
    """
    document, requests, found, is_whole = linted
    problems: list[Problem] = []
    path = linter.settings.baseline
    has_commands = any(request.profile.carrier == "command" for request in requests)
    of_file = of_comments(document, linter, problems, has_commands=has_commands)
    listed = [*of_file, *of_settings(document, linter)]
    if not _is_linted(document, requests, linter):
        is_whole = False
        listed = [suppression._replace(is_certain=False) for suppression in listed]
    covering = Covering([s for s in listed if not is_over(s)])
    kept, suppressed = apply(found, covering)
    known = baselines.entries(path, document.name) if path else {}
    kept, old, gone = _known(kept, known)
    stale: tuple[StaleEntry, ...] = ()
    # Of a text that has errors of its own, some findings may not be seen.
    if path and is_whole and not (document.value is UNREAD or document.problems or document.unknown):
        ran = ran_with(linter)
        stale = stale_entries(path, document.name, known, {key: n for key, n in gone.items() if ran(key.code)})
    about, ignored = of_suppressions(document, linter, listed, covering, problems)
    around = _around_comments(requests)
    about = [finding._replace(request=around) for finding in about]
    ordered = sorted([*kept, *about], key=lambda f: (f.span.start.offset, f.code))
    return Outcome(ordered, [*suppressed, *old, *ignored], stale)


def _is_linted(document: Document, requests: Sequence[Request], linter: Linter) -> bool:
    """Return whether all requests that a document may have were looked for, and it is not refused as having none."""
    is_refused = any(request.refusal for request in requests)
    wanted = linter.settings.carriers
    return not (is_refused or (wanted and may_hold_others(document.data, wanted)))


def _around_comments(requests: Sequence[Request]) -> Request | None:
    """Return the request in whose syntax the comments of a document are: the first that is not in a string of it."""
    return next((r for r in requests if not (r.document.outer and r.document.outer.pointer is not None)), None)


def of_suppressions(
    document: Document,
    linter: Linter,
    listed: Iterable[Suppression],
    covering: Covering,
    problems: Iterable[Problem] = (),
) -> tuple[list[Finding], list[SuppressedFinding]]:
    """Return the findings about the suppressions of a document: those to report, and those that are suppressed.

    `listed` are all of the suppressions, also those that have expired; `covering` has the others, and was asked about
    each finding. `problems` are those of the comments.
    """
    found = [*problems, *(_expired(document, s) for s in listed if is_over(s))]
    if document.value is not UNREAD:
        ran = ran_with(linter)
        unused = [s for number, s in enumerate(covering.active) if number not in covering.used and s.is_certain]
        found += [_problem(document, s) for s in unused if ran(s.prefix)]
    in_settings = Covering([s for s in covering.active if s.lines is None])
    return apply(linter.find_problems(document, found), in_settings)


def is_over(suppression: Suppression) -> bool:
    """Return whether a suppression has expired. The date is that of UTC, so that all places have the same result."""
    if suppression.expires is None:
        return False
    from datetime import datetime, timezone

    return suppression.expires < datetime.now(timezone.utc).date().isoformat()


def apply(found: Iterable[Finding], covering: Covering) -> tuple[list[Finding], list[SuppressedFinding]]:
    """Return the findings that no suppression covers, and the suppressed ones."""
    kept, suppressed = [], []
    for finding in found:
        first = covering.first(finding)
        if first:
            suppressed.append(SuppressedFinding(finding, first.lines is not None, first.reason))
        else:
            kept.append(finding)
    return kept, suppressed


def _known(
    found: list[Finding], known: dict[Key, int]
) -> tuple[list[Finding], list[SuppressedFinding], dict[Key, int]]:
    """Return the findings that are not in the baseline, those that are, and how many of the baseline are gone, by key.

    If there are more at one place than in the baseline, all of them are reported: it is unknown which one is new.
    """
    if not known:
        return found, [], {}
    left = dict(known)
    keys = [key_of(finding.code, *json_pointers(finding)) for finding in found]
    for key in keys:
        if key in left:
            left[key] -= 1
    kept, old = [], []
    for finding, key in zip(found, keys, strict=True):
        if left.get(key, -1) >= 0:
            old.append(SuppressedFinding(finding, in_source=False, reason=IN_BASELINE))
        else:
            kept.append(finding)
    return kept, old, {key: number for key, number in left.items() if number > 0}


def _problem(document: Document, suppression: Suppression) -> Problem:
    """Return the problem of a suppression that is not needed."""
    pointer = suppression.pointer or ()
    place = () if "*" in pointer else pointer
    offsets = _offsets(document, place) if place else suppression.span
    return _unused(offsets, place, suppression.where, suppression.selector, suppression.expires)


def _expired(document: Document, suppression: Suppression) -> Problem:
    """Return the problem of a suppression that has expired. It says which place it was for, as it names it."""
    unused = _problem(document, suppression)
    place = f"line {suppression.lines[-1]}" if suppression.lines else to_json_pointer(suppression.pointer or ())
    parameters = {**unused.parameters, "value": place or "the whole file"}
    return unused._replace(kind="expired-suppression", parameters=parameters)


def _unused(
    offsets: tuple[int, int], pointer: tuple[str, ...], where: str, selector: str, expires: str | None
) -> Problem:
    shown = to_json_pointer(pointer) or "the file"
    parameters = {"found": where, "member": selector, "value": shown}
    return Problem("unused-suppression", *offsets, pointer, parameters | ({"date": expires} if expires else {}))


def _offsets(document: Document, steps: tuple[str, ...]) -> tuple[int, int]:
    span = document.locate(resolved(document.value, steps)[0])
    return span.start.offset, span.end.offset


def ran_with(linter: Linter) -> Callable[[str], bool]:
    """Return `ran(prefix)`: whether all rules of a code prefix ran.

    A suppression may be needed for a rule that did not run. Rules that do not report by default count only if `prefix`
    is their whole code.
    """

    @cache  # a baseline may have many entries of a rule
    def ran(prefix: str) -> bool:
        return not prefix.startswith(_OWN) and all(
            code in linter.selected
            for code, (_, severity) in linter.ruleset.catalog.items()
            if code.startswith(prefix) and (code == prefix or severity != Severity.INFO.value)
        )

    return ran
