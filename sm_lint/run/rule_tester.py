"""Strict tests of rule files: a rule must report its invalid cases only, and no other rule may report any of them."""

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sm_lint.config.once import once
from sm_lint.config.rule_files import rule_files
from sm_lint.engine.signatures import signatures
from sm_lint.fixes import apply
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.rule import Rule, as_tuple
from sm_lint.model.settings import ConfigError
from sm_lint.rules.bases import bases_in
from sm_lint.rules.custom import errors_of_names
from sm_lint.rules.fold import fold
from sm_lint.rules.rule_file import RuleError, RuleFile, built_in_files, is_built_in, load
from sm_lint.rules.ruleset import RuleSet
from sm_lint.rules.shapes import shapes
from sm_lint.rules.valid_rule_file import read
from sm_lint.run import cases
from sm_lint.run.rule_lines import with_lines
from sm_lint.run.session import Session

PLACEHOLDERS = {
    "value", "member", "object", "length", "limit", "allowed", "nearest", "found", "date",
    "source", "kind", "quoted", "word", "anchor", "family", "least", "most", "optional", "members",
    "moved", "home", "present", "dumped", "required", "refused", "empty", "option", "cli",
}  # fmt: skip
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_TEMPLATES = ("message", "help")
_BRACES = re.compile(r"\{([^{}\s`]*)\}")
_FEW = 10
"""The number of findings of one case whose fixes are tried: each takes a run."""


class Outcome(NamedTuple):
    """The result of a test of rule files."""

    rules: int
    cases: int
    errors: list[str]
    """One line per error: the file, the line if it can be told, the key, and the error."""


def test_rule_files(paths: list[str]) -> Outcome:
    """Test rule files, and those below folders, together with the built-in rules that are not among them.

    Raises ConfigError if a path does not exist or has no rule file.
    """
    names = rule_files(paths)
    tested: list[RuleFile] = []
    errors: list[str] = []
    bases_of = once(bases_in)
    for name in names:
        try:
            tested.append(read(name, signatures(), bases_of))
        except RuleError as error:
            errors += [*error.errors, *_errors_of_texts(name)]
    real = {os.path.realpath(name) for name in names}
    built_in = [load(path) for path in built_in_files() if os.path.realpath(path) not in real]
    folded, tested = _folded(built_in, tested, errors)
    custom = [file for file in tested if not is_built_in(file.path)]
    codes = {file.table["code"] for file in custom}
    errors += errors_of_names(custom, {c: of for c, of in folded["x-sm-lint"]["rules"].items() if c not in codes})
    session = Session(RuleSet(folded, tables={file.table["code"]: file.table for file in tested}))
    for file in tested:
        rule = session.linters.built_in.rule(file.table["code"])
        errors += (f"{file.path}: {error}" for error in _errors(rule, session))
    count = sum(len(file.table["invalid"]) + len(file.table["valid"]) for file in tested)
    return Outcome(len(tested), count, with_lines(errors, names))


def _folded(
    built_in: list[RuleFile], tested: list[RuleFile], errors: list[str]
) -> tuple[dict[str, Any], list[RuleFile]]:
    """Return the folded schema of all rules, and the tested rules in it.

    A tested rule that conflicts with another one is left out, and reported in `errors`.
    """
    try:
        return fold(shapes(), [*built_in, *tested], signatures()), tested
    except RuleError as error:
        errors.append(str(error))
        return _folded(built_in, [file for file in tested if not str(error).startswith(f"{file.path}: ")], errors)


def _errors_of_texts(path: str) -> list[str]:
    """Return the errors in the texts of a rule file that is not valid, so that they are told with the others."""
    try:
        table = load(path).table
    except RuleError:  # told already
        return []
    texts = {key: tuple(text for text in as_tuple(table.get(key)) if isinstance(text, str)) for key in _TEMPLATES}
    return [f"{path}: {error}" for error in _unknown_placeholders(texts, is_check="check" in table)]


