"""State machines of Step Functions: where their requests stand, and what is wrong with a task itself."""

import json
from typing import Any

import pytest

from sm_lint.requests import state_machine
from sm_lint.requests.request import OF_THE_CLI
from sm_lint.sources import document
from tests.support.cases import ALL
from tests.support.linting import RULES, fix, lint, settings_of
from tests.support.machines import BAD, OTHER, RESOURCE, N, found, in_task, machine, pointers, task
from tests.support.work import calls

STATUS = "Parameters/ModelApprovalStatus"
PLACES = [
    (machine(task(BAD)), [f"/States/T0/{STATUS}"]),
    (task(BAD), [f"/{STATUS}"]),
    (machine(task(BAD), task(BAD)), [f"/States/T0/{STATUS}", f"/States/T1/{STATUS}"]),
    (machine({"Type": "Map", "ItemProcessor": machine(task(BAD))}), [f"/States/T0/ItemProcessor/States/T0/{STATUS}"]),
    (machine({"Type": "Map", "Iterator": machine(task(BAD))}), [f"/States/T0/Iterator/States/T0/{STATUS}"]),
    (machine({"Type": "Parallel", "Branches": [machine(), machine(task(BAD))]}),
     [f"/States/T0/Branches/1/States/T0/{STATUS}"]),
    ({"Properties": {"Definition": machine(task(BAD))}}, [f"/Properties/Definition/States/T0/{STATUS}"]),
    ({"DefinitionString": json.dumps(machine(task(BAD)))}, [f"/DefinitionString#/States/T0/{STATUS}"]),
    ({"DefinitionString": {"Fn::Sub": json.dumps(machine(task(BAD)))}},
     [f"/DefinitionString/Fn::Sub#/States/T0/{STATUS}"]),
    ({"format_version": "1.2",
      "resource_changes": [{"change": {"after": {"definition": json.dumps(machine(task(BAD)))}}}]},
     [f"/resource_changes/0/change/after/definition#/States/T0/{STATUS}"]),
    (machine(task(BAD, key="Arguments"), QueryLanguage="JSONata"), ["/States/T0/Arguments/ModelApprovalStatus"]),
    (machine(task(BAD, key="Arguments", QueryLanguage="JSONata")), ["/States/T0/Arguments/ModelApprovalStatus"]),
    (machine(task(BAD, key="Arguments", Parameters={})), ["/States/T0/Parameters"]),
    (machine(task(BAD, key="Arguments", Parameters={}), QueryLanguage="JSONata"),
     ["/States/T0/Arguments/ModelApprovalStatus"]),
]  # fmt: skip


@pytest.mark.parametrize(("value", "places"), PLACES)
def test_a_request_is_found_wherever_the_task_stands(value: Any, places: list[str]) -> None:
    assert [at for _, at in found(value)] == places


CALLS = [
    (RESOURCE, True, []),
    (f"{RESOURCE}.waitForTaskToken", True, []),
    ("arn:aws-us-gov:states:::aws-sdk:sagemaker:createModelPackage", True, []),
    ("arn:aws:states:eu-west-1:123456789012:aws-sdk:sagemaker:createModelPackage", True, []),
    ("arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:aws-sdk:sagemaker:createModelPackage", True, []),
    ({"Fn::Sub": "arn:${AWS::Partition}:states:::aws-sdk:sagemaker:createModelPackage"}, True, []),
    ({"Fn::Sub": ["arn:${P}:states:::aws-sdk:sagemaker:createModelPackage", {"P": "aws"}]}, True, []),
    ({"Fn::Join": ["", ["arn:", {"Ref": "P"}, ":states:::sagemaker:createModelPackage"]]}, True, ["SM051"]),
    (OTHER, True, ["SM051"]),
    (f"{OTHER}.waitForTaskToken", True, ["SM051"]),
    (f"{RESOURCE}.sync", True, ["SM052"]),
    (f"{RESOURCE}.sync:2", True, ["SM052"]),
    (f"{OTHER}.sync", True, ["SM051", "SM052"]),
    ({"Fn::Sub": "arn:${AWS::Partition}:states:::sagemaker:createModelPackage"}, True, ["SM051"]),
    (f"{RESOURCE}Group", False, []),
    ("arn:aws:states:::aws-sdk:sagemaker:describeModelPackage#createModelPackage", False, []),
    ("arn:aws:lambda:eu-west-1:123456789012:function:createModelPackage", False, []),
    (["arn:aws:states:::lambda:createModelPackage"], False, []),
    (None, False, []), (1, False, []), ({"Fn::Join": 1}, False, []), ({"Fn::Sub": []}, False, []),
]  # fmt: skip


