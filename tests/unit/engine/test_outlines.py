"""The outlines of requests: which members they show, and where the findings are marked."""

import json
from typing import Any

import pytest

from sm_lint.engine.outlines import _DEEPEST, _OTHERS, _OTHERS_OF_EACH, outlines, room
from sm_lint.model.outline import Member, Outline
from sm_lint.sources.document import read
from tests.support.linting import SESSION, settings_of
from tests.support.work import calls

TAG = {"Key": "a", "Value": "b"}
BAD: dict[str, Any] = {"ModelPackageGroupName": "churn", "Tags": [TAG]}


def outlined(text: str | bytes, name: str = "a.json") -> tuple[Outline, ...]:
    """Return the outlines of what is found in a text."""
    document = read(name, text.encode() if isinstance(text, str) else text)
    return outlines(SESSION.find_named(document, settings_of({})).reported, room())


def lines(member: Member, margin: str = "") -> list[str]:
    """Return a line for each member, with the codes of what was found in it."""
    marks = "".join(f" <{code}>" for code, _ in member.found)
    more = [f"{margin}  +{member.more}"] if member.more else []
    return [f"{margin}{member.name}: {member.value}{marks}", *(
        line for child in member.members for line in lines(child, f"{margin}  ")
    ), *more]  # fmt: skip


def test_a_request_is_shown_with_marks() -> None:
    (outline,) = outlined(
        json.dumps(BAD | {"Domian": "NLP", "InferenceSpecification": {"Containers": [{"Image": "x"}]}})
    )
    assert outline[:3] == ("payload", "", 1)
    assert lines(outline.root) == [
        "the request: 4 members",
        '  ModelPackageGroupName: "churn"',
        "  Tags: 1 item <SM203>",
        "    [0]: 2 members",
        '      Key: "a"',
        '      Value: "b"',
        '  Domian: "NLP" <SM101>',
        "  InferenceSpecification: 1 member",
        "    Containers: 1 item",
        "      [0]: 1 member",
        '        Image: "x" <SM314>',
    ]


PIPELINE = {
    "Version": "2020-12-01",
    "Steps": [{"Name": "Register", "Type": "RegisterModel", "Arguments": BAD | {"Domian": "x"}}],
}
RESOURCE = {"Resources": {"P": {"Type": "AWS::SageMaker::Pipeline", "Properties": {
    "PipelineDefinition": {"PipelineDefinitionBody": json.dumps(PIPELINE)}}}}}  # fmt: skip
COMMAND = "aws sagemaker create-model-package --model-package-group-name churn --tags Key=a,Value=b"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("p.json", json.dumps(PIPELINE), [("pipeline", "/Steps/0/Arguments", 1, "Domian")]),
        (
            "t.json", json.dumps(RESOURCE),
            [("pipeline", "/Resources/P/Properties/PipelineDefinition/PipelineDefinitionBody", 1, "Domian")],
        ),
        ("a.sh", f"{COMMAND}\necho\n{COMMAND}\n", [("command", "", 1, "--tags"), ("command", "", 3, "--tags")]),
        (
            "a.py", 'import boto3\n\nboto3.client("sagemaker").create_model_package(ModelPackageName="c", Domian="")\n',
            [("python", "", 3, "Domian")],
        ),
        ("a.yaml", "# x\nModelPackageGroupName: churn\nTags: [{Key: a, Value: b}]\n", [("payload", "", 2, "Tags")]),
    ],
)  # fmt: skip
def test_each_request_of_a_document_has_its_outline(
    name: str, text: str, expected: list[tuple[str, str, int, str]]
) -> None:
    found = outlined(text, name)
    assert [
        (of.carrier, of.pointer, of.line, next(member.name for member in of.root.members if member.found))
        for of in found
    ] == expected


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "[1]", '{"Tags": [', "\xff", '{"a": 1, "a": 2}', "{]"])
def test_what_is_hardly_a_request_has_some_outline_or_none(text: str) -> None:
    for outline in outlined(text.encode("latin-1")):
        assert outline.root.name == "the request"