def _errors(rule: Rule, session: Session) -> Iterator[str]:
    """Yield the errors in the texts and cases of a rule."""
    texts = {"message": rule.message, "help": rule.help}
    yield from _unknown_placeholders(texts, is_check="check" in rule.condition)
    seen: dict[str, str] = {}
    own: list[Diagnostic] = []
    for kind, listed in (("invalid", rule.invalid), ("valid", rule.valid)):
        for number, case in enumerate(listed):
            place = f"{kind}[{number}]"
            same = str({key: case.get(key) for key in ("payload", "encoding", "padding", "syntax", "config")})
            if same in seen:
                yield f"{place}: duplicate payload, the same as in {seen[same]}"
            seen.setdefault(same, place)
            try:
                found = cases.lint(case, session, extend_select=(rule.code,))
            except ConfigError as error:
                yield f"{place}.{error}"
                continue
            own += (diagnostic for diagnostic in found if diagnostic.code == rule.code)
            wrong = _errors_of_invalid(rule, case, found, session) if kind == "invalid" else map(_reported, found)
            yield from (f"{place}: {error}" for error in wrong)
    if rule.help and own and not any(diagnostic.help for diagnostic in own):
        yield "help: shown by no case: a placeholder in it has no value"
    if rule.fix and not any(diagnostic.fix for diagnostic in own):
        yield "fix: shown by no case; add an [[invalid]] case that it fixes"


def _reported(diagnostic: Diagnostic) -> str:
    return f"unexpected finding of {diagnostic.code} at {diagnostic.pointer!r}: {diagnostic.message}"


def _unknown_placeholders(texts: Mapping[str, tuple[str, ...]], *, is_check: bool) -> Iterator[str]:
    """Yield the errors in the placeholders of texts by key. Each check has its own placeholders."""
    for key, templates in texts.items():
        for name in (name for template in templates for name in _BRACES.findall(template)):
            if is_check and not name.isidentifier():
                yield f"{key}: expected the name of a placeholder in braces, found {{{name}}}"
            elif not is_check and name not in PLACEHOLDERS:
                yield f"{key}: unknown placeholder {{{name}}}; available: {', '.join(sorted(PLACEHOLDERS))}"


def _errors_of_invalid(rule: Rule, case: dict[str, Any], found: list[Diagnostic], session: Session) -> Iterator[str]:
    own = [diagnostic for diagnostic in found if diagnostic.code == rule.code]
    without = cases.lint(case, session, ignore=(rule.code,))
    others = [*without, *(diagnostic for diagnostic in found if diagnostic not in own)]
    for diagnostic in dict.fromkeys(others):
        yield _reported(diagnostic)
    if not own:
        yield "expected a finding of this rule, found none"
        return
    for key in ("pointer", "inner_pointer"):
        wrong = {getattr(diagnostic, key) for diagnostic in own} - {case.get(key)}
        if wrong:
            yield f"{key}: expected {case.get(key)!r}, found {' and '.join(map(repr, sorted(map(str, wrong))))}"
    if not any(case.get("message", "") in diagnostic.message for diagnostic in own):
        yield f"message: expected {case['message']!r} in {own[0].message!r}"
    for diagnostic in own:
        if diagnostic.message == rule.summary and rule.summary not in rule.message:
            yield "message: each of its texts has a placeholder without a value"
        for text in (diagnostic.message, diagnostic.help or ""):
            left = _PLACEHOLDER.search(text)
            if left and left[0] not in case.get("payload", ""):
                yield f"unfilled placeholder {left[0]} in {text!r}"
    for diagnostic in own[:_FEW]:
        yield from _errors_of_fix(case, diagnostic, own, session)


def _errors_of_fix(
    case: dict[str, Any], diagnostic: Diagnostic, own: list[Diagnostic], session: Session
) -> Iterator[str]:
    if diagnostic.fix is None:
        return
    text = cases.read(case).text
    after = apply.applied(text, diagnostic.fix.edits)
    if after == text:
        yield "fix: changes nothing"
        return
    fixed = {key: value for key, value in case.items() if key != "encoding"}  # which may lack a new character
    left = cases.lint({**fixed, "payload": after}, session, extend_select=(diagnostic.code,))
    before, since = (sum(_place(other) == _place(diagnostic) for other in found) for found in (own, left))
    if since >= before:
        yield f"fix: does not remove the finding; the result is: {after.strip()}"


def _place(diagnostic: Diagnostic) -> tuple[str, str, str | None]:
    return diagnostic.code, diagnostic.pointer, diagnostic.inner_pointer
