"""What a run imports: the start is most of the time that a single file takes."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import ForwardRef

import pytest

CODE = (
    "import sys; before = set(sys.modules); from sm_lint.cli.main import main; main({arguments});"
    "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
)
HEAVY = (
    "asyncio", "dataclasses", "difflib", "email", "hypothesis", "inspect", "jsonschema", "multiprocessing", "pathlib",
    "pathspec", "pygls", "rich", "ruamel", "shtab", "shutil", "socket", "subprocess", "tempfile", "tomli", "tomllib",
    "unicodedata", "urllib",
)  # fmt: skip
START = ["sm_lint", *(f"sm_lint.{name}" for name in (
    "cli", "cli.check", "cli.check_arguments", "cli.console", "cli.main", "cli.parser", "config", "config.keys",
    "model", "model.pointer", "model.report", "model.settings", "model.severity", "output",
))]  # fmt: skip
"""What the help of a command imports."""
COMMANDS = [f"sm_lint.cli.{name}" for name in (
    "completion", "extract", "init", "new_rule", "rule", "schema", "server", "skeleton", "test_rules",
)]  # fmt: skip
CLEAN = [*START, *(f"sm_lint.{name}" for name in (
    "checks", "cli.options", "config.load", "config.once", "engine", "engine.finder", "engine.linter",
    "model.contents", "model.data", "model.escape", "model.paths", "model.validator", "model.words", "output.full",
    "output.summary", "requests", "requests.marks", "requests.names", "rules", "rules.gate", "rules.ruleset",
    "rules.selection", "rules.shapes", "rules.usual", "run", "run.files", "run.linting", "run.looked_for",
    "run.session", "run.task", "sources", "sources.discovery", "sources.json", "sources.json.reader", "sources.limits",
    "sources.literal",
))]  # fmt: skip
"""What a clean JSON file imports."""
OTHERS = {
    "argparse", "collections", "contextlib", "copyreg", "decimal", "enum", "errno", "functools", "gc",
    "gettext", "importlib", "itertools", "jiter", "jsonschema_rs", "keyword", "locale", "numbers", "operator",
    "re", "reprlib", "sre_compile", "sre_constants", "sre_parse", "types", "typing", "warnings",
}  # fmt: skip
"""The packages of others: those of jsonschema_rs, argparse and typing, and what these import before Python 3.14."""
STANDARD = """
import sys
before = set(sys.modules)
import argparse, typing
argparse.ArgumentParser().add_argument("--option", help="help")
class Pair(typing.NamedTuple):
    one: int
