"""The documents in the texts of a document, above all those that a CloudFormation template puts together."""

import json
from typing import Any

import pytest

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.requests.strings import documents
from sm_lint.sources import document
from sm_lint.sources.document import Document
from tests.support.linting import lint, settings_of
from tests.support.work import calls

ERRORS = settings_of({"select": ["SM0", "SM101", "SM103", "SM106", "SM201"]})
ARGUMENTS = {"ModelPackageGroupName": "churn"}


def definition(arguments: dict[str, Any]) -> str:
    step = {"Name": "Register", "Type": "RegisterModel", "Arguments": arguments}
    return json.dumps({"Version": "2020-12-01", "Steps": [step]})


def template(body: Any) -> str:
    properties = {"PipelineName": {"Ref": "Name"}, "PipelineDefinition": {"PipelineDefinitionBody": body}}
    return json.dumps({"Resources": {"P": {"Type": "AWS::SageMaker::Pipeline", "Properties": properties}}})


def diagnostics(text: str, name: str = "t.json") -> list[Diagnostic]:
    return lint(document.read(name, text.encode()), ERRORS)


def inner(text: str, mark: str = "RegisterModel") -> list[Document]:
    read = document.read("t.json", text.encode())
    return [found for found in documents(read, mark) if found is not read]


@pytest.mark.parametrize("value", ["${Group}", "a-${Group}-${AWS::Region}"])
@pytest.mark.parametrize("as_list", [False, True])
def test_variables_of_a_sub_are_unknown_texts(value: str, as_list: bool) -> None:
    body: Any = definition({"ModelPackageGroupName": value, "ModelApprovalStatus": value, "ModelPackageName": value})
    (reported,) = diagnostics(template({"Fn::Sub": [body, {"Group": "x"}] if as_list else body}))
    assert reported.code == "SM201"
    assert diagnostics(template(body))[0].code == "SM201"
    assert len(diagnostics(template(body))) == 2  # the same without the function: no variables


def joined(*pieces: Any) -> Any:
    return {"Fn::Join": ["", list(pieces)]}


def test_a_definition_that_is_joined_has_the_places_of_its_pieces() -> None:
    text = definition({"ModelPackageGroupName": "GROUP", "ModelApprovalStatus": "Aproved", "Domain": "GROUP"})
    first, second, third = text.split("GROUP")
    source = template(joined(first, {"Ref": "Group"}, second, {"Fn::GetAtt": ["Group", "Arn"]}, third))
    (reported,) = diagnostics(source)
    assert reported.code == "SM106"
    assert reported.pointer == "/Resources/P/Properties/PipelineDefinition/PipelineDefinitionBody"
    assert reported.inner_pointer == "/Steps/0/Arguments/ModelApprovalStatus"
    span = reported.range
    assert source[span.start.offset : span.end.offset] == '\\"Aproved\\"'


def test_what_spans_pieces_reaches_from_the_first_to_the_last() -> None:
    text = definition({**ARGUMENTS, "ModelApprovalStatus": "ApDroved"})
    first, second = text.split("D", 1)
    (found,) = inner(template({"Fn::Join": ["-", [first, second]]}))
    assert found.text == f"{first}-{second}"
    (reported,) = diagnostics(template(joined(first, second)))
    assert reported.range.start.offset < reported.range.end.offset
    (of_function,) = inner(template(joined(first, {"Ref": "X"}, second)))
    at = len(first) + 1
    span = of_function.span(at, at + 1)
    assert span.start.offset < span.end.offset


def test_a_function_stands_for_a_text_or_in_place_of_a_value() -> None:
    text = definition({**ARGUMENTS, "ModelApprovalStatus": "GROUP", "Tags": "BARE"})
    first, second, third = text.replace('"BARE"', "GROUP").split("GROUP")
    (found,) = inner(template(joined(first, {"Ref": "Status"}, second, {"Fn::ToJsonString": []}, third)))
    assert found.value["Steps"][0]["Arguments"]["ModelApprovalStatus"] == "${Status}"
    at = ("Steps", 0, "Arguments")
    assert found.unknown == {(*at, "ModelApprovalStatus"): "string", (*at, "Tags"): None}
    assert diagnostics(template(joined(first, {"Ref": "Status"}, second, {"Fn::ToJsonString": []}, third))) == []


