"""Documents that have requests, on the command line: which are linted, what is listed, and what is said at the end."""

import json
from pathlib import Path

import pytest

from sm_lint.model.settings import CARRIERS
from sm_lint.requests.marks import NOT_WANTED
from sm_lint.requests.names import NO_NAME
from tests.conftest import ROOT, Run
from tests.support.command import write

GOOD = '{"ModelPackageGroupName": "churn", "ModelPackageDescription": "a"}'
BAD = '{"ModelPackageGroupName": "churn_models", "Domain": "OTHERS"}'


def pipeline(*arguments: str) -> str:
    steps = ", ".join(f'{{"Name": "a", "Type": "RegisterModel", "Arguments": {one}}}' for one in arguments)
    return f'{{"Version": "2020-12-01", "Steps": [{steps}]}}'


def template(*properties: str) -> dict[str, object]:
    return {
        "Resources": {
            f"R{number}": {"Type": "AWS::SageMaker::ModelPackage", "Properties": json.loads(one)}
            for number, one in enumerate(properties)
        }
    }


NO_STEP = '{"Version": "2020-12-01", "Steps": [{"Name": "a", "Type": "Training", "Arguments": {"x": "RegisterModel"}}]}'
BOTH = json.dumps({**template(GOOD, BAD), **json.loads(pipeline(GOOD))})
FILES = {
    "a.json": GOOD,
    "both.json": BOTH,
    "many.json": pipeline(*[GOOD] * 1200),
    "none.json": NO_STEP,
    "one.json": pipeline(BAD),
    "other.json": "{}",
    "two.yaml": json.dumps(template(GOOD, BAD)),
}


def test_listed_is_what_a_file_is_and_how_many_requests_it_has(folder: Path, run: Run) -> None:
    write(folder, FILES)
    ran = run("check", ".", "--list-files")
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "./a.json: yes",
        "./both.json: yes: pipeline, 1 request; cloudformation, 2 requests",
        "./many.json: yes: pipeline, 1,200 requests",
        "./none.json: no: it is a pipeline definition without a request",
        "./one.json: yes: pipeline, 1 request",
        f"./other.json: no: {NO_NAME}",
        "./two.yaml: yes: cloudformation, 2 requests",
    ]
    assert (
        run("check", "none.json", "other.json", "--list-files").out == "none.json: yes: no request\nother.json: yes\n"
    )


WANTED = [
    # carriers, the files that are linted
    ([], ["a", "both", "many", "one", "two"]),
    (["payload"], ["a"]),
    (["pipeline"], ["both", "many", "one"]),
    (["cloudformation"], ["both", "two"]),
    (["cloudformation", "payload"], ["a", "both", "two"]),
    (["pipeline,payload"], ["a", "both", "many", "one"]),
    (["ack"], []),
]


@pytest.mark.parametrize(("wanted", "linted"), WANTED, ids=[" ".join(wanted) for wanted, _ in WANTED])
def test_only_the_carriers_that_are_asked_for_are_linted(
    wanted: list[str], linted: list[str], folder: Path, run: Run
) -> None:
    write(folder, FILES)
    options = [part for name in wanted for part in ("--carrier", name)]
    names = [part.strip() for name in wanted for part in name.split(",")]
    for arguments in (options, ["--config", f"carriers = {json.dumps(names)}"]):
        for paths in (["."], [*FILES, "--if-payload"]):
            listed = run("check", *paths, "--list-files", *arguments).out.splitlines()
            yes = [line for line in listed if ": yes" in line]
            assert [line.removeprefix("./").partition(".")[0] for line in yes] == linted


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("payload", {"one": NOT_WANTED, "two": NOT_WANTED, "none": NOT_WANTED, "other": NO_NAME}),
        ("pipeline", {"a": NOT_WANTED, "two": NOT_WANTED, "other": NOT_WANTED}),
        ("payload,pipeline", {"two": NOT_WANTED, "other": NO_NAME}),
    ],
)
def test_the_true_reason_is_listed(wanted: str, told: dict[str, str], folder: Path, run: Run) -> None:
    write(folder, FILES)
    listed = run("check", ".", "--list-files", "--carrier", wanted).out.splitlines()
    names = {name.partition(".")[0]: name for name in FILES}
    assert {f"./{names[of]}: no: {reason}" for of, reason in told.items()} <= set(listed)


def test_payload_alone_takes_a_named_file_for_a_request(folder: Path, run: Run) -> None:
    write(folder, FILES)
    for name in ("one.json", "two.yaml", "none.json"):
        report = run("check", name, "--carrier", "payload", "--output-format", "json").report
        assert [(d["code"], d["carrier"]) for d in report["diagnostics"]] == [("SM023", "payload")]


@pytest.mark.parametrize("carrier", ["ack", "state-machine"])
def test_a_named_file_that_is_no_wanted_carrier_has_one_finding(carrier: str, folder: Path, run: Run) -> None:
    write(folder, FILES)
    for name in ("one.json", "two.yaml", "none.json", "other.json", "a.json"):
        report = run("check", name, "--carrier", carrier, "--output-format", "json").report
        assert {d["code"] for d in report["diagnostics"]} <= {"SM023", "SM202"}


