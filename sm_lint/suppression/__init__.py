"""Diagnostics -> reported and suppressed ones: by comments, `per-file-ignores` and the baseline."""
