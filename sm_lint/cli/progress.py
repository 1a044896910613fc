"""A progress bar, shown only on a terminal and only if a run takes longer than a second."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_PATIENCE = 1.0
_INTERVAL = 0.1
"""Seconds until the bar appears, and between two updates."""


@contextmanager
def bar(stream: Any) -> Iterator[Callable[[int, int], None]]:
    """Yield `update(done, total)`, which updates the bar with numbers of files. The bar is removed at the end."""
    started = time.monotonic()
    shown: list[Any] = []
    next_update = started + _PATIENCE

    def update(done: int, total: int) -> None:
        nonlocal next_update
        if time.monotonic() < next_update:
            return
        next_update = time.monotonic() + _INTERVAL
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
    # Without a refresh thread, because processes may be forked while the bar is shown.
    progress = Progress(*columns, console=Console(file=stream), transient=True, auto_refresh=False)
    progress.add_task("", total=total)
    progress.start()
    return progress
