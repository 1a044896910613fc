"""Print the 99th percentile, in ms, of the processor's time to lint a request again after each of 500 edits."""

import gc
import sys
import time

from sm_lint import lint_text

gc.set_threshold(100_000)  # as the program has it, and so the language server
with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
spent = []
for number in range(500):
    edited = text.replace("KEY_3", f"KEY_{number + 100}", 1) if number % 2 else text.replace("churn", "churn_", 1)
    start = time.process_time()
    lint_text(edited, filename=sys.argv[1])
    spent.append((time.process_time() - start) * 1000)
print(sorted(spent)[494])
