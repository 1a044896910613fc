"""Print how many times as long as the first of two files the second takes to lint, in process."""

import statistics
import sys
import time

from sm_lint import lint_text


def seconds(path: str) -> float:
    """Return what it takes to lint a file that is read already."""
    start = time.perf_counter()
    lint_text(texts[path], filename=path)
    return time.perf_counter() - start


texts = {}
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        texts[path] = file.read()
small, large = texts
seconds(small)  # what is done once
print(statistics.median(seconds(large) / seconds(small) for _ in range(7)))
