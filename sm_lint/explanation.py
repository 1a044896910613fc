"""From what is wrong with a payload to diagnostics: which rule it breaks, where, and in which words."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from sm_lint import checks, rules
from sm_lint.checks import Match
from sm_lint.config import Settings
from sm_lint.diagnostic import Diagnostic, Fix, Pointer, Related, Severity, Span, to_json_pointer
from sm_lint.document import Document, Place
from sm_lint.escape import in_quotes, visible
from sm_lint.facts import BOUND, ORDER, as_written, facts_of, filled, last_name, member_of
from sm_lint.nearest import same
from sm_lint.placeholders import has_placeholder, without_placeholders
from sm_lint.schema import Violation, folded, meets, per_document, violations
from sm_lint.selection import advises, enabled, load
from sm_lint.strict_json import Foreign, strict, well_formed
from sm_lint.syntax import UNREAD, Problem

# Of two rules that explain a violation, the one that says more of where it stands is the more specific.
_NARROWS = {"shape": 4, "member": 2, "when": 1}


class _Finding(NamedTuple):
    """What is wrong, by which rule, where; its words are made when it is reported."""

    code: str
    pointer: Pointer
    place: Place
    cause: Violation | Match | Problem
    others: tuple[Span, ...] = ()
    """The aliases through which the same is wrong."""

    @property
    def span(self) -> Span:
        """The place to blame: what is wrong only through an alias is wrong there."""
        return self.place.alias or self.place.written


def explain(document: Document, settings: Settings, limit: int) -> tuple[list[Diagnostic], int]:
    """Return the first `limit` diagnostics of a document that is not clean, and the number of the others."""
    findings = _of_problems(document, settings, document.problems)
    if document.value is not UNREAD:
        findings += _findings(document, settings)
    # A value without text has no anchors, and nothing in it has a place to be told by.
    distinct = set_of(findings) if document.syntax else findings
    ordered = sorted(distinct, key=lambda f: (f.span.start.offset, f.code, f.span.end.offset))
    diagnostics = [_diagnostic(document, settings, finding) for finding in ordered[:limit]]
    return diagnostics, len(ordered) - len(diagnostics)


def of_problems(document: Document, settings: Settings, problems: Iterable[Problem]) -> list[Diagnostic]:
    """Return the diagnostics of problems that something else than a rule's condition has found."""
    return [_diagnostic(document, settings, finding) for finding in _of_problems(document, settings, problems)]


def _of_problems(document: Document, settings: Settings, problems: Iterable[Problem]) -> list[_Finding]:
    return [
        _Finding(code, problem.pointer, Place(document.span(problem.start, problem.end), None), problem)
        for problem in problems
        for code in [_rule_of_problem(problem)]
        if enabled(settings, code)
    ]


def set_of(findings: Iterable[_Finding]) -> list[_Finding]:
    """Join what is the same at one place: a value that is wrong where it is written is so through each alias, too."""
    groups: dict[Any, list[_Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.place.written, _identity(finding.cause)), []).append(finding)
    joined: list[_Finding] = []
    for group in groups.values():
        direct = next((f for f in group if f.place.alias is None), None)
        aliases = {f.place.alias: f for f in reversed(group) if f.place.alias}
        joined += [direct._replace(others=tuple(sorted(aliases)))] if direct else aliases.values()
    return joined


def _identity(cause: Violation | Match | Problem) -> tuple[str, str]:
    if not isinstance(cause, Violation):
        return str(cause.inner) if isinstance(cause, Match) else "", str(cause.facts)
    return cause.keyword, str(cause.value) if cause.keyword == "required" else ""


def _rule_of_problem(problem: Problem) -> str:
    code: str = folded()["x-sm-lint"]["problems"][problem.kind]
    return code


