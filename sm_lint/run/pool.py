"""Several processes for a run that has enough work for them; the results come in the order of the tasks."""

from collections.abc import Callable, Iterator
from functools import cache
from math import inf
from time import perf_counter

from sm_lint.run.session import Session
from sm_lint.run.task import Result, Task, lint_task
from sm_lint.sources.discovery import STDIN

BATCH = 16
"""So many files tell how long the others will take."""
ENOUGH = 0.5
"""Seconds of work from which a pool, whose processes have to start, is done sooner."""


def results(
    tasks: list[Task], jobs: int, session: Session, clock: Callable[[], float] = perf_counter
) -> Iterator[Result]:
    """Yield the results of the tasks, in their order. `clock` tells the time in seconds.

    This process begins. Once two batches after each other say that there is work enough left, all share it: one alone
    may have had what takes its time only once, the import of a reader for one. Stdin belongs to this process.
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
    """Yield the results of several processes. Where they cannot start, or die, this one does the work."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    done = 0
    try:
        with ProcessPoolExecutor(jobs) as pool:
            for result in pool.map(_lint, tasks, chunksize=max(1, min(BATCH, len(tasks) // (4 * jobs)))):
                yield result
                done += 1
    except (BrokenProcessPool, OSError):
        yield from (lint_task(task, session) for task in tasks[done:])


def _lint(task: Task) -> Result:
    return lint_task(task, _session())


@cache
def _session() -> Session:
    """Return the session of a process of the pool, which lives as long as the pool and does nothing else."""
    return Session()
