"""Files and settings -> report: one task per file, a pool of processes, the totals."""
