"""Measure sm-lint and the tools of comparison, and write docs/performance.md.

usage: python -m benchmarks.run [--write] [--hostile] [--against COMMIT]          (make bench)

With `--hostile`, only the section about hostile input is measured, and with `--write` replaced. The checkout is also
compared with a commit, by default with the last tag, or without tags with the commit before.

Measurements are noisy, so each row is a ratio of commands that run in turn, or a figure with a wide margin.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import compare
from benchmarks.environments import install, versions
from benchmarks.limits import limits
from benchmarks.payloads import ROOT
from benchmarks.rows import Row, again, cold, linear, many_json, many_yaml, repository

_NOTES = Path(__file__).parent / "notes.md"
_TARGET = ROOT / "docs" / "performance.md"
_HOSTILE = "## Hostile input"
_MARKS = {True: "met", False: "**missed**", None: ""}


def table(rows: list[Row]) -> list[str]:
    """Return the lines of a table, and the causes for the rows that miss their goal."""
    missed = [f"- *{row.what}*, {row.figure}: {row.limit}." for row in rows if row.met is False]
    return [
        "| what | goal | measured | |",
        "| --- | --- | --- | --- |",
        *(f"| {row.what} | {row.goal} | {row.figure} | {_MARKS[row.met]} |" for row in rows),
        "",
        *(["What limits the rows that miss:", "", *missed, ""] if missed else []),
    ]


def page(rows: list[Row], sections: list[str]) -> str:
    """Return the page with the table and more sections."""
    lines = [
        "# Performance",
        "",
        "Made by `make bench`. Each figure is the median of runs in turn with what it is compared to.",
        "",
        versions(),
        "",
        *table(rows),
        *sections,
        _NOTES.read_text(encoding="utf-8"),
    ]
    return "\n".join(lines)


def _since() -> list[str]:
    """Return the section that compares the checkout with an earlier commit."""
    commit = sys.argv[sys.argv.index("--against") + 1] if "--against" in sys.argv else compare.earlier()
    found = measured(partial(compare.rows, commit, count=4000, runs=9))
    lines = [f"## Compared with {commit}", "", "The time of the processor, both in turn.", "", *table(found)]
    return ["\n".join(lines)]


def hostile_section(rows: list[Row]) -> str:
    """Return the section about hostile input."""
    lines = [
        _HOSTILE,
        "",
        "Each kind of tests/promises/kinds.py at the limits of [SECURITY.md](../SECURITY.md): how much longer it takes",
        "than a quarter of it, and what a megabyte of it costs, as a multiple of reading one of ordinary requests. Of",
        "three figures, if the first is above the goal, the median counts.",
        "",
        versions(),
        "",
        *table(rows),
    ]
    return "\n".join(lines)


def measured(*parts: Callable[[Path], Iterator[Row]]) -> list[Row]:
    """Return the rows of some parts, and print each on stderr as soon as it is there."""
    rows: list[Row] = []
    for part in parts:
        with tempfile.TemporaryDirectory() as folder:
            for row in part(Path(folder)):
                print(f"{row.what}: {row.figure}", file=sys.stderr, flush=True)
                rows.append(row)
    return rows


def main() -> int:
    """Measure, print the page, and with `--write` replace docs/performance.md."""
    install()
    hostile = hostile_section(measured(limits))
    if "--hostile" in sys.argv:
        before, _, rest = _TARGET.read_text(encoding="utf-8").partition("## How it is measured")
        text = before.partition(_HOSTILE)[0] + hostile + "\n## How it is measured" + rest
    else:
        text = page(measured(cold, many_json, many_yaml, repository, linear, again), [*_since(), hostile])
    print(text)
    if "--write" in sys.argv:
        _TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
