"""Measure sm-lint beside its peers, and write docs/performance.md.

usage: python benchmarks/run.py [--write]          (make bench)

Machines are noisy, so every row is a ratio of two things measured in turn in one run, and its figure the median. The
peers live in an environment of their own, `.venv-bench`, made at the first run.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
SM_LINT = str(BIN / "sm-lint")
PEERS = ROOT / ".venv-bench"
PEER_PACKAGES = ("awscli==1.45.11", "check-jsonschema", "cfn-lint")
BARE = (sys.executable, "-c", "pass")
FILES = 4000
FOLDED = ROOT / "schemas" / "create-model-package.schema.json"

IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"
CLEAN = json.loads((ROOT / "examples" / "churn-version.json").read_text(encoding="utf-8"))
WRONG = {**CLEAN, "Tags": [{"Key": "team", "Value": "a"}], "ModelApprovalStatus": "approved", "Domian": "x"}


class Row(NamedTuple):
    """One line of the table."""

    what: str
    goal: str
    figure: str
    met: bool | None
    """None for a peer, which has no goal."""


def seconds(command: Iterable[str]) -> float:
    """Run a command and return its wall-clock time."""
    start = time.perf_counter()
    subprocess.run([*command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def ratio(a: Iterable[str], b: Iterable[str], runs: int = 21) -> float:
    """Return the median of time(a) / time(b), the two in turn."""
    a, b = list(a), list(b)
    seconds(a)
    seconds(b)
    return statistics.median(seconds(a) / seconds(b) for _ in range(runs))


def times(runs: int, *calls: Callable[[], float]) -> list[float]:
    """Return the median of what each call returns, the calls in turn."""
    rows = [[call() for call in calls] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def peer(name: str, *arguments: str) -> list[str]:
    """Return the command line of a peer."""
    return [str(PEERS / "bin" / name), *arguments]


def install_peers() -> None:
    """Make the peers' environment, once."""
    if not (PEERS / "bin" / "cfn-lint").exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
        subprocess.run([*peer("python"), "-m", "pip", "install", "--quiet", *PEER_PACKAGES], check=True)


def as_yaml(value: object) -> str:
    """Return a value as block YAML, as people write it."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    with tempfile.TemporaryFile("w+", encoding="utf-8") as target:
        yaml.dump(value, target)
        target.seek(0)
        return target.read()


def fill(folder: Path, text: str, extension: str, count: int = FILES) -> Path:
    """Write so many files of the same text, each with a name of its own."""
    folder.mkdir()
    for number in range(count):
        (folder / f"r{number:06}.{extension}").write_text(text, encoding="utf-8")
    return folder


READ_JSON = """
import json, os, sys
for entry in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], entry), encoding="utf-8") as file:
        json.loads(file.read())
"""
COMPOSE_YAML = """
import os, sys, yaml
for entry in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], entry), encoding="utf-8") as file:
        yaml.compose(file.read(), Loader=yaml.CSafeLoader)