@pytest.mark.parametrize(("resource", "is_ours", "codes"), CALLS)
def test_the_resource_tells_whether_a_task_calls_the_operation(resource: Any, is_ours: bool, codes: list[str]) -> None:
    states = machine(task(BAD, resource), {"Comment": "createModelPackage"})
    read = document.read("a.json", json.dumps(states).encode())
    assert len(state_machine.requests(read, RULES.shapes) or ()) == is_ours
    assert [code for code, _ in found(states) if code.startswith("SM05")] == codes


def test_other_documents_are_none() -> None:
    for value in ({"a": "createModelPackage"}, ["createModelPackage"], {"States": {"a": "createModelPackage"}}, 7):
        assert state_machine.requests(document.read("a.json", json.dumps(value).encode()), RULES.shapes) is None


LANGUAGES = [
    ("Parameters", {}, {}, []),
    ("Arguments", {}, {}, []),
    ("Arguments", {"QueryLanguage": "JSONata"}, {}, []),
    ("Arguments", {}, {"QueryLanguage": "JSONata"}, []),
    ("Parameters", {"QueryLanguage": "JSONata"}, {"QueryLanguage": "JSONPath"}, []),
    ("Parameters", {"QueryLanguage": "${language}"}, {}, []),
    ("Parameters", {"QueryLanguage": None}, {"QueryLanguage": []}, []),
    ("Parameters", {"QueryLanguage": "JSONata"}, {}, ["/States/T0/Parameters"]),
    ("Parameters", {}, {"QueryLanguage": "JSONata"}, ["/States/T0/Parameters"]),
    ("Arguments", {}, {"QueryLanguage": "JSONPath"}, ["/States/T0/Arguments"]),
]


@pytest.mark.parametrize(("key", "of_machine", "of_state", "places"), LANGUAGES)
def test_each_query_language_has_a_key(
    key: str, of_machine: dict[str, Any], of_state: dict[str, Any], places: list[str]
) -> None:
    assert found(machine(task(N, key=key, **of_state), **of_machine)) == [("SM054", at) for at in places]
    if places:
        either = {"ModelPackageGroupName": "{% $a %}", "Domain.$": "$.b", "Tags": [{"Key": "a", "Value": "b"}]}
        codes = [code for code, _ in found(machine(task(either, key=key, **of_state), **of_machine))]
        assert codes == ["SM054", "SM203"]


def test_a_task_without_parameters_sends_its_input() -> None:
    assert in_task(None) == []
    assert found(machine(task(None, OTHER))) == [("SM051", "/States/T0/Resource")]


YAML = """
Resources:
  A:
    Properties:
      Definition:
        StartAt: T0
        States:
          T0:
            Type: Task
            Resource: !Sub "arn:${AWS::Partition}:states:::sagemaker:createModelPackage"
            Parameters:
              ModelPackageGroupName: !Ref Group
              ModelPackageDescription: !Sub [x, {a: b}]
              Tags: !If [a, [], !Ref AWS::NoValue]
              Domain: !GetAtt A.B
              CustomerMetadataProperties: !Ref AWS::NoValue
              ModelApprovalStatus: Approvd
              1: x
  B:
    Properties:
      DefinitionString: !Sub |
        {"StartAt": "T0", "States": {"T0": {"Type": "Task", "TimeoutSeconds": ${Timeout}, "Parameters": {
          "ModelPackageGroupName": "${Group}",
          "ModelApprovalStatus": "Approvd"
        }, "Resource": "arn:${AWS::Partition}:states:::aws-sdk:sagemaker:createModelPackage"}}}
"""


