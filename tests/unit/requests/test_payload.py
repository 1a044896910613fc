"""Whether a file in a folder is taken for a request, also where it is misspelled or cannot be read."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.model.nearest import nearest
from sm_lint.requests import misspelled
from sm_lint.requests.marks import may_hold_any
from sm_lint.requests.names import NAMES, may_hold
from sm_lint.requests.payload import why_not
from sm_lint.sources import document
from tests.conftest import Run
from tests.support.linting import RULES, lint
from tests.support.talk import Talk
from tests.support.work import calls

G = '"ModelPackageGroupName": "churn"'
FILES = [
    ("a.json", f'{{{G}, "Domain": "x"}}', True),
    ("a.json", f"{{{G}}}", False),
    ("a.json", f'{{{G}, "Tags": []}}', False),
    ("a.json", f'{{{G}, "Domain": "x", "ModelPackageArn": "y"}}', True),
    ("a.json", f"[{{{G}}}]", False),
    ("a.json", f"{{{G},}}", True),
    ("a.json", f"{{{G}, 'Tags': []}}", True),
    ("a.json", f'{{{G}, "Domain": "x', True),
    ("a.json", f'{{{G}, "ModelPackageArn": "y",}}', True),
    ("a.json", f'{{{G}, "SortBy": "Name",}}', False),
    ("a.json", f'{{"a": {{{G}}}}},', False),
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
    # The name is misspelled.
    ("a.json", '{"modelPackageGroupName": "churn", "inferenceSpecification": {}}', True),
    ("a.json", '{"model_package_group_name": "churn", "domain": "x"}', True),
    ("a.json", '{"ModelPackageGroupNme": "churn", "Domain": "x"}', True),
    ("a.json", '{"ModelPackageGroupNme": "churn", "Tags": []}', False),
    ("a.json", '{"ModelPackageGroupNme": "churn", "x": 1}', False),
    ("a.json", '{"\\u006dodelPackageName": "churn", "Domain": "x"}', True),
    ("a.yaml", "? model-package-\n  name\n: churn\nDomain: x\n", True),
    ("a.json", f'{{{G}, "inference_specification": {{}}}}', True),
    ("a.json", '{"InferenceSpec": {}, "ModelPackageGroup": "churn"}', True),
    ("a.json", '{"sourceAlgorithm": {}, "Domain": "x"}', True),
    ("a.json", '{"modelPackageGroupName": "churn", "Domain": "x",}', True),
    ("a.yaml", "model-package-group-name:\tchurn\nDomain: x\n", True),
    ("a.yaml", "model_package_group_name: !Ref x\n", False),
    # It is a word of its own, or a name that others have.
    ("a.yaml", "inference: {batch: 8}\ntask: detection\ndomain: retail\n", False),
    ("a.json", '{"ModelPackageArn": "x", "ModelApprovalStatus": "Approved"}', False),
    ("a.json", '{"ModelPackageArn": "x", "InferenceSpecification": {}}', False),
    ("a.json", '{"ModelPackageGroup": {"methods": []}, "Domain": {}, "InferenceRecommendationsJob": {}}', False),
    ("a.json", '{"AlgorithmSpecification": {}, "Tags": [], "Domain": "x"}', False),
    ("a.json", '{"algorithmName": "x", "trainingSpecification": {}, "inferenceSpecification": {}}', False),
    ("a.json", f'{{{G}, "Domain": "x", "CreationTime": 1, "ModelPackageStatus": "x"}}', False),
    ("a.json", f'{{{G}, "Domain": "x", "CreationTime": 1}}', True),
    ("a.json", f'{{{G}, "Domain": "x", "SortBy": "x"}}', False),
    ("a.yaml", "apiVersion: v1\nkind: ModelPackage\nspec: {modelPackageGroupName: x, domain: y}\n", False),
]


@pytest.mark.parametrize(("name", "text", "linted"), FILES)
def test_what_is_taken_for_a_request(name: str, text: str, linted: bool) -> None:
    data = text.encode()
    reason = why_not(document.read(name, data), RULES.members)
    assert (reason is None) == linted, reason
    assert may_hold(data) or not linted


def edited(name: str, at: int, how: str) -> str:
    """Return a name with one mistake."""
    before, here, after = name[:at], name[at : at + 1], name[at + 1 :]
    return {
        "left out": before + after,
        "added": f"{before}x{here}{after}",
        "wrong": f"{before}x{after}",
        "exchanged": before + after[:1] + here + after[1:],
        "in another case": before + here.swapcase() + after,
        "separated": f"{before}_{here}{after}",
        "hyphenated": f"{before}-{here}{after}",
    }[how]


MISTAKES = ("left out", "added", "wrong", "exchanged", "in another case", "separated", "hyphenated")


@pytest.mark.parametrize("how", MISTAKES)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_one_mistake_anywhere_is_recognized(name: str, how: str) -> None:
    for at in range(len(name)):
        data = json.dumps({edited(name, at, how): {}, "Domain": "OTHER"}).encode()
        assert may_hold(data), data
        assert why_not(document.read("a.json", data), RULES.members) is None, data


@given(st.sampled_from(NAMES), st.lists(st.tuples(st.integers(0, 30), st.sampled_from(MISTAKES)), max_size=5))
def test_whatever_is_taken_for_a_request_passes_the_cheap_test(name: str, mistakes: list[tuple[int, str]]) -> None:
    for at, how in mistakes:
        name = edited(name, at % len(name), how)
    data = json.dumps({name: {}, "Domain": "OTHER"}).encode()
    assert may_hold(data) or why_not(document.read("a.json", data), RULES.members) is not None


PIECES = st.sampled_from([
    *("odelP", "ODEL", "o", "d", "e", "l", "p", "-", "_", " ", "\t", "\r", "\n", "\\", "\\x", "\\U", "\\u004d"),
    *("enceSp", "hmSpe", "cific", "at", "é", "\xff", "\\u0031", "\u212a", "\u017f"),
])  # fmt: skip


PARTS = ("odelp", "lpack", "kagen", "agegr", "oupna", "encesp", "cificat", "cealg", "hmspe")
TELLING = re.compile(
    "|".join([*(r"[-_ \t\r\n\\]*".join(part) for part in PARTS), r"\\(?-i:x|U|u00[24-7])"]).encode(), re.IGNORECASE
)
"""Matches a part of a name, whatever its case and what is between its letters, or an escape of one of them."""


@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_what_tells_most_files_from_requests_tells_no_request(text: str, encoding: str) -> None:
    data = text.encode(encoding, errors="replace")
    assert may_hold_any(data) == may_hold(data) == bool(TELLING.search(data))


@cache
def operations() -> dict[str, Any]:
    """Return the members of each input and output of SageMaker, except those of CreateModelPackage."""
    service = botocore.session.get_session().get_service_model("sagemaker")
    shapes = {}
    for name in service.operation_names:
        model = service.operation_model(name)
        shapes[f"{name} input"], shapes[f"{name} output"] = model.input_shape, model.output_shape
    shapes.pop("CreateModelPackage input")
    return {name: list(shape.members) for name, shape in shapes.items() if shape}


def test_no_other_request_and_no_answer_is_taken_for_a_request() -> None:
    for name, members in operations().items():
        for style in (str, lambda member: member[:1].lower() + member[1:]):
            data = json.dumps({style(member): {} for member in members}).encode()
            assert why_not(document.read("a.json", data), RULES.members) is not None, name


def test_the_names_that_others_have_are_those_of_the_api_model() -> None:
    others = {member for members in operations().values() for member in members} - set(RULES.members)
    names = {name for name in others if (nearest(name, RULES.members) or "") in NAMES}
    assert {name.lower() for name in names} == misspelled._ELSEWHERE


def test_the_work_ends_however_many_keys_are_alike() -> None:
    def work(count: int) -> int:
        data = json.dumps({f"modelPackageGroupNme{number}": 1 for number in range(count)}).encode()
        read = document.read("a.json", data)
        return calls(lambda: why_not(read, RULES.members))

    work(2000)  # what is compared once is remembered
    assert work(8000) < 4.4 * work(2000)


NEAR = [
    (f"{{{G}}}", "it has too few top-level members of the request"),
    (f'{{{G}, "Domain": "x", "SortBy": "x"}}', "it has the top-level member `SortBy`"),
    (f'{{{G}, "CreationTime": 1, "ModelPackageStatus": "x"}}', "it is an answer of describe-model-package"),
    ('{"ModelPackageArn": "x", "InferenceSpecification": {}}', "it has `ModelPackageArn` but no name"),
    ('{"InferenceSpecification": {},}', "it cannot be read"),
    ('{"inferenceSpecification": {}, "x": 1,}', "it cannot be read"),
]


@pytest.mark.parametrize(("text", "reason"), NEAR)
def test_what_looks_like_a_request_is_not_passed_over_in_silence(
    text: str, reason: str, folder: Path, run: Run
) -> None:
    (folder / "near.json").write_text(text)
    (folder / "other.json").write_text("{}")
    for paths in (["."], ["near.json", "other.json", "--if-payload"]):
        ran = run("check", *paths)
        assert (ran.status, ran.err) == (3, "")
        assert ran.out == ("No file was linted. 1 file may have a request but was not linted; --verbose says why.\n")
        assert f"near.json: not linted: {reason}" in run("check", *paths, "--verbose").err
        assert run("check", *paths, "--output-format", "json").report["summary"]["passed_over"] == 1
        assert f"near.json: no: {reason}" in run("check", *paths, "--list-files").out


def test_the_language_server_says_so_once() -> None:
    talk = Talk()
    uri = "file:///nowhere/near.json"
    said = [talk.open(f"{{{G}}}", uri, "json") for _ in range(2)]
    logged = [[m["params"]["message"] for m in part if m["method"] == "window/logMessage"] for part in said]
    assert logged == [[f"sm-lint: {uri} is not linted: it has too few top-level members of the request"], []]
    assert talk.codes('{"modelPackageGroupName": "churn", "domain": "OTHER"}', uri, "json") == ["SM101", "SM101"]


def test_files_that_the_configuration_names_are_requests(folder: Path, run: Run) -> None:
    (folder / "sm-lint.toml").write_text('requests = ["models/**"]\nexclude = ["*.tmp"]')
    (folder / "models").mkdir()
    for name in ("a.json", "b.txt", "c.tmp"):
        (folder / "models" / name).write_text('{"name": 1}')
    listed = run("check", ".", "--list-files").out.splitlines()
    assert [line for line in listed if line.endswith("yes")] == ["./models/a.json: yes", "./models/b.txt: yes"]
    for arguments in (["."], ["models/a.json", "--if-payload"], ["models/b.txt", "--if-payload"]):
        report = run("check", *arguments, "--output-format", "json").report
        assert {d["code"] for d in report["diagnostics"]} == {"SM023"}
    uri = (folder / "models" / "a.json").as_uri()
    assert Talk().codes('{"name": 1}', uri, "json") == ["SM023"]
    assert Talk().codes('{"name": 1}', (folder / "a.json").as_uri(), "json") == []


NO_REQUESTS = [
    '{"name": "a", "version": "1", "main": "x.js", "dependencies": {}}',
    '{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}',
    '{"Parameters": {"Stage": "x"}, "Tags": {"a": "b"}}',
    '{"ModelPackageArn": "x", "ModelApprovalStatus": "Approved"}',
    '{"ModelName": "x", "PrimaryContainer": {}, "Tags": []}',
    '{"AlgorithmName": "x", "TrainingSpecification": {}, "InferenceSpecification": {}}',
    f'{{{G}, "ModelPackageGroupDescription": "x"}}',
    f'{{{G}, "MaxResults": 1}}',
    f'{{{G}, "InferenceSpecification": {{}}, "CreationTime": 1, "ModelPackageStatus": "Completed"}}',
    '{"$schema": "x", "type": "object", "properties": {}}',
    '{"inference": {"batch": 1}, "task": "x", "source": "y"}',
]


@pytest.mark.parametrize("text", NO_REQUESTS)
def test_a_named_file_that_is_no_request_has_one_finding(text: str) -> None:
    (found,) = lint(document.read("a.json", text.encode()))
    assert (found.code, found.pointer, found.range.start.offset, found.range.end.offset) == ("SM023", "", 0, 0)
    assert "not a request of create-model-package: it " in found.message


BROKEN = {
    '{"name": "a", "dependencies": {"x": "1", "y": "2"': {"SM023", "SM001"},
    '{"name": "a" "version": "1", "dependencies": {,}}': {"SM023", "SM001"},
    '{"InferenceSpecification": {}, "name" "a"}': {"SM102", "SM001"},
}
TEMPLATES = {
    "kind: ConfigMap\n---\nkind: Secret\n": {"SM023"},
    "Resources:\n  Model:\n    Name: !Ref Name\n    Arn: !GetAtt Name.Arn\n": {"SM023"},
    "name: x\njobs: [a, b\non: push\n": {"SM023", "SM002"},
}


@pytest.mark.parametrize("text", [*BROKEN, *TEMPLATES])
def test_of_a_file_that_is_no_request_no_value_is_judged(text: str) -> None:
    name = "a.json" if text in BROKEN else "a.yaml"
    found = lint(document.read(name, text.encode()))
    assert {d.code for d in found} == (BROKEN | TEMPLATES)[text]
    said = next((d.message for d in found if d.code == "SM023"), "")
    assert ("it cannot be read" in said) == (said != "" and len({d.code for d in found}) == 2)


BROKEN_REQUESTS = {
    "{}": {"SM202"},
    '{"domain": "OTHER"}': {"SM101", "SM202"},
    '{"Tags": []}': {"SM202"},
    '{"Domain": "OTHER", "name": "x"}': {"SM101", "SM202"},
    '{"inferenceSpecification": {}, "name": "x"}': {"SM101", "SM202"},
    '{"ModelPakageName": "x", "a": 1, "b": 2}': {"SM101"},
    '{"ModelPackageArn": "x", "ModelPackageGroupName": "g"}': {"SM113"},
    f'{{{G}, "InferenceSpecification": {{"Containers": [{{"Image": "a"}}]}}, "ModelName": "x"}}': {"SM101", "SM314"},
}


@pytest.mark.parametrize("text", BROKEN_REQUESTS)
def test_a_named_file_that_may_be_a_broken_request_is_linted_in_full(text: str) -> None:
    codes = {found.code for found in lint(document.read("a.json", text.encode()))}
    assert codes >= BROKEN_REQUESTS[text]
    assert "SM023" not in codes
