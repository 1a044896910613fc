"""Requests in CloudFormation templates: what functions, loops and short tags leave unknown, and what text becomes."""

import json
from collections import Counter
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.pointer import value_at
from sm_lint.requests.carriers import requests
from sm_lint.requests.cloudformation import PROFILE
from sm_lint.requests.request import Request
from sm_lint.sources import document
from tests.support import cases
from tests.support.linting import RULES, fix, lint, lint_value, settings_of
from tests.support.pointers import pointers
from tests.support.work import calls

TYPE = "AWS::SageMaker::ModelPackage"
EVERYTHING = settings_of({"select": ["ALL"]})
HEAD = "/Resources/P/Properties"
CONTAINER = {"Image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/serve:1", "ModelDataUrl": "s3://bucket/m.tar.gz"}
VERSION = {
    "ModelPackageGroupName": "churn",
    "InferenceSpecification": {
        "Containers": [CONTAINER],
        "SupportedContentTypes": ["text/csv"],
        "SupportedResponseMIMETypes": ["text/csv"],
    },
}
NO_VALUE = {"Ref": "AWS::NoValue"}
OPTIONAL = {"Fn::If": ["Production", {"Ref": "X"}, NO_VALUE]}


def template(properties: Any, **resource: Any) -> str:
    return json.dumps({"Resources": {"P": {"Type": TYPE, **resource, "Properties": properties}}})


def in_yaml(*lines: str) -> str:
    """Return a template in YAML with lines of the properties."""
    head = f"Resources:\n  P:\n    Type: {TYPE}\n    Properties:\n"
    return head + "".join(f"      {line}\n" for line in lines)


def diagnostics(text: str, name: str = "t.json") -> list[Diagnostic]:
    return lint(document.read(name, text.encode(errors="surrogatepass")), EVERYTHING)


def found(text: str, name: str = "t.json") -> list[tuple[str, str]]:
    """Return the errors in a template, by code and pointer in its only resource."""
    reported = [d for d in diagnostics(text, name) if d.severity.value == "error"]
    return [(d.code, d.pointer.removeprefix(HEAD)) for d in reported]


def read(text: str, name: str = "t.json") -> list[Request]:
    return requests(document.read(name, text.encode()), RULES.shapes)


FUNCTIONS = [
    {"Ref": "X"}, {"Condition": "X"}, {"Fn::GetAtt": ["A", "B"]}, {"Fn::ImportValue": "x"}, {"Fn::New": 1},
    {"Fn::Sub": "${X}"}, {"Fn::Sub": ["a${X}", {"X": 1}]}, {"Fn::Join": ["", ["a", {"Ref": "X"}]]},
    {"Fn::If": ["C", "a", "b"]}, {"Fn::Select": [0, []]}, {"Fn::FindInMap": ["A", "B", "C"]}, {"Fn::Transform": {}},
    {"Ref": None}, {"Ref": ["x"]}, {"Fn::If": None}, {"Fn::If": []}, {"Fn::Sub": 1}, {"Fn::Sub": []}, {"Fn::Join": 1},
    "{{resolve:ssm:name}}", "s3://{{resolve:ssm:name:1}}/x",
]  # fmt: skip


@pytest.mark.parametrize("value", FUNCTIONS, ids=json.dumps)
def test_what_a_function_returns_is_unknown(value: Any) -> None:
    assert found(template({**VERSION, "ModelApprovalStatus": value})) == []
    of_name = {**VERSION, "ModelPackageGroupName": value}
    assert found(template(of_name)) == []
    assert read(template(of_name))[0].unknown.keys() == {("ModelPackageGroupName",)}
    assert {code for code, _ in found(template(value))} <= {"SM105"}  # properties are no text
    assert found(template({**of_name, "Tags": [{"Key": "a", "Value": "b"}]})) == [("SM203", "/Tags")]


