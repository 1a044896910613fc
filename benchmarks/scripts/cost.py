"""Print what it costs to lint a text at the limits: `growth multiple`.

usage: cost.py CONFIG REFERENCE WARM SMALL LARGE

CONFIG is a configuration in JSON. The growth is the ratio of the times to lint LARGE and SMALL in process. The multiple
is the time to lint a megabyte of LARGE, divided by that to read a megabyte of REFERENCE with json.loads or ruamel.yaml.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable

from ruamel.yaml import YAML

from sm_lint import lint_text

RUNS = 1


def seconds(call: Callable[[], object]) -> float:
    """Return the time of a call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


config = json.loads(sys.argv[1])
texts = []
for path in sys.argv[2:]:
    with open(path, "rb") as file:
        texts.append(file.read())
reference, warm, small, large = texts
name = sys.argv[5]
read = json.loads if name.endswith("json") else YAML(typ="safe", pure=True).load


def lint(text: bytes) -> float:
    """Return the time to lint a text."""
    return seconds(lambda: lint_text(text, filename=name, config=config))


lint(warm)  # for one-time costs; another text, because what is found in a string may be kept
growth, multiple = [], []
for _ in range(RUNS):
    less, more, reading = lint(small), lint(large), seconds(lambda: read(reference))
    growth.append(more / less)
    multiple.append((more / len(large)) / (reading / len(reference)))
print(statistics.median(growth), statistics.median(multiple))