def _findings(document: Document, settings: Settings) -> list[_Finding]:
    value = document.value
    if settings.given and isinstance(value, dict):
        # The command line supplies these: they are there, and nothing is known of their values. No condition on a
        # value of the API is met by this one.
        value = {**value, **{name: {"": 0} for name in settings.given}}
    value, foreign = strict(value)
    if value is UNREAD:
        whole = Place(document.span(0, 0), None)
        problems = [Problem(f.kind, 0, 0, (), {"limit": f.found}) for f in foreign]
        return [_Finding(code, (), whole, p) for p in problems if enabled(settings, code := _rule_of_problem(p))]
    problems = [Problem(f.kind, 0, 0, f.pointer, _facts_of_foreign(document, f)) for f in foreign]
    findings = [
        _Finding(code, f.pointer, document.place(f.pointer, key=f.on_key), problem)
        for f, problem in zip(foreign, problems, strict=True)
        for code in [_rule_of_problem(problem)]
        if enabled(settings, code)
    ]
    # Of a text with half a surrogate pair all else is judged; only its place is that of the text as it was written.
    altered = {f.pointer for f in foreign if f.kind == "lone-surrogate"}
    written = {(p[:-1], well_formed(str(p[-1]))): p[-1] for p in altered if p}
    hidden: set[Pointer] = {*document.unknown, *(f.pointer for f in foreign if f.pointer not in altered)}
    seen = list(_seen(value, settings, hidden, written))
    refused = {(violation.pointer, violation.on_key) for violation in seen if _is_own(violation)}
    found = _first_broken([(code, v) for v in seen if enabled(settings, code := _rule_of(v))], refused)
    findings += [_Finding(c, v.pointer, document.place(v.pointer, key=v.on_key), v) for c, v in found]
    given = [(name,) for name in settings.given]
    if settings.placeholders:
        value, unfilled = without_placeholders(value, settings.placeholders)
        hidden.update(unfilled)
    for code, found_match in checks.finder(settings)(value):
        match = found_match._replace(pointer=_as_in_text(found_match.pointer, written))
        if match.pointer in altered:
            match = match._replace(inner=None)
        # What stands inside a string is judged on its own, whatever its shape says of the string.
        judged = match.on_key or match.inner or (match.pointer, False) not in refused
        if judged and match.pointer[:1] not in given and not _is_under(match.pointer, hidden):
            findings.append(_Finding(code, match.pointer, _place(document, match), match))
    return findings


def _place(document: Document, match: Match) -> Place:
    if match.inner is None or not document.syntax:
        return document.place(match.pointer, key=match.on_key)
    from sm_lint import inner

    return Place(inner.locate(document, match.pointer, match.inner.start, match.inner.end), None)


def _facts_of_foreign(document: Document, foreign: Foreign) -> dict[str, str]:
    facts = {"found": foreign.found, "member": last_name(foreign.pointer)}
    source = None if foreign.on_key else document.source(foreign.pointer)
    return facts | ({"source": source, "quoted": in_quotes(source)} if source else {})


def _is_under(pointer: Pointer, routes: AbstractSet[Pointer]) -> bool:
    return bool(routes) and any(pointer[:length] in routes for length in range(len(pointer) + 1))


def _as_in_text(pointer: Pointer, written: dict[tuple[Pointer, str], str | int]) -> Pointer:
    """Return a pointer with the keys as the text has them."""
    found: Pointer = ()
    for step in pointer if written else ():
        found = (*found, written.get((found, str(step)), step))
    return found if written else pointer


def _seen(
    value: Any, settings: Settings, hidden: AbstractSet[Pointer], written: dict[tuple[Pointer, str], str | int]
) -> Iterable[Violation]:
    """List the violations, without those at or under what cannot be judged."""
    for found in violations(value, advice=advises(settings)):
        violation = found._replace(pointer=_as_in_text(found.pointer, written))
        pointer = violation.pointer
        if _is_under(pointer, hidden):
            continue
        if violation.constraint.get("x-instance-types") and violation.value in settings.extra_instance_types:
            continue
        if _is_open(violation, settings):
            continue
        if pointer and pointer[0] in settings.given:
            if len(pointer) > 1 or violation.rule is None or violation.keyword != "not":
                continue
            # A member that must not be there: the file holds only its rival, so the whole request is blamed.
            yield violation._replace(pointer=())
        else:
            yield violation


def _is_open(violation: Violation, settings: Settings) -> bool:
    """Say whether a violation is about a text that holds a placeholder, so that only presence and type are known."""
    if violation.keyword in ("type", "required") or violation.constraint[violation.keyword] == {}:
        return False
    return isinstance(violation.value, str) and has_placeholder(violation.value, settings.placeholders)


def _rule_of(violation: Violation) -> str:
    """Return the code of the rule that explains a violation: of those that fit, the most specific."""
    if violation.rule:
        return violation.rule
    best, weight, member = "", -1, member_of(violation)
    for entry in _rules_of_keyword(violation.keyword):
        fits = violation.shape in entry.get("shape", [violation.shape]) and member in entry.get("member", [member])
        conditions = sum(narrows for key, narrows in _NARROWS.items() if key in entry)
        if fits and conditions > weight and ("when" not in entry or meets(violation.value, entry["when"])):
            best, weight = entry["rule"], conditions
    return best


