"""How things are timed: whole processes, in turn with what they are compared to, and the median of it."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence

_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
"""Without what makes Python slower, such as PYTHONDONTWRITEBYTECODE."""


def seconds(command: Sequence[str]) -> float:
    """Run a command and return its wall-clock time."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=_ENVIRONMENT)
    return time.perf_counter() - start


def printed(command: Sequence[str]) -> str:
    """Run a command and return what it prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True, env=_ENVIRONMENT).stdout.strip()


def in_turn(runs: int, figure: Callable[..., float], *commands: Sequence[str]) -> float:
    """Return the median of a figure that is made of the times of several commands, all run in turn."""
    for command in commands:
        seconds(command)
    return statistics.median(figure(*map(seconds, commands)) for _ in range(runs))


def ratio(command: Sequence[str], other: Sequence[str], runs: int) -> float:
    """Return the median of how many times as long as the other a command takes."""
    return in_turn(runs, lambda one, two: one / two, command, other)
