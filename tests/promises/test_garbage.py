"""A text leaves nothing behind that only the collector of garbage finds: an editor would wait for it."""

import gc

import pytest

from sm_lint import lint_text

WRONG = '{"ModelPackageGroupName": "churn_models", "Domian": "x", "Tags": [{"Key": "a", "Value": "b"}]}'
TEXTS = {
    "a.json": WRONG,
    "a.yaml": "ModelPackageGroupName: churn_models\nDomian: x\nTags:\n- Key: a\n  Value: b\n",
    "clean.json": '{"ModelPackageGroupName": "churn", "Domain": "OTHER"}',
    "clean.yaml": "ModelPackageGroupName: churn\nDomain: OTHER\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_leaves_no_garbage(name: str) -> None:
    before = lint_text(TEXTS[name], filename=name)  # what is kept for the next one is made
    assert bool(before) == (name in ("a.json", "a.yaml"))
    gc.collect()
    gc.disable()
    try:
        lint_text(TEXTS[name].replace("churn", "leaving"), filename=name)
        assert gc.collect() == 0
    finally:
        gc.enable()
