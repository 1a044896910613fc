"""Hover, completion and diagnostics in requests inside other documents, also in half-written ones."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from sm_lint.lsp.completion import completing_at
from sm_lint.lsp.members import Members
from sm_lint.lsp.opened import Text, opened
from sm_lint.lsp.spot import begun_spot_at, spot_at
from sm_lint.requests import ack
from sm_lint.requests.request import Profile, Request
from sm_lint.requests.shapes import Shape, Shapes
from sm_lint.requests.translation import UNKNOWN, Dialect, Told, translated
from sm_lint.sources import document
from sm_lint.sources.document import Document
from tests.support.linting import RULES, SESSION
from tests.support.talk import Talk
from tests.support.work import calls

MEMBERS = Members(RULES)
TEMPLATE = """\
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      Tags:
      - Key: a
        Value: b
      !bucket
  Package:
    Type: AWS::SageMaker::ModelPackage
    Properties:
      ModelPackageGroupName: churn
      !package
      ModelApprovalStatus: !status
      InferenceSpecification:
        Containers:
        - Image: x
          !container
        SupportedContentTypes: [text/csv]
        SupportedResponseMIMETypes: [text/csv]
"""
PIPELINE = """\
{"Version": "2020-12-01", "!root", "Steps": [
  {"Name": "a", "Type": "Processing", "Arguments": {"Tags": [], !processing}},
  {"Name": "b", "Type": "Condition", "Arguments": {"Conditions": [], "IfSteps": [
    {"Name": "c", "Type": "RegisterModel", "!step": 1, "Arguments": {
      "ModelPackageGroupName": {"Get": "Parameters.Group", !function},
      !package
      "ModelApprovalStatus": !status,
      "InferenceSpecification": {"Containers": [{"Image": "x", !container}]}
    }}]}}
]}
"""
STEPS_IN_YAML = """\
Version: x
Steps:
- Name: a
  Type: RegisterModel
  !step
  Arguments:
    !arguments
"""
BLOCK = """\
Resources:
  Pipeline:
    Type: AWS::SageMaker::Pipeline
    Properties:
      PipelineDefinition:
        PipelineDefinitionBody: |
          {"Steps": [
            {"Name": "c", "Type": "RegisterModel", "Arguments": {
              "ModelPackageGroupName": "churn",
              !package
              "ModelApprovalStatus": !status
            }}]}
