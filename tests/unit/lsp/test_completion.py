"""What completion writes, with other text around the cursor: it can be read, and says what was chosen."""

from itertools import product
from typing import Any

import pytest
from lsprotocol import types

from sm_lint.sources import document
from tests.support.talk import Talk

G, S, NAME = "ModelPackageGroupName", "ModelApprovalStatus", "Approved"
REALTIME = "SupportedRealtimeInferenceInstanceTypes"


TALK = Talk()


def edits(marked: str, language: str) -> dict[str, dict[str, Any]]:
    """Return the edit of each item that is offered at the `^` of a text, by its label."""
    talk, text = TALK, marked.replace("^", "", 1)
    uri = f"file:///nowhere/request.{language}"
    talk.open(text, uri, language)
    before = marked[: marked.index("^")]
    at = talk.at(before.count("\n"), len(before) - before.rfind("\n") - 1, uri)
    return {item["label"]: item["textEdit"] for item in talk.ask(types.TEXT_DOCUMENT_COMPLETION, at)}


def completed(marked: str, language: str, label: str) -> str:
    """Return a text after the item with a label was chosen at its `^`; the cursor stands in what is replaced."""
    edit = edits(marked, language)[label]
    text = marked.replace("^", "", 1)
    starts = document.read("a.yaml", text.encode()).line_starts
    start, end = (starts[edit["range"][side]["line"]] + edit["range"][side]["character"] for side in ("start", "end"))
    assert start <= marked.index("^") <= end
    return f"{text[:start]}{edit['newText']}{text[end:]}"


def value(text: str, language: str) -> Any:
    read = document.read(f"a.{language}", text.encode())
    assert [problem.kind for problem in read.problems] == [], text
    return read.value


BLOCK, FLOW = f"{G}: a\n{S}:", f"{{{G}: a, {S}:"
BEFORE, BEGUN, AFTER = (
    ("", " ", "  "),
    ("^", "App^", "^App", "A^pp", "'App^'", '"^"'),
    ("", "  ", " # new", "\nDomain: x"),
)
ENDS, IN_JSON = ("}", " }", ", Domain: x}", "\n, Tags: []}"), ("^", '"App^"', '^"x"', '"^')


@pytest.mark.parametrize(("before", "begun", "after"), list(product(BEFORE, BEGUN, AFTER)))
def test_a_value_in_a_block_is_written_after_a_blank(before: str, begun: str, after: str) -> None:
    text = completed(f"{BLOCK}{before}{begun}{after}", "yaml", NAME)
    assert value(text, "yaml")[S] == NAME
    assert f"{S}:{before or ' '}" in text


@pytest.mark.parametrize(("before", "begun", "after"), list(product(BEFORE, BEGUN, ENDS)))
def test_a_value_in_brackets_is_written_after_a_blank(before: str, begun: str, after: str) -> None:
    assert value(completed(f"{FLOW}{before}{begun}{after}", "yaml", NAME), "yaml")[S] == NAME


@pytest.mark.parametrize(("before", "begun", "after"), list(product(BEFORE, IN_JSON, ("}", "\n}"))))
def test_a_value_in_json_is_written_once(before: str, begun: str, after: str) -> None:
    after = after if begun != '"^' else "\n}"
    assert value(completed(f'{{"{G}": "a", "{S}":{before}{begun}{after}', "json", NAME), "json")[S] == NAME


@pytest.mark.parametrize(
    ("marked", "language", "expected"),
    [
        (f"{G}: a\n^", "yaml", f"{G}: a\n{S}: "),
        (f"{G}: a\nModel^\nDomain: x\n", "yaml", f"{G}: a\n{S}: \nDomain: x\n"),
        (f"{G}: a\nModel^  # new", "yaml", f"{G}: a\n{S}:  # new"),
        (f"{G}: a\nModel^: Approved\n", "yaml", f"{G}: a\n{S}: Approved\n"),
        (f"{G}: a\nMo^del : Approved\n", "yaml", f"{G}: a\n{S} : Approved\n"),
        (f"{G}: a\nModel^:\n", "yaml", f"{G}: a\n{S}:\n"),
        (f"{G}: a\nModel^:Approved\n", "yaml", f"{G}: a\n{S}: Approved\n"),
        (f"{G}: a\nModel^ Approved\n", "yaml", f"{G}: a\n{S}: Approved\n"),
        (f"{G}: a\n'Model^'\n", "yaml", f"{G}: a\n'{S}': \n"),
        (f"{G}: a\n\"Model^\": Approved\n", "yaml", f"{G}: a\n\"{S}\": Approved\n"),
        (f"{{{G}: a, ^}}", "yaml", f"{{{G}: a, {S}: }}"),
        (f"{{{G}: a,Model^}}", "yaml", f"{{{G}: a,{S}: }}"),
        (f"{{{G}: a, Model^: Approved}}", "yaml", f"{{{G}: a, {S}: Approved}}"),
        (f"{{{G}: a, Model^:Approved}}", "yaml", f"{{{G}: a, {S}: Approved}}"),
        (f"{{{G}: a, ^, Domain: x}}", "yaml", f"{{{G}: a, {S}: , Domain: x}}"),
        (f'{{"{G}": "a", "Model^"}}', "json", f'{{"{G}": "a", "{S}": }}'),
        (f'{{"{G}": "a", "Model^\n}}', "json", f'{{"{G}": "a", "{S}": \n}}'),
        (f'{{"{G}": "a", ^}}', "json", f'{{"{G}": "a", "{S}": }}'),
        (f'{{"{G}": "a", "Model^":"x"}}', "json", f'{{"{G}": "a", "{S}":"x"}}'),
        (f'{{"{G}": "a", "Model^" "x"}}', "json", f'{{"{G}": "a", "{S}": "x"}}'),
    ],
)  # fmt: skip
def test_a_key_is_written_with_its_colon_and_a_blank(marked: str, language: str, expected: str) -> None:
    assert completed(marked, language, S) == expected


