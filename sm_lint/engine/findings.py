"""Findings in a request that is not clean: the rules that it breaks, and where."""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import islice, pairwise
from typing import Any

from sm_lint.checks import Match
from sm_lint.engine.certainty import Certainty
from sm_lint.engine.finding import Finding, Rules, of_problems
from sm_lint.engine.precedence import (
    first_broken,
    members_in_doubt,
    misspelt_members,
    rejected_values,
    unusable_values,
)
from sm_lint.model.escape import as_json
from sm_lint.model.pointer import Pointer, is_under, value_at
from sm_lint.model.span import Span
from sm_lint.requests.placeholders import has_placeholder
from sm_lint.requests.request import Request
from sm_lint.requests.strict_json import Foreign
from sm_lint.requests.unknown import completed, with_stand_ins
from sm_lint.rules.around import shapes_along
from sm_lint.rules.message import last_name, member_of
from sm_lint.rules.misplaced import joined
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.violation import Violation, is_about_presence
from sm_lint.sources.document import Document, Place
from sm_lint.sources.limits import MAX_FINDINGS
from sm_lint.sources.literal import literal
from sm_lint.sources.reading import UNREAD, Problem

# The weight of each restriction of a rule. Of the rules that explain a violation, the heaviest is the most specific.
_NARROWS = {"shape": 4, "member": 2, "when": 1}

_ABOUT_MORE = ("required", "minItems", "minProperties")
"""The keywords that further members or items can meet."""


def of_request(request: Request, rules: Rules) -> tuple[list[Finding], bool]:
    """Return the findings in a request, unsorted, and whether they are all.

    Those of its shape and those of the checks are each looked for up to MAX_FINDINGS. A request that is refused as a
    whole has only the finding that says so, beside those about its text.
    """
    rules = rules.of_profile(request.profile)
    full, foreign = completed(request, rules.settings)
    as_written = request._replace(names={})  # a carrier says itself how a name is to be written
    own = [f._replace(request=as_written) for f in of_problems(request.document, rules, request.problems)]
    if full.value is UNREAD:
        problems = [Problem(f.kind, 0, 0, request.base, {"limit": f.found}) for f in foreign]
        return own + of_problems(request.document, rules, problems), True
    findings = own + list(_of_foreign(request, rules, foreign))
    if request.refusal and not rules.settings.given:  # with `given`, the file has only the rest of a request
        return findings + of_problems(request.document, rules, [request.refusal]), True
    unread = set() if request.base or request.mounted else set(request.document.unknown)
    reported = unread | {f.pointer for f in foreign if f.kind != "lone-surrogate"}
    violations = list(islice(_violations(full, rules, reported), MAX_FINDINGS))
    refused = rejected_values(violations)
    misspelt = misspelt_members((v for v in violations if _is_renamed(v, rules)), full.value, rules.ruleset)
    certain = _without_consequences(violations, full, rules.ruleset, misspelt)
    coded = [(code, v) for v in certain if (code := rule_of(v, rules.ruleset)) in rules.selected]
    first = first_broken(coded, refused, rules.selected)
    for code, violation in joined(first, rules.ruleset, full.value):
        pointer = full.in_document(violation.pointer)
        place = full.document.place(pointer, key=violation.on_key)
        findings.append(Finding(code, full.document, pointer, place, violation, request=full))
    altered = {f.pointer for f in foreign if f.kind == "lone-surrogate"}
    of_checks = list(islice(_of_checks(full, rules, refused, altered), MAX_FINDINGS))
    return findings + of_checks, max(len(violations), len(of_checks)) < MAX_FINDINGS


def _of_foreign(request: Request, rules: Rules, foreign: Iterable[Foreign]) -> Iterator[Finding]:
    """Yield the findings for the values and keys that JSON cannot represent."""
    document = request.document
    for f in foreign:
        code, pointer = rules.ruleset.problems[f.kind], request.in_document(f.pointer)
        if code in rules.selected:
            parameters = {"found": f.found, "member": last_name(f.pointer)}
            source = None if f.on_key else document.source(pointer)
            parameters |= {"source": source} if source else {}
            parameters |= {"quoted": as_json(source)} if source and _is_text(rules, f) else {}
            problem = Problem(f.kind, 0, 0, pointer, parameters)
            yield Finding(code, document, pointer, document.place(pointer, key=f.on_key), problem, request=request)


