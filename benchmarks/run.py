"""Measure sm-lint and the tools of comparison, and write docs/performance.md.

usage: python -m benchmarks.run [--write]          (make bench)

Measurements are noisy, so each row is a ratio of commands that run in turn, or a figure with a wide margin.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.environments import install, versions
from benchmarks.limits import limits
from benchmarks.payloads import ROOT
from benchmarks.rows import Row, again, cold, linear, many_json, many_yaml

_NOTES = Path(__file__).parent / "notes.md"
_TARGET = ROOT / "docs" / "performance.md"
_MARKS = {True: "met", False: "**missed**", None: ""}


def page(rows: list[Row]) -> str:
    """Return the page with the table, and the causes for the rows that miss their goal."""
    missed = [f"- *{row.what}*, {row.figure}: {row.limit}." for row in rows if row.met is False]
    lines = [
        "# Performance",
        "",
        "Made by `make bench`. Each figure is the median of runs in turn with what it is compared to.",
        "",
        versions(),
        "",
        "| what | goal | measured | |",
        "| --- | --- | --- | --- |",
        *(f"| {row.what} | {row.goal} | {row.figure} | {_MARKS[row.met]} |" for row in rows),
        "",
        *(["What limits the rows that miss:", "", *missed, ""] if missed else []),
        _NOTES.read_text(encoding="utf-8"),
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure, print the page, and with `--write` replace docs/performance.md."""
    install()
    rows: list[Row] = []
    for measured in (cold, many_json, many_yaml, linear, limits, again):
        with tempfile.TemporaryDirectory() as folder:
            for row in measured(Path(folder)):
                print(f"{row.what}: {row.figure}", file=sys.stderr, flush=True)
                rows.append(row)
    text = page(rows)
    print(text)
    if "--write" in sys.argv:
        _TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