TAGS = [
    "!Ref X", "!GetAtt A.B", "!GetAtt [A, B]", "!Sub 'a${X}'", "!Sub ['a${X}', {X: 1}]", "!If [C, a, b]",
    "!ImportValue x", "!Join ['', [a, !Ref X]]", "!Select [0, !GetAZs '']", "!FindInMap [A, B, C]", "!Base64 x",
    "!Transform {Name: x, Parameters: {}}", "!New x", "!New {a: b}", "{Ref: X}", "{'Fn::Sub': '${X}'}",
    "'{{resolve:ssm:x}}'",
]  # fmt: skip


@pytest.mark.parametrize("value", TAGS)
@pytest.mark.parametrize("member", ["ModelApprovalStatus", "ModelCard"])
def test_short_tags_of_yaml_are_functions(value: str, member: str) -> None:
    text = in_yaml("ModelPackageGroupName: churn", f"{member}: {value}")
    assert [code for code, _ in found(text, "t.yaml") if code != "SM103"] == []
    assert found(in_yaml(f"ModelPackageGroupName: {value}", "Tags: [{Key: a, Value: b}]"), "t.yaml") == [
        ("SM203", "/Tags")
    ]


def test_a_tag_on_a_collection_holds_through_an_alias() -> None:
    text = in_yaml(
        "ModelPackageGroupName: &name !Join ['', [a, b]]", "ModelApprovalStatus: *name", "Domain: !Sub &x a", "Task: *x"
    )
    assert found(text, "t.yaml") == []


TYPES: list[tuple[str, Any, str | None]] = [
    ("ModelPackageDescription", {"Fn::Join": ["", ["a"]]}, "string"),
    ("ModelPackageDescription", {"Fn::Sub": "${A}"}, "string"),
    ("ModelPackageDescription", {"Ref": "AWS::Region"}, "string"),
    ("ModelPackageDescription", {"Ref": "Parameter"}, None),
    ("ModelPackageDescription", {"Fn::GetAtt": "A.B"}, None),
    ("CertifyForMarketplace", {"Fn::Sub": "${A}"}, None),
    ("Tags", {"Fn::Split": [",", "a"]}, "array"),
    ("Tags", {"Fn::GetAZs": ""}, "array"),
    ("Tags", {"Ref": "AWS::NotificationARNs"}, "array"),
    ("Tags", {"Ref": ["not", "a", "name"]}, None),
]


@pytest.mark.parametrize(("member", "value", "kind"), TYPES)
def test_the_type_is_known_where_it_is_certain(member: str, value: Any, kind: str | None) -> None:
    (request,) = read(template({member: value}))
    assert request.unknown == {(member,): kind}


def test_a_function_of_a_wrong_type_is_an_error() -> None:
    tags = {"Tags": {"Fn::Join": ["", ["a"]]}, "ModelPackageName": "churn"}
    assert ("SM103", "/Tags") in found(template(tags))


ABSENT = [
    (template({**VERSION, "Tags": NO_VALUE}), []),
    (template({**VERSION, "ModelPackageName": NO_VALUE}), []),
    (template({**VERSION, "ModelPackageName": OPTIONAL}), []),
    (template({**VERSION, "ModelPackageName": {"Fn::If": ["C", "a", "b"]}}), [("SM201", "/ModelPackageGroupName")]),
    (template({**VERSION, "Tags": {"Fn::If": ["A", {"Fn::If": ["B", NO_VALUE, []]}, []]}}), []),
    (template({**VERSION, "ModelPackageGroupName": NO_VALUE}), [("SM202", "")]),
    (template({**VERSION, "ModelPackageGroupName": OPTIONAL}), []),
    (template({"ModelPackageName": OPTIONAL, "ModelPackageGroupName": OPTIONAL}), []),
]


