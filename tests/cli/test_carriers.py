"""Requests inside other documents: all that users know of files that are the request works there, too."""

import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.support.command import sm_lint, write

REQUEST = """\
{
  "ModelPackageGroupName": "churn",
  "ModelApprovalStatus": "pendingmanualapproval",
  "ModelPackageDescription": "[[why]]",
  "Domain": "X",
  "InferenceSpecification": {
    "Containers": [
      {
        "Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/churn:1",
        "ModelDataURL": "s3://bucket/model.tar.gz"
      }
    ],
    "SupportedContentTypes": ["text/csv"],
    "SupportedResponseMIMETypes": ["text/csv"]
  }
}
"""
AT = "/Steps/0/Arguments"
PIPELINE = (
    f'{{"Version": "2020-12-01", "Steps": [{{"Name": "R", "Type": "RegisterModel", "Arguments":\n{REQUEST}}}]}}\n'
)
IN_TEMPLATE = "/Resources/Package/Properties"
TEMPLATE = f'{{"Resources": {{"Package": {{"Type": "AWS::SageMaker::ModelPackage", "Properties":\n{REQUEST}}}}}}}\n'
YAML_TEMPLATE = """\
Resources:
  Package:
    Type: AWS::SageMaker::ModelPackage
    Properties:
      ModelPackageGroupName: churn
      ModelApprovalStatus: pendingmanualapproval  # {}
      ModelPackageDescription: "[[why]]"
      # {}
      Tags:
        - Key: team
          Value: retention
"""
BODY = "/Resources/P/Properties/PipelineDefinition/PipelineDefinitionBody"
IN_A_STRING = json.dumps(
    {
        "Resources": {
            "P": {
                "Type": "AWS::SageMaker::Pipeline",
                "Properties": {"PipelineDefinition": {"PipelineDefinitionBody": PIPELINE}},
            }
        }
    }
)
IN_A_BLOCK = """\
Resources:
  P:
    Type: AWS::SageMaker::Pipeline
    Properties:
      PipelineDefinition:
        # sm-lint: ignore[SM106]: the account approves otherwise
        PipelineDefinitionBody: |
          {"Steps": [{"Name": "R", "Type": "RegisterModel", "Arguments": {
            "ModelPackageGroupName": "churn",
            "ModelApprovalStatus": "Aproved"}}]}
"""
CARRIERS = {"pipeline.json": (PIPELINE, AT), "template.json": (TEMPLATE, IN_TEMPLATE)}


@pytest.fixture(params=CARRIERS)
def carrier(request: pytest.FixtureRequest, folder: Path) -> tuple[str, str]:
    """The name of a file with a request in another document, and the pointer of the request."""
    name = str(request.param)
    text, pointer = CARRIERS[name]
    write(folder, {name: text})
    return name, pointer


def places(run: Run, *arguments: str) -> set[tuple[str, str]]:
    """Return the codes and pointers of what is found."""
    report = run("check", "--output-format", "json", *arguments).report
    return {(found["code"], found["pointer"]) for found in report["diagnostics"]}


def of_request(pointer: str) -> set[tuple[str, str]]:
    """Return the codes and pointers that are found in the request at a pointer."""
    return {
        ("SM106", f"{pointer}/ModelApprovalStatus"),
        ("SM101", f"{pointer}/InferenceSpecification/Containers/0/ModelDataURL"),
    }


def test_files_are_found_in_folders_and_by_the_hook(carrier: tuple[str, str], folder: Path, run: Run) -> None:
    name, pointer = carrier
    write(folder, {"other.json": '{"Steps": [], "type": "RegisterModel"}', "plain.txt": PIPELINE})
    assert {code for code, _ in places(run)} >= {"SM106", "SM101"}
    assert places(run, "--if-payload", name, "other.json") == places(run, name)
    assert places(run, name) - of_request(pointer) == set()
    assert run("check", "--if-payload", "--allow-empty", "other.json").status == 0


