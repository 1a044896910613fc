"""The reason why fixes are not applied: what they would leave, or bring."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from sm_lint.fixes.compatible import new_name
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.pointer import is_under, resolved, steps_of
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
    document: Document
    """The document that has it: the file, or one inside it."""


class Judged(NamedTuple):
    """A document, and all that is found in it."""

    document: Document
    known: Sequence[Known]


Place = tuple[str, ...]
"""The steps of a pointer."""


def is_readable(read: Document) -> bool:
    """Return whether other readers take a text too."""
    return read.value is not UNREAD and not any(problem.kind in UNPARSED for problem in read.problems)


def readability(read: Document, *, in_parts: bool) -> list[bool]:
    """Return whether other readers take a text; with `in_parts`, for each document of a YAML file of several."""
    if not in_parts:
        return [is_readable(read)]
    from sm_lint.sources.documents import documents

    return [is_readable(document) for document in documents(read)]


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
    spans = [text.span(problem.start, problem.end) for text in _texts(after).values() for problem in text.problems]
    of_text = {(span.start.offset, span.end.offset) for span in spans}
    was_seen = _seen(before)
    counted = Counter(
        of.code
        for of in after.known
        if (of.start, of.end) in of_text
        or ((of.code in fixed or (of.severity is Severity.ERROR and not of_names)) and was_seen(of))
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
    old = Counter((of.code, of.steps) for of in before.known)
    new = Counter((of.code, of.steps) for of in after.known if of.steps in places and of.severity is not Severity.INFO)
    return [code for code, _ in new - old]


def _texts(judged: Judged) -> dict[int | None, Document]:
    """Return the file, under None, and those of its parts in which something was found, by their number."""
    return {of.document.part: of.document for of in judged.known} | {None: judged.document}


def _seen(before: Judged) -> Callable[[Known], bool]:
    """Return `seen(known)`: whether findings at a place were looked for before.

    They were not below a wrong name, nor in what was not read.
    """
    texts = _texts(before)
    unread = {part: set(text.unknown) for part, text in texts.items()}

    def seen(of: Known) -> bool:
        part = of.document.part
        if part not in texts or texts[part].value is UNREAD:
            return False
        pointer, exists = resolved(texts[part].value, of.steps)
        return exists and not is_under(pointer, unread[part])

    return seen


def guesses(chosen: Iterable[Diagnostic]) -> set[Place]:
    """Return the places to which the unsafe fixes of findings write."""
    return {_written(diagnostic) for diagnostic in chosen if diagnostic.fix and diagnostic.fix.safety == "unsafe"}


def _written(diagnostic: Diagnostic) -> Place:
    """Return the steps of the place that a fix writes."""
    name = new_name(diagnostic)
    steps = steps_of(diagnostic.pointer)
    return steps if name is None else (*steps[:-1], name)
