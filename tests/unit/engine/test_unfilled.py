"""A finding on a value that is still to be filled in says that the key `placeholders` exists."""

import re

import pytest

from sm_lint.sources import document
from tests.support.linting import lint, settings_of

NOTE = re.compile(r'If this is filled in before the request is sent, (.*)set `placeholders = \["(.*)"\]` in the conf')

TOLD = [
    ('{"ModelPackageGroupName": "${GROUP}"}', "SM222", "${*}"),
    ('{"ModelPackageGroupName": "{{ group }}"}', "SM222", "{{*}}"),
    ('{"ModelPackageGroupName": "<group>"}', "SM222", "<*>"),
    ('{"ModelPackageGroupName": "g", "ModelPackageDescription": "${TEXT}"}', "SM119", "${*}"),
    ('{"ModelPackageGroupName": "g", "ModelApprovalStatus": "${STATUS}"}', "SM106", "${*}"),
    ('{"ModelPackageGroupName": "g", "${X}": "1"}', "SM101", "${*}"),
    ('{"ModelPackageGroupName": "g", "CustomerMetadataProperties": {"a": "x-${B}"}}', "SM607", "${*}"),
    ('{"ModelPackageGroupName": "g", "CustomerMetadataProperties": {"${A}": "x"}}', "SM607", "${*}"),
    ('{"ModelPackageGroupName": "g", "ModelCard": {"ModelCardContent": "{\\"a\\": ${A}}", "ModelCardStatus": "Draft"}}',
     "SM701", "${*}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "form"), TOLD)
def test_following_the_advice_takes_the_finding_away(text: str, code: str, form: str) -> None:
    read = document.read("request.json", text.encode(), "json")
    (finding,) = [finding for finding in lint(read) if finding.code == code]
    note = NOTE.search(finding.help or "")
    assert note is not None
    assert note.groups() == ("", form)
    assert lint(read, settings_of({"placeholders": [form]})) == []


OTHERWISE = [
    ("json", '{"ModelPackageGroupName": ${GROUP}}', "SM001", ("", "${*}")),
    ("json", '{"ModelPackageGroupName": {{ group }}}', "SM001", ("", "{{*}}")),
    ("json", '{"ModelPackageGroupName": <group>}', "SM001", ("", "<*>")),
    ("yaml", "ModelPackageGroupName: {{ group }}", "SM018", ("put it in quotes and ", "{{*}}")),
    ("json", '{"ModelPackageGroupName": "g", "CertifyForMarketplace": "${X}"}', "SM103",
     ("write it without quotes and ", "${*}")),
    ("yaml", "{ModelPackageGroupName: g, CertifyForMarketplace: '${X}'}", "SM103", None),
    ("json", '{"ModelPackageGroupName": "a<b"}', "SM222", None),
    ("json", '{"ModelPackageGroupName": "a_b", "Domain": "${X}"}', "SM222", None),
    ("json", '{"ModelPackageGroupName": "a" "${X}"}', "SM001", None),
    ("json", '{"ModelPackageGroupName": "${A}", "ModelPackageName": "b"}', "SM201", None),
]  # fmt: skip


@pytest.mark.parametrize(("syntax", "text", "code", "told"), OTHERWISE)
def test_the_advice_says_what_else_it_takes_and_is_not_given_elsewhere(
    syntax: str, text: str, code: str, told: tuple[str, str] | None
) -> None:
    found = lint(document.read(f"request.{syntax}", text.encode(), syntax))
    note = next(NOTE.search(finding.help or "") for finding in found if finding.code == code)
    assert (note.groups() if note else None) == told
