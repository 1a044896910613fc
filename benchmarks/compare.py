"""Compare the speed of this checkout with that of an earlier commit, on the same machine, in turn.

usage: python -m benchmarks.compare [COMMIT] [--short]

COMMIT is by default the last tag, or without tags the commit before. Each row is a ratio: below 1, this checkout is
faster. With `--short`, files are few and the whole takes seconds. The exit status is 1 if a ratio exceeds 1.5.
"""

import io
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.drawn import fill, no_request, request
from benchmarks.payloads import ROOT, WRONG, as_json, as_yaml
from benchmarks.rows import Row
from benchmarks.timing import processor_seconds

MOST = 1.5
"""The ratio from which on a row is a regression for sure, whatever else the machine does."""
_NAMES = ["sm_lint", "rules", "schemas"]


def rows(commit: str, scratch: Path, *, count: int, runs: int) -> Iterator[Row]:
    """Measure folders with `count` files, and single files, with this checkout and with a commit, `runs` times each."""
    trees = str(ROOT), _tree(commit, scratch / "tree")
    for what, path in _inputs(scratch, count).items():
        times = [[_seconds(tree, path) for tree in trees] for _ in range(runs + 1)][1:]  # the first run compiles
        ratio = statistics.median(new / old for new, old in times)
        goal = f"≤ {MOST} × the time of {commit}"
        yield Row(what, goal, f"{ratio:.2f} ×", ratio <= MOST, "a change since then, or the machine was busy")


def earlier() -> str:
    """Return the last tag, or without tags the commit before this one. Raises CalledProcessError if there is none."""
    tags = _git("tag", "--merged", "HEAD", "--sort=-creatordate").decode().split()
    return tags[0] if tags else _git("rev-parse", "--short", "HEAD^").decode().strip()


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S607


def _tree(commit: str, folder: Path) -> str:
    """Write what a commit has of the program into a new folder, and return its path."""
    with tarfile.open(fileobj=io.BytesIO(_git("archive", commit, *_NAMES))) as archive:
        archive.extractall(folder)  # noqa: S202 - our own files
    return str(folder)


def _inputs(scratch: Path, count: int) -> dict[str, str]:
    """Return what is linted: the paths by what one calls them."""
    return {
        "one clean JSON file, cold": f"{fill(scratch / 'one', 'json', 1, request, as_json)}/r000000.json",
        f"{count:,} clean JSON files": fill(scratch / "json", "json", count, request, as_json),
        f"{count:,} clean YAML files": fill(scratch / "yaml", "yaml", count, request, as_yaml),
        f"{count // 4:,} JSON files with findings": fill(scratch / "bad", "json", count // 4, lambda _: WRONG, as_json),
        f"{count:,} files without a request": fill(scratch / "none", "json", count, no_request, as_json),
    }


def _seconds(tree: str, path: str) -> float:
    """Return the seconds of the processor that a tree takes to lint a path."""
    command = [sys.executable, "-m", "sm_lint", "check", "--allow-empty", "--jobs", "1", path]
    return processor_seconds(command, folder=tree)  # Python imports what is in the working directory


def main() -> int:
    """Print a line for each row, and return 1 if one is a regression."""
    is_short = "--short" in sys.argv
    try:
        commit = next((word for word in sys.argv[1:] if not word.startswith("-")), None) or earlier()
    except (OSError, subprocess.CalledProcessError):
        print("there is no earlier commit here to compare with")
        return 0
    is_slower = False
    with tempfile.TemporaryDirectory() as scratch:
        for row in rows(commit, Path(scratch), count=800 if is_short else 4000, runs=3 if is_short else 9):
            is_slower = is_slower or row.met is False
            print(f"{row.what}: {row.figure} the time of {commit}", flush=True)
    return int(is_slower)


if __name__ == "__main__":
    raise SystemExit(main())
