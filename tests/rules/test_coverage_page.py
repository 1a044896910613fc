"""docs/coverage.md: every rule has its place there, and no code is a slip."""

import re
from pathlib import Path

from sm_lint.model.rule import CATEGORIES
from tests.support.cases import ALL

PAGE = (Path(__file__).parents[2] / "docs" / "coverage.md").read_text(encoding="utf-8")
# Whole topics stand there under their prefix, and runs of codes by their ends.
CATEGORIES_IN_FULL = ("SM0", "SM7", "SM9")


def named() -> set[str]:
    """Return the codes that the page names."""
    codes = set(re.findall(r"\bSM\d{3}\b", PAGE))
    for first, last in re.findall(r"SM(\d{3}) to SM(\d{3})", PAGE):
        codes |= {f"SM{number}" for number in range(int(first), int(last) + 1)}
    return codes


def test_the_page_names_each_rule() -> None:
    assert {rule.code for rule in ALL if rule.code[:3] not in CATEGORIES_IN_FULL} <= named()


def test_the_page_names_rules_only() -> None:
    assert named() <= {rule.code for rule in ALL}
    assert set(re.findall(r"\bSM\d\b", PAGE)) <= set(CATEGORIES)
