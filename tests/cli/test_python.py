"""Python code on the command line: it is looked at only if somebody asks for it."""

import json
from pathlib import Path

import pytest

import sm_lint
from tests.conftest import Run
from tests.support.command import write

GOOD = "sm.create_model_package(ModelPackageGroupName='churn', ModelPackageDescription='a')\n"
BAD = "sm.create_model_package(ModelPackageGroupName='churn_models', ModelApprovalStatus='approved')\n"
NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": [BAD]}]})
FILES = {
    "bad.py": BAD,
    "book.ipynb": NOTEBOOK,
    "good.py": GOOD,
    "half.py": f"def f(:\n  {BAD}",
    "none.py": "# model_package\n",
    "other.py": "print()\n",
    "script": BAD,
}


def test_a_folder_has_no_code_but_what_the_configuration_names(folder: Path, run: Run) -> None:
    write(folder, FILES)
    assert run("check", ".").status == 3
    write(folder, {"sm-lint.toml": 'python = ["/bad.py", "*.ipynb", "half.py", "none.py", "script"]'})
    ran = run("check", ".", "--output-format", "json")
    assert [(d["file"], d["code"]) for d in ran.report["diagnostics"]] == [
        ("./bad.py", "SM222"), ("./bad.py", "SM106"), ("./book.ipynb", "SM222"), ("./book.ipynb", "SM106"),
        ("./script", "SM222"), ("./script", "SM106"),
    ]  # fmt: skip
    assert {d["carrier"] for d in ran.report["diagnostics"]} == {"python"}
    assert run("check", ".", "--list-files").out.splitlines() == [
        "./bad.py: yes: python, 1 request",
        "./book.ipynb: yes: python, 1 request",
        "./half.py: no: it cannot be read as Python code",
        "./none.py: no: it is Python code without a request",
        "./script: yes: python, 1 request",
    ]
    assert run("check", ".", "--exclude", "bad.py", "--exclude", "*.ipynb", "--exclude", "script").status == 3
    assert run("check", ".", "--carrier", "pipeline").status == 3


def test_code_that_is_named_is_looked_at_but_not_in_the_hook(folder: Path, run: Run) -> None:
    write(folder, FILES)
    assert run("check", "bad.py", "--output-format", "json").codes == ["SM222", "SM106"]
    assert run("check", "good.py").status == 0
    for name in ("half.py", "none.py", "other.py"):
        assert run("check", name).status == 3
    assert run("check", *FILES, "--if-payload").status == 3
    write(folder, {"sm-lint.toml": 'python = ["*.py"]'})
    assert run("check", *FILES, "--if-payload", "--output-format", "json").codes == ["SM222", "SM106"]


def test_include_alone_is_no_wish_to_read_code(folder: Path, run: Run) -> None:
    write(folder, {**FILES, "sm-lint.toml": 'include = ["*"]'})
    listed = run("check", ".", "--list-files").out.splitlines()
    assert (
        "./bad.py: no: it is code, which is looked at only if it is named, or if `commands` or `python` names it"
        in listed
    )


@pytest.mark.parametrize("name", ["good.py", "bad.py", "book.ipynb"])
def test_what_is_extracted(name: str, folder: Path, run: Run) -> None:
    write(folder, FILES)
    extracted = json.loads(run("extract", name).out)
    assert (extracted["carrier"], extracted["pointer"]) == ("python", "")
    assert extracted["request"]["ModelPackageGroupName"].startswith("churn")


def test_what_has_more_members_is_not_extracted(folder: Path, run: Run) -> None:
    write(folder, {"a.py": "sm.create_model_package(ModelPackageGroupName='churn', **more)\n"})
    ran = run("extract", "a.py")
    assert (ran.out, ran.err) == (
        "",
        "sm-lint: a.py: a request in it has members that the file does not tell\nsm-lint: no request was found\n",
    )


def test_the_api_reads_code_by_its_name(folder: Path) -> None:
    write(folder, FILES)
    assert [d.code for d in sm_lint.lint(Path("bad.py"))] == ["SM222", "SM106"]
    assert [d.code for d in sm_lint.lint_text(BAD, filename="x.py")] == ["SM222", "SM106"]
    assert sm_lint.lint(Path("half.py")) == sm_lint.lint(Path("none.py")) == []