def test_what_is_found_beside_a_request_stands_at_its_root() -> None:
    machine = {"StartAt": "R", "States": {"R": {
        "Type": "Task", "Resource": "arn:aws:states:::sagemaker:createModelPackage", "Parameters": BAD, "End": True,
    }}}  # fmt: skip
    (outline,) = outlined(json.dumps(machine))
    assert [code for code, _ in outline.root.found] == ["SM051"]


def test_what_is_found_too_deep_stands_at_the_last_level() -> None:
    value: Any = {"x": 1}
    for _ in range(40):
        value = {"Tags": value}
    (outline,) = outlined(json.dumps({"ModelPackageGroupName": "churn", "InferenceSpecification": value}))
    assert max(line.count("  ") for line in lines(outline.root)) <= _DEEPEST + 1


def test_names_and_values_are_safe_and_short() -> None:
    (outline,) = outlined(json.dumps(BAD | {"\u202e\x1b" + "n" * 500: "v\u2066" * 500}))
    member = outline.root.members[-1]
    assert member.name.startswith(r"\u202e\x1bn")
    assert len(member.name) < 100
    assert len(member.value) < 600
    assert (member.name + member.value).isprintable()


def test_what_is_unknown_has_no_quotes() -> None:
    call = (
        'create_model_package(ModelPackageGroupName=name, ModelPackageDescription=f"{x}\u202e", Domian="x", Tags=[tag])'
    )
    (outline,) = outlined(f'import boto3\nboto3.client("sagemaker").{call}\n', "a.py")
    assert lines(outline.root)[1:] == [
        "  ModelPackageGroupName: name",
        r'  ModelPackageDescription: f"{x}\u202e"',
        '  Domian: "x" <SM101>',
        "  Tags: 1 item <SM203>",
        "    [0]: tag",
    ]
    (outline,) = outlined(f"{COMMAND} --domains x --domain $DOMAIN\n", "a.sh")
    assert "  --domain: $DOMAIN" in lines(outline.root)


def test_keys_and_values_may_be_anything() -> None:
    digits = "f" * 9000
    (outline,) = outlined(f"Tags: []\n? 0x{digits}\n: 0x{digits}\n1: 2020-01-01\n~: .nan\nx: {{y: 1}}\n", "a.yaml")
    assert lines(outline.root)[1:] == [
        "  Tags: []",
        "  a number of more than 4,300 digits: a number of more than 4,300 digits",
        '  1: "2020-01-01"',
        "  null: NaN",
        "  x: 1 member",
        "    y: 1",
    ]


def size(member: Member) -> int:
    return 1 + sum(map(size, member.members))


def test_all_that_is_marked_is_shown_and_as_much_else_as_there_is_room_for() -> None:
    many = {f"k{number}": {f"x{at}": "1" for at in range(100)} for number in range(100)}
    (outline,) = outlined(json.dumps({"CustomerMetadataProperties": many | {"last": 1}} | BAD))
    assert size(outline.root) <= 120 + _OTHERS
    properties = outline.root.members[0]
    assert properties.members[-1].name == "last"
    (large,) = outlined(json.dumps(BAD | {"CustomerMetadataProperties": {f"k{n}": "v" for n in range(40)}}))
    assert (len(large.root.members[2].members), large.root.members[2].more) == (_OTHERS_OF_EACH, 40 - _OTHERS_OF_EACH)


def test_the_work_grows_with_the_text() -> None:
    def work(count: int) -> int:
        tags = [{"Key": "same", "Value": "\u00e9", "Other": number} for number in range(count)]
        document = read("a.json", json.dumps(BAD | {"Tags": tags}).encode())
        findings = SESSION.find_named(document, settings_of({})).reported
        return calls(lambda: outlines(findings, room()))

    work(10)
    assert work(400) < 4.4 * work(100)
