"""The files below a folder that git does not ignore, found without git.

Git obeys the configuration of the folder that it is asked about, and that can name programs to run: a planted
repository would make git run its author's command. So the folder is walked, and the patterns of its `.gitignore` files
are matched here. No other program is started.
"""

import os
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from sm_lint.model.contents import contents
from sm_lint.model.paths import with_slashes

if TYPE_CHECKING:
    from sm_lint.config.globs import Decide

_GIT = ".git"
_IGNORE = ".gitignore"
_MOST = 1024 * 1024
"""The maximum number of bytes that are read of a file with patterns."""
_MOST_LEVELS = 50
"""The maximum number of folders inside each other whose patterns count."""
Level = tuple[str, "Decide", int]
"""A folder that has patterns, with a slash at its end, what they decide, and how many they are."""


def files_below(folder: str, wanted: Callable[[str], Callable[[str], bool]]) -> Iterator[tuple[str, list[str]]]:
    """Yield a folder and those below it at any depth, each with the paths of the files in it that git does not ignore.

    `wanted(folder)` returns the predicate for the paths in a folder; only files that it wants are looked at. A path in
    the result is `folder` joined by `/` with the path below. Links to folders are not followed. Files are ignored only
    in a git repository: a folder with an entry `.git`, and what is below it.
    """
    top = with_slashes(os.path.realpath(folder))
    levels = _levels_above(top)
    waiting = [] if levels is None else [(folder, top, levels)]
    while waiting:
        shown, real, outer = waiting.pop()
        files, folders, own = _entries(real)
        levels = _levels(real, outer, own)
        prefix = shown if shown.endswith("/") else f"{shown}/"
        paths = list(filter(wanted(shown), map(prefix.__add__, files))) if files else []
        if levels:
            paths = [path for path in paths if not _is_ignored(f"{real}/{path[len(prefix) :]}", levels)]
        yield shown, paths
        waiting += [
            (prefix + name, f"{real}/{name}", levels) for name in folders if not _is_ignored(f"{real}/{name}/", levels)
        ]


def _entries(folder: str) -> tuple[list[str], list[str], set[str]]:
    """Return the names of the files and of the folders in a folder, and which of `.git` and `.gitignore` it has."""
    files, folders = [], []
    own = set()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name in (_GIT, _IGNORE):
                    own.add(entry.name)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
                elif entry.is_file():
                    files.append(entry.name)
    except OSError:  # it cannot be read, or has vanished
        pass
    return files, folders, own


def _levels_above(folder: str) -> list[Level] | None:
    """Return the patterns that apply to a folder, the nearest first; None if git ignores the folder itself."""
    above = []
    parent = folder
    while not os.path.lexists(os.path.join(parent, _GIT)):
        if parent == os.path.dirname(parent):
            return []  # in no repository
        parent = os.path.dirname(parent)
        above.append(parent)
    levels: list[Level] = []
    for outer, inner in pairwise([*reversed(above), folder]):
        levels = _levels(outer, levels, {name for name in (_GIT, _IGNORE) if os.path.lexists(f"{outer}/{name}")})
        if _is_ignored(f"{inner}/", levels):
            return None
    return levels


def _levels(folder: str, outer: list[Level], own: set[str]) -> list[Level]:
    """Return the patterns that apply in a folder, the nearest first. A repository in another one begins anew.

    The list is empty outside of a repository, and only there.
    """
    if _GIT in own:
        outer = [_level(folder, f"{folder}/{_GIT}/info/exclude", [])]
    if not outer or _IGNORE not in own or len(outer) > _MOST_LEVELS:
        return outer
    return [_level(folder, f"{folder}/{_IGNORE}", outer), *outer]


def _level(folder: str, path: str, outer: list[Level]) -> Level:
    """Return the patterns in a file, relative to a folder. A file that cannot be read, or is a link, has none."""
    base = folder if folder.endswith("/") else f"{folder}/"
    try:
        data = b"" if os.path.islink(path) else contents(path, _MOST)[:_MOST]  # git follows no link here, either
    except OSError:
        data = b""
    if not data.strip():
        return base, lambda _path: None, 0
    from sm_lint.config.globs import MAX_PATTERNS, decider

    lines = os.fsdecode(data.removeprefix(b"\xef\xbb\xbf")).split("\n")
    left = MAX_PATTERNS - sum(count for *_, count in outer)
    return base, *decider((line.removesuffix("\r") for line in lines), left)


def _is_ignored(path: str, levels: list[Level]) -> bool:
    """Return whether the nearest patterns that decide about an absolute path ignore it."""
    decisions = (decide(path[len(base) :]) for base, decide, _ in levels)
    return next((ignored for ignored in decisions if ignored is not None), False)