def test_rules_are_selected(carrier: tuple[str, str], run: Run) -> None:
    name, pointer = carrier
    assert places(run, "--select", "SM106", name) == {("SM106", f"{pointer}/ModelApprovalStatus")}
    assert "SM106" not in {code for code, _ in places(run, "--ignore", "SM106", name)}
    assert places(run, "--carrier", "payload", "--if-payload", "--allow-empty", name) == set()


def test_a_pointer_in_the_configuration_suppresses(carrier: tuple[str, str], run: Run) -> None:
    name, pointer = carrier
    before = places(run, name)
    for at in (f"{pointer}/ModelApprovalStatus", f"{pointer.replace('/0', '/*')}/ModelApprovalStatus"):
        ignores = f"per-file-ignores = {{'{name}#{at}' = ['SM106']}}"
        assert places(run, "--config", ignores, name) == before - {("SM106", f"{pointer}/ModelApprovalStatus")}
    unused = f"per-file-ignores = {{'{name}#{pointer}/Domain' = ['SM106']}}"
    assert places(run, "--config", unused, name) == before | {("SM901", f"{pointer}/Domain")}


@pytest.mark.parametrize("name", ["pipeline.json", "template.json", "string.json"])
def test_a_baseline_knows_old_findings(name: str, folder: Path, run: Run) -> None:
    text = CARRIERS[name][0] if name in CARRIERS else IN_A_STRING
    write(folder, {name: text})
    assert run("check", "--write-baseline", "baseline.json", name).status == 0
    assert places(run, "--baseline", "baseline.json", name) == set()
    write(folder, {name: text.replace("pendingmanualapproval", "Approved").replace("churn", "-churn", 1)})
    after = run("check", "--baseline", "baseline.json", "--output-format", "json", name)
    assert sorted(after.codes) == ["SM222", "SM901"]
    assert run("check", "--baseline", "baseline.json", "--prune-baseline", name).err.startswith("Removed 1 ")
    assert "SM106" not in (folder / "baseline.json").read_text()
    assert {code for code, _ in places(run, "--baseline", "baseline.json", name)} == {"SM222"}


def test_fixes_change_the_document(carrier: tuple[str, str], folder: Path, run: Run) -> None:
    name, _ = carrier
    before = (folder / name).read_text()
    diff = run("check", "--diff", name).out
    assert '-        "ModelDataURL"' in diff
    assert '+        "ModelDataUrl"' in diff
    assert (folder / name).read_text() == before
    run("check", "--fix", "--unsafe-fixes", name)
    fixed = (folder / name).read_text()
    assert "PendingManualApproval" in fixed
    changed = [line for line in fixed.splitlines() if line not in before.splitlines()]
    assert len(changed) <= 3
    assert fixed.count("\n") == before.count("\n")


def test_fixes_change_yaml(folder: Path, run: Run) -> None:
    write(folder, {"template.yaml": YAML_TEMPLATE.format("so", "so")})
    run("check", "--fix", "--unsafe-fixes", "template.yaml")
    fixed = (folder / "template.yaml").read_text()
    expected = YAML_TEMPLATE.format("so", "so").replace("pendingmanualapproval", "PendingManualApproval")
    assert fixed == expected.partition("      Tags")[0]


@pytest.mark.parametrize(("name", "text"), [("string.json", IN_A_STRING), ("block.yaml", IN_A_BLOCK)])
def test_json_in_a_string_is_not_fixed(name: str, text: str, folder: Path, run: Run) -> None:
    write(folder, {name: text.replace("# sm-lint: ignore", "# ")})
    before = (folder / name).read_text()
    found = run("check", "--fix", "--unsafe-fixes", "--output-format", "json", name).report["diagnostics"]
    assert {diagnostic["pointer"] for diagnostic in found} == {BODY}
    assert {diagnostic["fix"] for diagnostic in found} == {None}
    assert "SM106" in {diagnostic["code"] for diagnostic in found}
    assert (folder / name).read_text() == before