@pytest.mark.parametrize(("text", "expected"), ABSENT)
def test_no_value_is_absent(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_an_absent_item_falls_away_and_others_keep_their_places() -> None:
    tags = [NO_VALUE, {"Key": "a", "Value": "b"}, OPTIONAL, {"Key": "aws:b", "Value": "c"}]
    text = template({**VERSION, "ModelPackageGroupName": NO_VALUE, "ModelPackageName": "churn", "Tags": tags})
    (request,) = read(text)
    assert request.value["Tags"][0] == tags[1]
    assert request.optional == {("Tags", 1)}
    assert ("SM602", "/Tags/3/Key") in found(text)
    in_short = in_yaml("ModelPackageName: churn", "Tags: [!Ref AWS::NoValue, {Key: 'aws:b', Value: c}]")
    assert ("SM602", "/Tags/1/Key") in found(in_short, "t.yaml")
    may_be_absent = in_yaml("ModelPackageName: a", "ModelPackageGroupName: !If [C, !Ref 'AWS::NoValue', b]")
    assert found(may_be_absent, "t.yaml") == found(in_yaml("ModelPackageName: a"), "t.yaml")[:0]


@pytest.mark.parametrize("text", ["Aproved", "${!Aproved}"])
def test_a_sub_without_variables_is_known(text: str) -> None:
    known = text.replace("!", "")
    for value in ({"Fn::Sub": text}, {"Fn::Sub": [text, {}]}):
        (reported,) = [d for d in diagnostics(template({**VERSION, "ModelApprovalStatus": value})) if d.code == "SM106"]
        assert known in reported.message
    in_short = in_yaml("ModelPackageGroupName: churn", f"ModelApprovalStatus: !Sub {json.dumps(text)}")
    assert found(in_short, "t.yaml") == [("SM106", "/ModelApprovalStatus")]


def test_json_in_a_sub_has_the_place_of_the_function() -> None:
    card = {"ModelCardContent": {"Fn::Sub": '{"x": 1}'}, "ModelCardStatus": "Draft"}
    (reported,) = [d for d in diagnostics(template({**VERSION, "ModelCard": card})) if d.code == "SM706"]
    assert reported.pointer == f"{HEAD}/ModelCard/ModelCardContent"


SCALARS: list[tuple[str, str, Any]] = [
    # member, value in JSON, what the API gets: None if it is unknown
    ("CertifyForMarketplace", '"true"', True),
    ("CertifyForMarketplace", '"False"', False),
    ("CertifyForMarketplace", '"yes"', "yes"),
    ("CertifyForMarketplace", "1", 1),
    ("CertifyForMarketplace", "true", True),
    ("CertifyForMarketplace", '{"Fn::Sub": "true"}', True),
    ("ModelPackageDescription", "true", "true"),
    ("ModelPackageDescription", "12", "12"),
    ("ModelPackageDescription", "1.50", None),
    ("ModelPackageDescription", "1" * 30, "1" * 30),
    ("ModelPackageDescription", "null", None),
]
SCALARS_OF_YAML: list[tuple[str, str, Any]] = [
    ("CertifyForMarketplace", "yes", True),
    ("CertifyForMarketplace", "Off", False),
    ("CertifyForMarketplace", "'yes'", "yes"),
    ("CertifyForMarketplace", "'true'", True),
    ("CertifyForMarketplace", "y", "y"),
    ("ModelPackageDescription", "yes", "true"),
    ("ModelPackageDescription", "'yes'", "yes"),
    ("ModelPackageDescription", "true", "true"),
    ("ModelPackageDescription", "True", "true"),
    ("ModelPackageDescription", "12", "12"),
    ("ModelPackageDescription", "010", None),
    ("ModelPackageDescription", "0x1F", None),
    ("ModelPackageDescription", "2026-01-01", None),
]


@pytest.mark.parametrize(
    ("member", "written", "expected", "name"),
    [*((*row, "t.json") for row in SCALARS), *((*row, "t.yaml") for row in SCALARS_OF_YAML)],
)
def test_cloudformation_converts_scalars(member: str, written: str, expected: Any, name: str) -> None:
    text = in_yaml("ModelPackageName: a", f"{member}: {written}")
    if name == "t.json":
        text = template({}).replace("{}", f'{{"{member}": {written}}}')
    (request,) = read(text, name)
    if expected is None:
        assert request.unknown.get((member,), "no string") == "string" or not isinstance(request.value[member], str)
    else:
        assert (request.value[member], request.unknown) == (expected, {})
    assert all(code != "SM103" for code, _ in found(text, name)) == (
        expected is None or type(expected) is {"C": bool, "M": str}[member[0]]
    )


@pytest.mark.parametrize(
    ("value", "expected"), [("6", 6), (" 6", 6), (6.0, 6), (6.5, 6.5), ("6.0", "6.0"), ("six", "six"), (True, True)]
)
def test_text_for_an_integer(value: Any, expected: Any) -> None:
    job = {"MaxPayloadInMB": value}
    profiles = {"ValidationSpecification": {"ValidationProfiles": [{"TransformJobDefinition": job}]}}
    (request,) = read(template({**VERSION, **profiles}))
    sent = value_at(request.value, ("ValidationSpecification", "ValidationProfiles", 0, "TransformJobDefinition"))
    assert sent == {"MaxPayloadInMB": expected}


def test_its_own_members_are_known_and_those_it_lacks_are_reported() -> None:
    own = ("ApprovalDescription", "ModelPackageVersion", "LastModifiedTime", "AdditionalInferenceSpecificationsToAdd")
    assert found(template({**VERSION, **dict.fromkeys(own, 1)})) == []
    lacking = {**VERSION, "ModelLifeCycle": {"Stage": "a", "StageStatus": "b"}, "ManagedStorageType": NO_VALUE}
    lacking["InferenceSpecification"] = {"Containers": [{**CONTAINER, "IsCheckpoint": True}]}
    reported = {pointer for code, pointer in found(template(lacking)) if code == "SM055"}
    assert reported == {"/ModelLifeCycle", "/InferenceSpecification/Containers/0/IsCheckpoint"}


LOOP = {
    "Fn::ForEach::Models": [
        "Model",
        ["A", "B"],
        {
            "Package${Model}": {
                "Type": TYPE,
                "Properties": {**VERSION, "ModelPackageDescription": "${Model}", "ModelApprovalStatus": "&{Model}"},
            }
        },
    ]
}


def test_a_loop_around_resources() -> None:
    text = json.dumps({"Resources": LOOP})
    (request,) = read(text)
    assert request.base == ("Resources", "Fn::ForEach::Models", 2, "Package${Model}", "Properties")
    assert request.unknown == dict.fromkeys([("ModelPackageDescription",), ("ModelApprovalStatus",)], "string")
    assert found(text) == []
    assert found(text.replace("&{Model}", "&{Other}"))[0][0] == "SM106"
    in_sub = text.replace('"&{Model}"', '{"Fn::Sub": "&{Model}"}')
    assert found(in_sub) == []
    nested = json.dumps({"Resources": {"Fn::ForEach::Outer": ["Other", ["a"], LOOP]}})
    assert found(nested) == []
    assert found(nested.replace("&{Model}", "${Other}")) == []


ADDING = [{"Fn::ForEach::L": ["A", ["b"], {}]}, {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {}}}]


