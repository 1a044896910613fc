"""The cases of the rule files, as tests use them."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sm_lint import cases, config, document, rules, task
from sm_lint.config import DEFAULTS, Settings
from sm_lint.diagnostic import Diagnostic
from sm_lint.document import Document
from sm_lint.rules import Rule


class Case(NamedTuple):
    """One case of one rule."""

    rule: Rule
    number: int
    table: dict[str, Any]

    @property
    def data(self) -> bytes | None:
        """The bytes of the payload; None for a file that cannot be opened."""
        return cases.data_of(self.table)

    @property
    def syntax(self) -> str:
        return str(self.table.get("syntax") or document.syntax_of("", self.data or b""))

    def settings(self, **changes: Any) -> Settings:
        """Return the settings of the case with those of a test."""
        return config.parse_table(self.table.get("config", {}), "config", "")._replace(**changes)

    def read(self) -> Document:
        return cases.read(self.table)


ALL = [rules.parse(Path(path).read_text(encoding="utf-8")) for path in rules.files()]


def parametrize(kind: str) -> pytest.MarkDecorator:
    """Run a test for each `invalid` or `valid` case of all rules."""
    cases = [Case(rule, number, table) for rule in ALL for number, table in enumerate(getattr(rule, kind))]
    return pytest.mark.parametrize("case", cases, ids=[f"{case.rule.code}-{case.number}" for case in cases])


def lint(read: Document, settings: Settings = DEFAULTS) -> list[Diagnostic]:
    """Return the diagnostics of a document."""
    return task.lint_document(read, settings).diagnostics
