"""The Python API."""

import datetime as dt
import json
import re
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path
from pydoc import plain, render_doc
from typing import Any

import pytest

import sm_lint

TAGGED = {"ModelPackageGroupName": "churn", "Tags": [{"Key": "a", "Value": "b"}]}


def test_a_mapping_has_pointers_and_no_places() -> None:
    (found,) = sm_lint.lint(TAGGED)
    assert (found.code, found.pointer, found.severity) == ("SM203", "/Tags", sm_lint.Severity.ERROR)
    assert found.range.start == (1, 1, 0)


def a_pipeline() -> dict[str, Any]:
    step = {"Name": "R", "Type": "RegisterModel", "Arguments": {"ModelPackageGroupName": "churn_models"}}
    return {"Version": "2020-12-01", "Steps": [step]}


def test_a_mapping_may_have_requests_in_it() -> None:
    (found,) = sm_lint.lint(a_pipeline())
    assert (found.code, found.carrier, found.pointer) == (
        "SM222",
        "pipeline",
        "/Steps/0/Arguments/ModelPackageGroupName",
    )
    assert (found.range.start, found.range.end, found.fix) == ((1, 1, 0), (1, 1, 0), None)
    (found,) = sm_lint.lint({"Resources": {"P": {"Definition": json.dumps(a_pipeline())}}})
    assert (found.code, found.pointer) == ("SM222", "/Resources/P/Definition")
    assert found.inner_pointer == "/Steps/0/Arguments/ModelPackageGroupName"
    (found,) = sm_lint.lint(a_pipeline(), config={"carriers": ["payload"]})
    assert found.code == "SM023"


@pytest.mark.parametrize("inside", [{1, 2}, object(), float("nan"), "cycle", "deep"])
def test_a_mapping_that_json_does_not_have_is_no_carrier(inside: Any) -> None:
    value = a_pipeline()
    if inside == "deep":
        value["Steps"][0]["Arguments"] = json.loads('{"IfSteps": [' * 300 + "]}" * 300)
    else:
        value["Metadata"] = value if inside == "cycle" else inside
    assert {found.carrier for found in sm_lint.lint(value)} <= {"payload", "pipeline"}


