"""docs/coverage.md names rules that exist; `make generated` says which are missing."""

import re

from sm_lint.model.rule import CATEGORIES
from tests.support.cases import ALL
from tools.coverage_page import PAGE, missing, named


def test_the_page_names_rules_only() -> None:
    assert named() <= {rule.code for rule in ALL}
    assert set(re.findall(r"\bSM\d\b", PAGE.read_text(encoding="utf-8"))) <= set(CATEGORIES)


def test_a_rule_that_the_page_does_not_name_is_missing() -> None:
    assert missing(["SM201", "SM299", "SM102", "SM001", "SM999"]) == ["SM299"]
