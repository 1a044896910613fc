"""Patterns of file names, as in a .gitignore. Imported when there is one."""

from functools import cache

from pathspec import GitIgnoreSpec


@cache
def spec(pattern: str) -> GitIgnoreSpec:
    """Return the matcher of a pattern; raise ValueError or re.error where it is none."""
    return GitIgnoreSpec.from_lines([pattern])