"""
PACKAGE, CONTAINER = {"ModelPackageDescription", "Tags"}, {"ImageDigest", "Environment"}
STATUS = {"Approved", "PendingManualApproval"}
TEXTS = {"template.yaml": TEMPLATE, "pipeline.json": PIPELINE, "steps.yaml": STEPS_IN_YAML, "block.yaml": BLOCK}
MARKS: dict[str, dict[str, set[str] | None]] = {
    "template.yaml": {"!bucket": None, "!package": PACKAGE, "!status": STATUS, "!container": CONTAINER},
    "pipeline.json": {
        "!root": None, "!processing": None, "!step": None, "!function": None,
        "!package": PACKAGE, "!status": STATUS, "!container": CONTAINER,
    },
    "steps.yaml": {"!step": None, "!arguments": PACKAGE | {"ModelPackageGroupName"}},
    "block.yaml": {"!package": PACKAGE, "!status": STATUS},
}  # fmt: skip
"""What is offered at each mark of a text; None for nothing at all."""
WAYS = [(name, mark) for name, marks in MARKS.items() for mark in marks]


def cut(name: str, mark: str) -> tuple[str, dict[str, Any]]:
    """Return a text without its marks, and the parameters of a request about the place of one of them."""
    text = TEXTS[name]
    for other in MARKS[name]:
        text = text if other == mark else text.replace(other, "")
    before = text.partition(mark)[0]
    return text.replace(mark, ""), place(before, name)


def place(before: str, name: str) -> dict[str, Any]:
    """Return the parameters of a request about the end of a text."""
    uri = f"file:///nowhere/{name}"
    return {
        "textDocument": {"uri": uri},
        "position": {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1},
    }


def begun(text: str, at: dict[str, Any]) -> str:
    """Return a text up to a place."""
    line, character = at["position"].values()
    return "\n".join([*text.split("\n")[:line], text.split("\n")[line][:character]])


def told(name: str, text: str, at: dict[str, Any], method: str) -> Any:
    talk = Talk()
    talk.open(text, f"file:///nowhere/{name}", name.rpartition(".")[2])
    return talk.ask(method, at)


def items(name: str, text: str, at: dict[str, Any]) -> dict[str, str]:
    found = told(name, text, at, types.TEXT_DOCUMENT_COMPLETION)
    return {item["label"]: item["textEdit"]["newText"] for item in found}


@pytest.mark.parametrize(("name", "mark"), WAYS)
@pytest.mark.parametrize("is_whole", [True, False])
def test_completion_is_offered_in_requests_and_nowhere_else(name: str, mark: str, is_whole: bool) -> None:
    text, at = cut(name, mark)
    text = text if is_whole else begun(text, at)
    found = items(name, text, at)
    expected = MARKS[name][mark]
    assert found.keys() >= (expected or set())
    assert bool(found) == bool(expected)
    if expected is PACKAGE:
        assert not found.keys() & {"ModelPackageGroupName", "Image"}
        assert is_whole is not bool(found.keys() & {"ModelApprovalStatus"})
    quote = '"' if name == "block.yaml" or name.endswith("json") else ""
    assert all(new.startswith(quote) for new in found.values())


def test_members_that_the_carrier_lacks_are_not_offered() -> None:
    assert "ModelLifeCycle" in items("pipeline.json", *cut("pipeline.json", "!package"))
    assert "ModelLifeCycle" not in items("template.yaml", *cut("template.yaml", "!package"))


def test_nothing_is_offered_where_the_text_of_a_string_is_escaped() -> None:
    inner = '{"Steps": [{"Name": "c", "Type": "RegisterModel", "Arguments": {"Domain": "x", "": 1}}]}'
    text = json.dumps({"Resources": {}, "Body": inner})
    at = place(text[: text.index('"\\": 1') + 1], "a.json")
    assert items("a.json", text, at) == {}


HOVERS: dict[str, dict[str, str | None]] = {
    "template.yaml": {
        "Tags": None, "Key": None, "Resources": None, "Package": None, "Type": None, "Properties": None,
        "ModelPackageGroupName": "string", "Containers": "list", "Image": "string", "churn": "string",
    },
    "pipeline.json": {
        "Version": None, "Tags": None, "Arguments": None, "Get": None,
        "ModelPackageGroupName": "string", "Containers": "list", "Image": "string",
    },
    "block.yaml": {"Steps": None, "Arguments": None, "Properties": None, "ModelPackageGroupName": "string"},
}  # fmt: skip


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, words in HOVERS.items() for word in words])
def test_hover_describes_the_members_of_requests_and_nothing_else(name: str, word: str) -> None:
    text, _ = cut(name, "!none")
    hover = told(name, text, place(text[: text.index(word) + 1], name), types.TEXT_DOCUMENT_HOVER)
    kind = HOVERS[name][word]
    member = "ModelPackageGroupName" if word == "churn" else word
    assert (hover and hover["contents"]["value"].partition(": ")[0]) == (kind and f"**{member}** ({kind})")
    if hover:
        read = document.read(name, text.encode())
        start, end = (
            read.line_starts[hover["range"][side]["line"]] + hover["range"][side]["character"]
            for side in ("start", "end")
        )
        assert read.text[start:end].strip('"') == word


REQUEST = {"ModelPackageGroupName": "a", "ModelApprovalStatus": "approved"}
TASK = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sagemaker:createModelPackage", "End": True}
PACKAGE_OF_ACK = "apiVersion: sagemaker.services.k8s.aws/v1alpha1\nkind: ModelPackage\nmetadata: {name: x}\nspec:\n"
VALUES = {"model_package_group_name": "a", "model_approval_status": "approved"}
RESOURCE = {"address": "x.y", "mode": "managed", "type": "awscc_sagemaker_model_package", "name": "y"}
CHANGE = {"actions": ["create"], "before": None, "after": VALUES, "after_unknown": {}}
EACH_CARRIER = {
    "pipeline.json": {"Steps": [{"Name": "r", "Type": "RegisterModel", "Arguments": REQUEST}]},
    "machine.json": {"StartAt": "a", "States": {"a": {**TASK, "Parameters": REQUEST}}},
    "template.json": {"Resources": {"P": {"Type": "AWS::SageMaker::ModelPackage", "Properties": REQUEST}}},
    "plan.json": {"format_version": "1.2", "terraform_version": "1.9",
                  "resource_changes": [{**RESOURCE, "change": CHANGE}]},
    "ack.yaml": f"kind: A\n---\n{PACKAGE_OF_ACK}  modelPackageGroupName: a\n  modelApprovalStatus: approved\n",
    "lines.jsonl": REQUEST,
}  # fmt: skip


@pytest.mark.parametrize("name", EACH_CARRIER)
def test_each_carrier_has_diagnostics_and_hover(name: str) -> None:
    of = EACH_CARRIER[name]
    text = of if isinstance(of, str) else json.dumps(of)
    found = Talk().open(text, f"file:///nowhere/{name}")[-1]["params"]["diagnostics"]
    assert [d["code"] for d in found] == ["SM106"]
    before = text[: text.index("approved")]
    hover = told(name, text, place(before, name), types.TEXT_DOCUMENT_HOVER)
    assert "ApprovalStatus** (string): " in hover["contents"]["value"].replace("approval_status", "ApprovalStatus")


def test_a_member_is_described_in_a_json_string() -> None:
    inner = '{"Steps": [{"Name": "\u00e9\\n", "Type": "RegisterModel", "Arguments": {"Domain": 1}}]}'
    text = json.dumps({"Resources": {}, "Body": inner})
    hover = told("a.json", text, place(text[: text.index("Domain") + 3], "a.json"), types.TEXT_DOCUMENT_HOVER)
    assert hover["contents"]["value"].startswith("**Domain** (string)")
    start, end = (hover["range"][side]["character"] for side in ("start", "end"))
    assert text[start:end] == '\\"Domain\\"'
    found = Talk().open(text, "file:///nowhere/a.json", "json")[-1]["params"]["diagnostics"][-1]
    assert text[found["range"]["start"]["character"] : found["range"]["end"]["character"]] == "1"


def _spelled(name: str) -> str:
    return name[0].lower() + name[1:]


def _told(step: str | int, value: Any, _at: Any, _shape: Shape) -> Told | None:
    return UNKNOWN._replace(value=value) if isinstance(step, str) and step.endswith(".$") else None


def _camel_case(read: Document, shapes: Shapes) -> list[Request]:
    """Return the request of a carrier that writes members in camelCase, and `.$` where it does not know the value."""
    profile = Profile("ack", {"SM203": "for example"}, spelled=_spelled)
    dialect = Dialect(profile, _told, name=lambda key, _: key[0].upper() + key[1:].removesuffix(".$"))
    return [translated(read, ("spec",), shapes, dialect)] if isinstance(read.value.get("spec"), dict) else []


CAMEL = """\
apiVersion: sagemaker.services.k8s.aws/v1alpha1
kind: ModelPackage
metadata:
  tags: x
