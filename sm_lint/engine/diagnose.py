"""Conversion of findings to diagnostics: messages from the templates of the rules, and fixes."""

from collections.abc import Mapping
from typing import Any

from sm_lint.checks import Match
from sm_lint.engine.finding import Finding, Rules
from sm_lint.engine.spelling import new_name, spelled
from sm_lint.engine.unfilled import advice
from sm_lint.model.diagnostic import Diagnostic, Fix, Related
from sm_lint.model.escape import cut, visible
from sm_lint.model.nearest import same
from sm_lint.model.pointer import Pointer, to_json_pointer
from sm_lint.model.rule import url
from sm_lint.model.words import listed
from sm_lint.requests.request import PAYLOAD, Request
from sm_lint.rules.advice import in_request
from sm_lint.rules.message import as_written, filled, parameters_of
from sm_lint.rules.shapes import jobs_of_instance_types
from sm_lint.rules.violation import Violation
from sm_lint.sources.document import Document
from sm_lint.sources.limits import OF_CODE, WORDS
from sm_lint.sources.reading import OF_VALUES, Problem


def diagnostic(rules: Rules, finding: Finding) -> Diagnostic:
    """Return the diagnostic for a finding."""
    document, request = finding.document, finding.request
    words = rules.ruleset.words(finding.code)
    parameters = _parameters(document, rules, finding)
    # Unknown keys and the parameters of problems are raw text. Parameters about values are JSON already.
    safe = {name: visible(cut(str(text))) for name, text in parameters.items() if text is not None}
    cause, (pointer, inner_pointer) = finding.cause, json_pointers(finding)

    def in_words(templates: tuple[str, ...]) -> str | None:
        text = filled(_fitting(templates, request, rules), safe)
        return spelled(text, request, rules.ruleset.every_member, _around(finding)) if text and request else text

    related = [(text, document.span(*where)) for text, *where in getattr(cause, "related", ())]
    related += [("it is used here, through an alias", alias) for alias in finding.others]
    related += [("it is written here", finding.place.written)] if finding.place.alias else []
    return Diagnostic(
        code=finding.code,
        name=rules.ruleset.catalog[finding.code][0],
        severity=rules.selected[finding.code],
        message=in_words(words.message) or words.summary,
        help=_help(document, rules, finding, in_words(words.help)),
        url=url(finding.code, rules.documentation),
        file=document.name,
        pointer=pointer,
        inner_pointer=inner_pointer,
        range=finding.span,
        related=tuple(Related(text, document.name, pointer, where) for text, where in related),
        fix=_fix(document, words.fix, finding, parameters) if words.fix and _is_edited(document, request) else None,
        carrier=request.profile.carrier if request else PAYLOAD.carrier,
    )


def _fitting(templates: tuple[str, ...], request: Request | None, rules: Rules) -> tuple[str, ...]:
    """Return those of the templates that name no member that requests in the carrier cannot have."""
    if not request or not request.profile.lacks:
        return templates
    lacking = rules.ruleset.shapes.without(request.profile.lacks)
    return tuple(text for text in templates if not any(f"`{name}`" in text for name in lacking))


def _help(document: Document, rules: Rules, finding: Finding, help_: str | None) -> str | None:
    """Return the help of a finding; on a value that is still to be filled in, with the key that says so."""
    more = advice(document, finding, rules.settings.placeholders)
    return " ".join(filter(None, (help_, more))) or None


def _around(finding: Finding) -> Pointer:
    """Return the pointer, in its request, of the object around a finding."""
    cause = finding.cause
    if isinstance(cause, Problem):  # its pointer is in the document
        return cause.pointer[len(finding.request.base) if finding.request else 0 : -1]
    return cause.pointer if getattr(cause, "keyword", "") == "required" else cause.pointer[:-1]


def _is_edited(document: Document, request: Request | None) -> bool:
    """Return whether the text of a document can be edited: data, or a command, read to its end, and not in a string.

    Of a file of several documents, those with syntax errors are left alone.
    """
    if (
        (document.syntax in OF_CODE and document.syntax != WORDS)
        or document.open
        or document.string is not None
        or (request and not request.profile.is_edited)
    ):
        return False
    return document.part is None or all(problem.kind in OF_VALUES for problem in document.problems)


def json_pointers(finding: Finding) -> tuple[str, str | None]:
    """Return the JSON pointer of a finding in its document, and that in the JSON embedded there, if it is inside it."""
    pointer, inner = finding.in_file
    return to_json_pointer(pointer), None if inner is None else to_json_pointer(inner)


def _parameters(document: Document, rules: Rules, finding: Finding) -> dict[str, Any]:
    """Return the message parameters of a finding."""
    cause = finding.cause
    if isinstance(cause, Violation):
        parameters = parameters_of(cause) | {"date": rules.ruleset.model["date"]}
        if "x-instance-types" in cause.constraint:
            parameters |= _jobs(cause.value)
        if finding.request and finding.request.profile.is_sent_by_cli:
            parameters |= {"option": "option", "cli": "aws"}
        words = rules.ruleset.words(finding.code)
        request = finding.request.value if finding.request else None
        parameters |= in_request(rules.ruleset, request, cause, parameters, words.message + words.help)
        return parameters | as_written(document, finding.pointer, cause)
    given = cause.parameters() if callable(cause.parameters) else cause.parameters
    known = {name: value() if callable(value) else value for name, value in given.items()}
    own = finding.request.settings if finding.request else {}
    if own and known.get("member", "") is None:  # what is meant is not in the request, but in a setting of its own
        known |= {"option": next(iter(own.values())).by}
    return known


def _jobs(instance_type: Any) -> dict[str, str | None]:
    """Return the message parameters for an instance type of another list: what it is for, and no nearest one."""
    jobs = jobs_of_instance_types()
    is_known = isinstance(instance_type, str) and instance_type in jobs
    return {"found": listed(jobs[instance_type], "and"), "nearest": None} if is_known else {}


def _fix(document: Document, wanted: Mapping[str, Any], finding: Finding, parameters: dict[str, Any]) -> Fix | None:
    """Return the fix of a finding, `wanted` by its rule; None if there is none."""
    from sm_lint.engine.edits import corrected, fix_of, uncommented

    cause, known = finding.cause, dict(parameters)
    if isinstance(cause, Problem) and cause.correction:
        return corrected(document, cause.correction, is_name=cause.kind == "unknown-option")
    if isinstance(cause, Match) and cause.inner:
        return None  # embedded JSON is not edited
    if isinstance(cause, Problem) and cause.kind == "not-json" and "quoted" not in parameters:
        return None
    if isinstance(cause, Problem) and cause.kind == "unused-suppression":
        member = cause.parameters.get("member")  # an entry of a baseline has none
        return uncommented(document, cause.start, cause.end, member) if member else None
    if isinstance(cause, Violation):
        limit = cause.constraint[cause.keyword]
        known["wanted"] = limit if cause.keyword == "type" else None  # quotes are about types
        if cause.keyword == "maxLength" and not cause.on_key:
            known["cut"] = cause.value[:limit]
        if known.get("nearest"):
            known["exact"] = same(cause.value, limit or cause.constraint["properties"]) == known["nearest"]
        if known.get("nearest") and cause.keyword == "additionalProperties" and finding.request:
            known["nearest"] = new_name(finding.request, cause.pointer, known["nearest"])
    return fix_of(document, finding.pointer, wanted, known)