@pytest.mark.parametrize("more", ADDING)
def test_a_loop_in_an_object_may_add_members(more: dict[str, Any]) -> None:
    assert found(template(more)) == []
    assert found(template({"ModelApprovalStatus": "Approved", **more})) == []
    assert found(template({"ModelApprovalStatus": "Aproved", **more})) == [("SM106", "/ModelApprovalStatus")]
    assert ("SM101", "/Modl") in found(template({"ModelPackageName": "a", "Modl": 1, **more}))
    container = {"Containers": [{**more, "ModelDataUrl": "s3://bucket/m.tar.gz"}]}
    assert found(template({**VERSION, "InferenceSpecification": container})) == []
    assert found(template({**VERSION, "CustomerMetadataProperties": more})) == []


def test_a_macro_may_change_everything_in_its_object() -> None:
    macro = {"Fn::Transform": {"Name": "Mine"}}
    assert found(template({**VERSION, "ModelApprovalStatus": "Aproved", **macro})) == []
    container = {"Containers": [{**macro, "Imge": "x"}]}
    assert found(template({**VERSION, "InferenceSpecification": container})) == []


def test_of_a_repeated_key_nothing_is_known() -> None:
    assert found(in_yaml("ModelPackageGroupName: churn", "Domain: a", "Domain: {}"), "t.yaml") == []


