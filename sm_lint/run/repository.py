"""The roots of a repository, to which services for continuous integration take paths to be relative."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHECKED_OUT = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""The variables with which GitHub Actions and GitLab CI say where they have checked a repository out."""


def roots(environment: Mapping[str, str], folder: str) -> tuple[str, ...]:
    """Return where a repository may begin: absolute paths without links, of which the first that has a file counts.

    First come those that the `environment` names. Last comes the git root of an absolute `folder`, or the folder itself
    if it is in no repository: a service may have checked out another repository, or into another machine.
    """
    named = filter(None, map(environment.get, _CHECKED_OUT))
    return tuple(map(os.path.realpath, (*named, git_root(folder) or folder)))


def git_root(folder: str) -> str | None:
    """Return the root of the git repository of an absolute folder; None if it is in none."""
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder
