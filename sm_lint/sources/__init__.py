"""Paths -> documents: which files there are, what they hold, and where their values stand."""