def test_a_condition_on_the_resource_does_not_matter() -> None:
    tagged = {**VERSION, "Tags": [{"Key": "a", "Value": "b"}]}
    assert found(template(tagged, Condition="Never", DependsOn=["X"])) == [("SM203", "/Tags")]


CASES = cases.requests()
CONVERTED = {"SM103", "SM322", "SM323"}
"""The rules that say of a wrong type, or of its consequences, what they do not say after conversion."""


@pytest.mark.parametrize("part", range(4))
def test_a_request_in_a_template_has_the_findings_that_it_has_alone(part: int) -> None:
    for request in CASES[part::4]:
        alone = Counter((d.code, d.pointer) for d in lint_value(request, EVERYTHING) if PROFILE.applies(d.code))
        there = Counter(
            (d.code, d.pointer.removeprefix(HEAD)) for d in diagnostics(template(request)) if d.code != "SM055"
        )
        lacking = {d.pointer.removeprefix(HEAD) for d in diagnostics(template(request)) if d.code == "SM055"}
        missing, more = alone - there, there - alone
        missing = Counter(of for of in missing if not any(f"{of[1]}/".startswith(f"{at}/") for at in lacking))
        assert {code for code, _ in more} <= CONVERTED, request
        assert {code for code, _ in missing} <= {*CONVERTED, "SM113"}, request


WAITING = {"SM101", "SM103", "SM216", "SM323", "SM805"}
"""The rules that say something else, or that wait for another finding, as one of several places is unknown."""
UNKNOWN = [{"Ref": "X"}, {"Fn::GetAtt": ["A", "B"]}, OPTIONAL, NO_VALUE, "{{resolve:ssm:x}}", {"Fn::Sub": "s3://${X}"}]


@given(st.data())
def test_what_is_unknown_or_may_be_absent_adds_no_finding(data: st.DataObject) -> None:
    request = deepcopy(data.draw(st.sampled_from(CASES)))
    before = Counter((d.code, d.pointer) for d in diagnostics(template(request)))
    at = data.draw(st.sampled_from([*pointers(request)] or [("Domain",)]))
    around = value_at(request, at[:-1])
    around[at[-1]] = data.draw(st.sampled_from(UNKNOWN[:3]))
    after = Counter((d.code, d.pointer) for d in diagnostics(template(request)))
    assert {code for code, _ in after - before} <= WAITING


JUNK = st.recursive(
    st.sampled_from([None, True, 0, "", "${X}", "AWS::NoValue", TYPE, "RegisterModel", '{"RegisterModel": ${X}'])
    | st.sampled_from(FUNCTIONS),
    lambda inside: st.lists(inside, max_size=3)
    | st.dictionaries(
        st.sampled_from([
            "Resources", "Type", "Properties", "Fn::ForEach::A", "Fn::Sub", "Fn::Join", "Fn::If", "Ref", "Tags",
            "Fn::Transform", "Definition", "DefinitionString", "DefinitionSubstitutions", "InferenceSpecification", "",
        ]),
        inside,
        max_size=3,
    ),
    max_leaves=12,
)  # fmt: skip


@given(JUNK, JUNK)
def test_whatever_stands_in_a_template_it_is_read(properties: Any, other: Any) -> None:
    value = {"Resources": {"P": {"Type": TYPE, "Properties": properties}, "Fn::ForEach::L": other, "O": other}}
    text = json.dumps({**value, "Steps": "RegisterModel createModelPackage"})
    assert read(text) is not None
    diagnostics(text)
    diagnostics(text.replace('"Ref": "X"', '"": !Ref [X]'), "t.yaml")