"""


def cold(scratch: Path) -> list[Row]:
    """Measure whole processes on one file."""
    good, bad = scratch / "good.json", scratch / "bad.json"
    good.write_text(json.dumps(CLEAN, indent=2), encoding="utf-8")
    bad.write_text(json.dumps(WRONG, indent=2), encoding="utf-8")
    lint = [SM_LINT, "check"]
    aws = peer("aws", "sagemaker", "create-model-package", "--cli-input-json", f"file://{good}")
    aws += ["--generate-cli-skeleton", "output", "--region", "us-east-1"]
    clean = ratio([*lint, str(good)], BARE)
    of_cli = ratio([*lint, str(good)], aws, 7)
    concise = ratio([*lint, str(bad), "--output-format", "concise"], BARE)
    full = ratio([*lint, str(bad)], BARE)
    check_jsonschema = ratio(peer("check-jsonschema", "--schemafile", str(FOLDED), str(good)), BARE, 7)
    template = scratch / "template.json"
    resource = {"Type": "AWS::SageMaker::ModelPackage", "Properties": CLEAN}
    template.write_text(json.dumps({"Resources": {"Package": resource}}), encoding="utf-8")
    return [
        Row("one clean JSON file, cold", "≤ 5 × `python -c pass`", f"{clean:.1f} ×", clean <= 5),
        Row("the same", "≤ 0.1 × the AWS CLI's offline check", f"{of_cli:.3f} ×", of_cli <= 0.1),
        Row("one file with findings, cold, `concise`", "≤ 8 × `python -c pass`", f"{concise:.1f} ×", concise <= 8),
        Row("one file with findings, cold, `full`", "≤ 12 × `python -c pass`", f"{full:.1f} ×", full <= 12),
        Row("peer: AWS CLI v1, offline check", "", f"{clean / of_cli:.0f} × `python -c pass`", None),
        Row("peer: check-jsonschema, shapes only", "", f"{check_jsonschema:.0f} × `python -c pass`", None),
        Row("peer: cfn-lint", "", f"{ratio(peer('cfn-lint', str(template)), BARE, 5):.0f} × `python -c pass`", None),
    ]


def many(scratch: Path) -> list[Row]:
    """Measure runs over many files, the start-up subtracted."""
    clean_json = fill(scratch / "json", json.dumps(CLEAN, indent=2), "json")
    clean_yaml = fill(scratch / "yaml", as_yaml(CLEAN), "yaml")
    wrong_yaml = fill(scratch / "wrong-yaml", as_yaml(WRONG), "yaml")
    wrong_json = fill(scratch / "wrong-json", json.dumps(WRONG, indent=2), "json")
    one = fill(scratch / "one", json.dumps(CLEAN, indent=2), "json", 1)
    one_yaml = fill(scratch / "one-yaml", as_yaml(CLEAN), "yaml", 1)

    def lint(folder: Path, *options: str) -> Callable[[], float]:
        return lambda: seconds([SM_LINT, "check", str(folder), "--output-format", "json", *options])

    def loop(code: str, folder: Path) -> Callable[[], float]:
        return lambda: seconds([sys.executable, "-c", code, str(folder)])

    json_time, start, read, bare = times(
        5, lint(clean_json), lint(one), loop(READ_JSON, clean_json), lambda: seconds(BARE)
    )
    yaml_time, yaml_start, compose, compose_start = times(
        3, lint(clean_yaml), lint(one_yaml), loop(COMPOSE_YAML, clean_yaml), loop(COMPOSE_YAML, one_yaml)
    )
    found, found_start = times(3, lint(wrong_json), lint(one))
    one_job, two_jobs = times(3, lint(wrong_yaml, "--jobs", "1"), lint(wrong_yaml, "--jobs", "2"))
    json_ratio, yaml_ratio = (json_time - start) / (read - bare), (yaml_time - yaml_start) / (compose - compose_start)
    each, faster = (found - found_start) / FILES * 1000, one_job / two_jobs
    files = f"{FILES:,}"
    return [
        Row(
            f"{files} clean JSON files, one job", "≤ 2 × `open` + `json.loads`", f"{json_ratio:.2f} ×", json_ratio <= 2
        ),
        Row(f"{files} clean YAML files", "≤ 3 × libyaml's `compose`", f"{yaml_ratio:.2f} ×", yaml_ratio <= 3),
        Row(f"{files} YAML files with findings, two jobs", "≥ 1.6 × faster than one", f"{faster:.2f} ×", faster >= 1.6),
        Row("each JSON file with three findings, `json`", "≤ 1 ms", f"{each:.2f} ms", each <= 1),
    ]


def linear(scratch: Path) -> list[Row]:
    """Measure how cost grows: with the number of findings, and memory with the number of files."""

    def spent(count: int) -> float:
        path = scratch / f"members-{count}.json"
        path.write_text(json.dumps({"ModelPackageGroupName": "a", **{f"x{n}": n for n in range(count)}}))
        return min(seconds([SM_LINT, "check", str(path), "--output-format", "json"]) for _ in range(3))

    base, small, large = spent(1), spent(4000), spent(16000)
    growth = (large - base) / (small - base)
    folder = fill(scratch / "hundred-thousand", json.dumps(CLEAN), "json", 100_000)
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=-3);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, SM_LINT, "check", str(folder)], capture_output=True, text=True, check=True
    )
    peak = int(ran.stdout.splitlines()[-1]) / 1024
    return [
        Row("four times as many wrong members", "linear: ≤ 5 × the time", f"{growth:.1f} ×", growth <= 5),
        Row("peak memory of 100,000 files", "< 100 MB", f"{peak:.0f} MB", peak < 100),
    ]


def again() -> list[Row]:
    """Measure an editor's work: a request of 16 kB is linted again after each edit, in process."""
    from sm_lint import lint_text

    containers = [{"Image": IMAGE, "Environment": {f"KEY_{n}": "x" * 60 for n in range(16)}} for _ in range(11)]
    request = {"ModelPackageGroupName": "churn", "InferenceSpecification": {"Containers": containers}}
    text = json.dumps(request, indent=1)
    spent = []
    for number in range(500):
        edited = text.replace("KEY_3", f"KEY_{number}", 1) if number % 2 else text.replace("churn", "churn_", 1)
        start = time.perf_counter()
        lint_text(edited, filename="request.json")
        spent.append((time.perf_counter() - start) * 1000)
    p99 = sorted(spent)[int(len(spent) * 0.99)]
    return [
        Row(f"re-lint of {len(text) // 1000} kB after an edit, in process", "p99 ≤ 5 ms", f"{p99:.1f} ms", p99 <= 5)
    ]


def page(rows: list[Row]) -> str:
    """Return the table as a page."""
    marks = {True: "met", False: "**missed**", None: ""}
    lines = [f"| {row.what} | {row.goal} | {row.figure} | {marks[row.met]} |" for row in rows]
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    notes = ROOT / "benchmarks" / "notes.md"
    return (
        "# Performance\n\nMade by `make bench`. "
        "Each figure is the median of runs in turn with what it is compared to.\n\n"
        f"{date.today().isoformat()}: {machine}; peers: {', '.join(PEER_PACKAGES)}.\n\n"  # noqa: DTZ011
        "| what | goal | measured | |\n| --- | --- | --- | --- |\n" + "\n".join(lines) + "\n\n"
        + notes.read_text(encoding="utf-8")
    )  # fmt: skip


def main() -> int:
    """Measure, print, and with `--write` replace docs/performance.md."""
    install_peers()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        rows = [*cold(scratch), *many(scratch), *linear(scratch), *again()]
    text = page(rows)
    print(text)
    if "--write" in sys.argv:
        (ROOT / "docs" / "performance.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
