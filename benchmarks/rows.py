"""The rows of the table: each generator measures some of them, with an empty folder for its files."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import drawn
from benchmarks.environments import aws, installed, program, script
from benchmarks.payloads import CLEAN, ROOT, WRONG, as_json, as_yaml, edited, fill, growing
from benchmarks.timing import in_turn, printed, ratio, seconds

FILES = 4000
OTHERS = 2000
_BARE = (program("sm-lint", "python"), "-c", "pass")
_LINT = (program("sm-lint", "sm-lint"), "check")
_CHECK_JSONSCHEMA = (
    program("peers", "check-jsonschema"), "--schemafile", str(ROOT / "schemas" / "create-model-package.schema.json"),
)  # fmt: skip
_LINEAR = 1.1
"""The tolerance: time counts as linear if it grows at most this many times as much as the input."""


class Row(NamedTuple):
    """One row of the table."""

    what: str
    goal: str
    """The goal; empty for a tool of comparison."""
    figure: str
    met: bool | None = None
    limit: str = ""
    """The cause of the cost, printed if the goal is missed."""


def _times(number: float) -> str:
    return f"{number:.{0 if number >= 10 else 2 if number >= 0.1 else 3}f} ×"


def cold(scratch: Path) -> Iterator[Row]:
    """Measure whole processes on one file."""
    good, yaml, bad, template = (str(scratch / name) for name in ("good.json", "good.yaml", "bad.json", "cfn.json"))
    Path(good).write_text(as_json(CLEAN), encoding="utf-8")
    Path(yaml).write_text(as_yaml(CLEAN), encoding="utf-8")
    Path(bad).write_text(as_json(WRONG), encoding="utf-8")
    resource = {"Type": "AWS::SageMaker::ModelPackage", "Properties": CLEAN}
    Path(template).write_text(json.dumps({"Resources": {"Package": resource}}), encoding="utf-8")
    request = ("sagemaker", "create-model-package", "--cli-input-json", f"file://{good}")
    offline = (*request, "--generate-cli-skeleton", "output", "--region", "us-east-1")
    bare, limit = (
        "`python -c pass`",
        "what is imported first (argparse, typing, jsonschema-rs), and the compiled shapes",
    )

    clean = ratio([*_LINT, good], _BARE, 41)
    yield Row("one clean JSON file, cold", f"≤ 4 × {bare}", _times(clean), clean <= 4, limit)
    clean = ratio([*_LINT, yaml], _BARE, 21)
    yield Row("one clean YAML file, cold", f"≤ 5 × {bare}", _times(clean), clean <= 5, f"{limit}; libyaml's binding")
    for version, path in aws().items():
        part = ratio([*_LINT, good], [path, *offline], 15)
        yield Row("the same", f"≤ 0.1 × the offline check of AWS CLI {version}", _times(part), part <= 0.1, limit)
    limit = "the modules that explain, place and fix what is found, and trying the fixes"
    for output_format, most in (("concise", 5), ("full", 5)):
        found = ratio([*_LINT, bad, "--output-format", output_format], _BARE, 21)
        what = f"one file with findings, cold, `{output_format}`"
        yield Row(what, f"≤ {most} × {bare}", _times(found), found <= most, limit)
    peers = {f"AWS CLI {version}, offline check": [path, *offline] for version, path in aws().items()}
    peers["check-jsonschema, shapes only"] = [*_CHECK_JSONSCHEMA, good]
    peers["cfn-lint, the same as a resource"] = [program("peers", "cfn-lint"), template]
    for name, command in peers.items():
        yield Row(f"peer: {name}", "", f"{_times(ratio(command, _BARE, 5))} {bare}")


def _more(all_files: float, one_file: float, other: float, other_start: float) -> float:
    """Return the ratio of two times, each without its start-up time."""
    return (all_files - one_file) / (other - other_start)


def _faster(all_files: float, one_file: float, other: float, other_start: float) -> float:
    """Return how many times as fast the first is as the other, each without its start-up time."""
    return 1 / _more(all_files, one_file, other, other_start)


def many_json(scratch: Path) -> Iterator[Row]:
    """Measure runs over many JSON files, without the start-up time."""
    folders = clean, one = [
        drawn.fill(scratch / str(count), "json", count, drawn.request, as_json) for count in (FILES, 1)
    ]
    files, loop = f"{FILES:,} clean JSON files", "`open` + `json.loads`"
    lint = [[*_LINT, folder, "--jobs", "1"] for folder in folders]
    read = (script("read", "json", clean), _BARE)
    validate = [script("read", "validate", folder, environment="peers") for folder in folders]

    found = in_turn(9, _more, *lint, *read)
    limit = (
        "the schema with the rules and opening the file are a quarter each, and JSON in strings is read a second time"
    )
    yield Row(f"{files}, one job", f"≤ 3 × {loop}", _times(found), found <= 3, limit)
    faster = in_turn(21, _faster, *lint, *validate)  # it takes half a second to start, which is noise here
    peer = "botocore's ParamValidator, which sees types and required members only"
    yield Row("the same", f"≥ 1.3 × as fast as {peer}", _times(faster), faster >= 1.3, limit)
    named = [[str(path) for path in sorted(Path(folder).iterdir())] for folder in folders]
    found = in_turn(1, _more, *([*_CHECK_JSONSCHEMA, *paths] for paths in named), *read)
    yield Row("peer: check-jsonschema, shapes only", "", f"{_times(found)} {loop}")

    wrong = fill(scratch / "wrong", WRONG, as_json, FILES)
    command = [[*_LINT, folder, "--output-format", "json", "--jobs", "1"] for folder in (wrong, one)]
    each = in_turn(3, lambda all_files, one_file: (all_files - one_file) / FILES * 1000, *command)
    limit = "trying the fixes, for which the text with them is linted again, and the words and places"
    yield Row("each JSON file with three findings, `json`", "≤ 1 ms", f"{each:.2f} ms", each <= 1, limit)


def many_yaml(scratch: Path) -> Iterator[Row]:
    """Measure runs over many YAML files, without the start-up time."""
    folders = [drawn.fill(scratch / str(count), "yaml", count, drawn.request, as_yaml) for count in (FILES, 1)]
    compose = [script("read", "compose", folder) for folder in folders]
    found = in_turn(5, _more, *([*_LINT, folder, "--jobs", "1"] for folder in folders), *compose)
    limit = "the events of libyaml, which are objects of Python, and which Python looks at"
    yield Row(f"{FILES:,} clean YAML files", "≤ 2 × libyaml's `compose`", _times(found), found <= 2, limit)
    found = in_turn(1, _more, *(script("read", "load", folder) for folder in folders), *compose)
    yield Row("peer: ruamel.yaml, the reader of the AWS CLI", "", f"{_times(found)} `compose`")

    def faster_by_two(count: int, runs: int) -> float:
        wrong = fill(scratch / f"wrong-{count}", WRONG, as_yaml, count)
        one, two = ([*_LINT, wrong, "--output-format", "concise", "--jobs", jobs] for jobs in ("1", "2"))
        return ratio(one, two, runs, clock=seconds)

    faster = faster_by_two(FILES, 7)
    limit = "one process alone starts, collects what the others found, sorts and prints it"
    what, goal = f"{FILES:,} YAML files with findings, two jobs", "≥ 1.6 × faster than one"
    yield Row(what, goal, _times(faster), faster >= 1.6, limit)
    faster = faster_by_two(FILES // 10, 15)
    what = f"{FILES // 10} of them, which is less than half a second: no pool"
    yield Row(what, "as fast as one", _times(faster), faster >= 0.9, "a pool, which should not be started")


def repository(scratch: Path) -> Iterator[Row]:
    """Measure what a repository costs that holds other files."""
    folder, alone = scratch / "repository", scratch / "alone"
    drawn.fill(folder / "src", "json", OTHERS, drawn.request, as_json)
    drawn.fill(alone, "json", 1, drawn.request, as_json)
    drawn.fill(folder / "staged", "json", 1, drawn.request, as_json)
    (folder / ".git").mkdir()
    hook = (*_LINT, "--if-payload", "--allow-empty")
    found = ratio([*hook, str(folder / "staged" / "r000000.json")], [*hook, str(alone / "r000000.json")], 15)
    what = f"a hook call with one staged file in a repository of {OTHERS:,} JSON files"
    yield Row(what, "≤ 1.1 × the call without it", _times(found), found <= 1.1, "a walk, which should not be made")

    for number in range(2):
        extension, write = (("json", as_json), ("yaml", as_yaml))[number]
        for count in (OTHERS // 2, 1):
            drawn.fill(scratch / f"{extension}-{count}", extension, count, drawn.no_request, write)
    folders = [[str(scratch / f"{extension}-{count}") for extension in ("json", "yaml")] for count in (OTHERS // 2, 1)]
    lint = [[*_LINT, "--allow-empty", *paths, "--jobs", "1"] for paths in folders]
    read = [script("read", "bytes", *paths) for paths in folders]
    found = in_turn(9, _more, *lint, *read)
    limit = "the task of a file, and one search in its bytes"
    what = f"{OTHERS:,} JSON and YAML files that hold no request"
    yield Row(what, "≤ 1.5 × reading their bytes", _times(found), found <= 1.5, limit)

    size, wheels, taken = installed(scratch / "site")
    figure = f"{size:.1f} MB, {wheels} wheels, {taken:.0f} s"
    limit = "jsonschema-rs is half of it, and rich brings pygments, a sixth"
    yield Row("`pip install` without extras", "≤ 25 MB", figure, size <= 25, limit)


def linear(scratch: Path) -> Iterator[Row]:
    """Measure how time grows with the size of the input."""
    for what, extension, factor, texts in growing():
        paths = [scratch / f"{size}.{extension}" for size in ("small", "large")]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        growth = float(printed(script("growth", *map(str, paths))))
        most = factor * _LINEAR
        yield Row(what, f"linear: ≤ {most:g} × the time", _times(growth), growth <= most, "it is not linear")
    folders = [fill(scratch / str(count), CLEAN, as_json, count) for count in (1, 25_000, 100_000)]
    commands = [[*_LINT, folder, "--jobs", "1"] for folder in folders]
    growth = in_turn(3, lambda start, some, all_files: (all_files - start) / (some - start), *commands)
    most = 4 * _LINEAR
    what = "4 × as many files: 25,000 and 100,000"
    yield Row(what, f"linear: ≤ {most:g} × the time", _times(growth), growth <= most, "it is not linear")
    peak = float(printed(script("peak", *commands[-1])))
    limit = "the list of all files, which is made before the first is linted"
    yield Row("peak memory of 100,000 files", "< 100 MB", f"{peak:.0f} MB", peak < 100, limit)


def again(scratch: Path) -> Iterator[Row]:
    """Measure the use in an editor: a request is linted again after each edit, in process."""
    for extension, write, most in (("json", as_json, 1.5), ("yaml", as_yaml, 3)):
        path = scratch / f"edited.{extension}"
        path.write_text(write(edited()), encoding="utf-8")
        p99 = float(printed(script("relint", str(path))))
        what = f"re-lint of {path.stat().st_size / 1000:.0f} kB of {extension.upper()} after an edit, in process"
        limit = "the place of a finding, for which the text is read again"
        yield Row(what, f"p99 ≤ {most} ms", f"{p99:.1f} ms", p99 <= most, limit)
