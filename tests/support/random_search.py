"""Search at random: no error in requests that the service accepts, and a finding for each mistake put into one.

usage: python -m tests.support.random_search [EXAMPLES]      (default: 10,000 requests of each side, and mistakes)
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.linting import lint_value
from tests.support.mistakes import Mistake, mistaken, typed
from tests.support.requests import SIDES, of_side, valid
from tests.support.schema_cases import SHAPES

_LONGEST_SHOWN = 2_000


def _searched(
    strategy: st.SearchStrategy[Any], examples: int, look: Callable[[Any], None], *, same: bool = False
) -> None:
    """Call `look` with so many examples of a strategy, with `same` the same ones in each run."""
    search = settings(
        max_examples=examples,
        derandomize=same,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    search(given(strategy)(look))()


def false_errors(side: str, examples: int, reached: set[str], *, same: bool = False) -> Iterator[str]:
    """Yield a line about the errors in valid requests of a side, and one for each kind; add the members `reached`."""
    found: dict[str, str] = {}

    def look(request: dict[str, Any]) -> None:
        reached.update(f"{place.owner}.{place.pointer[-1]}" for place in typed(request) if place.owner)
        for error in (d for d in lint_value(request) if d.severity.value == "error"):
            text = f"  {error.code} {error.pointer}: {error.message}\n    {json.dumps(request)}"
            found[error.code] = min(found.get(error.code, text), text, key=len)

    _searched(of_side(side), examples, look, same=same)
    yield f"{examples:,} requests {side}: {len(found)} kinds of false errors"
    yield from found.values()


def misses(examples: int) -> Iterator[str]:
    """Yield a line about the mistakes in requests, and one for each kind that nothing is said about."""
    tried: Counter[str] = Counter()
    warned: Counter[str] = Counter()
    missed: dict[str, str] = {}

    def look(mistake: Mistake) -> None:
        tried[mistake.kind] += 1
        what = f"{mistake.kind} of {mistake.shape}"
        found = lint_value(mistake.request)
        there = [d for d in found if d.pointer == mistake.pointer]
        if not there:  # beyond a thousand findings, none is looked for
            text = f"  {what} at {mistake.pointer}, of {len(found)} findings\n    {json.dumps(mistake.request)}"
            missed[what] = min(missed.get(what, text), text, key=len)
        elif all(d.severity.value != "error" for d in there):
            warned[f"{what}: {there[0].code}"] += 1

    _searched(mistaken(valid()), examples, look)
    yield f"{examples:,} mistakes: {len(missed)} kinds missed; {dict(tried)}; only warned of: {dict(warned)}"
    yield from missed.values()


def search(examples: int) -> Iterator[str]:
    """Yield what was found, in lines, with so many examples of each side."""
    reached: set[str] = set()
    for side in SIDES:
        yield from false_errors(side, examples, reached)
    every = {f"{shape}.{name}" for shape, of in SHAPES.items() for name in of.get("properties", ())}
    yield f"members that no request had: {sorted(every - reached) or 'none'}"
    yield from misses(examples)


if __name__ == "__main__":
    for line in search(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000):
        sys.stdout.write(f"{line[:_LONGEST_SHOWN]}\n")
        sys.stdout.flush()
