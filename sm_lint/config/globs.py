"""Patterns of file names, as in a .gitignore."""

import os
import re
from functools import cache
from typing import TYPE_CHECKING

from sm_lint.model.settings import ConfigError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@cache
def _spec(pattern: str) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec  # late: most runs have no pattern

    return GitIgnoreSpec.from_lines([pattern])


def check_pattern(pattern: str, where: str) -> str:
    """Return a pattern as in a .gitignore; raise ConfigError where it is none."""
    try:
        _spec(pattern)
    except (ValueError, re.error) as error:
        raise ConfigError(f"{where}: invalid pattern {pattern!r}: {error}; write it as in a .gitignore") from error
    return pattern


def matched_by(name: str, patterns: tuple[tuple[str, str], ...]) -> str | None:
    """Return the first pattern that matches the file of a name; each is relative to the folder that comes with it."""
    if not patterns:
        return None
    path = os.path.abspath(name)
    for pattern, folder in patterns:
        relative = os.path.relpath(path, folder)
        if not relative.startswith("..") and _spec(pattern).match_file(relative):
            return pattern
    return None
