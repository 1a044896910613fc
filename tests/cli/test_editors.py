"""Editors and their engines, with the set-ups that docs/editors.md gives."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from sm_lint.api import lint
from sm_lint.cli.main import main
from sm_lint.rules.editor_schema import editor_schema
from tests.support.cases import requests
from tests.support.editors import DOCS, DRIVERS, environment, needs, section
from tests.support.linting import RULES
from tests.support.mistakes import BROKEN

CAPTURED = re.compile(r"(<!-- captured by .*? -->\n```text\n)(.*?)(```\n)", re.DOTALL)
NEWER_NEOVIM = os.environ.get("SM_LINT_NEWER_NEOVIM", "")
is_there = pytest.mark.skipif(
    shutil.which(NEWER_NEOVIM) is None, reason="SM_LINT_NEWER_NEOVIM is not set, as in .ci/run"
)
in_each_neovim = pytest.mark.parametrize(
    "program",
    [
        pytest.param("nvim", marks=needs("nvim", "neovim")),
        pytest.param(NEWER_NEOVIM, id="newer", marks=[pytest.mark.slow, is_there]),
    ],
)
"""Neovim as the system has it, and a newer one: a program that the variable names."""


def neovim(program: str, request: Path, driver: str) -> str:
    """Return what a Neovim shows of a file with the set-up of the page, as a driver of `tests/editors` asks it."""
    folder = request.parent
    setup, log = folder / "init.lua", folder / "log"
    setup.write_text("vim.cmd('filetype on')\n" + section("Neovim", "lua"), encoding="utf-8")
    subprocess.run(
        [
            program,
            "--headless",
            "-n",
            "-u",
            str(setup),
            "-c",
            f"luafile {DRIVERS / driver}",
            str(request),
        ],
        env={**environment(folder), "SM_LINT_LOG": str(log)},
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=True,
    )
    return "\n".join(line.replace("\0", "\n") for line in log.read_text("utf-8").split("\n"))


@in_each_neovim
def test_neovim_shows_a_finding_and_fixes_it(program: str, tmp_path: Path) -> None:
    request = tmp_path / "request.yaml"
    request.write_text(BROKEN, encoding="utf-8")
    shown = neovim(program, request, "neovim.lua")
    page = DOCS.read_text("utf-8")
    if os.environ.get("SM_LINT_CAPTURE"):
        DOCS.write_text(CAPTURED.sub(lambda match: match[1] + shown + match[3], page), encoding="utf-8")
        page = DOCS.read_text("utf-8")
    captured = CAPTURED.search(page)
    assert captured
    assert shown == captured[2]
    assert "FAILED" not in shown
    assert lint(request) == []


PIPELINE = """\
{"Version": "2020-12-01", "Steps": [
  {"Name": "register", "Type": "RegisterModel", "Arguments": {
    "ModelPackageGroupName": "churn",
    "domain": "COMPUTER_VISION"
}}]}
"""


@in_each_neovim
def test_neovim_completes_yaml_that_can_be_read(program: str, tmp_path: Path) -> None:
    request = tmp_path / "request.yaml"
    request.write_text("ModelPackageGroupName: churn\nTags: []\nModelApprovalStatus:\n", encoding="utf-8")
    assert neovim(program, request, "complete.lua").splitlines() == ["ModelApprovalStatus: Approved"]


@in_each_neovim
def test_neovim_helps_in_a_pipeline_definition(program: str, tmp_path: Path) -> None:
    request = tmp_path / "pipeline.json"
    request.write_text(PIPELINE, encoding="utf-8")
    shown = neovim(program, request, "carrier.lua").split("\n")
    assert shown[0].startswith("4:5 unknown member `domain`")
    assert any(line.startswith("**ModelPackageGroupName** (string): ") for line in shown)
    assert '"ModelApprovalStatus": ' in shown
    assert len([line for line in shown if "`domain`" in line]) == 2


@needs("vim")
def test_vim_reads_the_concise_format(tmp_path: Path) -> None:
    request, log, setup = tmp_path / "my request.yaml", tmp_path / "log", tmp_path / "vimrc"
    request.write_text(BROKEN, encoding="utf-8")
    setup.write_text("set nocompatible shellpipe=>%s\\ 2>&1\n" + section("Vim", "vim"), encoding="utf-8")
    listed = "map(getqflist(), {_, e -> json_encode([bufname(e.bufnr), e.lnum, e.col, e.type, e.text, e.valid])})"
    write = f"call writefile({listed}, '{log}')"
    subprocess.run(
        ["vim", "-es", "-N", "-u", setup, request.name, "-c", "silent! make! %:S", "-c", write, "-c", "qall!"],
        env=environment(tmp_path),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    found = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    expected = [
        [
            request.name,
            d.range.start.line,
            d.range.start.column,
            "e",
            f"{d.message} {'[*] ' if d.fix else ''}[{d.code}]",
            1,
        ]
        for d in lint(request)
    ]
    assert found == expected
    assert len(found) == 2


def test_the_problem_matcher_reads_the_concise_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    task = re.search(r"^```json\n(\{\n  \"version\".*?)^```$", DOCS.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert task
    pattern = json.loads(task[1])["tasks"][0]["problemMatcher"]["pattern"]
    monkeypatch.chdir(tmp_path)
    Path("request.yaml").write_text(BROKEN, encoding="utf-8")
    main(["check", "--isolated", "--output-format", "concise", "--quiet", "request.yaml"])
    lines = capsys.readouterr().out.splitlines()
    matches = [re.fullmatch(pattern["regexp"].strip("^$"), line) for line in lines]
    assert [match and match[pattern["code"]] for match in matches] == ["SM101", "SM203"]
    assert [match and match[pattern["severity"]] for match in matches] == ["error", "error"]


NODE = Path(os.environ.get("SM_LINT_NODE_MODULES", DRIVERS / "node_modules"))
needs_engines = pytest.mark.skipif(
    shutil.which("node") is None or not NODE.is_dir(), reason="npm install in tests/editors has not been run"
)


def ask(requests: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return what the engines say of texts, each with a `|` where the cursor stands."""
    asked = [
        {"engine": engine, "text": marked.replace("|", ""), "offset": marked.index("|")} for engine, marked in requests
    ]
    answers: list[dict[str, Any]] = node("ask.js", asked)
    return answers


