"""Print what it costs to lint a text at the limits: `growth multiple`.

usage: cost.py CONFIG REFERENCE WARM SMALL LARGE

CONFIG is a configuration in JSON. The growth is the ratio of the times to lint LARGE and SMALL in process. The multiple
is the time to lint a megabyte of LARGE, divided by that to read a megabyte of REFERENCE with json.loads or ruamel.yaml.
"""

import gc
import json
import sys
import time
from collections.abc import Callable

from ruamel.yaml import YAML

from sm_lint import lint_text

gc.set_threshold(100_000)  # as the program has it


def seconds(call: Callable[[], object]) -> float:
    """Return the processor's time for a call."""
    start = time.process_time()
    call()
    return time.process_time() - start


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
less, more, reading = lint(small), lint(large), seconds(lambda: read(reference))
print(more / less, (more / len(large)) / (reading / len(reference)))
