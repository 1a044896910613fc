"""Which instance type was meant."""

import pytest

from sm_lint.model.nearest_type import nearest_type, types_of_family
from sm_lint.rules.shapes import shapes

ENDPOINTS: list[str] = shapes()["definitions"]["ProductionVariantInstanceType"]["enum"]
TRANSFORMS: list[str] = shapes()["definitions"]["TransformInstanceType"]["enum"]

MEANT = [
    ("m5.large", "ml.m5.large"),
    ("ML.M5.Large", "ml.m5.large"),
    ("ml-m5-large", "ml.m5.large"),
    ("ml.m5large", "ml.m5.large"),
    (" ml.m5.large ", "ml.m5.large"),
    ("p6_b200.48xlarge", "ml.p6-b200.48xlarge"),
    ("ml.p6-b200.96xlarge", "ml.p6-b200.48xlarge"),
    ("ml.m5.10xlarge", "ml.m5.12xlarge"),
    ("ml.m5.medium", "ml.m5.large"),
    ("ml.m4.xlarget", "ml.m4.xlarge"),
    ("m4.xlarg", "ml.m4.xlarge"),
    ("ml.c5.huge", None),
    ("ml.m5", None),
    ("ml.", None),
    ("", None),
    ("m5", None),
    ("ml.t3.medium", None),
    ("ml.x99.large", None),
    ("x" * 100_000, None),
]


@pytest.mark.parametrize(("value", "meant"), MEANT, ids=[value[:20] for value, _ in MEANT])
def test_what_is_suggested_is_what_was_misspelt(value: str, meant: str | None) -> None:
    assert nearest_type(value, ENDPOINTS) == meant


@pytest.mark.parametrize("value", ENDPOINTS)
def test_a_type_is_found_without_its_prefix_and_no_other_family_is_suggested(value: str) -> None:
    assert nearest_type(value.removeprefix("ml."), ENDPOINTS) == value
    for_transforms = nearest_type(value, TRANSFORMS)
    assert for_transforms is None or for_transforms in types_of_family(value, TRANSFORMS)


def test_the_types_of_a_family_are_those_of_no_longer_name() -> None:
    assert types_of_family("ml.p4d.2xlarge", ENDPOINTS) == ["ml.p4d.24xlarge"]
    assert types_of_family("ml.t3.medium", ENDPOINTS) == []
