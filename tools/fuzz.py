"""Coverage-guided fuzzing of the readers and the linter with atheris (libFuzzer), for a given time.

usage: python tools/fuzz.py [SECONDS]        default 600

Each input is read as JSON or as YAML, linted and rendered. It fails on an exception, a value that differs from the
CLI's, a position outside the text, more than 5 seconds or more than 1 GB. The first failure ends the run; its input is
saved to a file.
"""

import os
import re
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

ROOT = Path(__file__).parent.parent
SECONDS_AN_INPUT, MEGABYTES, MAX_LENGTH = 5, 1024, 4096


def fuzz(arguments: list[str]) -> None:
    """Run libFuzzer in this process with its command-line arguments. Never returns."""
    import atheris

    sys.path.insert(0, str(ROOT))
    with atheris.instrument_imports(include=["sm_lint", "ruamel"]):
        import sm_lint
        from sm_lint.model.report import Report
        from sm_lint.model.settings import DEFAULTS
        from sm_lint.output import render
        from sm_lint.run.session import Session
        from sm_lint.sources.document import read

        for module in walk_packages(sm_lint.__path__, "sm_lint."):  # later imports are not instrumented
            if not module.name.endswith("__main__"):
                import_module(module.name)
    from tests.support.oracle import compare

    session = Session()

    def one(data: bytes) -> None:
        name, content = ("request.json" if data[:1] < b"\x80" else "request.yaml"), data[1:]
        compare(name, content)
        document = read(name, content)
        outcome = session.lint_named(document, DEFAULTS)
        found, model = tuple(outcome.diagnostics), session.linters.built_in.model
        report = Report(found, {name: document}, 1, outcome.omitted, (), failed=bool(found), model=model)
        for output_format in ("full", "concise", "github"):  # the others are json.dumps
            render(report, output_format, color=False, quiet=False).encode(errors="backslashreplace")

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def seeds(folder: Path) -> int:
    """Write the cases of the rules to a folder as the initial inputs, and return their number."""
    sys.path.insert(0, str(ROOT))
    from tests.support.cases import ALL, Case

    cases = [Case(rule, 0, table) for rule in ALL for table in (*rule.invalid, *rule.valid)]
    contents = {(case.syntax, case.data) for case in cases if case.data and len(case.data) < MAX_LENGTH}
    for number, (syntax, data) in enumerate(sorted(contents)):
        (folder / f"{number}").write_bytes((b"\0" if syntax == "json" else b"\xff") + data)
    return len(contents)


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