print(*set(sys.modules) - before)
"""
"""Prints what any command line and any named tuple import: since Python 3.14, also what colors and annotations need."""
OTHERS_OF_YAML = {"base64", "binascii", "cython_runtime", "datetime", "math", "struct", "yaml"}
SYNTAX = {
    "a.json": ('{"ModelPackageGroupName": "churn", "Domain": "OTHER"}', []),
    "a.yaml": (
        "ModelPackageGroupName: churn\nDomain: OTHER",
        [
            "sm_lint.sources.reading",
            "sm_lint.sources.yaml",
            "sm_lint.sources.yaml.libyaml",
            "sm_lint.sources.yaml.pyyaml",
            "sm_lint.sources.yaml.reader",
        ],
    ),
}


def imported(tmp_path: Path, *arguments: str) -> list[str]:
    """Return the modules that a command line imports."""
    code = CODE.format(arguments=list(arguments))
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    return ran.stderr.split()


def ours(modules: list[str]) -> list[str]:
    return [name for name in modules if name.startswith("sm_lint") and not name.startswith("sm_lint.checks.")]


def packages(modules: list[str]) -> set[str]:
    """Return the public packages of others."""
    return {name.partition(".")[0] for name in modules if not name.startswith(("sm_lint", "_"))}


@pytest.fixture(scope="module")
def standard() -> set[str]:
    """Return the packages of the standard library that no program with a command line goes without."""
    ran = subprocess.run([sys.executable, "-c", STANDARD], capture_output=True, text=True, check=True)
    return packages(ran.stdout.split())


@pytest.mark.parametrize("name", SYNTAX)
def test_a_clean_run_imports_these_modules_and_no_others(name: str, tmp_path: Path, standard: set[str]) -> None:
    text, readers = SYNTAX[name]
    (tmp_path / name).write_text(text)
    found = imported(tmp_path, "check", name)
    assert ours(found) == sorted(CLEAN + readers)
    assert packages(found) <= OTHERS | standard | (OTHERS_OF_YAML if name == "a.yaml" else set())


@pytest.mark.parametrize("name", [*CLEAN, *SYNTAX["a.yaml"][1]])
def test_no_type_is_named_by_a_string(name: str) -> None:
    """Else Python compiles it when the module is imported, which takes 4 % of a short run."""
    tuples = [of for of in vars(import_module(name)).values() if isinstance(of, type) and hasattr(of, "_fields")]
    assert [of for tuple_ in tuples for of in tuple_.__annotations__.values() if isinstance(of, ForwardRef)] == []


def test_what_only_advice_would_say_costs_a_clean_run_nothing(tmp_path: Path, standard: set[str]) -> None:
    containers = (
        '{"Containers": [{"Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1", "Framework": "LIGHTGBM"}]}'
    )
    (tmp_path / "a.json").write_text(f'{{"ModelPackageGroupName": "churn", "InferenceSpecification": {containers}}}')
    found = imported(tmp_path, "check", "a.json")
    assert "sm_lint.checks.known" in found
    assert packages(found) <= OTHERS | standard


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"]])
def test_help_imports_next_to_nothing(arguments: list[str], tmp_path: Path, standard: set[str]) -> None:
    found = imported(tmp_path, *arguments)
    assert ours(found) == sorted([*START, *(COMMANDS if arguments == ["--help"] else ())])
    assert packages(found) <= OTHERS - {"decimal", "jiter", "jsonschema_rs", "numbers"} | {"textwrap"} | standard


@pytest.mark.parametrize("arguments", [["--version"], ["rule"], ["rule", "--search", "tags"]])
def test_what_lints_nothing_needs_no_engine(arguments: list[str], tmp_path: Path, standard: set[str]) -> None:
    heavy = packages(imported(tmp_path, *arguments)).intersection({*HEAVY, "jsonschema_rs"}) - standard
    assert heavy == ({"tomli"} if "rule" in arguments else set())


@pytest.mark.parametrize("output_format", ["concise", "json"])
@pytest.mark.parametrize("name", SYNTAX)
def test_findings_need_no_rich_no_ruamel_and_no_rule_file(
    name: str, output_format: str, tmp_path: Path, standard: set[str]
) -> None:
    (tmp_path / name).write_text(SYNTAX[name][0].replace("churn", "churn_models"))
    found = packages(imported(tmp_path, "check", name, "--output-format", output_format)) - standard
    assert found.intersection(HEAVY) == set()
    assert ("json" in found) == (output_format == "json")


LOOK_UPS = (
    "import sys; seen = [];"
    "programs = ('subprocess.Popen', 'os.exec', 'os.posix_spawn', 'os.fork', 'os.system', 'os.spawn');"
    "sys.addaudithook(lambda event, of: seen.append('program' if event in programs else str(of[0]))"
    " if event in ('open', *programs) else None);"
    "from sm_lint.cli.main import main; main(['check', '.', '--jobs', '1']);"
    "print(*seen, sep='\\n', file=sys.stderr)"
)


@pytest.mark.parametrize("configuration", ['select = ["SM2"]', "slect = []"])
def test_a_folder_is_asked_once_for_its_configuration_and_starts_no_program(configuration: str, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        for number in range(20):
            (tmp_path / folder / f"{number}.json").write_text(SYNTAX["a.json"][0])
    (tmp_path / ".git").mkdir()
    (tmp_path / "sm-lint.toml").write_text("")
    (tmp_path / "two" / "sm-lint.toml").write_text(configuration)
    seen = subprocess.run(
        [sys.executable, "-c", LOOK_UPS], capture_output=True, text=True, check=True, cwd=tmp_path
    ).stderr.splitlines()
    files = 20 if configuration.startswith("slect") else 40
    ours = ("schemas", "rules")
    assert sum(line.endswith(".json") and not any(folder in line for folder in ours) for line in seen) == files
    asked = [line for line in seen if line.endswith("sm-lint.toml")]
    assert sorted(asked) == ["sm-lint.toml", "two/sm-lint.toml"]
    assert "program" not in seen
