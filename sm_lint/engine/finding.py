"""A finding without words, the rules that are looked for, and the findings about a text itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sm_lint.checks import Match
from sm_lint.model.pointer import Pointer, is_under
from sm_lint.model.settings import Settings
from sm_lint.model.severity import Severity
from sm_lint.model.span import Span
from sm_lint.requests.request import Profile, Request
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.violation import Violation
from sm_lint.sources.document import Document, Place
from sm_lint.sources.reading import OF_CARRIERS, UNREAD, Problem


class Finding(NamedTuple):
    """A rule, a place and a cause. The message is made later, and only for findings that are reported."""

    code: str
    document: Document
    """The document that has the text: the file, or one inside it."""
    pointer: Pointer
    """The pointer in the document."""
    place: Place
    cause: Violation | Match | Problem
    others: tuple[Span, ...] = ()
    """The spans of the aliases through which the same value is used."""
    request: Request | None = None
    """The request that it is in; None for a problem of the text."""

    @property
    def span(self) -> Span:
        """The span to report: where the value is written, or the alias if it is wrong only there."""
        return self.place.alias or self.place.written

    @property
    def in_file(self) -> tuple[Pointer, Pointer | None]:
        """The pointer in the file, and that in the JSON of the string there, if the finding is inside one."""
        pointer, inner = self.document.of_file(self.pointer)
        of_match = self.cause.inner if isinstance(self.cause, Match) else None
        return pointer, of_match.pointer if inner is None and of_match else inner

    @property
    def holder(self) -> Span | None:
        """The span of the key of the string that has the JSON with the finding: a comment may be there, not in it."""
        if self.document.outer and self.document.outer.holder:
            return self.document.outer.holder()
        is_inside = isinstance(self.cause, Match) and self.cause.inner
        return self.document.place(self.pointer, key=True).written if is_inside else None


class Rules(NamedTuple):
    """A rule set and settings, prepared for diagnosing requests."""

    ruleset: RuleSet
    settings: Settings
    selected: Mapping[str, Severity]
    """The severity of each rule that reports, by code."""
    matches: Callable[[Any, str | None], Iterator[tuple[str, Match]]]
    """Returns the matches of the checks for a value, each with the code of a rule, as `Finder.matches` does."""
    advice: bool
    """Whether a rule of default severity info reports."""
    documentation: str | None
    """The base URL of the documentation, with a trailing slash, if it is known."""

    def of_profile(self, profile: Profile) -> "Rules":
        """Return those of the rules that apply to requests in a carrier."""
        if not profile.off:
            return self
        off = tuple(profile.off)
        return self._replace(selected={code: of for code, of in self.selected.items() if not code.startswith(off)})


def of_problems(document: Document, rules: Rules, problems: Iterable[Problem]) -> list[Finding]:
    """Return the findings for problems in a text or in its suppressions."""
    return [
        Finding(code, document, problem.pointer, Place(document.span(problem.start, problem.end), None), problem)
        for problem in problems
        if (code := rules.ruleset.problems[problem.kind]) in rules.selected
    ]


def of_texts(document: Document, requests: Sequence[Request], rules: Rules) -> list[Finding]:
    """Return the findings for problems in the text of a document, and of those inside it that have requests.

    Of a carrier, what is wrong with single values counts only in its requests. They may be in its strings. Of a file of
    several documents, only those that have requests count.
    """
    by_document: dict[int, tuple[Document, list[Request]]] = {}
    if not any(request.document.part is not None for request in requests):
        by_document[id(document)] = document, []
    for request in requests:
        by_document.setdefault(id(request.document), (request.document, []))[1].append(request)
    found: list[Finding] = []
    for of, its in by_document.values():
        bases = {request.base for request in its}
        is_carrier = bool(requests) or of.value is not UNREAD
        problems = [p for p in of.problems if not (is_carrier and p.kind in OF_CARRIERS) or is_under(p.pointer, bases)]
        first = next(iter(its or requests), None)
        if first:
            found += [f._replace(request=first) for f in of_problems(of, rules.of_profile(first.profile), problems)]
        else:
            found += of_problems(of, rules, problems)
    return found
