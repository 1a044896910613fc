"""Python code and scripts in an editor."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.talk import Talk
from tests.support.work import calls

CODE = "sm.create_model_package(ModelPackageGroupName='churn_models', ModelApprovalStatus='approved')\n"


def test_code_is_looked_at_if_the_configuration_names_it(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    uri = (tmp_path / "train.py").as_uri()
    assert Talk().codes(CODE, uri, "python") == []
    (tmp_path / "sm-lint.toml").write_text('python = ["*.py"]')
    talk = Talk()
    assert talk.codes(CODE, uri, "python") == ["SM222", "SM106"]
    assert talk.ask("textDocument/hover", talk.at(0, 12, uri)) is None
    assert talk.ask("textDocument/completion", talk.at(0, 30, uri)) == []
    titles = [action["title"] for action in talk.actions((0, 0), (0, 90), uri)]
    assert titles == ["Explain SM222 (group-name)", "Explain SM106 (not-in-the-enumeration)"]


CALL = """\
import boto3
sm.create_model_package(
    ModelPackageGroupName="churn", InferenceSpecification={"Containers": [{"Image": image}]})
"""
COMMAND = """\
aws sagemaker create-model-package --model-package-group-name churn \\
  --model-approval-status "Appro"ved --tags Key=a,Value=b --inference-specification '{"Containers": [{"Image": "x"}]}'
"""
HOVERS = {
    "a.py": (CALL, {
        "ModelPackageGroupName": "ModelPackageGroupName", '"churn"': "ModelPackageGroupName",
        '"Containers"': "Containers", '"Image"': "Image", "image": "Image", "boto3": None,
    }),
    "a.sh": (COMMAND, {
        "--model-package-group-name": "--model-package-group-name", "churn": "--model-package-group-name",
        'Appro"ved': "--model-approval-status", "--tags": "--tags", "Key": "Key", "Value": "Value",
        '"Containers"': "Containers", '"Image"': "Image", '"x"': "Image", "aws": None, "sagemaker": None,
    }),
}  # fmt: skip
"""Code, and what is described at some texts in it: the member by the name that it has there, or nothing."""


@pytest.mark.parametrize("name", HOVERS)
def test_a_member_is_described_where_its_name_or_value_stands(name: str, tmp_path: Path) -> None:
    (tmp_path / "sm-lint.toml").write_text('python = ["*.py"]\ncommands = ["*.sh"]\n')
    talk, uri = Talk(), (tmp_path / name).as_uri()
    code, members = HOVERS[name]
    talk.open(code, uri, "code")
    for text, member in members.items():
        before = code[: code.index(text)]
        line, character = before.count("\n"), len(before) - before.rfind("\n") - 1
        hover = talk.ask("textDocument/hover", talk.at(line, character + 1, uri))
        assert (hover and hover["contents"]["value"].partition(" ")[0]) == (member and f"**{member}**"), text
        if hover:
            ends = [{"line": line, "character": character + at} for at in (0, len(text))]
            assert list(hover["range"].values()) == ends


@pytest.mark.parametrize("name", HOVERS)
@pytest.mark.parametrize("end", ["", "(", "'", "\\", "{"])
def test_code_can_be_hovered_while_one_types(name: str, end: str, tmp_path: Path) -> None:
    (tmp_path / "sm-lint.toml").write_text('python = ["*.py"]\ncommands = ["*.sh"]\n')
    talk, uri = Talk(), (tmp_path / name).as_uri()
    code = HOVERS[name][0]
    for length in range(0, len(code), 7):
        talk.open(code[:length] + end, uri, "code")
        line = code[:length].count("\n")
        talk.ask("textDocument/hover", talk.at(line, 5, uri))  # an error has no result


MANY: dict[str, Callable[[int], str]] = {
    "a.sh": lambda n: COMMAND * n,
    "b.sh": lambda n: COMMAND.replace("Key=a,Value=b", " ".join(f"Key=a{i},Value=b" for i in range(n))),
    "a.py": lambda n: CALL * n,
}


@pytest.mark.parametrize("name", MANY)
def test_the_work_grows_with_the_code_and_no_faster(name: str, tmp_path: Path) -> None:
    (tmp_path / "sm-lint.toml").write_text('python = ["*.py"]\ncommands = ["*.sh"]\n')
    uri = (tmp_path / name).as_uri()

    def work(count: int) -> int:
        talk = Talk()
        talk.open(MANY[name](count), uri, "code")
        return calls(lambda: talk.ask("textDocument/hover", talk.at(1, 10, uri)))

    work(2)
    assert work(40) < 4.4 * work(10) + 1000
