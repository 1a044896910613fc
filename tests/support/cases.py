"""The cases of the rule files, as tests use them."""

import json
from typing import Any, NamedTuple

import pytest

from sm_lint.model.rule import Rule
from sm_lint.model.settings import Settings
from sm_lint.run import cases
from sm_lint.sources import document
from sm_lint.sources.document import Document
from tests.support.linting import RULES, settings_of


class Case(NamedTuple):
    """One case of one rule."""

    rule: Rule
    number: int
    table: dict[str, Any]

    @property
    def data(self) -> bytes | None:
        """The bytes of the request; None for a file that cannot be opened."""
        return cases.data_of(self.table)

    @property
    def syntax(self) -> str:
        return str(self.table.get("syntax") or document.syntax_of("", self.data or b""))

    def settings(self, **changes: Any) -> Settings:
        """Return the settings of the case with those of a test."""
        return settings_of(self.table.get("config", {}))._replace(**changes)

    def read(self) -> Document:
        return cases.read(self.table)


ALL = [RULES.rule(code) for code in RULES.catalog]


def parametrize(kind: str) -> pytest.MarkDecorator:
    """Run a test for each `invalid` or `valid` case of all rules."""
    cases = [Case(rule, number, table) for rule in ALL for number, table in enumerate(getattr(rule, kind))]
    each = [pytest.param(case, marks=pytest.mark.each_case, id=f"{case.rule.code}-{case.number}") for case in cases]
    return pytest.mark.parametrize("case", each)


def requests() -> list[dict[str, Any]]:
    """Return the requests of the cases that are JSON and short, each once."""
    texts = [
        case["payload"]
        for rule in ALL
        if rule.code[:3] not in ("SM0", "SM9")
        for case in (*rule.invalid, *rule.valid)
        if case.get("payload", "").startswith("{") and "config" not in case and len(case["payload"]) < 4000
    ]
    return [json.loads(text) for text in dict.fromkeys(texts)]