spec:
  modelPackageGroupName: churn
  tags.$: $.tags
  modelApprovalStatus.$: !path
  inferenceSpecification:
    containers:
    - image: x
      !container
  !package
"""


def test_names_are_those_of_the_carrier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ack, "requests", _camel_case)
    monkeypatch.setitem(TEXTS, "camel.yaml", CAMEL)
    monkeypatch.setitem(MARKS, "camel.yaml", dict.fromkeys(("!path", "!container", "!package")))
    package = items("camel.yaml", *cut("camel.yaml", "!package"))
    assert package["domain"] == "domain: "
    assert not package.keys() & {"tags", "Tags", "modelPackageGroupName", "modelApprovalStatus", "Domain"}
    container = items("camel.yaml", *cut("camel.yaml", "!container"))
    assert "modelDataURL" not in container
    assert container["modelDataUrl"] == "modelDataUrl: "
    assert "image" not in container
    assert items("camel.yaml", *cut("camel.yaml", "!path")) == {}
    text, _ = cut("camel.yaml", "!none")
    for word, heading in {"image": "**image** (string)", "tags.$": "**tags.$** (list)", "tags:": None}.items():
        hover = told("camel.yaml", text, place(text[: text.index(word) + 1], "camel.yaml"), types.TEXT_DOCUMENT_HOVER)
        assert (hover and hover["contents"]["value"].partition(": ")[0]) == heading
        assert not hover or "SM203" not in hover["contents"]["value"]
    assert "tags.$" in items("camel.yaml", text, place(text[: text.index("tags.$") + 6], "camel.yaml"))
    start = text[: text.index("- image")] + "- "
    assert "image" in items("camel.yaml", start, place(start, "camel.yaml"))


WRONG = {
    "a.yaml": cut("template.yaml", "!none")[0].replace("ModelApprovalStatus:", "modelApprovalStatus: Approved"),
    "a.json": '{"Steps": [{"Name": "c", "Type": "RegisterModel", "Arguments": {"ModelPackageGroupName": "a",'
    ' "domain": "x"}}]}',
}


@pytest.mark.parametrize(("name", "new"), [("a.yaml", "ModelApprovalStatus"), ("a.json", "Domain")])
def test_code_actions_change_a_request_where_it_stands(name: str, new: str) -> None:
    talk, uri, text = Talk(), f"file:///nowhere/{name}", WRONG[name]
    talk.open(text, uri, name[2:])
    actions = {action["title"]: action for action in talk.actions((0, 0), (99, 0), uri)}
    for title in (f"Rename to {new}", "Apply all safe fixes"):
        (edit,) = actions[title]["edit"]["changes"][uri]
        assert replaced(text, edit) == text.replace(new[0].lower() + new[1:], new)
    assert ("Suppress SM101 here" in actions) == (name == "a.yaml")


def replaced(text: str, edit: dict[str, Any]) -> str:
    """Return a text after an edit."""
    new: str = edit["newText"]
    starts = document.read("a.yaml", text.encode()).line_starts
    start, end = (starts[edit["range"][side]["line"]] + edit["range"][side]["character"] for side in ("start", "end"))
    return text[:start] + new + text[end:]


def test_a_request_in_a_string_is_not_edited() -> None:
    talk, uri = Talk(), "file:///nowhere/string.json"
    assert talk.codes(json.dumps({"Body": WRONG["a.json"]}), uri, "json") == ["SM101"]
    assert [action["title"] for action in talk.actions((0, 0), (99, 0), uri)] == ["Explain SM101 (unknown-member)"]


def change(talk: Talk, name: str, text: str) -> list[dict[str, Any]]:
    """Change a text and return what the server says of it once it is due."""
    uri = f"file:///nowhere/{name}"
    params = {"textDocument": {"uri": uri, "version": 1}, "contentChanges": [{"text": text}]}
    talk.tell(types.TEXT_DOCUMENT_DID_CHANGE, params)
    before = len(talk.said)
    talk.server.publish_due(talk.server.due[uri])
    return talk.said[before:]


def test_diagnostics_stay_while_one_types_in_a_carrier() -> None:
    talk = Talk()
    text = WRONG["a.json"]
    assert talk.codes(text, "file:///nowhere/a.json", "json") == ["SM101"]
    assert change(talk, "a.json", text.replace('"x"', '"x", "Tas')) == []
    (published,) = change(talk, "a.json", text.replace("domain", "Domain"))
    assert published["params"]["diagnostics"] == []
    assert change(talk, "a.json", text.replace('"x"', '"x", "Tas')) == []
    (published,) = change(talk, "a.json", text.replace("RegisterModel", "Lambda") + "}")
    assert published["params"]["diagnostics"] == []


def test_a_carrier_that_is_opened_broken_has_no_diagnostics_and_the_log_says_why() -> None:
    said = Talk().open(WRONG["a.json"] + "}", "file:///nowhere/a.json", "json")
    assert said[0]["method"] == types.WINDOW_LOG_MESSAGE
    assert said[0]["params"]["message"].endswith(
        "is not linted: it is a pipeline definition that cannot be read to its end"
    )
    assert said[1]["params"]["diagnostics"] == []


WHOLE = {
    "template.yaml": """\
