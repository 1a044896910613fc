"""Print the ratio of the times of the processor to lint the second and the first of two files, in process."""

import statistics
import sys
import time

from sm_lint import lint_text


def seconds(path: str) -> float:
    """Return the time to lint the text of a file, which has been read before."""
    start = time.process_time()
    lint_text(texts[path], filename=path)
    return time.process_time() - start


texts = {}
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        texts[path] = file.read()
small, large = texts
seconds(small)  # warm-up, for one-time costs
print(statistics.median(seconds(large) / seconds(small) for _ in range(7)))
