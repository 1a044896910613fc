"""Nothing is shared that should not be: threads under different rules, and many versions of one rule."""

import gc
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import sm_lint
from sm_lint.rules.ruleset import RuleSet
from tests.support.carriers import CARRIED
from tests.unit.run.test_rule_tester import OWN

pytestmark = pytest.mark.slow

REQUESTS: list[dict[str, Any]] = [
    {"ModelPackageGroupName": "beta-churn"},
    {"ModelPackageGroupName": "churn", "Tags": [{"Key": "a", "Value": "b"}]},
    {"ModelPackageGroupName": "beta_churn", "Domian": "x"},
    {"ModelPackageName": "churn", "ModelCard": {"ModelCardContent": "{", "ModelCardStatus": "Draft"}},
]
THREADS, CALLS = 6, 1000


@pytest.fixture
def hasty() -> Iterator[None]:
    """Let threads take turns every 10 microseconds."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(10e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty")
def test_threads_under_different_rules_do_not_disturb_each_other(tmp_path: Path) -> None:
    (tmp_path / "beta.toml").write_text(OWN)
    configs: list[dict[str, Any]] = [{}, {"rules": [str(tmp_path)]}]
    alone = [[sm_lint.lint(request, config=config) for request in REQUESTS] for config in configs]
    assert [d.code for d in alone[1][0]] == ["ACME001"]

    def thread(number: int) -> int:
        config, expected = configs[number % 2], alone[number % 2]
        pairs = ((REQUESTS[call % 4], expected[call % 4]) for call in range(CALLS))
        return sum(sm_lint.lint(request, config=config) != found for request, found in pairs)

    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(thread, range(THREADS))) == 0


@pytest.mark.usefixtures("hasty")
def test_threads_lint_the_documents_of_all_carriers_as_one_does() -> None:
    carried = [of.document(request) for of in CARRIED.values() for request in REQUESTS]
    texts = [(read.text, read.name) for read in carried]
    texts.append(("\n".join(map(json.dumps, REQUESTS)), "requests.jsonl"))
    alone = [sm_lint.lint_text(text, filename=name) for text, name in texts]
    assert sum(map(bool, alone)) > len(CARRIED)

    def thread(number: int) -> int:
        order = [*range(number, len(texts)), *range(number)]
        return sum(sm_lint.lint_text(texts[i][0], filename=texts[i][1]) != alone[i] for i in order * 3)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(thread, range(8))) == 0


def rule_sets() -> int:
    """Return how many rule sets are kept in this process."""
    gc.collect()
    return sum(isinstance(kept, RuleSet) for kept in gc.get_objects())


def test_versions_of_a_custom_rule_do_not_pile_up(tmp_path: Path) -> None:
    rule = tmp_path / "beta.toml"
    before = rule_sets()  # other tests have some, too
    for number in range(40):
        rule.write_text(OWN.replace("closed", f"closed since version {number}"))
        found = sm_lint.lint(REQUESTS[0], config={"rules": [str(rule)]})
        assert found[0].message.endswith(f"closed since version {number}")
    assert rule_sets() < before + 20
