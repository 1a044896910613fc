"""The carrier `ack`: which resources have a request, what of it is unknown, and what is said of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.settings import DEFAULTS
from sm_lint.requests import carriers
from sm_lint.requests.ack import PROFILE, requests, spelled
from sm_lint.requests.request import Request
from sm_lint.requests.shapes import Shape
from sm_lint.sources import document
from tests.support.cases import Case, parametrize
from tests.support.linting import RULES, fix, lint, settings_of
from tests.support.mistakes import places
from tests.support.requests import small
from tests.support.work import calls

HEAD = "apiVersion: sagemaker.services.k8s.aws/v1alpha1\nkind: ModelPackage\nmetadata: {name: churn}\n"
SPEC = "spec:\n  modelPackageGroupName: churn\n"
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"
CONTAINER = f"  inferenceSpecification:\n    containers:\n      - image: {IMAGE}\n"
OTHER = "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    ---\n    b\n"
SHAPES = RULES.shapes
LACKING = frozenset().union(*PROFILE.lacks.values())


def read(text: str, name: str = "a.yaml") -> document.Document:
    return document.read(name, text.encode())


def found(text: str, name: str = "a.yaml") -> list[Request] | None:
    return requests(read(text, name), SHAPES)


def reported(text: str, name: str = "a.yaml", ignores: Any = None) -> list[tuple[str, str]]:
    settings = settings_of({"per-file-ignores": ignores}, str(Path.cwd())) if ignores else DEFAULTS
    return [(d.code, d.pointer) for d in lint(read(text, name), settings)]


def in_resource(value: Any, shape: Shape = SHAPES.root) -> Any:
    """Return a value of the API with the names of a resource."""
    if isinstance(value, list):
        return [in_resource(item, SHAPES.of_items(shape)) for item in value]
    if not isinstance(value, dict):
        return value
    members = shape.schema.get("properties", ())
    return {
        spelled(name) if name in members else name: in_resource(child, SHAPES.of_member(shape, name))
        for name, child in value.items()
    }


def lacks(value: Any) -> bool:
    lacking = frozenset[str]().union(*PROFILE.lacks.values())
    return any(name in lacking for pointer, _ in places(value) for name in pointer)


def resource(request: Any, **more: Any) -> str:
    head = {"apiVersion": "sagemaker.services.k8s.aws/v1alpha1", "kind": "ModelPackage", "metadata": {"name": "a"}}
    return json.dumps({**head, "spec": in_resource(request), **more})


def pointer_in_resource(pointer: str, shape: Shape = SHAPES.root) -> str:
    steps = []
    for step in pointer.split("/")[1:]:
        members = shape.schema.get("properties", ())
        steps.append(spelled(step) if step in members else step)
        is_list = shape.type == "array"
        shape = SHAPES.of_items(shape) if is_list else SHAPES.of_member(shape, step)
    return "/".join(["/spec", *steps])


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        (HEAD + SPEC, [("spec",)]),
        (OTHER + "---\n" + HEAD + SPEC, [("spec",)]),
        (f"---\n{HEAD}{SPEC}---\n", [("spec",)]),
        (f"{HEAD}{SPEC}---\n{HEAD}{SPEC}", [("spec",), ("spec",)]),
        (HEAD, []),
        (HEAD + "spec:\n", []),
        (HEAD + "spec: [1]\n", []),
        (HEAD.replace("ModelPackage", "ModelPackageGroup") + SPEC, []),
        (HEAD.replace("sagemaker.services.k8s.aws", "openinfra.dev") + SPEC, None),
        (HEAD.replace("v1alpha1", "v2") + SPEC, [("spec",)]),
        (OTHER, None),
        ("kind: ModelPackage\napiVersion: [a]\nspec: {}\n", None),
        ("- a\n", None),
        ("", None),
        (HEAD.replace("{name: churn}", "{annotations: {services.k8s.aws/adoption-policy: adopt}}") + SPEC, []),
        (
            HEAD.replace("{name: churn}", "{annotations: {services.k8s.aws/adoption-policy: adopt-or-create}}") + SPEC,
            [("spec",)],
        ),
        (HEAD.replace("{name: churn}", '{annotations: {services.k8s.aws/read-only: "true"}}') + SPEC, []),
        (HEAD.replace("{name: churn}", '{annotations: {services.k8s.aws/read-only: "false"}}') + SPEC, [("spec",)]),
        (HEAD.replace("{name: churn}", "{annotations: {services.k8s.aws/adoption-policy: $X}}") + SPEC, []),
        (HEAD.replace("{name: churn}", "[]") + SPEC, [("spec",)]),
        (HEAD + "$patch: delete\n" + SPEC, []),
        (HEAD + SPEC + "  domain: #@ data.values.domain\n", []),
    ],
)
def test_a_resource_of_the_controller_has_a_request(text: str, bases: list[Any] | None) -> None:
    of = found(text)
    assert (of if of is None else [request.base for request in of]) == bases


def test_the_items_of_a_list_have_requests() -> None:
    one = json.loads(resource({"ModelPackageGroupName": "churn"}, status={"conditions": []}))
    inner = {"apiVersion": "v1", "kind": "List", "items": [one, None, {"kind": "Pod"}]}
    listed = {"apiVersion": "v1", "kind": "List", "items": [one, inner]}
    of = found(json.dumps(listed), "a.json") or []
    assert [request.base for request in of] == [("items", 0, "spec"), ("items", 1, "items", 0, "spec")]
    assert of[0].value == {"ModelPackageGroupName": "churn"}


@pytest.mark.parametrize(
    "name", ["ModelPackageGroupName", "ModelDataUrl", "S3Uri", "KmsKeyId", "SupportedResponseMIMETypes", "S3DataType"]
)
def test_the_spelling_is_that_of_the_schema_of_the_resource(name: str) -> None:
    spelling = {"ModelDataUrl": "modelDataURL", "S3Uri": "s3URI", "KmsKeyId": "kmsKeyID"}
    assert spelled(name) == spelling.get(name, name[0].lower() + name[1:])


def test_no_two_members_are_spelled_alike_nor_as_in_the_api() -> None:
    spellings = {spelled(name) for name in RULES.every_member}
    assert len(spellings) == len(RULES.every_member)
    assert spellings.isdisjoint(RULES.every_member)


@pytest.mark.parametrize(
    ("spec", "codes"),
    [
        ("  ModelPackageDescription: a\n", [("SM101", "/spec/ModelPackageDescription", "modelPackageDescription")]),
        ("  samplePayloadUrl: s3://bucket/a.tar.gz\n", [("SM101", "/spec/samplePayloadUrl", "samplePayloadURL")]),
        ("  modelApprovalstatus: Approved\n", [("SM101", "/spec/modelApprovalstatus", "modelApprovalStatus")]),
        ("  approvalDescription: fine\n", []),
        ("  customerMetadataProperties: {ModelPackageName: a, modelDataUrl: b}\n", []),
        ("  modelCard: {modelCardContent: x}\n", [("SM055", "/spec/modelCard", None)]),
        ("  ModelCard: 1\n", [("SM055", "/spec/ModelCard", None)]),
        ("  sourceURI: s3://a\n", [("SM055", "/spec/sourceURI", None)]),
        ("  sourceUri: s3://a\n", [("SM055", "/spec/sourceUri", None)]),
        ("  tags: [{key: a, value: b}]\n", [("SM203", "/spec/tags", None)]),
        (CONTAINER + "        modelDataUrl: s3://bucket/m.tar.gz\n", [
            ("SM101", "/spec/inferenceSpecification/containers/0/modelDataUrl", "modelDataURL"),
        ]),
        (CONTAINER + "        modelDataSource: {s3DataSource: {}}\n", [
            ("SM055", "/spec/inferenceSpecification/containers/0/modelDataSource", None),
        ]),
    ],
)  # fmt: skip
def test_a_key_is_spelled_exactly_so(spec: str, codes: list[tuple[str, str, str | None]]) -> None:
    text = HEAD + SPEC + spec
    diagnostics = lint(read(text))
    assert [(d.code, d.pointer) for d in diagnostics] == [(code, pointer) for code, pointer, _ in codes]
    for diagnostic, (_, pointer, nearest) in zip(diagnostics, codes, strict=True):
        if nearest:
            assert diagnostic.help == f"Did you mean `{nearest}`?"
            after, _ = fix(read(text))
            assert after.text == text.replace(pointer.rpartition("/")[2] + ":", nearest + ":")


UNKNOWN = (
    "$GROUP", '"$GROUP"', "${GROUP}", "a-$GROUP-b", "$(GROUP)", "{{ .Values.x }}", '"{{ .Values.x }}"',
    "{{ x | quote }}", "'{% if a %}b{% endif %}'", "yes", "No", "on", "OFF", "y", "1_000", "010", "0o7", "0b1",
    "1:30", "1e3", "2020-01-01",
)  # fmt: skip


@pytest.mark.parametrize("value", UNKNOWN)
@pytest.mark.parametrize("member", ["modelPackageDescription", "certifyForMarketplace", "modelApprovalStatus", "tags"])
def test_what_is_filled_in_or_read_otherwise_fires_nothing(value: str, member: str) -> None:
    group = SPEC if member != "tags" else "spec:\n  modelPackageName: churn\n"
    group += "" if member != "tags" else CONTAINER
    known = reported(HEAD + group)
    assert reported(HEAD + group + f"  {member}: {value}\n") == known


@pytest.mark.parametrize(
    ("value", "code"),
    [('"yes"', "SM106"), ("True", "SM103"), ("10", "SM103"), ("1.5", "SM103"), ("a$5", "SM106"), ("{b: 1}", "SM103")],
)
def test_what_stands_for_itself_is_judged(value: str, code: str) -> None:
    assert reported(HEAD + SPEC + f"  modelApprovalStatus: {value}\n") == [(code, "/spec/modelApprovalStatus")]


def test_a_wrong_name_is_reported_whatever_the_value() -> None:
    assert reported(HEAD + SPEC + "  Domain: $DOMAIN\n  tsk: {{ .Values.task }}\n") == [
        ("SM101", "/spec/Domain"), ("SM101", "/spec/tsk"),
    ]  # fmt: skip


def test_a_number_without_a_fraction_is_an_integer_for_kubernetes() -> None:
    resources = "transformResources: {instanceType: ml.m5.large, instanceCount: %s}"
    job = (
        "{transformInput: {dataSource: {s3DataSource: {s3DataType: S3Prefix, s3URI: 's3://bucket/a/'}}},"
        f" transformOutput: {{s3OutputPath: 's3://bucket/b'}}, {resources}}}"
    )
    role = "validationRole: arn:aws:iam::123456789012:role/a"
    text = f"{HEAD}{SPEC}  validationSpecification:\n    {role}\n    validationProfiles:\n    - profileName: a\n"
    text += f"      transformJobDefinition: {job}\n"
    assert reported(text % "1.0") == []
    assert [code for code, _ in reported(text % "1.5")] == ["SM103"]
    assert reported(HEAD + SPEC + "  domain: 1.0\n") == [("SM103", "/spec/domain")]


def test_keys_of_maps_are_texts_for_kubernetes() -> None:
    assert reported(HEAD + SPEC + "  customerMetadataProperties: {1: a, yes: b, 1.5: c}\n") == []


def test_an_object_with_a_placeholder_for_a_key_is_unknown() -> None:
    assert reported(HEAD + "spec:\n  '{{ .Values.key }}': churn\n") == []
    assert reported(HEAD + SPEC + CONTAINER + "        environment: {$KEY: 1}\n") == []


@pytest.mark.parametrize("first", ["modelApprovalStatus: a\n", "modelApprovalStatus: Approved\n"])
def test_of_a_repeated_key_the_value_is_unknown(first: str) -> None:
    assert reported(HEAD + SPEC + f"  {first}  modelApprovalStatus: b\n") == []


@pytest.mark.parametrize(
    ("name", "spec", "codes"),
    [
        ("a.yaml", "  modelApprovalStatus: X\n", ["SM106", "SM202"]),
        ("patches/a.yaml", "  modelApprovalStatus: X\n", ["SM106"]),
        ("dispatch/patched.yaml", "  modelApprovalStatus: X\n", ["SM106", "SM202"]),
        ("model-patch.yaml", "  inferenceSpecification: {containers: [{modelDataURL: s3://bucket/m.tar.gz}]}\n", []),
        ("overlays/prod/a.yaml", "  inferenceSpecification: {containers: [{}]}\n", []),
        ("a.yaml", "  tags: [{key: a, value: b, $patch: delete}]\n", []),
    ],
)
def test_what_a_patch_lacks_is_not_missed(name: str, spec: str, codes: list[str]) -> None:
    assert sorted(code for code, _ in reported(HEAD + "spec:\n" + spec, name)) == codes


@pytest.mark.parametrize("text", [
    HEAD + "spec:\n  {{- if .Values.group }}\n  modelPackageGroupName: a_b\n  {{- end }}\n",
    "{{- if .x }}\n" + HEAD + "spec:\n  domain: 1\n{{- end }}\n",
])  # fmt: skip
def test_a_template_that_cannot_be_parsed_is_passed_over_in_a_folder(text: str) -> None:
    with pytest.raises(carriers.NoRequest):
        carriers.requests(read(text), SHAPES)
    both = carriers.requests(read(f"{text}---\n{HEAD}{SPEC}"), SHAPES, named=True)
    assert [request.value for request in both] == [{"ModelPackageGroupName": "churn"}]


def test_a_broken_document_is_reported_beside_others_only_if_the_user_names_the_file() -> None:
    text = f"{HEAD}{SPEC}  domain: [a\n  task: b\n---\n{HEAD}{SPEC}  modelApprovalStatus: x\n"
    assert ("SM106", "/spec/modelApprovalStatus") in reported(text)
    assert "SM002" in {code for code, _ in reported(text)}
    (request,) = carriers.requests(read(text), SHAPES)
    assert request.document.part == 1


def test_a_named_file_of_several_documents_has_no_findings_of_the_cli() -> None:
    group = HEAD.replace("ModelPackage", "ModelPackageGroup") + "spec: {modelPackageGroupName: churn}\n"
    assert reported(f"{OTHER}---\n{group}") == []
    assert reported(f"{OTHER}---\n{HEAD}{SPEC}  domain: &a MACHINE_LEARNING\n  task: !!str OTHER\n---\n") == []


def test_findings_fixes_and_comments_are_those_of_each_document() -> None:
    one = f"{HEAD}{SPEC}  modelApprovalStatus: approved # sm-lint: ignore[SM106]: x\n"
    two = f"{HEAD}{SPEC}  ModelApprovalStatus: Approved\n  task: 1\n"
    three = f"{HEAD}spec:\n  modelPackageGroupName: churn\n  ModelApprovalStatus: Approved # sm-lint: ignore[SM106]\n"
    text = f"{OTHER}---\n{one}---\n- [\n---\n{two}...\n---\n{three}"
    diagnostics = lint(read(text))
    assert [(d.code, d.pointer) for d in diagnostics] == [
        ("SM101", "/spec/ModelApprovalStatus"), ("SM103", "/spec/task"), ("SM101", "/spec/ModelApprovalStatus"),
        ("SM901", ""),
    ]  # fmt: skip
    assert {d.carrier for d in diagnostics if d.code != "SM901"} == {"ack"}
    assert [_text(text, d) for d in diagnostics[:3]] == ["ModelApprovalStatus", "1", "ModelApprovalStatus"]
    after, count = fix(read(text))
    assert count == 4
    assert lint(after) == []
    wanted = text.replace("ModelApprovalStatus: Approved", "modelApprovalStatus: Approved")
    assert after.text == wanted.replace("task: 1", 'task: "1"').replace(" # sm-lint: ignore[SM106]\n", "\n")


def _text(text: str, diagnostic: Diagnostic) -> str:
    return text[diagnostic.range.start.offset : diagnostic.range.end.offset]


def test_a_text_is_cut_in_its_document() -> None:
    long = f"{HEAD}{SPEC}  modelPackageDescription: {'a b ' * 300}c\n"
    text = f"{OTHER}---\n{long}"
    after, count = fix(read(text))
    assert count == 1
    assert after.text == text.replace("a b " * 300 + "c", "a b " * 256)


def test_a_fix_that_would_break_its_document_is_not_made() -> None:
    text = f"{OTHER}---\n{HEAD}{SPEC}  modelApprovalStatus: approved\n  domain: [\n---\n{HEAD}{SPEC}  task: 1\n"
    after, count = fix(read(text))
    assert count == 1
    assert after.text == text.replace("task: 1", 'task: "1"')


@pytest.mark.parametrize("key", ["/spec/modelApprovalStatus", "/spec/*"])
def test_a_pointer_suppresses_in_each_document(key: str) -> None:
    text = f"{OTHER}---\n{HEAD}{SPEC}  modelApprovalStatus: a\n---\n{HEAD}{SPEC}  modelApprovalStatus: b\n"
    assert len(reported(text)) == 2
    assert reported(text, ignores={f"a.yaml#{key}": ["SM106"]}) == []
    assert ("SM901", "/spec/task") in reported(text, ignores={"a.yaml#/spec/task": ["SM106"]})


@parametrize("invalid")
def test_a_request_has_the_same_findings_in_a_resource(case: Case) -> None:
    bare = case.read()
    settings = case.settings()
    of_bare = lint(bare, settings)
    if bare.problems or not isinstance(bare.value, dict) or {d.carrier for d in of_bare} != {"payload"}:
        return
    if lacks(bare.value) or "$" in bare.text or "{{" in bare.text:
        return
    if any(d.code.startswith(("SM0", "SM9")) or d.code in ("SM101", "SM113") for d in of_bare):
        return
    moved = lint(document.read("a.json", resource(bare.value).encode()), settings)
    expected = [(d.code, pointer_in_resource(d.pointer)) for d in of_bare if PROFILE.applies(d.code)]
    assert sorted((d.code, d.pointer) for d in moved) == sorted(expected)


@given(small(), st.data())
def test_nothing_is_said_of_a_valid_request_whatever_of_it_is_filled_in(request: Any, data: st.DataObject) -> None:
    if lacks(request):
        return
    text = resource(request)
    known = [f for f in reported(text, "a.json") if f[0] != "SM119"]
    value = json.loads(text)
    pointer, _ = data.draw(st.sampled_from([place for place in places(value["spec"]) if place[0]]))
    around: Any = value["spec"]
    for step in pointer[:-1]:
        around = around[step]
    around[pointer[-1]] = data.draw(st.sampled_from(["$X", "a${X}b", "{{ x }}", "$(X)"]))
    assert set(reported(json.dumps(value), "a.json")) <= set(known)


JUNK: tuple[Any, ...] = (None, 1, "a", [], {}, [[]], {"a": None}, True, ["$a"], {"$a": 1}, {1: 2})


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("at", ["apiVersion", "kind", "metadata", "spec", "items", "containers", "annotations"])
def test_nothing_crashes_on_other_types(at: str, junk: Any) -> None:
    value = json.loads(resource({"ModelPackageGroupName": "a", "InferenceSpecification": {"Containers": [{}]}}))
    if at == "containers":
        value["spec"]["inferenceSpecification"][at] = junk
    elif at == "annotations":
        value["metadata"][at] = junk
    else:
        value[at] = junk
    reported(json.dumps(value), "a.json")
    reported(json.dumps({"kind": "List", "apiVersion": "v1", "items": [value, junk]}), "a.json")


@given(
    st.lists(
        st.sampled_from([*HEAD.splitlines(), *SPEC.splitlines(), "---", "...", "  - a", "{{ x }}", "? a", "", "\t"])
    )
)
def test_nothing_crashes_on_half_a_document(lines: list[str]) -> None:
    reported("\n".join([*HEAD.splitlines(), *lines]))


def test_the_work_is_linear_in_the_number_of_resources() -> None:
    def work(count: int) -> int:
        text = f"{HEAD}{SPEC}{CONTAINER}  task: a\n---\n" * count
        return calls(lambda: found(text))

    assert work(120) < 4.4 * work(30)
