"""Several processes for a run that has enough work for them; the results come in the order of the tasks."""

import os
from collections.abc import Iterator

from sm_lint.discovery import STDIN
from sm_lint.run import Result, Task, lint_task

_SECONDS = {".json": 0.0003}
_SECONDS_OF_YAML = 0.005
"""What a file of a kilobyte takes, about; ruamel.yaml takes most of it."""
_ENOUGH = 0.5
"""Seconds of work from which a pool, whose processes have to start, is done sooner."""


def pays(tasks: list[Task]) -> bool:
    """Say whether there is enough work for several processes; stdin belongs to this one."""
    names = [task.source.name for task in tasks]
    work = sum(_SECONDS.get(os.path.splitext(name)[1].lower(), _SECONDS_OF_YAML) for name in names)
    return work > _ENOUGH and STDIN not in names


def results(tasks: list[Task], jobs: int) -> Iterator[Result]:
    """Yield the results of the tasks, in their order. Where processes cannot start, or die, this one does the work."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    done = 0
    try:
        with ProcessPoolExecutor(jobs) as pool:
            for result in pool.map(lint_task, tasks, chunksize=max(1, min(64, len(tasks) // (4 * jobs)))):
                yield result
                done += 1
    except (BrokenProcessPool, OSError):
        yield from map(lint_task, tasks[done:])
