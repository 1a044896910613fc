"""What the user has asked not to hear: comments, `per-file-ignores`, the baseline."""
