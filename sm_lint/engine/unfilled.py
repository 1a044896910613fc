"""The advice for a value that is still a template: that the key `placeholders` of the configuration exists."""

import re
from typing import Any

from sm_lint.checks import Match
from sm_lint.engine.finding import Finding
from sm_lint.model.pointer import value_at
from sm_lint.requests.placeholders import has_placeholder
from sm_lint.rules.violation import Violation, is_about_presence
from sm_lint.sources.document import Document
from sm_lint.sources.reading import Problem

_FORMS = {"${*}": r"\$\{[^{}\r\n]*\}", "{{*}}": r"\{\{[^{}\r\n]*\}\}", "<*>": r"<[A-Za-z][^<>\r\n]*>"}
"""What people leave to be filled in, as the key `placeholders` states it."""
_SYNTAX = ("json-syntax", "yaml-syntax", "yaml-key")
_LONGEST = 1000
"""The number of characters of a value that are looked at."""
_AROUND = 100
"""The number of characters before and after a syntax error that are looked at."""


def advice(document: Document, finding: Finding, placeholders: tuple[str, ...]) -> str | None:
    """Return the advice to set `placeholders` for a finding on a value that they would cover; None for any other."""
    text, is_bare = _text(document, finding)
    if not text or has_placeholder(text, placeholders):
        return None
    form = next((form for form, pattern in _FORMS.items() if form[0] in text and re.search(pattern, text)), None)
    if form is None:
        return None
    how = "write it without quotes and " if not is_bare and _is_of_type(finding) else ""
    how = how or ("put it in quotes and " if is_bare and document.syntax == "yaml" else "")
    return (
        f'If this is filled in before the request is sent, {how}set `placeholders = ["{form}"]` in the configuration.'
    )


def _text(document: Document, finding: Finding) -> tuple[str, bool]:
    """Return the text that a finding is about, and whether it is one without quotes, which cannot be read."""
    cause = finding.cause
    if isinstance(cause, Problem):
        return (_around(document.text, cause.start), True) if cause.kind in _SYNTAX else ("", False)
    value = cause.value if isinstance(cause, Violation) else _value(document, finding)
    if not isinstance(value, str):
        return "", False
    if isinstance(cause, Match):
        return (_around(value, cause.inner.start), False) if cause.inner else (value[:_LONGEST], False)
    is_value = cause.keyword == "additionalProperties" or not is_about_presence(cause)
    is_covered = not _is_of_type(finding) or (document.syntax == "json" and _is_whole(value))
    return (value[:_LONGEST] if is_value and is_covered else ""), False


def _is_of_type(finding: Finding) -> bool:
    return isinstance(finding.cause, Violation) and finding.cause.keyword == "type"


def _is_whole(text: str) -> bool:
    return any(re.fullmatch(pattern, text[:_LONGEST]) for pattern in _FORMS.values())


def _value(document: Document, finding: Finding) -> Any:
    """Return the value that a check has found, or the key."""
    if isinstance(finding.cause, Match) and finding.cause.on_key:
        return finding.pointer[-1]
    try:
        return value_at(document.value, finding.pointer)
    except (LookupError, TypeError):
        return None


def _around(text: str, at: int) -> str:
    """Return the placeholder in a text that has the character at an offset; the empty text if there is none."""
    start = max(0, at - _AROUND)
    window = text[start : at + _AROUND]
    matches = (match for pattern in _FORMS.values() for match in re.finditer(pattern, window))
    return next((match[0] for match in matches if match.start() <= at - start < match.end()), "")
