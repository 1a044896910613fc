"""File name patterns in the syntax of .gitignore."""

import os
import re
from functools import cache
from typing import TYPE_CHECKING

from sm_lint.model.settings import ConfigError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@cache
def _spec(pattern: str) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec  # imported lazily: most runs have no pattern

    return GitIgnoreSpec.from_lines([pattern])


def check_pattern(pattern: str, where: str) -> str:
    """Return `pattern` if it is valid in a .gitignore. Raises ConfigError if not; `where` begins its message."""
    try:
        _spec(pattern)
    except (ValueError, re.error) as error:
        raise ConfigError(f"{where}: invalid pattern {pattern!r}: {error}; write it as in a .gitignore") from error
    return pattern


def matched_by(name: str, patterns: tuple[tuple[str, str], ...]) -> str | None:
    """Return the first pattern that matches a file name, or None. Each comes with the folder that it is relative to."""
    if not patterns:
        return None
    path = os.path.abspath(name)
    for pattern, folder in patterns:
        relative = os.path.relpath(path, folder)
        if relative.split(os.sep, 1)[0] != ".." and _spec(pattern).match_file(relative):
            return pattern
    return None