def test_a_text_is_of_the_type_string() -> None:
    body = definition({**ARGUMENTS, "Tags": "${Tags}"})
    assert [d.code for d in diagnostics(template({"Fn::Sub": body}))] == ["SM103"]


def test_a_variable_in_a_key_may_be_any_member() -> None:
    body = definition({"${Name}": "churn", "Mdel": 1})
    assert [d.code for d in diagnostics(template({"Fn::Sub": body}))] == ["SM101"]
    assert diagnostics(template({"Fn::Sub": definition({**ARGUMENTS, "${Name}": "churn"})})) == []


DOUBTFUL = [
    {"Fn::Sub": definition(ARGUMENTS).replace("}}]", "} ${More} }]")},
    joined('{"Steps": [{"Type": "RegisterModel", ', {"Ref": "Rest"}),
    {"Fn::Join": [{"Ref": "X"}, [definition({"Modl": 1})]]},
    {"Fn::Join": ["", {"Ref": "RegisterModel"}]},
    {"Fn::Join": ["", ["{", 1, None, "RegisterModel"]]},
    {"Fn::Join": ["RegisterModel"]},
    {"Fn::Sub": ["{ RegisterModel"]},
]


@pytest.mark.parametrize("body", DOUBTFUL, ids=str)
def test_what_may_be_read_in_several_ways_is_passed_over(body: Any) -> None:
    assert not [d for d in diagnostics(template(body)) if d.code != "SM023"]


YAML = """
Resources:
  P:
    Type: AWS::SageMaker::Pipeline
    Properties:
      PipelineName: !Ref Name
      PipelineDefinition:
        PipelineDefinitionBody: !Sub
          - |
            {"Version": "2020-12-01", "Steps": [{"Name": "R", "Type": "RegisterModel", "Arguments": {
              "ModelPackageGroupName": "${Group}",
              "ModelApprovalStatus": "Aproved"}}]}
          - {Group: !GetAtt Group.Name}
"""


IN_PIECES = r"""
Resources:
  P:
    Properties:
      Definition: !Join
        - ''
        - - '{"Steps": [{"Name": "R", "Type": "RegisterModel", "Arguments": {"ModelPackageGroupName": "'
          - !Ref Group
          - '", "ModelApprovalStatus": '
          - "\"Aproved\"}}]}"
"""


def test_short_tags_around_pieces() -> None:
    (reported,) = diagnostics(IN_PIECES, "t.yaml")
    span = reported.range
    assert IN_PIECES[span.start.offset : span.end.offset] == '\\"Aproved\\"'


@pytest.mark.parametrize("text", [YAML, YAML.replace("!Sub\n          - |", "!Sub |").partition("          - {")[0]])
def test_short_tags_of_yaml(text: str) -> None:
    (reported,) = diagnostics(text, "t.yaml")
    assert reported.code == "SM106"
    span = reported.range
    assert text[span.start.offset : span.end.offset] == '"Aproved"'
    assert text[: span.start.offset].count("\n") + 1 == span.start.line


@pytest.mark.parametrize("function", [{"Ref": "X"}, {"Fn::Sub": "${X}"}, {"Fn::If": ["C", "x", "y"]}])
def test_functions_in_an_object_of_the_template_are_unknown(function: Any) -> None:
    step = {"Name": "Register", "Type": "RegisterModel"}
    for arguments in (function, {**ARGUMENTS, "Domain": function}, {**ARGUMENTS, "Tags": [{"Key": function}]}):
        text = template({"Steps": [{**step, "Arguments": arguments}]})
        assert {reported.code for reported in diagnostics(text)} <= {"SM102"}
    assert diagnostics(template({"Steps": [{**step, "Arguments": {**ARGUMENTS, "Domian": function}}]})) != []


