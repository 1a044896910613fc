"""`sm-lint extract`: the requests that files have, as lines of JSON, indented, or in files of their own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.support.command import write

GROUP = '{"ModelPackageGroupName": "churn", "ModelPackageDescription": "größer"}'
BOTH = '{"ModelPackageGroupName": {"Get": "Parameters.Group"}, "ModelPackageDescription": "a"}'


def step(arguments: str, name: str = "a") -> str:
    return f'{{"Name": "{name}", "Type": "RegisterModel", "Arguments": {arguments}}}'


def pipeline(*arguments: str) -> str:
    return f'{{"Version": "2020-12-01", "Steps": [{", ".join(map(step, arguments))}]}}'


def in_a_string(definition: str) -> str:
    properties = {"PipelineDefinition": {"PipelineDefinitionBody": definition}}
    return json.dumps({"Resources": {"P": {"Type": "AWS::SageMaker::Pipeline", "Properties": properties}}})


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_has_all_that_is_known_of_a_request(folder: Path, run: Run) -> None:
    text = pipeline(BOTH)
    (folder / "p.json").write_text(text)
    ran = run("extract", "p.json")
    (found,) = lines(ran.out)
    start, end = text.index(BOTH), text.index(BOTH) + len(BOTH)
    assert (ran.status, ran.err) == (0, "")
    assert found == {
        "file": "p.json",
        "carrier": "pipeline",
        "pointer": "/Steps/0/Arguments",
        "inner_pointer": None,
        "range": {
            "start": {"line": 1, "column": start + 1, "offset": start},
            "end": {"line": 1, "column": end + 1, "offset": end},
        },
        "request": {"ModelPackageGroupName": '{"Get": "Parameters.Group"}', "ModelPackageDescription": "a"},
        "unknown": ["/ModelPackageGroupName"],
        "optional": [],
    }


def test_a_request_in_a_string_has_a_pointer_there_and_a_range_in_the_file(folder: Path, run: Run) -> None:
    text = in_a_string(pipeline(GROUP))
    (folder / "t.json").write_text(text)
    (found,) = lines(run("extract", "t.json").out)
    assert found["pointer"] == "/Resources/P/Properties/PipelineDefinition/PipelineDefinitionBody"
    assert found["inner_pointer"] == "/Steps/0/Arguments"
    written = text[found["range"]["start"]["offset"] : found["range"]["end"]["offset"]]
    assert json.loads(json.loads(f'"{written}"')) == json.loads(GROUP)


def test_requests_are_in_the_order_of_the_text_and_of_the_files(folder: Path, run: Run) -> None:
    (folder / "b.yaml").write_text(f"a: {pipeline(GROUP)}\nb: {pipeline(BOTH, GROUP)}\n")
    (folder / "a.json").write_text(GROUP)
    found = lines(run("extract").out)
    pointers = ["", "/a/Steps/0/Arguments", "/b/Steps/0/Arguments", "/b/Steps/1/Arguments"]
    assert [one["pointer"] for one in found] == pointers
    assert [one["file"] for one in found] == ["./a.json", *["./b.yaml"] * 3]


OPTIONS = [
    # options, the number of requests, status
    (["p.json", "a.json", "none.json"], 2, 0),
    (["."], 2, 0),
    ([".", "--carrier", "payload"], 1, 0),
    ([".", "--carrier", "pipeline"], 1, 0),
    ([".", "--carrier", "ack"], 0, 3),
    ([".", "--carrier", "ack", "--allow-empty"], 0, 0),
    ([".", "--exclude", "a.json"], 1, 0),
    (["none.json"], 0, 3),
    (["none.json", "--if-payload"], 0, 3),
    (["a.json", "none.json", "--if-payload"], 1, 0),
    (["a.json", "gone.json"], 1, 2),
    (["gone.json", "--allow-empty"], 0, 2),
    ([".", "--config", "carriers = ['pipeline']"], 1, 0),
    ([".", "--config", "slect = []"], 0, 2),
]


@pytest.mark.parametrize(("arguments", "count", "status"), OPTIONS, ids=[" ".join(row[0]) for row in OPTIONS])
def test_files_are_chosen_as_by_check(arguments: list[str], count: int, status: int, folder: Path, run: Run) -> None:
    write(folder, {"p.json": pipeline(GROUP), "a.json": GROUP, "none.json": '{"name": 1}'})
    ran = run("extract", *arguments)
    assert (ran.status, len(lines(ran.out))) == (status, count)
    assert ("sm-lint: " in ran.err) == (status != 0 or arguments == ["p.json", "a.json", "none.json"])


def test_the_configuration_of_the_folder_counts(folder: Path, run: Run) -> None:
    (folder / "sm-lint.toml").write_text('placeholders = ["${*}"]\ngiven = ["ModelPackageName"]')
    (folder / "a.json").write_text('{"ModelPackageDescription": "of ${DAY}", "SourceUri": ${URI}, "Domain": "OTHER"}')
    (found,) = lines(run("extract", "a.json").out)
    assert found["request"] == {
        "ModelPackageDescription": "of ${DAY}",
        "SourceUri": "${URI}",
        "Domain": "OTHER",
        "ModelPackageName": "<ModelPackageName>",
    }
    assert sorted(found["unknown"]) == ["/ModelPackageDescription", "/ModelPackageName", "/SourceUri"]
    assert lines(run("extract", "a.json", "--isolated", "--config", "placeholders = ['${*}']").out)[0]["unknown"] == [
        "/SourceUri",
        "/ModelPackageDescription",
    ]


def test_stdin_is_read(folder: Path) -> None:
    for options, name in ([], "<stdin>"), (["--stdin-filename", "x/p.json"], "x/p.json"):
        command = [sys.executable, "-m", "sm_lint", "extract", "-", *options]
        ran = subprocess.run(command, input=pipeline(BOTH), capture_output=True, text=True, check=True, cwd=folder)
        assert json.loads(ran.stdout)["file"] == name


BROKEN = [
    # file, content, a part of the message
    ("a.json", '{"ModelPackageGroupName": "a", "Tags": [', "a.json: it cannot be read to its end"),
    ("a.json", '{"ModelPackageGroupName": "a",}', "a.json: it cannot be read to its end"),
    ("a.json", "", "a.json: it cannot be read to its end"),
    ("a.json", pipeline(GROUP)[:-1], "a.json: it cannot be read to its end"),
    ("a.yaml", "ModelPackageGroupName: [\n", "a.yaml: it cannot be read to its end"),
    ("a.json", in_a_string(pipeline(GROUP)[:-1]), "a.json: it cannot be read to its end"),
]


@pytest.mark.parametrize(("name", "text", "message"), BROKEN)
def test_what_is_broken_is_an_error_and_the_rest_is_printed(
    name: str, text: str, message: str, folder: Path, run: Run
) -> None:
    write(folder, {name: text, "z.json": GROUP})
    ran = run("extract", name, "z.json")
    assert (ran.status, [one["file"] for one in lines(ran.out)]) == (2, ["z.json"])
    assert ran.err == f"sm-lint: {message}; `sm-lint check` says why\n"


def test_what_looks_like_a_request_is_not_passed_over_in_silence(folder: Path, run: Run) -> None:
    write(folder, {"near.json": '{"ModelPackageGroupName": "a"}', "a.json": GROUP, "other.json": '{"a": 1}'})
    ran = run("extract")
    assert (ran.status, len(lines(ran.out))) == (0, 1)
    assert ran.err == "sm-lint: ./near.json: no request: it has too few top-level members of the request\n"


def test_values_that_json_does_not_have_are_texts(folder: Path, run: Run) -> None:
    text = "ModelPackageGroupName: churn\nModelPackageDescription: 2024-01-01\nSourceUri: !Ref Uri\nDomain: .nan\n"
    (folder / "a.yaml").write_text(text)
    (found,) = lines(run("extract", "a.yaml").out)
    assert found["request"]["ModelPackageDescription"] == "2024-01-01"
    assert found["request"]["Domain"] == ".nan"
    assert {"/ModelPackageDescription", "/Domain"} <= set(found["unknown"])


def test_pretty_is_the_same_indented(folder: Path, run: Run) -> None:
    write(folder, {"p.json": pipeline(BOTH, GROUP)})
    objects = run("extract", "--pretty").out
    assert objects.count("\n") > 20
    parts = objects.replace("}\n{", "}\0{").split("\0")
    assert [json.loads(part) for part in parts] == lines(run("extract").out)


FILES = {
    "pipeline.json": pipeline(GROUP, BOTH),
    "pipeline.yaml": f"x: {pipeline(GROUP)}\n",
    "sub/pipeline.json": pipeline(GROUP),
    "sub/a.json": GROUP,
    "t.json": in_a_string(pipeline(GROUP)),
    "pipeline.Steps-0-Arguments.json": GROUP,
    "odd.json": f'{{"a b": {pipeline(GROUP)}, "a/b": {pipeline(GROUP)}, "a-b": {pipeline(GROUP)}}}',
    "long.json": f'{{"{"x" * 300}": {pipeline(GROUP)}}}',
}
BODY = "Resources-P-Properties-PipelineDefinition-PipelineDefinitionBody"


def test_each_request_has_a_file_of_its_own(folder: Path, run: Run) -> None:
    write(folder / "in", FILES)
    ran = run("extract", "in", "--output-dir", "out")
    assert (ran.status, ran.err) == (0, "")
    written = ran.out.splitlines()
    assert sorted(written) == sorted(str(path.relative_to(folder)) for path in (folder / "out").rglob("*.json"))
    assert len(written) == len(lines(run("extract", "in").out)) == 11
    assert {
        "out/in/pipeline.Steps-0-Arguments.json",
        "out/in/pipeline.Steps-1-Arguments.json",
        "out/in/pipeline.yaml.x-Steps-0-Arguments.json",
        "out/in/sub/pipeline.Steps-0-Arguments.json",
        "out/in/sub/a.json",
        f"out/in/t.{BODY}.Steps-0-Arguments.json",
    } <= set(written)
    for name in written:
        assert "ModelPackageGroupName" in json.loads((folder / name).read_text(encoding="ascii"))


def test_names_are_stable_and_existing_files_stay(folder: Path, run: Run) -> None:
    write(folder, {"pipeline.json": pipeline(GROUP, BOTH)})
    first = run("extract", "pipeline.json", "--output-dir", "out")
    assert run("extract", "--output-dir", "out").out == first.out, "what was written is not found again"
    assert len(run("extract", "out", "--output-dir", "out").out.splitlines()) == 2, "unless it is asked for"
    (folder / "out" / "out").rename(folder / "old")
    (folder / "out" / "pipeline.Steps-0-Arguments.json").write_text("mine")
    ran = run("extract", "pipeline.json", "--output-dir", "out")
    assert (ran.status, ran.out) == (2, "out/pipeline.Steps-1-Arguments.json\n")
    assert "this file exists, and is not overwritten" in ran.err
    assert (folder / "out" / "pipeline.Steps-0-Arguments.json").read_text() == "mine"


@pytest.mark.parametrize("path", ["../up/../a.json", "{}/a.json", "./a.json", "in/../a.json"])
def test_nothing_is_written_outside_the_folder(path: str, folder: Path, run: Run) -> None:
    write(folder, {"a.json": GROUP, "in/b.txt": ""})
    named = path.format(folder) if "{}" in path else path if ".." not in path[:2] else f"../{folder.name}/a.json"
    ran = run("extract", named, "--output-dir", "in/out")
    assert ran.status == 0
    (name,) = ran.out.splitlines()
    assert (folder / name).resolve().is_relative_to(folder / "in" / "out")


def test_no_link_leads_out_of_the_folder(folder: Path, run: Run) -> None:
    write(folder, {"in/a.json": GROUP, "elsewhere/b.txt": "", "out/c.txt": ""})
    (folder / "out" / "in").symlink_to(folder / "elsewhere")
    ran = run("extract", "in", "--output-dir", "out")
    assert (ran.status, ran.out) == (2, "")
    assert [path.name for path in (folder / "elsewhere").iterdir()] == ["b.txt"]
    (folder / "out" / "in").unlink()
    (folder / "out" / "in").mkdir()
    (folder / "out" / "in" / "a.json").symlink_to(folder / "elsewhere" / "d.json")
    assert run("extract", "in", "--output-dir", "out").status == 2
    assert not (folder / "elsewhere" / "d.json").exists()


def test_a_reader_may_stop(folder: Path) -> None:
    (folder / "p.json").write_text(pipeline(*[GROUP] * 5000))
    command = f"set -o pipefail; {sys.executable} -m sm_lint extract p.json | head -n 1"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=folder)
    assert (ran.returncode, ran.stderr, len(ran.stdout.splitlines())) == (0, "", 1)


@pytest.mark.parametrize("text", ["", "null", "[]", '"hello"', "# a comment\n"])
def test_what_is_no_object_is_no_request(text: str, folder: Path, run: Run) -> None:
    (folder / "a.yaml").write_text(text)
    ran = run("extract", "a.yaml")
    assert (ran.status, ran.out) == (3, "")
    assert ran.err.splitlines()[0] == "sm-lint: a.yaml: no request: its top-level value is not an object"


SPEC = '{"Containers": [{"Image": "i"}]}'
SHORT = "Containers=[{Image=i}]"
COMMAND = "aws sagemaker create-model-package --model-package-group-name g"
UNKNOWN = "file://s.json"


@pytest.mark.parametrize(
    ("before", "option", "expected"),
    [
        (f"cat > s.json <<'E'\n{SPEC}\nE\n", "--inference-specification file://s.json", json.loads(SPEC)),
        (f"echo '{SPEC}' | tee s.json\n", "--inference-specification file://s.json", UNKNOWN),
        (f"cat > s.json <<E\n{SPEC[:-1]}, $A}}\nE\n", "--inference-specification file://s.json", UNKNOWN),
        ("", f"--inference-specification file:///dev/stdin <<E\n{SPEC}\nE\n", json.loads(SPEC)),
        ("", "--inference-specification file://in/s.json", json.loads(SPEC)),
        ("", "--inference-specification file://../a.json", "file://../a.json"),
        ("", "--inference-specification file://in/none.json", "file://in/none.json"),
        ("sed -i s/i/j/ in/s.json\n", "--inference-specification file://in/s.json", "file://in/s.json"),
        ("", "--inference-specification file://in/link.json", "file://in/link.json"),
        ("", "--inference-specification file://in/bad.json", "file://in/bad.json"),
        ("", "--model-package-description file://in/s.json", SPEC),
        ("", "--inference-specification file://in/short", {"Containers": [{"Image": "i"}]}),
        ("", "--tags Key=a,Value@=file://in/short", [{"Key": "a", "Value": "Containers=[{Image=i}]"}]),
    ],
)
def test_an_option_has_what_its_file_has(before: str, option: str, expected: Any, folder: Path, run: Run) -> None:
    run_in = folder / "run"
    files = {"a.sh": f"{before}{COMMAND} {option}\n", "in/s.json": SPEC, "in/bad.json": "{", "in/short": SHORT}
    write(run_in, files)
    (folder / "a.json").write_text(SPEC)
    (run_in / "in" / "link.json").symlink_to(folder / "a.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(run_in)
        (found,) = lines(run("extract", "a.sh").out)
    (value,) = (value for name, value in found["request"].items() if name != "ModelPackageGroupName")
    is_unknown = isinstance(expected, str) and expected.startswith("file://")
    assert (value, len(found["unknown"])) == (expected, is_unknown)