def test_templates_in_yaml_have_tags() -> None:
    a, b = "/Resources/A/Properties/Definition/States/T0", "/Resources/B/Properties/DefinitionString"
    assert found(YAML, "template.yaml") == [
        ("SM051", f"{a}/Resource"),
        ("SM106", f"{a}/Parameters/ModelApprovalStatus"),
        ("SM106", f"{b}#/States/T0/Parameters/ModelApprovalStatus"),
    ]


@pytest.mark.parametrize("resource", [
    "arn:aws:states:::sagemaker:createModelPackage",
    "!Sub 'arn:${AWS::Partition}:states:::sagemaker:createModelPackage'",
    "!Sub ['arn:${P}:states:::sagemaker:createModelPackage', {P: aws}]",
    "!Join ['', ['arn:', !Ref AWS::Partition, ':states:::sagemaker:createModelPackage']]",
    "{'Fn::Sub': 'arn:${AWS::Partition}:states:::sagemaker:createModelPackage'}",
])  # fmt: skip
def test_a_resource_in_yaml_may_have_a_tag(resource: str) -> None:
    text = f"T0:\n  Resource: {resource}\n  Parameters: {{ModelPackageGroupName: a}}\n"
    assert [(code, at[:12]) for code, at in found(text, "a.yaml")] == [("SM051", "/T0/Resource")]
    after, _ = fix(document.read("a.yaml", text.encode()))
    is_text = "!Join" not in resource
    assert after.text == (text.replace("sagemaker:", "aws-sdk:sagemaker:") if is_text else text).replace(
        "e: arn:aws:states:::aws-sdk:sagemaker:createModelPackage\n",
        "e: 'arn:aws:states:::aws-sdk:sagemaker:createModelPackage'\n",
    )


def test_cdk_joins_the_definition_of_parts() -> None:
    text = json.dumps(machine(task({**BAD, "ModelPackageGroupName": "<G>"}, OTHER.replace("aws:", "<P>:"))))
    first, second = text.split("<P>")
    second, third = second.split("<G>")
    parts = [first, {"Ref": "AWS::Partition"}, second, {"Ref": "G"}, third]
    template = json.dumps({"DefinitionString": {"Fn::Join": ["", parts]}}, indent=1)
    diagnostics = lint(document.read("a.template.json", template.encode()))
    assert [(d.code, d.inner_pointer) for d in diagnostics] == [
        ("SM051", "/States/T0/Resource"),
        ("SM106", f"/States/T0/{STATUS}"),
    ]
    spans = [template[d.range.start.offset : d.range.end.offset] for d in diagnostics]
    assert spans[0].startswith('\\"arn:')
    assert spans[0].endswith('sagemaker:createModelPackage\\"')
    assert spans[1] == '\\"Approvd\\"'


FIXES = [
    (OTHER, RESOURCE),
    (f"{OTHER}.waitForTaskToken", f"{RESOURCE}.waitForTaskToken"),
    (f"{RESOURCE}.sync:2", RESOURCE),
    (f"{OTHER}.sync", RESOURCE),
    ('"ModelPackageGroupName": "$.g"', '"ModelPackageGroupName.$": "$.g"'),
    ('"ModelPackageGroupdName.$": "$.g"', '"ModelPackageGroupName.$": "$.g"'),
    ('"ModelPackageGroupName.$": "churn"', '"ModelPackageGroupName": "churn"'),
]


