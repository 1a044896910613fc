"""Whether a file in a folder is taken for a request, also where it cannot be read."""

import pytest

from sm_lint.requests.payload import may_hold, why_not
from sm_lint.sources import document
from tests.support.linting import RULES

G = '"ModelPackageGroupName": "churn"'
FILES = [
    ("a.json", f'{{{G}, "Domain": "x"}}', True),
    ("a.json", f"{{{G}}}", False),
    ("a.json", f'{{{G}, "Tags": []}}', False),
    ("a.json", f'{{{G}, "Domain": "x", "ModelPackageArn": "y"}}', False),
    ("a.json", f"[{{{G}}}]", False),
    ("a.json", f"{{{G},}}", True),
    ("a.json", f"{{{G}, 'Tags': []}}", True),
    ("a.json", f'{{{G}, "Domain": "x', True),
    ("a.json", f'{{{G}, "ModelPackageArn": "y",}}', False),
    ("a.json", f'{{"a": {{{G}}},}}', False),
    ("a.json", '{"InferenceSpecification": {},}', False),
    ("a.json", "{'ModelPackageGroupName': 'churn'", False),
    ("a.json", f'\ufeff{{{G}, "Domain": "x"}}', True),
    ("a.json", f'{{{G}, {G}, "Domain": "x"}}', True),
    ("a.json", f"{{{G}, {G}}}", False),
    ("a.yaml", "ModelPackageGroupName: churn\nDomain: x\n", True),
    ("a.yaml", "ModelPackageGroupName: churn\n", False),
    ("a.yaml", "ModelPackageGroupName:\tchurn\n", True),
    ("a.yaml", "'ModelPackageGroupName' : churn\nDomain: [\n", True),
    ("a.yaml", "Resources:\n  ModelPackageGroupName: !Ref x\n", False),
    ("a.yaml", "ModelPackageGroupName: !Ref x\n", True),
    ("a.yaml", "# ModelPackageGroupName: x\na: [\n", False),
    ("a.yaml", "ModelPackageGroupName: churn\nTags: []\nTags: []\n", False),
]


@pytest.mark.parametrize(("name", "text", "linted"), FILES)
def test_what_is_taken_for_a_request(name: str, text: str, linted: bool) -> None:
    data = text.encode()
    reason = why_not(document.read(name, data), RULES.members)
    assert (reason is None) == linted, reason
    assert may_hold(data)
