"""Coverage-guided fuzzing with atheris (libFuzzer), for a given time.

usage: python tools/fuzz.py [SECONDS]        default 600

The first byte of each input says what the rest is: a request in JSON or YAML, which is read, linted and rendered; a
configuration, a baseline or a custom rule, which is read and used; options of `sm-lint check`; or messages to the
language server. It fails on an exception, a value that differs from the CLI's, a position outside the text, a message
to the server without an answer, more than 5 seconds or more than 1 GB. The first failure ends the run; its input is
saved to a file.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from io import StringIO
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

ROOT = Path(__file__).parent.parent
SECONDS_AN_INPUT, MEGABYTES, MAX_LENGTH = 5, 1024, 4096


Target = Callable[[bytes], None]


def fuzz(arguments: list[str]) -> None:
    """Run libFuzzer in this process with its command-line arguments. Never returns."""
    import atheris

    sys.path.insert(0, str(ROOT))
    with atheris.instrument_imports(include=["sm_lint", "ruamel"]):
        import sm_lint

        for module in walk_packages(sm_lint.__path__, "sm_lint."):  # later imports are not instrumented
            if not module.name.endswith("__main__"):
                import_module(module.name)
    targets = list(_targets(Path(tempfile.mkdtemp(prefix="sm-lint-fuzz-"))).values())

    def one(data: bytes) -> None:
        targets[data[0] % len(targets) if data else 0](data[1:])

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def _targets(folder: Path) -> dict[str, Target]:
    """Return what is fuzzed: a function for each kind of input, which raises an exception for a failure."""
    from sm_lint.cli.options import settings_of
    from sm_lint.cli.parser import parser
    from sm_lint.config.load import load
    from sm_lint.engine.linter import Linters
    from sm_lint.model.settings import DEFAULTS, ConfigError
    from sm_lint.run.session import Session
    from sm_lint.sources.document import Document, read
    from sm_lint.suppression.baseline import Baselines
    from tests.support.messages import answered
    from tests.support.oracle import compare
    from tests.support.rendering import rendered

    session = Session()
    request = b'{"ModelPackageGroupName": "churn", "Domian": "x", "Domain": "a_b", "Tags": [{"Key": "a"}]}'

    def lint(document: Document, settings: Any, by: Session = session) -> None:
        for text in rendered(document, by.lint_named(document, settings), by.linters.built_in.model):
            text.encode(errors="backslashreplace")

    def of_request(name: str) -> Target:
        def one(data: bytes) -> None:
            compare(name, data)
            lint(read(name, data), DEFAULTS)

        return one

    def of_file(name: str, use: Callable[[str], None]) -> Target:
        def one(data: bytes) -> None:
            path = folder / name
            path.write_bytes(data)
            with suppress(ConfigError):
                use(str(path))

        return one

    def configuration(path: str) -> None:
        lint(read(str(folder / "request.json"), request), load(path, session.linters.rule_set)._replace(baseline=None))

    def baseline(path: str) -> None:
        Baselines().entries(path, str(folder / "request.json"))
        lint(read(str(folder / "request.json"), request), DEFAULTS._replace(baseline=path), Session())

    def rule(path: str) -> None:
        lint(read("request.json", request), DEFAULTS._replace(rules=(path,)))

    def options(data: bytes) -> None:
        arguments = [part for part in os.fsdecode(data).split("\0") if part]
        with suppress(ConfigError, SystemExit), redirect_stderr(StringIO()), redirect_stdout(StringIO()):
            settings_of(parser().parse_args(["check", *arguments]), Linters())(str(folder))

    return {
        "json": of_request("request.json"),
        "yaml": of_request("request.yaml"),
        "configuration": of_file("sm-lint.toml", configuration),
        "baseline": of_file("baseline.json", baseline),
        "rule": of_file("rule.toml", rule),
        "options": options,
        "messages": answered,
    }


def seeds(folder: Path) -> int:
    """Write the first inputs to a folder, and return their number: the cases of the rules, and some of each kind."""
    sys.path.insert(0, str(ROOT))
    from tests.support.cases import ALL, Case
    from tests.support.messages import SEEDS

    cases = [Case(rule, 0, table) for rule in ALL for table in (*rule.invalid, *rule.valid)]
    contents = {(("json", "yaml").index(case.syntax), case.data) for case in cases if case.data}
    contents |= {
        (2, b'select = ["SM2", "ALL"]\nplaceholders = ["${*}"]\n[per-file-ignores]\n"*.json#/Tags/*" = ["SM203"]\n')
    }
    contents |= {(3, b'{"schema_version": 1, "files": {"request.json": {"SM101": {"/Domian": 1}}}}')}
    contents |= {(4, path.read_bytes()) for path in (ROOT / "examples").rglob("*.toml")}
    contents |= {(4, path.read_bytes().replace(b'"SM', b'"XY')) for path in (ROOT / "rules").glob("SM4*.toml")}
    contents |= {(5, b"--select\0SM2,text\0--given\0Domain\0--config\0ignore = ['SM1']\0a.json")}
    contents |= {(6, message) for message in SEEDS}
    small = sorted((kind, data) for kind, data in contents if len(data) < MAX_LENGTH)
    for number, (kind, data) in enumerate(small):
        (folder / f"{number}").write_bytes(bytes([kind]) + data)
    return len(small)


def main() -> int:
    """Run libFuzzer in a separate process and print its result. Return 1 if an input fails, else 0."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    with tempfile.TemporaryDirectory() as folder:
        first = seeds(Path(folder))
        options = [
            f"-max_total_time={seconds}", f"-timeout={SECONDS_AN_INPUT}", f"-rss_limit_mb={MEGABYTES}",
            f"-max_len={MAX_LENGTH}", "-print_final_stats=1", f"-artifact_prefix={ROOT}/fuzz-", folder,
        ]  # fmt: skip
        command = [sys.executable, __file__, "--drive", *options]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)  # noqa: S603
    inputs = re.findall(r"number_of_executed_units: (\d+)", done.stderr)
    coverage = re.findall(r"cov: (\d+)", done.stderr)
    failures = re.findall(r"Test unit written to (\S+)", done.stderr)
    print(f"seeds: {first}  inputs: {(inputs or ['?'])[-1]}  coverage: {(coverage or ['?'])[-1]} points", end="  ")
    print(f"failures: {len(failures)}")
    if done.returncode or failures:
        print(done.stderr[-6000:])
        print("".join(f"python tools/fuzz.py --drive {os.path.relpath(path)}\n" for path in failures), end="")
        return 1
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--drive"]:
        fuzz(sys.argv[2:])
    raise SystemExit(main())