@pytest.mark.parametrize("at", [BODY, f"{BODY}#{AT}/ModelApprovalStatus", f"{BODY}#/Steps/*/Arguments/*"])
def test_a_pointer_in_the_configuration_suppresses_in_a_string(at: str, folder: Path, run: Run) -> None:
    write(folder, {"string.json": IN_A_STRING})
    ignores = f"per-file-ignores = {{'string.json#{at}' = ['SM106']}}"
    assert {code for code, _ in places(run, "--config", ignores, "string.json")} == {"SM101"}
    unused = f"per-file-ignores = {{'string.json#{BODY}#/Steps/1' = ['SM106']}}"
    assert {code for code, _ in places(run, "--config", unused, "string.json")} == {"SM101", "SM106", "SM901"}


def test_a_comment_suppresses_on_its_line_and_the_next(folder: Path, run: Run) -> None:
    write(folder, {"template.yaml": YAML_TEMPLATE.format("sm-lint: ignore[SM106]", "sm-lint: ignore[SM203]: old")})
    assert places(run, "template.yaml") == set()
    write(folder, {"template.yaml": YAML_TEMPLATE.format("sm-lint: ignore[SM203]", "sm-lint: ignore[SM203]")})
    assert {code for code, _ in places(run, "template.yaml")} == {"SM106", "SM901"}


def test_a_comment_at_the_key_suppresses_in_the_json_of_a_block(folder: Path, run: Run) -> None:
    write(folder, {"block.yaml": IN_A_BLOCK})
    assert places(run, "block.yaml") == set()
    write(folder, {"block.yaml": IN_A_BLOCK.replace("Body: |", "Body: |  # sm-lint: ignore[SM222]")})
    assert {code for code, _ in places(run, "block.yaml")} == {"SM901"}


def test_reports_have_the_places_in_the_file(carrier: tuple[str, str], run: Run) -> None:
    name, pointer = carrier

    def report(output_format: str) -> Any:
        return run("check", "--select", "SM106", "--output-format", output_format, name).out

    (result,) = json.loads(report("sarif"))["runs"][0]["results"]
    (location,) = result["locations"]
    assert location["logicalLocations"][0]["fullyQualifiedName"] == f"{pointer}/ModelApprovalStatus"
    assert location["physicalLocation"]["region"]["startLine"] == 4
    assert report("github").startswith(f"::error file={name},line=4,endLine=4,col=26,endColumn=49,title=SM106")
    (issue,) = json.loads(report("gitlab"))
    assert issue["location"] == {"path": name, "lines": {"begin": 4, "end": 4}}
    (diagnostic,) = json.loads(report("rdjson"))["diagnostics"]
    assert diagnostic["location"]["range"]["start"] == {"line": 4, "column": 26}
    (case,) = ET.fromstring(report("junit")).iter("testcase")  # noqa: S314 - our own
    assert case.attrib == {"name": f"SM106 {pointer}/ModelApprovalStatus", "classname": name, "file": name, "line": "4"}


def test_a_request_in_a_string_has_the_pointer_of_the_string_and_that_in_it(folder: Path, run: Run) -> None:
    write(folder, {"string.json": IN_A_STRING})
    (found,) = run("check", "--select", "SM106", "--output-format", "json", "string.json").report["diagnostics"]
    assert (found["pointer"], found["inner_pointer"]) == (BODY, f"{AT}/ModelApprovalStatus")
    start, end = found["range"]["start"]["offset"], found["range"]["end"]["offset"]
    assert IN_A_STRING[start:end] == r"\"pendingmanualapproval\""
    cases = run("check", "--select", "SM106", "--output-format", "junit", "string.json").out
    (case,) = ET.fromstring(cases).iter("testcase")  # noqa: S314 - our own
    assert case.get("name") == f"SM106 {BODY}#{AT}/ModelApprovalStatus"


RULE = """\
code = "TEAM001"
name = "domain-of-ours"
shape = "CreateModelPackageInput"
then = { properties = { Domain = { const = "COMPUTER_VISION" } } }
message = "`{member}` must be one of ours"

[[invalid]]
base = "version"
set = { "/Domain" = "X" }
pointer = "/Domain"
"""


