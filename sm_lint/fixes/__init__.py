"""Edits -> new text."""
