"""Pipeline definitions: which requests they have, what of them is unknown, and where the findings stand."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.pointer import Pointer, to_json_pointer, value_at
from sm_lint.model.severity import Severity
from sm_lint.requests.carriers import NoRequest, requests
from sm_lint.requests.pipeline import PROFILE
from sm_lint.sources import document
from sm_lint.sources.document import Document
from tests.support import cases
from tests.support.cases import Case
from tests.support.linting import RULES, fix, lint, settings_of
from tests.support.mistakes import Mistake, mistaken, places, replaced
from tests.support.requests import small
from tests.support.work import calls

ALL = settings_of({"select": ["ALL"]})
GROUP = {"ModelPackageGroupName": "churn"}
FUNCTIONS: list[Any] = [
    {"Get": "Parameters.X"},
    {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"},
    {"Std:Join": {"On": "/", "Values": ["s3://b", {"Get": "Parameters.X"}]}},
    {"Std:JsonGet": {"PropertyFile": {"Get": "Steps.E.PropertyFiles.R"}, "Path": "a.b"}},
]
REJECTED = {"CertifyForMarketplace", "Description"}


def step(arguments: Any, kind: str = "RegisterModel") -> dict[str, Any]:
    return {"Name": "S", "Type": kind, "Arguments": arguments}


def pipeline(*steps: Any) -> dict[str, Any]:
    return {"Version": "2020-12-01", "Metadata": {}, "Parameters": [], "Steps": list(steps)}


def condition(*, yes: Any = (), no: Any = ()) -> dict[str, Any]:
    return step({"Conditions": [], "IfSteps": yes, "ElseSteps": no}, "Condition")


def read(value: Any, name: str = "p.json", **words: Any) -> Document:
    return document.read(name, (value if isinstance(value, str) else json.dumps(value, **words)).encode())


def found_in(read_document: Document) -> list[str]:
    """Return the pointers of the requests that are found in a document that nobody has named."""
    try:
        return [to_json_pointer(request.base) for request in requests(read_document, RULES.shapes)]
    except NoRequest:
        return []


def told(diagnostic: Diagnostic, base: str) -> tuple[str, str, str | None]:
    """Return the rule of a finding and its place in the request, which stands at `base`."""
    assert diagnostic.pointer.startswith(base)
    return diagnostic.code, diagnostic.pointer[len(base) :], diagnostic.inner_pointer


PLACES: list[tuple[str, Callable[[Any], Any]]] = [
    ("/Steps/0/Arguments", lambda request: pipeline(step(request))),
    ("/Steps/1/Arguments/IfSteps/0/Arguments", lambda request: pipeline({}, condition(yes=[step(request)]))),
    (
        "/Steps/0/Arguments/ElseSteps/1/Arguments/IfSteps/0/Arguments",
        lambda request: pipeline(condition(no=[None, condition(yes=[step(request)])])),
    ),
    (
        "/Steps/0/Arguments/ForEachBody/0/Arguments",
        lambda request: pipeline(step({"ForEachBody": [step(request)]}, "ForEach")),
    ),
    ("/a/0/Steps/0/Arguments", lambda request: {"a": [pipeline(step(request))]}),
]


@pytest.mark.parametrize(("base", "wrap"), PLACES, ids=[base for base, _ in PLACES])
def test_a_registration_is_found_at_any_depth(base: str, wrap: Callable[[Any], Any]) -> None:
    assert found_in(read(wrap(GROUP))) == [base]


@pytest.mark.parametrize(
    "value",
    [
        pipeline(step(GROUP, "Model")),
        pipeline(step({"IfSteps": [step(GROUP)]}, "Processing")),
        pipeline({"Name": "S", "Type": "RegisterModel"}),
        pipeline(condition(yes={"Get": "X"}, no="RegisterModel")),
        pipeline(step(["RegisterModel"], "Condition")),
        pipeline({"Name": "S", "Type": ["RegisterModel"], "Arguments": GROUP}),
        {"Steps": "RegisterModel", "Type": "RegisterModel", "Arguments": GROUP},
        {"Steps": [{"Type": {"RegisterModel": 1}, "Arguments": GROUP}, None, 1, [], "RegisterModel"]},
        {"Steps": {"0": step(GROUP)}},
        [["RegisterModel"]],
        "RegisterModel",
    ],
)
def test_what_is_no_registration_is_passed_over(value: Any) -> None:
    assert found_in(read(value)) == []


@pytest.mark.parametrize("arguments", [*FUNCTIONS, {"Std:Later": 1}])
def test_arguments_that_are_a_function_are_unknown(arguments: Any) -> None:
    assert lint(read(pipeline(step(arguments))), ALL) == []


@pytest.mark.parametrize("arguments", [[], None, 1, "x"])
def test_arguments_that_are_no_object_are_an_error(arguments: Any) -> None:
    assert [d.code for d in lint(read(pipeline(step(arguments))))] == ["SM105"]


@given(small(), st.sampled_from(FUNCTIONS), st.data())
def test_a_function_in_place_of_a_value_brings_no_finding(request: Any, function: Any, data: st.DataObject) -> None:
    request = {name: value for name, value in request.items() if name not in REJECTED}
    before = {(d.code, d.pointer) for d in lint(read(pipeline(step(request))), ALL)}
    pointer = data.draw(st.sampled_from([pointer for pointer, _ in places(request)]))
    after = lint(read(pipeline(step(replaced(request, pointer, function)))), ALL)
    assert {(d.code, d.pointer) for d in after} <= before


def _as_arguments(case: Case) -> Any:
    """Return the request of a case as a value, without what SM050 is about; None for a case of a text."""
    read_case = case.read()
    if read_case.problems or not isinstance(read_case.value, dict) or not read_case.is_json:
        return None
    if case.rule.code.startswith("SM0") or not REJECTED.isdisjoint(read_case.value):
        return None
    return read_case.value


@cases.parametrize("invalid")
def test_the_findings_are_the_same_in_a_pipeline_and_no_help_is_about_the_command_line(case: Case) -> None:
    request = _as_arguments(case)
    if request is None:
        return
    settings = case.settings(extend_select=(case.rule.code,), given=())
    alone = [d for d in lint(read(request), settings) if PROFILE.applies(d.code)]
    base, wrap = PLACES[case.number % len(PLACES)]
    inside = lint(read(wrap(request)), settings)
    assert {told(d, base) for d in inside} == {told(d, "") for d in alone}
    for d in inside:
        assert d.carrier == "pipeline"
        assert not re.search(r"\bCLI\b|\boptions?\b|`given`", f"{d.message} {d.help}"), d


@pytest.mark.parametrize("name", sorted(REJECTED))
@pytest.mark.parametrize("value", [True, False, "x", None, {"Get": "Parameters.X"}])
def test_a_member_that_the_service_rejects_there_is_one_warning(name: str, value: Any) -> None:
    (finding,) = lint(read(pipeline(step({**GROUP, name: value}))))
    assert (finding.code, finding.severity) == ("SM050", Severity.WARNING)
    assert finding.pointer == f"/Steps/0/Arguments/{name}"


def test_the_description_of_the_package_is_named_unless_it_is_there() -> None:
    one = {**GROUP, "Description": "x"}
    both = {**one, "ModelPackageDescription": "y"}
    helps = [d.help for value in (one, both) for d in lint(read(pipeline(step(value))))]
    assert [str(text).split()[0] for text in helps] == ["Write", "Remove"]


def test_the_fix_removes_what_the_service_rejects() -> None:
    mended, count = fix(read(pipeline(step({**GROUP, "CertifyForMarketplace": True, "Description": "x"}))))
    assert (mended.value, count) == (pipeline(step(GROUP)), 2)


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ({**GROUP, "Tags": [{"Key": "a", "Value": "b"}]}, []),
        ({**GROUP, "Tags": []}, []),
        ({**GROUP, "ModelApprovalStatus": "Approved"}, []),
        ({**GROUP, "ClientToken": "a-1"}, []),
        ({"Domain": "MACHINE_LEARNING"}, []),
        ({}, []),
        ({**GROUP, "ModelPackageName": "x"}, ["SM201"]),
        ({**GROUP, "Name": "x"}, ["SM101"]),
        ({**GROUP, "InferenceSpecification": {"Get": "Parameters.X", "Containers": []}}, ["SM101", "SM108"]),
    ],
)
def test_which_rules_hold(arguments: Any, codes: list[str]) -> None:
    few = settings_of({"extend-select": ["SM23"]})
    assert [d.code for d in lint(read(pipeline(step(arguments))), few)] == codes


CARD = json.dumps({"model_overview": {"model_creator": 5}})
WITH_MISTAKES = pipeline(
    condition(
        yes=[
            step(
                {
                    "ModelPackageGroupName": 'é"\\/\t\U0001f600',
                    "ModelApprovalStatus": "approved",
                    "ModelCard": {"ModelCardContent": CARD, "ModelCardStatus": "Draft"},
                    "Description": "x",
                    "Nonsense": 1,
                }
            )
        ]
    )
)
TEXTS = [json.dumps(WITH_MISTAKES), json.dumps(WITH_MISTAKES, ensure_ascii=False, indent=2)]


def _indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" for line in text.splitlines())


def holders(text: str) -> list[tuple[str, str, Pointer]]:
    """Return documents that have a definition in a string: the name of each, its text, the pointer of the string."""
    quoted = text.replace("'", "''").replace("\n", "\n\n  ")
    after = {"pipeline_definition": text}
    plan = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [{"values": after}]}},
        "resource_changes": [{"change": {"before": {"pipeline_definition": "{}"}, "after": after}}],
    }
    return [
        ("t.json", json.dumps({"PipelineDefinition": {"PipelineDefinitionBody": text}}),
         ("PipelineDefinition", "PipelineDefinitionBody")),
        ("c.json", json.dumps({"PipelineName": "p", "PipelineDefinition": text}, ensure_ascii=False, indent=1),
         ("PipelineDefinition",)),
        ("plan.json", json.dumps(plan), ("resource_changes", 0, "change", "after", "pipeline_definition")),
        ("list.json", json.dumps([1, [text]]), (1, 0)),
        ("block.yaml", f"A:\n  B: |\n{_indented(text, 4)}", ("A", "B")),
        ("folded.yaml", f"A:\n  B: >-\n{_indented(text, 4)}", ("A", "B")),
        ("double.yaml", f"A: {json.dumps(text, ensure_ascii=False)}\n", ("A",)),
        ("single.yaml", f"A: '{quoted}'\n", ("A",)),
    ]  # fmt: skip


HOLDERS = [holder for text in TEXTS for holder in holders(text)]


@pytest.mark.parametrize(("name", "text", "pointer"), HOLDERS, ids=[name for name, *_ in HOLDERS])
def test_a_definition_in_a_string_has_its_findings_at_its_characters(name: str, text: str, pointer: Pointer) -> None:
    holder = read(text, name)
    definition = str(value_at(holder.value, pointer))
    alone = lint(read(definition))
    inside = lint(holder)
    assert len(alone) > 4
    assert [(d.code, d.message) for d in inside] == [(d.code, d.message) for d in alone]
    for here, there in zip(inside, alone, strict=True):
        assert here.pointer == to_json_pointer(pointer)
        assert here.inner_pointer == there.pointer
        assert here.fix is None
        written = text[here.range.start.offset : here.range.end.offset]
        meant = definition[there.range.start.offset : there.range.end.offset]
        decoded = written.replace("''", "'") if name == "single.yaml" else written
        if name.endswith(".json") or name == "double.yaml":
            decoded = json.loads(f'"{written}"', strict=False)
        assert decoded == meant


@given(mistaken(small()))
def test_each_mistake_is_found_in_a_string_too(mistake: Mistake) -> None:
    definition = pipeline(condition(no=[step(mistake.request)]))
    alone = [(d.code, d.pointer, d.message) for d in lint(read(definition))]
    inside = lint(read({"PipelineDefinition": json.dumps(definition)}))
    assert [(d.code, d.inner_pointer, d.message) for d in inside if d.pointer == "/PipelineDefinition"] == [
        (code, pointer, message) for code, pointer, message in alone
    ]


def test_what_a_template_fills_in_is_unknown() -> None:
    arguments = {"ModelPackageGroupName": "${Group}", "ModelApprovalStatus": "${!Literal}", "Tags": "NAKED"}
    text = json.dumps(pipeline(step({**arguments, "Nonsense": 1}))).replace('"NAKED"', "${Tags}")
    for value in ({"Fn::Sub": text}, {"Fn::Sub": [text, {"Group": "churn"}]}):
        assert [d.code for d in lint(read({"Resources": {"P": value}}))] == ["SM101"]


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9, 0.99])
def test_a_string_that_is_a_part_of_a_definition_is_passed_over(cut: float) -> None:
    text = TEXTS[0]
    half = text[: int(len(text) * cut)]
    assert found_in(read({"a": half})) == []
    assert found_in(read({"Fn::Join": ["", [text, {"Ref": "X"}]]})) == []


@given(st.integers(0, len(TEXTS[1])))
def test_a_definition_that_is_being_written_does_not_crash(end: int) -> None:
    for name in ("p.json", "p.yaml"):
        half = read(TEXTS[1][:end], name)
        found_in(half)
        lint(half)


STRANGE: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from([None, True, 1, "RegisterModel", "Condition", "ForEach", "{", '{"Steps": [{}]}', *FUNCTIONS]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "Steps",
                    "Type",
                    "Name",
                    "Arguments",
                    "IfSteps",
                    "ElseSteps",
                    "ForEachBody",
                    "Description",
                    "Get",
                    "Tags",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(STRANGE)
def test_values_of_any_type_anywhere_do_not_crash(value: Any) -> None:
    for holder in (value, {"a": json.dumps(value)}, pipeline(value), pipeline(step(value), condition(yes=[value]))):
        lint(read({"RegisterModel": holder}), ALL)
        found_in(read({"RegisterModel": holder}))


def test_keys_of_yaml_that_are_no_strings_do_not_crash() -> None:
    text = (
        "Steps:\n- {Name: R, Type: RegisterModel, 1: 2, Arguments: {1: 2, null: 3, true: [], ModelPackageGroupName: _}}"
    )
    assert [d.code for d in lint(read(text, "p.yaml"))] == ["SM222"]


def test_conditions_are_followed_to_the_depth_that_can_be_read() -> None:
    steps = step({"ModelPackageGroupName": "_"})
    for _ in range(60):
        steps = condition(yes=[steps])
    assert [d.code for d in lint(read(pipeline(steps)))] == ["SM222"]


@pytest.mark.parametrize(
    "many",
    [
        lambda count: pipeline(*[step(GROUP)] * count),
        lambda count: pipeline(condition(yes=[step(GROUP)] * count, no=[condition()] * count)),
        lambda count: [pipeline(step(GROUP))] * count,
        lambda count: [json.dumps(pipeline(step(GROUP)))] * count,
        lambda count: [json.dumps(pipeline(step({**GROUP, "Description": "x"})))] * count,
        lambda count: pipeline(
            step({**GROUP, "CustomerMetadataProperties": {str(n): FUNCTIONS[2] for n in range(count)}})
        ),
    ],
)
def test_the_work_grows_with_the_document(many: Callable[[int], Any]) -> None:
    few, more = read(many(50)), read(many(200))
    lint(more)  # what is made once is made now
    assert calls(lambda: lint(more)) < 4.4 * calls(lambda: lint(few))