def _is_text(rules: Rules, foreign: Foreign) -> bool:
    """Return whether the API wants a string there, or something unknown: else quotes are no help."""
    shapes = shapes_along(rules.ruleset, foreign.pointer)
    return len(shapes) <= len(foreign.pointer) or shapes[-1].get("type") == "string"


def _violations(request: Request, rules: Rules, reported: AbstractSet[Pointer]) -> Iterator[Violation]:
    """Yield the violations that hold whatever the unknown values are, except at or below the pointers `reported`."""
    ruleset, settings = rules.ruleset, rules.settings
    nothing_known = [pointer for pointer, kind in request.unknown.items() if kind is None]
    value = with_stand_ins(request.value, nothing_known)
    is_known = not (request.unknown or request.optional or request.open)
    certainty = None if is_known else Certainty(request, ruleset.meets)
    extra = frozenset(settings.extra_instance_types)
    for violation in ruleset.violations(value, advice=rules.advice):
        of_types = "x-instance-types" in violation.constraint and isinstance(violation.value, str)
        if of_types and violation.value in extra:
            continue
        if is_under(violation.pointer, reported) or _has_placeholder_in_key(violation, settings.placeholders):
            continue
        if request.document.open and _may_belong_elsewhere(violation, ruleset):
            continue
        if certainty is None or _is_certain(violation, request, certainty):
            yield violation


def _is_renamed(violation: Violation, rules: Rules) -> bool:
    """Return whether a violation is of an unknown member, for which a rule that reports may suggest another name."""
    code = rule_of(violation, rules.ruleset) if violation.keyword == "additionalProperties" else ""
    return code in rules.selected and "rename" in (rules.ruleset.words(code).fix or {})


def _without_consequences(
    violations: list[Violation], request: Request, ruleset: RuleSet, misspelt: AbstractSet[Pointer]
) -> list[Violation]:
    """Return the violations without those that may vanish when another one is mended.

    Conditions on a value that a shape rejects for its type, or for being empty, hold neither way. Neither do those on
    the presence of members that are misspelt, or of which one must go, such as `ModelPackageName` beside
    `ModelPackageGroupName`.
    """
    unusable = unusable_values(violations)
    unknown = {**request.unknown, **dict.fromkeys(unusable)}
    mended = request._replace(unknown=unknown, optional=request.optional | unusable | misspelt)
    certain = _that_hold(violations, mended, ruleset) if unusable or misspelt else violations
    in_doubt = members_in_doubt(certain, ruleset.doubtful)
    if not in_doubt:
        return certain
    return _that_hold(certain, mended._replace(optional=mended.optional | in_doubt), ruleset, ruleset.doubtful.keys())


def _that_hold(
    violations: list[Violation], request: Request, ruleset: RuleSet, causes: AbstractSet[str] = frozenset()
) -> list[Violation]:
    """Return the violations of shapes, of the rules `causes`, and those that hold whatever is unknown in a request."""
    certainty = Certainty(request, ruleset.meets)
    exempt = (None, *causes)
    present = [v for v in violations if v.keyword != "required" or (*v.pointer, v.value) not in request.optional]
    return [v for v in present if v.rule in exempt or _is_certain(v, request, certainty)]


def _is_certain(violation: Violation, request: Request, certainty: Certainty) -> bool:
    """Return whether a violation holds whatever the unknown values of a request are."""
    pointer = violation.pointer
    if violation.condition is not None:
        at = violation.at
        if certainty.condition_holds(violation.condition, value_at(request.value, at), at) is not False:
            return False
    if violation.on_key:  # a key is wrong whatever its value is, and where it may be absent, too
        is_cut = pointer in request.unknown and pointer[:-1] in request.open  # the text may end in the key
        return not (is_cut or is_under(pointer[:-1], request.unknown.keys()))
    if pointer in request.unknown:
        if violation.keyword == "type":
            return request.unknown[pointer] is not None
        return violation.keyword == "not" and is_about_presence(violation)
    if is_under(pointer, request.unknown.keys()):
        return False
    if pointer in request.open and violation.keyword in _ABOUT_MORE:
        return False
    if violation.keyword == "required":
        return (*pointer, violation.value) not in request.optional
    if violation.keyword.startswith("max") and certainty.may_lack(pointer):
        return False
    return violation.keyword != "uniqueItems" or certainty.is_known(pointer)


