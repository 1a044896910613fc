"""The mutation test: what its page says holds, shown on a sample; `make mutation` runs it whole."""

import re

import pytest

from tools import mutate
from tools.mutations import CARD, Mutant, mutants, subjects

EVERY = list(mutants(subjects()))
PAGE = mutate.TARGET.read_text(encoding="utf-8")
UNNOTICED = set(re.findall(r"^- `(.*)`$", PAGE, re.MULTILINE))
SAMPLE = EVERY[::40]


@pytest.fixture(scope="module")
def judge() -> mutate.Judge:
    return mutate.Judge()


def test_the_page_is_up_to_date() -> None:
    names = {mutant.name for mutant in EVERY}
    assert len(names) == len(EVERY), "the name of a mutant is not unique"
    survivors = [mutant for mutant in EVERY if mutant.name in UNNOTICED]
    assert mutate.text(survivors) == PAGE, "run `make mutation`"


def test_each_unnoticed_mutant_has_a_reason() -> None:
    assert [name for name in UNNOTICED if mutate.reason(name) is None] == []


@pytest.mark.parametrize("mutant", SAMPLE, ids=lambda mutant: mutant.name)
def test_a_case_notices(judge: mutate.Judge, mutant: Mutant) -> None:
    assert judge.notices(mutant) or mutant.name in UNNOTICED


def test_the_sample_has_mutants_of_each_kind() -> None:
    assert {mutate.kind(mutant) for mutant in SAMPLE} == {mutate.kind(mutant) for mutant in EVERY}
    assert any(mutant.subject == CARD for mutant in SAMPLE)


def test_what_changes_nothing_is_not_noticed(judge: mutate.Judge) -> None:
    rule = judge.subjects.files[0].table
    assert not judge.notices(Mutant("nothing", rule["code"], rule))
