"""Paths -> documents: the files to lint, their values, and the positions of the values in the text."""
