"""A progress bar for people who wait: on a terminal, and only where the run takes longer than a second."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_PATIENCE = 1.0
_INTERVAL = 0.1
"""Seconds until the bar shows, and between two looks at it."""


@contextmanager
def bar(stream: Any) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told how many files of how many are done; the bar is gone at the end."""
    started = time.monotonic()
    shown: list[Any] = []
    next_look = started + _PATIENCE

    def update(done: int, total: int) -> None:
        nonlocal next_look
        if time.monotonic() < next_look:
            return
        next_look = time.monotonic() + _INTERVAL
        if not shown:
            shown.append(_start(stream, total))
        shown[0].update(shown[0].task_ids[0], completed=done, refresh=True)

    try:
        yield update
    finally:
        for progress in shown:
            progress.stop()


def _start(stream: Any, total: int) -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("linting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Without a thread that draws: processes may be forked while it shows.
    progress = Progress(*columns, console=Console(file=stream), transient=True, auto_refresh=False)
    progress.add_task("", total=total)
    progress.start()
    return progress