def test_rules_of_a_team_fire(carrier: tuple[str, str], folder: Path, run: Run) -> None:
    name, pointer = carrier
    write(folder, {"policies/TEAM001.toml": RULE, "sm-lint.toml": 'rules = ["policies/TEAM001.toml"]\n'})
    assert ("TEAM001", f"{pointer}/Domain") in places(run, name)


def test_given_is_for_what_the_command_line_sends(carrier: tuple[str, str], folder: Path, run: Run) -> None:
    """An option of the AWS CLI neither adds a member to a carrier nor replaces one."""
    name, _ = carrier
    both = ("--given", "ModelPackageName", "--given", "ModelApprovalStatus")
    assert places(run, *both, name) == places(run, name)
    text = (folder / name).read_text()
    write(folder, {name: text.replace('"ModelPackageGroupName": "churn",', "")})
    assert places(run, *both, name) == places(run, name)


def test_placeholders_are_unknown(carrier: tuple[str, str], folder: Path, run: Run) -> None:
    name, _ = carrier
    text = (folder / name).read_text()
    write(folder, {name: text.replace('"pendingmanualapproval"', '"[[status]]"').replace('"X"', '"[[domain]]"')})
    codes = {code for code, _ in places(run, "--config", 'placeholders = ["[[*]]"]', name)}
    assert codes.isdisjoint({"SM106"})
    assert "SM101" in codes


def test_placeholders_are_unknown_in_a_string(folder: Path, run: Run) -> None:
    text = IN_A_STRING.replace("pendingmanualapproval", "[[status]]")
    write(folder, {"string.json": text})
    assert "SM106" in {code for code, _ in places(run, "string.json")}
    assert "SM106" not in {code for code, _ in places(run, "--config", 'placeholders = ["[[*]]"]', "string.json")}


def test_files_are_listed_with_what_is_in_them(carrier: tuple[str, str], run: Run) -> None:
    name, _ = carrier
    assert run("check", "--list-files", name).out.startswith(f"{name}: yes")


def test_stdin_may_be_a_carrier(carrier: tuple[str, str], folder: Path) -> None:
    name, _ = carrier
    ran = sm_lint("check", "-", "--output-format", "json", cwd=folder, text=(folder / name).read_text())
    assert "SM106" in {found["code"] for found in json.loads(ran.stdout)["diagnostics"]}


def test_the_hook_sees_only_the_files_with_requests(carrier: tuple[str, str], folder: Path, run: Run) -> None:
    name, _ = carrier
    shutil.copy(name, folder / "copy.json")
    write(folder, {"empty.json": '{"Resources": {"A": {"Type": "AWS::SageMaker::ModelPackageGroup"}}}'})
    ran = run("check", "--if-payload", "--allow-empty", "--output-format", "json", name, "copy.json", "empty.json")
    assert {found["file"] for found in ran.report["diagnostics"]} == {name, "copy.json"}
    assert ran.status == 1


def test_a_plan_on_one_long_line_has_readable_frames(folder: Path, run: Run) -> None:
    after = {"model_package_group_name": "churn", "model_approval_status": "pendingmanualapproval", "tags": None}
    change = {"actions": ["create"], "before": None, "after": after, "after_unknown": {"id": True}}
    bucket = {"type": "aws_s3_bucket", "change": {"actions": ["create"], "after": {"bucket": "b"}}}
    package = {"type": "awscc_sagemaker_model_package", "name": "a", "change": change}
    plan = {"format_version": "1.2", "resource_changes": [*[bucket] * 100, package, *[bucket] * 100]}
    write(folder, {"plan.json": json.dumps(plan)})
    ran = run("check", "plan.json")
    assert max(map(len, ran.out.splitlines())) < 160
    assert '_status": "pendingmanualapproval"' in ran.out
    assert "  = at: /resource_changes/100/change/after/model_approval_status\n" in ran.out
    run("check", "--write-baseline", "baseline.json", "plan.json")
    assert places(run, "--if-payload", "--baseline", "baseline.json", "plan.json") == set()