def node(script: str, requests: list[Any]) -> Any:
    """Return what a script of `tests/editors` says of requests and the schema."""
    done = subprocess.run(
        ["node", str(DRIVERS / script)],
        input=json.dumps({"schema": editor_schema(RULES), "requests": requests}),
        env={**os.environ, "NODE_PATH": str(NODE)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


@needs_engines
def test_ajv_takes_the_schema_in_strict_mode_and_judges_as_we_do() -> None:
    asked = requests()
    validator = jsonschema_rs.Draft7Validator(editor_schema(RULES))
    said = node("strict.js", asked)
    assert said["complaints"] == []
    assert said["verdicts"] == [validator.is_valid(request) for request in asked]


def test_the_entry_for_the_catalog_follows_its_rules() -> None:
    entry, options = (json.loads(section("SchemaStore", "json", number)) for number in (0, 1))
    assert entry["url"] == editor_schema(RULES)["$id"]
    for text in (entry["name"], entry["description"]):
        assert "schema" not in text.lower()
        assert text[-1] not in ",. \t-"
    assert options == {"options": {entry["url"].rpartition("/")[2]: {"unknownKeywords": ["errorMessage"]}}}


@needs_engines
def test_the_engines_of_editors_take_the_schema() -> None:
    head, realtime = '{"ModelPackageGroupName": "a", ', "SupportedRealtimeInferenceInstanceTypes"
    tags, member, value, kind, good, clean, new = ask(
        [
            ("json", head + '"T|ags": [{"Key": "a", "Value": "b"}]}'),
            ("json", head + "|}"),
            ("json", head + '"ModelApprovalStatus": "|"}'),
            ("json", head + f'"AdditionalInferenceSpecifications": [{{"{realtime}": ["|"]}}]}}'),
            ("json", head + '"Domain": "x"|}'),
            ("yaml", "ModelPackageGroupName: a\n|Domain: x\n"),
            ("json", head + '"InferenceSpecification": {"Containers": [{}], "' + realtime + '": ["ml.x9.large"]}|}'),
        ]
    )  # fmt: skip
    assert any(
        problem.startswith("`Tags` is not allowed with `ModelPackageGroupName`.") for problem in tags["problems"]
    )
    assert "The tags of an unversioned model package" in tags["hover"]
    assert "ModelApprovalStatus" in member["completions"]
    assert value["completions"] == ['"Approved"', '"Rejected"', '"PendingManualApproval"']
    assert '"ml.t2.medium"' in kind["completions"]
    assert good["problems"] == clean["problems"] == new["problems"] == []
    tags, member, value, kind, named, unnamed = ask(
        [
            ("yaml", "ModelPackageGroupName: a\nT|ags:\n- Key: a\n  Value: b\n"),
            ("yaml", "ModelPackageGroupName: a\nMod|"),
            ("yaml", "ModelPackageGroupName: a\nModelApprovalStatus: |\n"),
            ("yaml", f"InferenceSpecification:\n  {realtime}:\n  - |"),
            ("named", "# yaml-language-server: $schema=create-model-package.schema.json\nTags|: x\n"),
            ("named", "Tags|: x\n"),
        ]
    )
    assert any(
        problem.startswith("`Tags` is not allowed with `ModelPackageGroupName`.") for problem in tags["problems"]
    )
    assert "The tags of an unversioned model package" in tags["hover"]
    assert "ModelApprovalStatus" in member["completions"]
    assert sorted(value["completions"]) == ["Approved", "PendingManualApproval", "Rejected"]
    assert "ml.t2.medium" in kind["completions"]
    assert "The tags of an unversioned model package" in named["hover"]
    assert named["problems"]
    assert (unnamed["hover"], unnamed["problems"]) == ("", [])