Resources:
  P:
    Type: AWS::SageMaker::ModelPackage
    Properties:
      ModelPackageGroupName: a
      InferenceSpecification: {Containers: [{Image: x}]}
      Tags:
      - Key: a
        Value: b
""",
    "block.yaml": cut("block.yaml", "!none")[0].replace('Status":', 'Status": "Approved"'),
    "pipeline.json": cut("pipeline.json", "!none")[0].replace(", }", "}").replace('"": 1, ', "").replace('"", ', "")
    .replace('Status":', 'Status": "Approved"'),
    "template.json": """\
{"Resources": {"P": {"Type": "AWS::SageMaker::ModelPackage", "Properties": {
  "ModelPackageGroupName": "a", "ModelApprovalStatus": "Approved"}}}}""",
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_a_carrier_that_is_typed_has_findings_only_where_one_types(name: str) -> None:
    talk, text = Talk(), WHOLE[name]
    uri = f"file:///nowhere/{name}"
    whole = {(d["code"], d["range"]["start"]["line"]) for d in talk.open(text, uri)[-1]["params"]["diagnostics"]}
    talk.open("", uri, name.rpartition(".")[2])
    for length in range(1, len(text) + 1):
        at = place(text[:length], name)
        for method in (types.TEXT_DOCUMENT_HOVER, types.TEXT_DOCUMENT_COMPLETION):
            talk.ask(method, at)  # an error has no result
        for said in change(talk, name, text[:length]):
            assert said["method"] == types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS
            found = {(d["code"], d["range"]["start"]["line"]) for d in said["params"]["diagnostics"]}
            last = text[:length].rstrip().count("\n")
            assert {line for _, line in found - whole} <= ({last} if name == "template.yaml" else set())


def test_a_file_that_cannot_have_requests_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "read", None)
    talk, uri = Talk(), "file:///nowhere/a.json"
    text = '{"a": [' + '{"Tags": "x"},' * 1000 + "{}]}"
    assert talk.codes(text, uri, "json") == []
    assert talk.ask(types.TEXT_DOCUMENT_HOVER, talk.at(0, 9, uri)) is None
    assert talk.ask(types.TEXT_DOCUMENT_COMPLETION, talk.at(0, 9, uri)) == []


def _steps(count: int) -> str:
    step = '{"Name": "c", "Type": "RegisterModel", "Arguments": {"ModelPackageGroupName": "a", "domain": "x"}}'
    return '{"Steps": [' + ",\n".join([step] * count) + "]}"


def _strings(count: int) -> str:
    return json.dumps([_steps(1)] * count, indent=1)


@pytest.mark.parametrize("made", [_steps, _strings, lambda n: _steps(n)[:-9], lambda n: _steps(n) + "\n{" * n])
@pytest.mark.parametrize("method", [types.TEXT_DOCUMENT_HOVER, types.TEXT_DOCUMENT_COMPLETION, None])
def test_the_work_grows_with_the_text_and_no_faster(made: Any, method: str | None) -> None:
    def work(count: int) -> int:
        talk, text = Talk(), made(count)
        uri = "file:///nowhere/a.json"
        talk.open(text, uri, "json")
        if method is None:
            return calls(lambda: talk.open(text, uri, "json"))
        return calls(lambda: talk.ask(method, talk.at(count // 2, 70, uri)))

    work(10)
    assert work(80) < 4.4 * work(20) + 1000


@given(text=st.text(alphabet='{}[]":, \n-|&*!#?\\', max_size=12), at=st.integers(0, 900))
@pytest.mark.parametrize("name", WHOLE)
def test_a_spot_is_found_in_any_text(name: str, text: str, at: int) -> None:
    whole = WHOLE[name]
    of = whole[:at] + text + whole[at:]
    file = opened(Text(f"file:///nowhere/{name}", "", 1, of), SESSION)
    for spot in (spot_at(file, at), begun_spot_at(file, at)):
        if spot:
            start, end = spot.cursor.start, spot.cursor.end
            assert spot.document.text[start:end] == spot.cursor.text
            spot.member(MEMBERS)
            completing_at(file, at)