def test_a_path_is_read(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_text("ModelPackageGroupName: churn\nTags: [{Key: a, Value: b}]\n")
    (found,) = sm_lint.lint(path)
    assert (found.code, found.range.start.line, found.file) == ("SM203", 2, str(path))
    with pytest.raises(FileNotFoundError):
        sm_lint.lint(tmp_path / "none.json")


def test_a_text_is_never_guessed_to_be_a_path() -> None:
    with pytest.raises(
        TypeError, match=re.escape('write lint(pathlib.Path("request.json")) for a file, or lint_text(')
    ):
        sm_lint.lint("request.json")  # type: ignore[arg-type]
    for text in ("{}", b"{}", "Domain: 1\n", "x" * 999):
        with pytest.raises(TypeError, match=re.escape("write lint_text(...) for the text of a request, or lint(")):
            sm_lint.lint(text)  # type: ignore[arg-type]


def test_the_public_names_are_listed_and_explained() -> None:
    assert set(sm_lint.__all__) <= set(dir(sm_lint))
    page = plain(render_doc(sm_lint))
    for name in set(sm_lint.__all__) - {"__version__"}:
        assert re.search(rf"^    (class )?{name}\(", page, re.MULTILINE), name
    assert "Return the diagnostics of a request, given as a mapping or as the path of its file." in page


@pytest.mark.parametrize("text", ['{"Domain": 1}', b'{"Domain": 1}', "Domain: 1\n", '\ufeff{"Domain": 1}'])
def test_a_text_is_linted(text: str | bytes) -> None:
    codes = {found.code for found in sm_lint.lint_text(text, filename="request")}
    assert {"SM103", "SM202"} <= codes


def test_configuration_is_a_mapping() -> None:
    assert sm_lint.lint(TAGGED, config={"ignore": ["SM203"]}) == []
    with pytest.raises(sm_lint.ConfigError, match="did you mean `ignore`"):
        sm_lint.lint(TAGGED, config={"ignored": []})


@pytest.mark.parametrize(
    ("value", "pointer", "code"),
    [
        (dt.date(2026, 1, 1), "/Domain", "SM010"),
        (b"x", "/Domain", "SM010"),
        ({1}, "/Domain", "SM010"),
        (float("nan"), "/Domain", "SM010"),
        (10**5000, "/Domain", "SM010"),
        ({1: "a"}, "/Domain/1", "SM018"),
        (object(), "/Domain", "SM010"),
    ],
    ids=["date", "bytes", "set", "nan", "huge", "key", "object"],
)
def test_what_json_has_no_word_for_is_a_finding(value: Any, pointer: str, code: str) -> None:
    found = sm_lint.lint({"ModelPackageGroupName": "churn", "Domain": value})
    assert (code, pointer) in [(diagnostic.code, diagnostic.pointer) for diagnostic in found]


ENDLESS: dict[str, Any] = {}
ENDLESS["severity"] = ENDLESS


class Text(str):
    """A string of another type, as some libraries have, with methods of its own."""

    __slots__ = ()

    def __format__(self, _form: str) -> str:
        return "nonsense"

    def isascii(self) -> bool:
        raise RuntimeError


class Number(float):
    """A number of another type, with methods of its own."""

    def __abs__(self) -> float:
        raise RuntimeError


def test_strings_and_numbers_of_other_types_are_what_they_are() -> None:
    group = Text("ModelPackageGroupName")
    assert sm_lint.lint({group: Text("churn"), "Domain": Text("OTHER")}) == []
    assert [d.code for d in sm_lint.lint({group: Text("churn_"), "Domain": HTTPStatus.OK})] == ["SM103", "SM222"]
    wrong_type, wrong_name = sm_lint.lint({group: Text("churn_"), "Domain": Number(1.5)})
    assert ("found 1.5" in wrong_type.message, '"churn_"' in wrong_name.message) == (True, True)
    with pytest.raises(TypeError, match=r'lint\(pathlib.Path\("a.json"\)\)'):
        sm_lint.lint(Text("a.json"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("lint", {"payload": 5}, "a mapping or a path is expected, not int"),
        ("lint", {"payload": Text("a")}, "a mapping or a path is expected, not Text"),
        ("lint_text", {"text": 5}, "text: a string or bytes are expected, not int"),
        ("lint_text", {"text": bytearray()}, "text: a string or bytes are expected, not bytearray"),
        ("lint_text", {"text": "", "filename": 5}, "filename: a string is expected, not int"),
        ("lint", {"payload": {}, "config": []}, "config: a mapping is expected, not list"),
        ("lint", {"payload": {}, "config": {1: 2}}, "config: keys must be strings, found 1"),
        ("lint", {"payload": {}, "config": {"severity": {1: ""}}}, "config: severity: keys must be strings, found 1"),
        ("lint", {"payload": {}, "config": ENDLESS}, "severity: severity: mappings are nested too deeply"),
    ],
)
def test_an_argument_of_another_type_is_told(name: str, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=re.escape(message)):
        getattr(sm_lint, name)(**arguments)


def test_only_a_file_can_extend() -> None:
    with pytest.raises(sm_lint.ConfigError, match="config: extend: only a configuration file can extend another"):
        sm_lint.lint({}, config={"extend": "sm-lint.toml"})


def test_tuples_are_lists_as_for_boto3() -> None:
    source = {"SourceAlgorithms": ({"AlgorithmName": "churn"},)}
    tags = ({"Key": "a", "Value": "b"},)
    assert sm_lint.lint({"ModelPackageName": "churn", "SourceAlgorithmSpecification": source, "Tags": tags}) == []


def test_an_import_is_light() -> None:
    heavy = ("rich", "jsonschema", "jsonschema_rs", "ruamel.yaml")
    code = f"import sys, sm_lint; print(*(m for m in {heavy} if m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        sm_lint.nothing  # noqa: B018


def test_a_fraction_for_an_integer_is_said_once() -> None:
    resources = {"InstanceType": "ml.m5.large", "InstanceCount": 1.5}
    job = {"TransformInput": 1, "TransformOutput": 1, "TransformResources": resources}
    specification = {"ValidationProfiles": [{"ProfileName": "a", "TransformJobDefinition": job}]}
    found = sm_lint.lint({"ModelPackageGroupName": "churn", "ValidationSpecification": specification})
    assert [d.code for d in found if d.pointer.endswith("/InstanceCount")] == ["SM103"]


def test_a_configuration_that_is_no_mapping_is_refused() -> None:
    with pytest.raises(TypeError, match="config: a mapping is expected, not str"):
        sm_lint.lint(TAGGED, config="sm-lint.toml")  # type: ignore[arg-type]


HALF = "\\ud800"
HALVES = [
    ('{"ModelPackageGroupName": "g", "ModelCardStatus": "%s"}', "SM101", "/ModelCardStatus", 32),
    ('{"ModelPackageGroupName": "g", "InferenceSpecification": "%s"}', "SM103", "/InferenceSpecification", 58),
    ('{"ModelPackageGroupName": "g", "ModelApprovalStatus": "%s"}', "SM106", "/ModelApprovalStatus", 55),
    ('{"ModelPackageGroupName": "g", "Foo%s": "x"}', "SM101", "/Foo\ud800", 32),
    ('{"ModelPackageGroupName": "g", "CustomerMetadataProperties": {"a%s": "x"}}', "SM607", None, 63),
]


@pytest.mark.parametrize(("text", "code", "pointer", "column"), HALVES)
def test_half_a_surrogate_pair_hides_nothing_else(text: str, code: str, pointer: str | None, column: int) -> None:
    found = {d.code: d for d in sm_lint.lint_text(text % HALF, filename="a.json")}
    assert set(found) == {"SM011", code}
    assert found[code].pointer == (pointer or "/CustomerMetadataProperties/a\ud800")
    assert found[code].range.start.column == column


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ('ModelPackageDesciption: "ok \\ud83d\\ude00"', ["SM101", "SM011"]),
        (f'ModelPackageDescription: "{"x" * 1024}\\ud83d\\ude00"', ["SM011", "SM107"]),
        (f'ModelPackageDescription: "{"x" * 1023}\\ud83d\\ude00"', ["SM011"]),
        ('Domain: "\\ud83d\\ude00"', ["SM011"]),
    ],
)
def test_a_pair_that_yaml_leaves_apart_is_judged_as_the_character_it_is(line: str, codes: list[str]) -> None:
    found = sm_lint.lint_text(f"ModelPackageGroupName: churn\n{line}\n", filename="a.yaml")
    assert sorted(d.code for d in found) == sorted(codes)
