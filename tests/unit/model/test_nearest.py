"""Which name was meant, and where none is misspelt."""

from difflib import SequenceMatcher

import pytest

from sm_lint.model.nearest import _likeness, nearest
from sm_lint.rules.shapes import shapes
from tests.support.work import calls

MEMBERS = tuple(shapes()["definitions"]["CreateModelPackageInput"]["properties"])
TASKS = ("IMAGE_CLASSIFICATION", "OBJECT_DETECTION", "TEXT_GENERATION", "IMAGE_SEGMENTATION", "FILL_MASK", "OTHER")

MEANT = [
    ("model-package-name", MEMBERS, "ModelPackageName"),
    ("ModelPackageGroupNme", MEMBERS, "ModelPackageGroupName"),
    ("ApprovalStatus", MEMBERS, "ModelApprovalStatus"),
    ("InferenceSpec", MEMBERS, "InferenceSpecification"),
    ("ModelApprovalState", MEMBERS, "ModelApprovalStatus"),
    ("Tag", MEMBERS, "Tags"),
    ("ModelCardStatus", MEMBERS, None),
    ("ExecutionRoleArn", MEMBERS, None),
    ("TEXT_GENERATON", TASKS, "TEXT_GENERATION"),
    ("image classification", TASKS, "IMAGE_CLASSIFICATION"),
    ("TEXT_CLASSIFICATION", TASKS, None),
    ("IMAGE_DETECTION", TASKS, None),
    ("", TASKS, None),
]


@pytest.mark.parametrize(("name", "names", "meant"), MEANT, ids=[name for name, *_ in MEANT])
def test_only_what_is_misspelt_has_a_nearest_name(name: str, names: tuple[str, ...], meant: str | None) -> None:
    assert nearest(name, names) == meant


@pytest.mark.parametrize("name", [*MEMBERS, *TASKS])
def test_a_name_with_a_letter_too_few_or_too_many_is_a_misspelling(name: str) -> None:
    assert nearest(f"{name[:-2]}{name[-1]}", [name]) == name
    assert nearest(f"{name}{name[-1]}", [name]) == name


@pytest.mark.parametrize("name", [*MEMBERS, *TASKS])
def test_a_slip_is_as_similar_as_difflib_says(name: str) -> None:
    for at in range(1, len(name) - 1):
        before, after = name[:at], name[at:]
        for wrong in (
            before + after[1:],
            f"{before}x{after[1:]}",
            f"{before}x{after}",
            before + after[1::-1] + after[2:],
        ):
            for pair in ((name, wrong), (wrong, name)):
                assert _likeness(pair[1])(pair[0]) == SequenceMatcher(None, *pair).ratio()


def test_a_long_name_takes_no_more_work_than_a_shorter_one() -> None:
    nearest("a" * 100, MEMBERS)
    assert calls(lambda: nearest("Ab" * 10_000, MEMBERS)) <= calls(lambda: nearest("Ac" * 200, MEMBERS)) + 10