@per_document
def _rules_of_keyword(keyword: str) -> list[dict[str, Any]]:
    return [entry for entry in folded()["x-sm-lint"]["keywords"] if keyword in entry["keyword"]]


def _first_broken(
    found: list[tuple[str, Violation]], refused: set[tuple[Pointer, bool]]
) -> list[tuple[str, Violation]]:
    """Leave out what does not come first at its value.

    Of the constraints of a shape the first in order stands. A rule that narrows a bound stands for the shape's own;
    else a rule has nothing to say of a value that the shape has `refused`, unless it is that the value is there.
    """
    narrowed = {(v.pointer, v.keyword) for _, v in found if v.rule and ORDER.get(v.keyword) == BOUND}
    first: dict[tuple[Pointer, bool], int] = {}
    for _, violation in found:
        if _is_own(violation):
            place, order = (violation.pointer, violation.on_key), ORDER[violation.keyword]
            first[place] = min(first.get(place, order), order)

    def stands(violation: Violation) -> bool:
        place = violation.pointer, violation.on_key
        narrows = (violation.pointer, violation.keyword) in narrowed
        if _is_own(violation):
            return first[place] == ORDER[violation.keyword] and not narrows
        return place not in refused or narrows or not _is_about_value(violation)

    return [(code, violation) for code, violation in found if stands(violation)]


def _is_own(violation: Violation) -> bool:
    """Say whether it is a constraint of the shape itself on the value."""
    return violation.rule is None and violation.keyword in ORDER


def _is_about_value(violation: Violation) -> bool:
    """Say whether it is about a value, and not about a member being there, missing or unknown."""
    return violation.keyword in ORDER or (violation.keyword == "not" and violation.constraint["not"] != {})


def _diagnostic(document: Document, settings: Settings, finding: _Finding) -> Diagnostic:
    rule = _load(finding.code)
    cause = finding.cause
    facts = facts_of(cause) | as_written(document, cause) if isinstance(cause, Violation) else cause.facts
    facts = {name: fact() if callable(fact) else fact for name, fact in facts.items()}
    # An unknown key and what a reader found are raw text; facts about values are shown as JSON already.
    safe = {name: visible(str(text)) for name, text in facts.items() if text is not None}
    pointer = to_json_pointer(finding.pointer)
    related = [(text, document.span(*where)) for text, *where in getattr(cause, "related", ())]
    related += [("it is used here, through an alias", alias) for alias in finding.others]
    related += [("it is written here", finding.place.written)] if finding.place.alias else []
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=enabled(settings, finding.code) or Severity.ERROR,
        message=filled(rule.message, safe) or rule.summary,
        help=filled(rule.help, safe),
        url=rules.url(rule.code),
        file=document.name,
        pointer=pointer,
        inner_pointer=to_json_pointer(cause.inner.pointer) if isinstance(cause, Match) and cause.inner else None,
        range=finding.span,
        related=tuple(Related(text, document.name, pointer, where) for text, where in related),
        fix=_fix(document, rule, finding, facts) if rule.fix else None,
    )


def _fix(document: Document, rule: rules.Rule, finding: _Finding, facts: dict[str, Any]) -> Fix | None:
    """Return what takes a finding away, as its rule wishes."""
    from sm_lint.edits import fix_of, uncommented

    cause, known = finding.cause, dict(facts)
    if isinstance(cause, Match) and cause.inner:
        return None  # edits are made in the request, not in the JSON that one of its texts holds
    if isinstance(cause, Problem) and cause.kind == "unused-suppression":
        return uncommented(document, cause.start, cause.end, cause.facts["member"])
    if isinstance(cause, Violation):
        limit = cause.constraint[cause.keyword]
        if rule.fix and "quote" in rule.fix and limit != "string":
            return None  # what is written is no text, and none is wanted
        if cause.keyword == "maxLength" and not cause.on_key:
            known["cut"] = cause.value[:limit]
        if known.get("nearest"):
            known["exact"] = same(cause.value, limit or cause.constraint["properties"]) == known["nearest"]
    return fix_of(document, finding.pointer, rule.fix or {}, known)


_load = per_document(load)
