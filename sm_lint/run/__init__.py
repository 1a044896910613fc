"""Many files: a task each, the pool, the counts."""
