"""The reason why fixes are not applied: what they would leave, or bring."""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from sm_lint.fixes.compatible import new_name
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.pointer import Pointer, is_under, resolved, steps_of
from sm_lint.model.severity import Severity
from sm_lint.sources.document import Document
from sm_lint.sources.reading import UNREAD

UNPARSED = {"json-syntax", "yaml-syntax", "yaml-tab", "yaml-multiple-documents", "yaml-undefined-alias"}
"""Problems of texts that sm-lint reads with repairs, but that other readers refuse; the rules have the same names."""


class Known(NamedTuple):
    """What is known of a finding without its words."""

    code: str
    severity: Severity
    steps: tuple[str, ...]
    """The steps of its pointer."""
    start: int
    """The offset of its start, in code points."""
    end: int


class Judged(NamedTuple):
    """A document, and all that is found in it."""

    document: Document
    known: Sequence[Known]


Place = tuple[str, ...]
"""The steps of a pointer."""


def is_readable(read: Document) -> bool:
    """Return whether other readers take a text too."""
    return read.value is not UNREAD and not any(problem.kind in UNPARSED for problem in read.problems)


def refusal(
    before: Judged, after: Judged, codes: Iterable[str], guessed: AbstractSet[Place], *, of_names: bool
) -> str | None:
    """Return why the fixes that make `after` of `before` are refused; None if they are not.

    A fix must remove its finding, whose code is one of `codes`, and it must not bring an error. A warning that comes
    does not refuse it: it waited for what was wrong before it. Only a warning about one of the places `guessed`, to
    which an unsafe fix writes what is probably meant, refuses the fix too. With `of_names`, errors may come as well:
    the right name shows what the wrong one hid.
    """
    fixed = Counter(codes)
    left = Counter(of.code for of in before.known)
    left.subtract(fixed)
    # Problems of the text always count: renaming may have caused a repeated key.
    of_text = {(problem.start, problem.end) for problem in after.document.problems}
    value, unread = before.document.value, set(before.document.unknown)
    counted = Counter(
        of.code
        for of in after.known
        if (of.start, of.end) in of_text
        or (
            (of.code in fixed or (of.severity is Severity.ERROR and not of_names))
            and _was_seen(value, unread, of.steps)
        )
    )
    more = sorted(code for code, count in counted.items() if count > left[code])
    more += _about(guessed, before, after)
    if not more:
        return None
    return "the finding would stay" if more[0] in fixed else f"it would bring {more[0]}"


def _about(places: AbstractSet[Place], before: Judged, after: Judged) -> list[str]:
    """Return the codes of the errors and warnings about places that are new."""
    if not places:
        return []
    old = {(of.code, of.steps) for of in before.known}
    new = (of for of in after.known if of.steps in places and (of.code, of.steps) not in old)
    return [of.code for of in new if of.severity is not Severity.INFO]


def _was_seen(value: Any, unread: set[Pointer], steps: tuple[str, ...]) -> bool:
    """Return whether findings at a place were looked for: it is not below a wrong name, nor in what was not read."""
    if value is UNREAD:
        return False
    pointer, exists = resolved(value, steps)
    return exists and not is_under(pointer, unread)


def guesses(read: Document, chosen: Iterable[Diagnostic]) -> set[Place]:
    """Return the places to which the unsafe fixes of findings in a document write."""
    return {_written(read, diagnostic) for diagnostic in chosen if diagnostic.fix and diagnostic.fix.safety == "unsafe"}


def _written(read: Document, diagnostic: Diagnostic) -> Place:
    """Return the steps of the place that a fix writes."""
    name = new_name(read, diagnostic)
    steps = steps_of(diagnostic.pointer)
    return (*steps[:-1], name[1]) if name else steps
