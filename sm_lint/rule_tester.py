"""A strict tester of rule files: each stands on its own cases, and no other rule has a say in them."""

import os
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sm_lint import cases, fixes, folding, own_rules, rules
from sm_lint.config import ConfigError
from sm_lint.diagnostic import Diagnostic
from sm_lint.folding import RuleError, RuleFile
from sm_lint.rules import as_tuple
from sm_lint.schema import FOLDED, substituted

_FACTS = {
    "value", "member", "object", "length", "limit", "allowed", "nearest", "found", "date",
    "source", "kind", "quoted", "word", "anchor",
}  # fmt: skip
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


class Outcome(NamedTuple):
    """What came out of a test of rule files."""

    rules: int
    cases: int
    mistakes: list[str]
    """A line each: file, place in it, what is wrong."""


def test(paths: list[str]) -> Outcome:
    """Test rule files, and those in folders, beside all built-in rules that are not among them.

    Raises ConfigError where a path does not exist or holds no rule file.
    """
    names = [name for path in paths for name in own_rules.files(path)]
    tested: list[RuleFile] = []
    mistakes: list[str] = []
    for name in dict.fromkeys(names):
        try:
            tested.append(folding.read(name))
        except RuleError as error:
            mistakes.append(str(error))
    real = {os.path.realpath(name) for name in names}
    built_in = [folding.load(path) for path in rules.files() if os.path.realpath(path) not in real]
    document, tested = _folded(built_in, tested, mistakes)
    with substituted(**{FOLDED: document}):
        for file in tested:
            mistakes += (f"{file.path}: {mistake}" for mistake in _mistakes(file.table))
    count = sum(len(file.table["invalid"]) + len(file.table["valid"]) for file in tested)
    return Outcome(len(tested), count, mistakes)


def _folded(
    built_in: list[RuleFile], tested: list[RuleFile], mistakes: list[str]
) -> tuple[dict[str, Any], list[RuleFile]]:
    """Fold all rules; a tested one whose code or name is taken is left out and reported."""
    try:
        return folding.fold(folding.shapes(), [*built_in, *tested]), tested
    except RuleError as error:
        mistakes.append(str(error))
        return _folded(built_in, [file for file in tested if not str(error).startswith(f"{file.path}: ")], mistakes)


def _mistakes(rule: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the texts and cases of a rule."""
    yield from _unknown_placeholders(rule)
    seen: dict[str, str] = {}
    helped = fixed = False
    for kind in ("invalid", "valid"):
        for number, case in enumerate(rule[kind]):
            place = f"{kind}[{number}]"
            same = str({key: case.get(key) for key in ("payload", "encoding", "padding", "syntax", "config")})
            if same in seen:
                yield f"{place}: the same payload as {seen[same]}"
            seen.setdefault(same, place)
            try:
                found = cases.lint(case, extend_select=(rule["code"],))
            except (LookupError, UnicodeError) as error:
                yield f"{place}.encoding: {error}"
                continue
            except ConfigError as error:
                yield f"{place}.{error}"
                continue
            helped = helped or any(diagnostic.help for diagnostic in found)
            fixed = fixed or any(diagnostic.fix for diagnostic in found)
            mistakes = _mistakes_of_invalid(rule, case, found) if kind == "invalid" else map(_reported, found)
            yield from (f"{place}: {mistake}" for mistake in mistakes)
    if not helped:
        yield "help: no case shows it: a placeholder in it has no value"
    if "fix" in rule and not fixed:
        yield "fix: no case shows it"


def _reported(diagnostic: Diagnostic) -> str:
    return f"it is reported by {diagnostic.code} at {diagnostic.pointer!r}: {diagnostic.message}"


def _unknown_placeholders(rule: dict[str, Any]) -> Iterator[str]:
    if "check" in rule:  # a check has facts of its own
        return
    for key in ("message", "help"):
        for template in as_tuple(rule[key]):
            for name in _PLACEHOLDER.findall(template):
                if name not in _FACTS:
                    yield f"{key}: there is no placeholder {{{name}}}; there are {', '.join(sorted(_FACTS))}"


def _mistakes_of_invalid(rule: dict[str, Any], case: dict[str, Any], found: list[Diagnostic]) -> Iterator[str]:
    own = [diagnostic for diagnostic in found if diagnostic.code == rule["code"]]
    without = cases.lint(case, ignore=(rule["code"],))
    others = [*without, *(diagnostic for diagnostic in found if diagnostic not in own)]
    for diagnostic in dict.fromkeys(others):
        yield _reported(diagnostic)
    if not own:
        yield "this rule does not report it"
        return
    for key in ("pointer", "inner_pointer"):
        wrong = {getattr(diagnostic, key) for diagnostic in own} - {case.get(key)}
        if wrong:
            yield f"{key}: it is reported at {' and '.join(map(repr, sorted(map(str, wrong))))}, not {case.get(key)!r}"
    if not any(case.get("message", "") in diagnostic.message for diagnostic in own):
        yield f"message: {case['message']!r} is no part of {own[0].message!r}"
    for diagnostic in own:
        if diagnostic.message == rule["summary"] and rule["summary"] not in as_tuple(rule["message"]):
            yield "message: none of its texts has a value for each of its placeholders"
        for text in (diagnostic.message, diagnostic.help or ""):
            left = _PLACEHOLDER.search(text)
            if left and left[0] not in case.get("payload", ""):
                yield f"{text!r}: {left[0]} is left unfilled"
        yield from _mistakes_of_fix(case, diagnostic)


def _mistakes_of_fix(case: dict[str, Any], diagnostic: Diagnostic) -> Iterator[str]:
    if diagnostic.fix is None:
        return
    text = cases.read(case).text
    after = fixes.applied(text, diagnostic.fix.edits)
    if after == text:
        yield "fix: it changes nothing"
        return
    left = cases.lint({**case, "payload": after}, extend_select=(diagnostic.code,))
    same = (diagnostic.code, diagnostic.pointer, diagnostic.inner_pointer)
    if same in [(other.code, other.pointer, other.inner_pointer) for other in left]:
        yield f"fix: the finding is still there after it: {after.strip()}"
