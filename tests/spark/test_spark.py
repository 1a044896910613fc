"""A real Spark finds the diagnostics that the command line finds. It needs Java, and an environment of its own."""

import json
import os
import shutil
import subprocess
import sysconfig
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_docs import steps
from tests.conftest import ROOT, Run
from tests.spark.rows import by_the_command_line, rows
from tests.support.interpreter import interpreter

HERE = Path(__file__).parent
PAGE = ROOT / "docs" / "spark.md"
BEYOND_FLOATS = 2**53 + 1
ENVIRONMENT = {
    "PYTHONPATH": os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")]),  # sm-lint, and what it depends on
    "SPARK_LOCAL_IP": "127.0.0.1",
    "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # half the time, for a run as short as this
}


def python() -> Path:
    """Return a Python with Spark; skip the test where there is none."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java: apt-get install default-jre-headless")
    return interpreter(HERE / "requirements.txt")


def output(*arguments: str | Path, folder: Path) -> str:
    """Return what audit.py prints in a folder."""
    ran = subprocess.run(
        [python(), HERE / "audit.py", *arguments],
        cwd=folder, env=os.environ | ENVIRONMENT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    return ran.stdout


@pytest.mark.slow
def test_spark_finds_what_the_command_line_finds_and_what_the_page_shows(tmp_path: Path, run: Run) -> None:
    texts = rows(2000)
    keys = [None, *range(BEYOND_FLOATS, BEYOND_FLOATS + len(texts))]
    with (tmp_path / "rows.json").open("w") as file:
        for key, text in zip(keys, texts, strict=False):
            file.write(json.dumps({"key": key, "text": text if text is None else b64encode(text).decode()}) + "\n")
    for step in steps(PAGE):
        if step.file:
            (tmp_path / step.file).write_text(step.text, encoding="utf-8")
    printed, _, shown = output("local[2]", "rows.json", "audit.py", folder=tmp_path).partition("+---+")
    assert f"```text\n+---+{shown.strip()}\n```" in PAGE.read_text(encoding="utf-8")
    *lines, codes = printed.splitlines()
    found: dict[int, list[dict[str, Any]]] = {}
    for line in lines:
        values = json.loads(line)
        assert (values.pop("late")[:4], values.pop("one.`two")) == ("9999", 1)
        key = values.pop("key", None)
        found.setdefault(0 if key is None else key - BEYOND_FLOATS + 1, []).append(values)
    expected = {row: list(map(_without_nulls, of)) for row, of in by_the_command_line(texts, tmp_path, run).items()}
    assert found == expected
    all_codes = [of["code"] for in_row in expected.values() for of in in_row]
    assert json.loads(codes) == sorted(code for code in all_codes if code.startswith("SM0"))


def _without_nulls(values: dict[str, Any]) -> dict[str, Any]:
    """Return an object as Spark writes it."""
    return {key: value for key, value in values.items() if value is not None}
