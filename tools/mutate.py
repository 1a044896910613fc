"""Write docs/mutation.md: which mutants of rules/ and schemas/ the cases notice, and why the others go unnoticed.

usage: python -m tools.mutate          (exit 1 if a mutant goes unnoticed without a reason in REASONS)
"""

import re
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sm_lint.run import cases
from sm_lint.run.session import Session
from tests.support import card_cases, schema_cases
from tools.mutations import CARD, Mutant, Subjects, mutants, session_of, subjects

TARGET = Path(__file__).parent.parent / "docs" / "mutation.md"

REASONS: dict[str, str] = {
    r": when required without (?!ModelPackageName|ModelPackageGroupName)": (
        "The condition is about the same member, so an absent member has no finding anyway; `required` is for "
        "the reader"
    ),
    r"^SM204: when properties/Tags/type gone": "A value that is not a list has a finding for its type already",
    r"^SM208: then .*/SupportedTransformInstanceTypes/minItems 0": "The shape rejects an empty list already",
    r"^SM237: then pattern without \^": "The pattern of the API model holds the beginning of the ARN",
    r"^SM327: when contains/type gone": (
        "A value that is not an object has a finding for its type, so no case of it can be valid"
    ),
    r"^SM119: when not/pattern without": "The other pattern is about the whole text",
    r"^SM(409|413|416): .*pattern without \^": "What a URL inside of a key has, the key has, too",
    r"^SM423: when .*required without ValidationProfiles": "The shape requires it anyway",
    r"^SM234: when not gone": "A name beside a group has a finding already",
    r"^SM\d+: without (member|shape)$": "`shape` and `member` select the same places today; either would be enough",
    r"^(EntityName|ArnOrName): minLength 0": "The pattern rejects the empty string, too",
    r"^EnvironmentMap: maxProperties": "A rule is stricter: the API reference documents 16 entries",
    r"^(MaxPayloadInMB|TransformInstanceCount): maximum": "A rule is stricter: the API reference documents 100",
    r"^\w+Key: type gone": "Keys are strings in JSON and in YAML",
    r"^TransformEnvironmentKey: maxLength": "The pattern limits the length, too",
    r"^x-NewerInstanceType: not/.* without \^": "An instance type can contain its family at one place only",
    r"^model card: .*/type gone": "A value of another type is not in the enum either",
    r": then .*not/type gone|^SM515: .*/type gone": "A value that is not a string has a finding for its type already",
    r"^SM216: when required|^SM23[34]: (without )?when": (
        "A request with both names or with none has a finding already, so no case without this condition can be valid"
    ),
    r"^SM41[34]: when properties/S3DataType/const gone": (
        "A folder with Gzip, or without a slash at its end, has another finding already"
    ),
    r"^(ContainerImage|Url|S3ModelUri|HubContentVersion): pattern": "More specific rules report the same strings",
    r"^SM804: with values/\d+ gone .\"ModelPackageVal": "SM805 checks the same values; a role has no region",
    r"^(Image|Content)Digest: maxLength": "The pattern accepts only one length",
}
"""Why mutants go unnoticed, by a regular expression that their names match."""


class _Case(NamedTuple):
    """A case of a rule file, and what a run reports for it."""

    code: str
    table: dict[str, Any]
    outcome: object


class Judge:
    """All cases and their outcomes, to find out whether one of them notices a mutant."""

    def __init__(self) -> None:
        self.subjects: Subjects = subjects()
        self.card_cases = list(card_cases.cases())
        session = Session()
        self.cases = [
            _Case(rule["code"], case, _outcome(rule["code"], case, session))
            for _, rule in self.subjects.files
            for case in (*rule["invalid"], *rule["valid"])
        ]

    def notices(self, mutant: Mutant) -> bool:
        """Return whether a case has another outcome with the mutant than without."""
        try:
            return any(self._differences(mutant, session_of(mutant, self.subjects)))
        except (KeyError, ValueError, TypeError):  # the rules cannot be loaded, which every case notices
            return True

    def _differences(self, mutant: Mutant, session: Session) -> Iterator[bool]:
        """Yield for each case whether its outcome differs, first for those that concern the mutated rule or shape."""
        category = "SM7" if mutant.subject == CARD else mutant.subject
        near = [case for case in self.cases if case.code.startswith(category)]
        yield from (_outcome(case.code, case.table, session) != case.outcome for case in near)
        if mutant.subject == CARD:
            yield from (not card_cases.holds(case, session) for case in self.card_cases)
        elif mutant.subject in schema_cases.routes():
            yield from (not schema_cases.holds(case, session) for case in schema_cases.cases_of(mutant.subject, 1))
        others = (case for case in self.cases if case not in near)
        yield from (_outcome(case.code, case.table, session) != case.outcome for case in others)


def _outcome(code: str, case: dict[str, Any], session: Session) -> object:
    """Return what the tests of the rules compare: codes, pointers, severities, and whether the message is right."""
    found = cases.lint(case, session, extend_select=(code,))
    has_message = (
        not found or "message" not in case or any(case["message"] in diagnostic.message for diagnostic in found)
    )
    return {(d.code, d.pointer, d.inner_pointer, d.severity) for d in found}, has_message


@cache
def _judge() -> Judge:
    return Judge()


def _notices(mutant: Mutant) -> bool:
    return _judge().notices(mutant)


def reason(name: str) -> str | None:
    """Return why a mutant goes unnoticed; None if no reason is known."""
    return next((why for pattern, why in REASONS.items() if re.search(pattern, name)), None)


def kind(mutant: Mutant) -> str:
    """Return what a mutant changes."""
    if mutant.subject == CARD:
        return "the schema of the model card"
    return "the shapes of the API" if mutant.subject in schema_cases.SHAPES else "rules"


def text(survivors: list[Mutant]) -> str:
    """Return the page as Markdown."""
    lines = [
        "# Mutation test",
        "",
        "Each constraint in `rules/` and `schemas/` is shifted, weakened or taken away, one at a time, and so is each",
        "rule; then the cases of the rules and those made from the schemas must notice. `make mutation` runs the test",
        "and writes this page. What goes unnoticed is listed with the reason.",
    ]
    by_reason: dict[str, list[str]] = {}
    for mutant in survivors:
        by_reason.setdefault(reason(mutant.name) or "No reason is known", []).append(mutant.name)
    for why, names in by_reason.items():
        lines += ["", f"{why}:", "", *(f"- `{name}`" for name in names)]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Test all mutants, write the page, and return the exit status."""
    every = list(mutants(subjects()))
    with ProcessPoolExecutor() as pool:
        noticed = pool.map(_notices, every, chunksize=16)
        survivors = [mutant for mutant, is_noticed in zip(every, noticed, strict=True) if not is_noticed]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text(survivors), encoding="utf-8")
    unexplained = [mutant.name for mutant in survivors if reason(mutant.name) is None]
    for name in unexplained:
        print(f"unnoticed, and no reason is known: {name}", file=sys.stderr)
    print(f"wrote {TARGET}: {len(every) - len(survivors):,} of {len(every):,} mutants are noticed")
    return 1 if unexplained else 0


if __name__ == "__main__":
    raise SystemExit(main())