HOSTILE = [
    "Resources: !Ref X\n",
    f"Resources:\n  1: {{Type: {TYPE}, Properties: {{2: 3, null: x, true: !Ref y}}}}\n",
    f"Resources:\n  P: !Sub {{Type: {TYPE}, Properties: {{}}}}\n",
    f"Resources:\n  P: {{Type: !Sub {TYPE}, Properties: }}\n",
    f"Resources: &r\n  P: {{Type: {TYPE}, Properties: *r}}\n",
    in_yaml("!Sub a: b", "? !Ref x\n      : y", "Tags: [!If ]", "ModelCard: !If"),
    in_yaml("Tags:" + " - !If" * 300),
    in_yaml("Tags: " + "[!If " * 150 + "]" * 150),
    in_yaml("ModelPackageName: !"),
    in_yaml("ModelPackageName: !Sub |", "  a", "Tags: !!set {a, b}", "Domain: !<tag:yaml.org,2002:null> x"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_templates_are_read(text: str) -> None:
    lint(document.read("t.yaml", text.encode()), EVERYTHING)


@pytest.mark.parametrize("name", ["t.json", "t.yaml"])
def test_the_work_grows_with_the_size_of_the_template(name: str) -> None:
    def work(count: int) -> int:
        entry = {"Type": TYPE, "Properties": {"ModelPackageName": {"Ref": "X"}, "Domain": OPTIONAL}}
        text = json.dumps({"Resources": {f"P{i}": entry for i in range(count)}})
        text = text.replace('{"Ref": "X"}', "!Ref X") if name == "t.yaml" else text
        read = document.read(name, text.encode())
        return calls(lambda: requests(read, RULES.shapes))

    assert work(400) < 4.4 * work(100)


def test_a_fix_edits_what_is_written_and_no_function() -> None:
    text = template({**VERSION, "ModelApprovalStatus": "approved", "Domain": {"Fn::Sub": "machine learning"}})
    after, count = fix(document.read("t.json", text.encode()), EVERYTHING)
    assert count >= 1
    assert after.text == text.replace('"approved"', '"Approved"')


def test_a_message_names_a_member_that_only_some_objects_of_the_carrier_lack() -> None:
    both = {**CONTAINER, "ModelDataSource": {"S3DataSource": {"S3Uri": "s3://models/a/", "S3DataType": "S3Prefix"}}}
    version = {**VERSION, "InferenceSpecification": {"Containers": [both]}}
    messages = [d.message for d in diagnostics(template(version)) if d.code == "SM422"]
    assert messages == ["`ModelDataSource` and `ModelDataUrl` are both set in `Containers[0]`: keep one of them"]


def test_what_the_schema_of_cloudformation_requires_is_left_to_cfn_lint() -> None:
    lacking = {"InferenceSpecification": {"Containers": [{}]}, "ModelCard": {"ModelCardStatus": "Draft"}}
    role = {"ValidationRole": "arn:aws:iam::123456789012:role/a", "ValidationProfiles": []}
    version = {**VERSION, **lacking, "ValidationSpecification": role}
    assert not {"SM312", "SM326", "SM505", "SM714"} & {d.code for d in diagnostics(template(version))}


def test_a_template_that_approves_may_be_the_approval_itself() -> None:
    approved = template({**VERSION, "ModelApprovalStatus": "Approved"})
    assert [d for d in diagnostics(approved) if d.code == "SM233"] == []


@pytest.mark.parametrize("wrapped", [str, lambda text: {"Fn::Sub": text}], ids=["text", "function"])
def test_a_template_may_be_the_body_of_a_stack_in_another(wrapped: Any) -> None:
    body = wrapped(template({**VERSION, "ModelPackageGroupName": "${G}", "Tags": [{"Key": "a", "Value": "b"}]}))
    stacks = {"S": {"Type": "AWS::CloudFormation::StackSet", "Properties": {"TemplateBody": body}}}
    reported = [d for d in diagnostics(json.dumps({"Resources": stacks})) if d.severity.value == "error"]
    assert ("SM203", f"{HEAD}/Tags") in {(d.code, d.inner_pointer) for d in reported}
    assert all(d.fix is None and d.carrier == "cloudformation" for d in reported)
