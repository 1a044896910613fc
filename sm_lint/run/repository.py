"""The roots of a repository, to which services for continuous integration take paths to be relative."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CHECKED_OUT = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""The variables with which GitHub Actions and GitLab CI say where they have checked a repository out."""


def roots(environment: Mapping[str, str], folder: str, paths: Iterable[str] = ()) -> tuple[str, ...]:
    """Return where a repository may begin: absolute paths without links, of which the first that has a file counts.

    First come those that the `environment` names: a service may have checked out another repository, or into another
    machine. Then comes the git root of an absolute `folder`, which is the working directory. If it is in no repository,
    it is the git root of the `paths` that are linted, if all have the same, and then the folder itself.
    """
    named = filter(None, map(environment.get, _CHECKED_OUT))
    own = git_root(folder)
    shared = set() if own else {git_root(os.path.realpath(path)) for path in paths}
    found = own, *(shared if len(shared) == 1 else ()), None if own else folder
    return tuple(dict.fromkeys(map(os.path.realpath, filter(None, (*named, *found)))))


def git_root(folder: str) -> str | None:
    """Return the root of the git repository of an absolute folder; None if it is in none."""
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder
