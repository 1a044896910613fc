"""Timing of whole processes: commands that are compared run in turn, and the median counts."""

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence

_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
"""The environment without variables that change the speed of Python, such as PYTHONDONTWRITEBYTECODE."""


def seconds(command: Sequence[str], folder: str | None = None) -> float:
    """Run a command, in a folder if one is given, and return its wall-clock time in seconds."""
    start = time.perf_counter()
    subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=_ENVIRONMENT, cwd=folder
    )
    return time.perf_counter() - start


def processor_seconds(command: Sequence[str], folder: str | None = None) -> float:
    """Run a command, in a folder if one is given, and return the time that the processor worked for it, in seconds.

    Other programs disturb it less than the time that passes.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds(command, folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def printed(command: Sequence[str]) -> str:
    """Run a command and return what it prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True, env=_ENVIRONMENT).stdout.strip()


def in_turn(
    runs: int,
    figure: Callable[..., float],
    *commands: Sequence[str],
    clock: Callable[[Sequence[str]], float] = processor_seconds,
) -> float:
    """Return the median over `runs` of a figure computed from the times of several commands, which run in turn."""
    for command in commands:
        clock(command)
    return statistics.median(figure(*map(clock, commands)) for _ in range(runs))


def ratio(
    command: Sequence[str],
    other: Sequence[str],
    runs: int,
    clock: Callable[[Sequence[str]], float] = processor_seconds,
) -> float:
    """Return the median ratio of the times of two commands."""
    return in_turn(runs, lambda one, two: one / two, command, other, clock=clock)
