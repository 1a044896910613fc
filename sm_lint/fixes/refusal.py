"""The reason why fixes are not applied: what they would leave, or bring."""

from collections import Counter
from collections.abc import Iterable, Sequence
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


def is_readable(read: Document) -> bool:
    """Return whether other readers take a text too."""
    return read.value is not UNREAD and not any(problem.kind in UNPARSED for problem in read.problems)


def refusal(
    read: Document, known: Iterable[Known], chosen: Sequence[Diagnostic], after: Document, found: Sequence[Known]
) -> str | None:
    """Return why the fixes of `chosen`, which make `after` of `read`, are refused; None if they are not.

    `known` are the findings in `read`, `found` those in `after`. A fix must remove its finding, and it must not bring
    an error. A warning that comes does not refuse it: it waited for what was wrong before it. Only where an unsafe fix
    writes what was probably meant, a warning about that refuses the fix, too.
    """
    known, fixed = list(known), {d.code for d in chosen}
    left = Counter(of.code for of in known)
    left.subtract(Counter(d.code for d in chosen))
    # Problems of the text always count: renaming may have caused a repeated key.
    of_text, unread = {(problem.start, problem.end) for problem in after.problems}, set(read.unknown)
    codes = Counter(
        of.code
        for of in found
        if (of.code in fixed or of.severity is Severity.ERROR)
        and ((of.start, of.end) in of_text or _was_seen(read.value, unread, of.steps))
    )
    more = sorted(code for code, count in codes.items() if count > left[code])
    guessed = {_written(read, d) for d in chosen if d.fix and d.fix.safety == "unsafe"}
    before = {(of.code, of.steps) for of in known} if guessed else set()
    more += [
        of.code
        for of in found
        if of.steps in guessed and of.severity is not Severity.INFO and (of.code, of.steps) not in before
    ]
    if not more:
        return None
    return "the finding would stay" if more[0] in fixed else f"it would bring {more[0]}"


def _was_seen(value: Any, unread: set[Pointer], steps: tuple[str, ...]) -> bool:
    """Return whether findings at a place were looked for: it is not below a wrong name, nor in what was not read."""
    if value is UNREAD:
        return False
    pointer, exists = resolved(value, steps)
    return exists and not is_under(pointer, unread)


def _written(read: Document, diagnostic: Diagnostic) -> tuple[str, ...]:
    """Return the steps of the place that a fix writes."""
    name = new_name(read, diagnostic)
    steps = steps_of(diagnostic.pointer)
    return (*steps[:-1], name[1]) if name else steps