def _may_belong_elsewhere(violation: Violation, ruleset: RuleSet) -> bool:
    """Return whether a member of a text that lacks brackets may be one of another object."""
    if violation.keyword == "additionalProperties":
        return violation.value in ruleset.every_member
    return any(of in ruleset.maps and name in ruleset.every_member for of, name in pairwise(violation.pointer))


def _has_placeholder_in_key(violation: Violation, placeholders: tuple[str, ...]) -> bool:
    is_name = violation.on_key or violation.keyword == "additionalProperties"
    return is_name and isinstance(violation.value, str) and has_placeholder(violation.value, placeholders)


def _of_checks(
    request: Request, rules: Rules, refused: AbstractSet[tuple[Pointer, bool]], altered: AbstractSet[Pointer]
) -> Iterator[Finding]:
    """Yield the findings of the checks. At the pointers `altered`, the text is not the value that was checked."""
    place = _placer(request.document)
    for code, match in _matches(request, rules):
        if code not in rules.selected:
            continue
        # Matches on a key or inside a string are independent of whether the shape rejects the value.
        is_judged = match.on_key or match.inner or (match.pointer, False) not in refused
        if is_judged and not is_under(match.pointer, request.unknown.keys()):
            pointer = request.in_document(match.pointer)
            judged = match._replace(inner=None) if pointer in altered else match
            yield Finding(code, request.document, pointer, place(pointer, judged), judged, request=request)


def _matches(request: Request, rules: Rules) -> Iterator[tuple[str, Match]]:
    """Yield the matches that hold whatever the unknown values are, and whether or not optional ones are there."""
    value = with_stand_ins(request.value, request.unknown)
    if not request.optional:
        yield from rules.matches(value, literal(request.document, value))
        return
    certain = {
        (code, match.pointer, match.kind)
        for code, match in rules.matches(with_stand_ins(value, request.optional), None)
    }
    for code, match in rules.matches(value, None):
        if is_under(match.pointer, request.optional) or (code, match.pointer, match.kind) in certain:
            yield code, match


def _placer(document: Document) -> Callable[[Pointer, Match], Place]:
    """Return `place(pointer, match)`. The places in a string are found once for all matches in it."""

    @cache
    def inside(pointer: Pointer) -> Callable[[int, int], Span]:
        from sm_lint.sources.string_places import locator

        return locator(document, pointer)

    def place(pointer: Pointer, match: Match) -> Place:
        if match.inner is None or not document.syntax:
            return document.place(pointer, key=match.on_key)
        return Place(inside(pointer)(match.inner.start, match.inner.end), None)

    return place


def rule_of(violation: Violation, ruleset: RuleSet) -> str:
    """Return the code of the rule that explains a violation: the most specific one that fits."""
    if violation.rule:
        return violation.rule
    best, weight, member = "", -1, member_of(violation)
    for entry in ruleset.explaining(violation.keyword):
        fits = violation.shape in entry.get("shape", [violation.shape]) and member in entry.get("member", [member])
        conditions = sum(narrows for key, narrows in _NARROWS.items() if key in entry)
        if fits and conditions > weight and ("when" not in entry or ruleset.meets(violation.value, entry["when"])):
            best, weight = entry["rule"], conditions
    return best


def join_aliases(findings: Iterable[Finding]) -> list[Finding]:
    """Join equal findings at one place: a value that is wrong where it is written is also wrong through each alias."""
    groups: dict[Any, list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.place.written, _identity(finding.cause)), []).append(finding)
    found: list[Finding] = []
    for group in groups.values():
        direct = next((f for f in group if f.place.alias is None), None)
        aliases = {f.place.alias: f for f in reversed(group) if f.place.alias}
        found += [direct._replace(others=tuple(sorted(aliases)))] if direct else aliases.values()
    return found


def _identity(cause: Violation | Match | Problem) -> Any:
    """Return what equal findings at one place have in common. It refers to texts, and copies none."""
    if isinstance(cause, Violation):
        return cause.keyword, cause.value if cause.keyword == "required" else ""
    inner = cause.inner if isinstance(cause, Match) else None
    words = () if callable(cause.parameters) else cause.parameters.items()
    return inner, frozenset((name, text) for name, text in words if isinstance(text, str))