def test_documents_are_left_as_they_were_read() -> None:
    read = document.read("t.json", template({"Steps": [{"Type": "RegisterModel", "Name": {"Ref": "X"}}]}).encode())
    assert list(documents(read, "RegisterModel")) == [read]
    assert not read.unknown


def test_the_variables_of_a_state_machine() -> None:
    machine = {"States": {"A": {"Parameters": {"ModelPackageGroupName": "${Group}"}, "Mark": "createModelPackage"}}}
    for substitutions in ({}, {"DefinitionSubstitutions": {"Group": {"Ref": "G"}}}):
        properties = {"DefinitionString": json.dumps(machine), **substitutions}
        text = json.dumps({"Resources": {"M": {"Type": "AWS::Serverless::StateMachine", "Properties": properties}}})
        read = document.read("t.json", text.encode())
        found = list(documents(read, "createModelPackage"))[-1]
        unknown = [at for at in found.unknown if at[-1] == "ModelPackageGroupName"]
        assert bool(unknown) == bool(substitutions)


@pytest.mark.parametrize("kind", ["join", "sub", "strings"])
def test_the_work_grows_with_the_size_of_the_document(kind: str) -> None:
    def work(count: int) -> int:
        pieces: list[Any] = [definition(ARGUMENTS)[:-1], ', "x": [', *(['"', {"Ref": "X"}, '", '] * count), "1]}"]
        bodies = {
            "join": joined(*pieces),
            "sub": {"Fn::Sub": definition(dict.fromkeys(map(str, range(count)), "${X}"))},
            "strings": [definition(ARGUMENTS)] * count,
        }
        read = document.read("t.json", template(bodies[kind]).encode())
        return calls(lambda: [found.span(0, len(found.text)) for found in documents(read, "RegisterModel")])

    assert work(400) < 4.4 * work(100)


def test_a_text_that_a_template_completes_is_passed_over_if_it_is_json_only_in_part() -> None:
    text = definition({**ARGUMENTS, "Modl": 1})
    assert inner(template({"Fn::Join": ["", [text, {"Ref": "More"}]]})) == []
    assert inner(template({"Fn::Join": ["", [text[:-9], {"Ref": "More"}]]})) == []


def test_functions_are_known_in_a_part_of_a_template_too() -> None:
    first, second = definition({**ARGUMENTS, "Domain": "X"}).split("X", 1)
    (found,) = inner(json.dumps({"PipelineDefinitionBody": joined(first, {"Ref": "Domain"}, second)}))
    assert list(found.unknown.values()) == ["string"]


def nested(text: str, levels: int) -> str:
    """Return a text in a string, which is in a text in a string, and so on."""
    for _ in range(levels):
        text = json.dumps({"Input": text})
    return text


@pytest.mark.parametrize(("levels", "expected"), [(1, "/Steps/0/Arguments/ModelApprovalStatus"), (2, "/Input")])
def test_a_definition_in_a_string_is_found_in_the_text_of_a_string(levels: int, expected: str) -> None:
    source = nested(definition({**ARGUMENTS, "ModelApprovalStatus": "Aproved"}), levels)
    (reported,) = diagnostics(source)
    assert (reported.code, reported.pointer, reported.inner_pointer) == ("SM106", "/Input", expected)
    span, quote = reported.range, "\\" * (2**levels - 1) + '"'
    assert source[span.start.offset : span.end.offset] == f"{quote}Aproved{quote}"
    assert reported.fix is None


def test_a_definition_in_a_deeper_string_is_passed_over() -> None:
    assert not inner(nested(definition(ARGUMENTS), 3))[2:]


def test_a_string_in_a_text_with_variables_or_with_mistakes_is_passed_over() -> None:
    middle = nested(definition({**ARGUMENTS, "ModelApprovalStatus": "Aproved"}), 1)
    assert len(inner(template({"Fn::Sub": middle}))) == 1
    assert len(inner(nested(middle[:-1], 1))) == 1