@pytest.mark.parametrize(
    ("marked", "label", "expected"),
    [
        (f"{G}: a\nInferenceSpecification:\n  {REALTIME}:\n  -^", "ml.m5.large", "- ml.m5.large"),
        (f"{G}: a\nInferenceSpecification:\n  {REALTIME}:\n  - ml.^", "ml.m5.large", "- ml.m5.large"),
        (f"{G}: a\nInferenceSpecification:\n  {REALTIME}: [ml.t2.medium,^]", "ml.m5.large", ",ml.m5.large]"),
        (f"{G}: a\nInferenceSpecification:\n  Containers:\n  -^", "Image", "- Image: "),
        (f"{G}: a\n{S}:App^\n", NAME, f"{S}: Approved\n"),
        (f"{{{G}: a, {S}:App^}}", NAME, f"{S}: Approved}}"),
        (f"{{{G}: a, {S}:^", NAME, f"{S}: Approved"),
        (f"{G}: a\n{S}: ^# new\n", NAME, f"{S}: Approved # new\n"),
        (f"{G}: a\n{S}: &x ^\n", NAME, f"{S}: &x Approved\n"),
        (f"{G}: a\nCertifyForMarketplace:^\n", "false", "CertifyForMarketplace: false\n"),
    ],
)
def test_an_item_and_a_value_begun_without_a_blank_get_one(marked: str, label: str, expected: str) -> None:
    assert completed(marked, "yaml", label).endswith(expected)


@pytest.mark.parametrize(
    ("marked", "language"),
    [
        (f"{G}: a\n{S}: Approved # ^", "yaml"),
        (f"{{{G}: a, {S}: Approved ^}}", "yaml"),
        (f"{G}: a\nInferenceSpecification: {{{REALTIME}: [ml.m5.large ^]}}", "yaml"),
        (f'{{"{G}": "a", "{S}": "Approved" ^}}', "json"),
        (f"{G}: a\n{S}:^\n  Approved\n", "yaml"),
        (f"{G}: a\n{S}: ^\n\n  # why\n  Approved\n", "yaml"),
        (f"{{{G}: a, {S}:^\n  Approved}}", "yaml"),
        (f'{{"{G}": "a", "{S}": ^\n  "Approved"}}', "json"),
        (f'{{"{G}": "a", "InferenceSpecification": {{"Containers": [{{}} ^]}}}}', "json"),
    ],
)
def test_nothing_is_offered_beside_a_value(marked: str, language: str) -> None:
    assert edits(marked, language) == {}


CARRIERS = {
    "cloudformation": "Resources:\n  P:\n    Type: AWS::SageMaker::ModelPackage\n    Properties:\n"
    f"      {G}: a\n      {S}:^\n",
    "cloudformation in brackets": "Resources: {P: {Type: AWS::SageMaker::ModelPackage, Properties: "
    f"{{{G}: a, {S}:^}}}}}}",
    "ack": "apiVersion: sagemaker.services.k8s.aws/v1alpha1\nkind: ModelPackage\nspec:\n"
    "  modelPackageGroupName: a\n  modelApprovalStatus:^\n",
    "state machine": "StartAt: a\nStates:\n  a:\n    Type: Task\n"
    "    Resource: arn:aws:states:::aws-sdk:sagemaker:createModelPackage\n    End: true\n    Parameters:\n"
    f"      {G}: a\n      {S}:^\n",
    "JSON in a block": "Resources:\n  A:\n    PipelineDefinitionBody: |\n"
    '      {"Steps": [{"Name": "c", "Type": "RegisterModel", "Arguments": {\n'
    f'        "{G}": "a",\n        "{S}":^\n      }}}}]}}\n',
}  # fmt: skip


@pytest.mark.parametrize("name", CARRIERS)
def test_a_value_in_a_carrier_is_written_after_a_blank(name: str) -> None:
    written = completed(CARRIERS[name], "yaml", NAME)
    assert ('tatus": "Approved"' in written) if name == "JSON in a block" else ("tatus: Approved" in written)


def test_a_member_in_a_carrier_is_written_with_its_colon_and_a_blank() -> None:
    marked = CARRIERS["ack"].replace("modelApprovalStatus:^", "do^")
    assert completed(marked, "yaml", "domain").endswith("  domain: \n")
