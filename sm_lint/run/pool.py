"""Distribution of a long run over several processes. The results come in the order of the tasks."""

import sys
from collections.abc import Callable, Iterator
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

from sm_lint.run.linting import lint_task
from sm_lint.run.session import Session, of_process
from sm_lint.run.task import Result, Task
from sm_lint.sources.discovery import STDIN

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

BATCH = 16
"""The number of files from which the remaining time is estimated."""
ENOUGH = 0.5
"""The remaining work in seconds above which starting processes pays off."""


def results(
    tasks: list[Task], jobs: int, session: Session, clock: Callable[[], float] = perf_counter
) -> Iterator[Result]:
    """Yield the results of the tasks, in the order of the tasks. `clock` returns the time in seconds.

    This process begins alone. Once two consecutive batches predict that enough work is left, a pool takes over. One
    batch is not enough: it may include one-time costs such as the import of a reader. With stdin among the tasks there
    is no pool, because only this process can read it.
    """
    done = signs = 0
    enough = ENOUGH if all(task.source.name != STDIN for task in tasks) else inf
    while done < len(tasks) and signs < 2:
        batch = tasks[done : done + BATCH]
        start = clock()
        for task in batch:
            yield lint_task(task, session)
        done += len(batch)
        left = (clock() - start) / len(batch) * (len(tasks) - done)
        signs = signs + 1 if left > enough else 0
    if done < len(tasks):
        yield from _shared(tasks[done:], jobs, session)


def _shared(tasks: list[Task], jobs: int, session: Session) -> Iterator[Result]:
    """Yield the results of several processes. If they cannot start, or die, this process does the rest."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    done = 0
    try:
        with ProcessPoolExecutor(jobs, _context(), initializer=_expect_many) as pool:
            for result in pool.map(_lint, tasks, chunksize=max(1, min(BATCH, len(tasks) // (4 * jobs)))):
                yield result
                done += 1
    except (BrokenProcessPool, OSError):
        yield from (lint_task(task, session) for task in tasks[done:])


def _context() -> "BaseContext":
    """Return how processes start: as copies of this one, where the system can do that.

    The default of Python 3.14 is a server, which opens a socket in the folder for temporary files. macOS has its own
    default, since a copy of a process may crash in its libraries (https://github.com/python/cpython/issues/77906).
    """
    from multiprocessing import get_all_start_methods, get_context

    is_copied = "fork" in get_all_start_methods() and sys.platform != "darwin"
    return get_context("fork" if is_copied else "spawn")


def _expect_many() -> None:
    of_process().linters.built_in.expect_many()


def _lint(task: Task) -> Result:
    return lint_task(task, of_process())