@pytest.mark.parametrize(("before", "after"), FIXES)
def test_fixes_change_only_what_is_wrong(before: str, after: str) -> None:
    text = json.dumps(machine(task(N)), indent=1)
    old = RESOURCE if before.startswith("arn") else '"ModelPackageGroupName": "churn"'
    fixed, _ = fix(document.read("a.json", text.replace(old, before).encode()))
    assert fixed.text == text.replace(old, after)


def _requests() -> list[dict[str, Any]]:
    """Return the requests of all rule cases that JSON can hold and that say the same in a state machine."""
    found = []
    for rule in ALL:
        for case in (*rule.invalid, *rule.valid):
            payload = case.get("payload", "")
            try:
                value = json.loads(payload)
            except ValueError:
                continue
            is_plain = not any(mark in payload for mark in ("$", "{%", "createModelPackage", "RegisterModel", "\\ud8"))
            if isinstance(value, dict) and is_plain and "config" not in case and "Fn::" not in payload:
                found.append(value)
    return found


OFF = tuple(OF_THE_CLI)
EVERY = settings_of({"select": ["ALL"]})


@pytest.mark.parametrize("key", ["Parameters", "Arguments"])
def test_a_request_has_the_same_findings_in_a_task(key: str) -> None:
    cases = _requests()
    assert len(cases) > 100
    for value in cases:
        alone = [(code, key + at) for code, at in found(value, settings=EVERY) if not code.startswith(OFF)]
        if any(code < "SM1" for code, _ in alone):
            continue  # the text or the document as a whole
        assert in_task(value, key, EVERY) == alone, value


WRONG: list[Any] = [
    None,
    [],
    {},
    0,
    True,
    "",
    "x",
    [[]],
    {"a": {}},
    {"Fn::Sub": 1},
    {"Fn::Join": ["", 1]},
    {"Fn::Join": ["", []]},
]
WHOLE = {"DefinitionString": {"Fn::Join": ["", ["{", {"Ref": "a"}, "createModelPackage}"]]},
         **machine({"Type": "Map", "ItemProcessor": machine(task({**BAD, "Tags.$": "$.x", "Tags": [{"Key": "${k}"}]}))},
                   task(N, {"Fn::Sub": [RESOURCE, {}]}, "Arguments"), QueryLanguage="JSONata")}  # fmt: skip


@pytest.mark.parametrize("at", pointers(WHOLE), ids=str)
def test_wrong_types_anywhere_are_no_crash(at: tuple[str | int, ...]) -> None:
    for wrong in WRONG:
        value = json.loads(json.dumps(WHOLE))
        parent = value
        for step in at[:-1]:
            parent = parent[step]
        parent[at[-1]] = wrong
        text = json.dumps(value)
        found(text)
        found(text, "a.yaml")


def test_half_written_machines_are_no_crash() -> None:
    text = json.dumps(WHOLE, indent=1)
    for end in range(0, len(text), 7):
        found(text[:end])
    for end in range(0, len(YAML), 9):
        found(YAML[:end], "a.yaml")


@pytest.mark.parametrize("one", [
    task({"ModelPackageGroupName.$": "$.g", "ModelPackageGroupName": "$.h", "${a}": "b"}),
    {"Resource": {"Fn::Join": ["", [RESOURCE]]}, "Arguments": "{% $x %}"},
    {"DefinitionString": {"Fn::Join": ["", [json.dumps(machine(task(N, OTHER))), {"Ref": "a"}, " "]]}},
    {"DefinitionString": json.dumps(machine(task(N, OTHER)))},
])  # fmt: skip
def test_work_grows_with_the_number_of_tasks(one: Any) -> None:
    def work(count: int) -> int:
        data = json.dumps(machine(*[one] * count)).encode()
        return calls(lambda: lint(document.read("a.json", data)))

    work(5)
    assert work(120) < 4.4 * work(30)