UNKNOWN = [
    ("pipelines", "; did you mean `pipeline`?"),
    ("step-functions", ""),
    ("state_machine", "; did you mean `state-machine`?"),
    ("cloud-formation", "; did you mean `cloudformation`?"),
    ("jsonlines", "; did you mean `json-lines`?"),
    ("ACK", "; did you mean `ack`?"),
    ("payload,terraform", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "hint"), UNKNOWN)
@pytest.mark.parametrize("command", ["check", "extract"])
def test_an_unknown_carrier_gets_the_nearest(command: str, name: str, hint: str, folder: Path, run: Run) -> None:
    write(folder, FILES)
    for arguments in (["--carrier", name], ["--config", f"carriers = {json.dumps(name.split(','))}"]):
        ran = run(command, ".", *arguments)
        assert (ran.status, ran.out) == (2, "")
        unknown = name.rsplit(",", maxsplit=1)[-1]
        assert f"unknown carrier {unknown!r}; expected one of {', '.join(CARRIERS)}{hint}" in ran.err


def test_the_summary_counts_files_not_requests(folder: Path, run: Run) -> None:
    write(folder, FILES)
    said = run("check", "both.json", "many.json", "two.yaml", "--output-format", "concise").out.splitlines()
    assert said[-1].startswith("Found 2 errors in 3 files.")
    assert run("check", "many.json").out == "No problems in 1 file.\n"
    assert run("check", "none.json").out == "No problems in 1 file.\n"
    assert run("check", "none.json", "--if-payload").out == "No file was linted.\n"


def test_what_may_have_a_request_but_is_broken_is_counted(folder: Path, run: Run) -> None:
    write(folder, {"half.json": pipeline(GOOD)[:-1], "other.json": "{}"})
    ran = run("check", ".", "--verbose")
    assert (ran.status, ran.out) == (
        3,
        "No file was linted. 1 file may have a request but was not linted; --verbose says why.\n",
    )
    assert ran.err == "sm-lint: ./half.json: not linted: it is a pipeline definition that cannot be read to its end\n"
    assert run("check", "half.json").status == 1


def test_the_hook_lints_the_carriers_and_passes_over_the_rest(folder: Path, run: Run) -> None:
    write(folder, FILES | {"half.json": pipeline(GOOD)[:-1], "bad.yaml": "a: [\n"})
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert "entry: sm-lint check --if-payload --allow-empty\n" in hook
    ran = run("check", "--if-payload", "--allow-empty", *FILES, "half.json", "bad.yaml", "--output-format", "json")
    assert ran.status == 1
    found = {(d["file"], d["carrier"]) for d in ran.report["diagnostics"]}
    assert found == {("both.json", "cloudformation"), ("one.json", "pipeline"), ("two.yaml", "cloudformation")}
    assert ran.report["summary"]["files"] == 5
    assert run("check", "--if-payload", "--allow-empty", "none.json", "other.json").status == 0


SUPPRESSED = f"""\
Resources:
  Group: {{Type: AWS::SageMaker::ModelPackage, Properties: {{ModelPackageGroupName: a_b}}}}  # sm-lint: ignore[SM222]
  Pipeline:
    Type: AWS::SageMaker::Pipeline
    Properties:
      PipelineDefinition: {{PipelineDefinitionBody: '{pipeline(GOOD)}'}}  # sm-lint: ignore[SM601]
"""
UNUSED = ["SM901"]


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ((), UNUSED),
        (("--carrier", "pipeline", "--carrier", "cloudformation"), UNUSED),
        (("--carrier", "pipeline"), []),
        (("--carrier", "cloudformation"), []),
        (("--carrier", "ack"), ["SM023"]),
    ],
)
def test_a_suppression_is_unused_only_where_all_requests_were_looked_for(
    arguments: tuple[str, ...], codes: list[str], folder: Path, run: Run
) -> None:
    write(folder, {"a.yaml": SUPPRESSED})
    found = json.loads(run("check", "a.yaml", "--output-format", "json", *arguments).out)["diagnostics"]
    assert [one["code"] for one in found] == codes
    assert {one["carrier"] for one in found if one["code"] == "SM901"} <= {"cloudformation"}


def test_a_baseline_keeps_what_was_not_looked_for(folder: Path, run: Run) -> None:
    write(folder, {"both.json": json.dumps({**template(BAD), **json.loads(pipeline(BAD))})})
    run("check", "--write-baseline", "b.json", ".")
    written = (folder / "b.json").read_bytes()
    ran = run("check", "--baseline", "b.json", "--carrier", "pipeline", "--prune-baseline", "--output-format=json", ".")
    assert json.loads(ran.out)["diagnostics"] == []
    assert (folder / "b.json").read_bytes() == written
