"""Discovery of files: the paths of the command line, and the files below folders."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from sm_lint.model.paths import plain

STDIN = "-"
OF_LINES = (".jsonl", ".ndjson")
"""The extensions of JSON Lines, in lower case."""
_EXTENSIONS = (".json", ".yaml", ".yml", *OF_LINES)


class Source(NamedTuple):
    """A file that may be linted."""

    name: str
    """The name in diagnostics: a path of the command line, or a folder of it joined by `/` with the path below."""
    folder: str
    """The folder part of the name."""
    named: bool
    """Whether the command line names the file itself, not only a folder that contains it."""


def expand(paths: Iterable[str], wanted: Callable[[str], Callable[[str], bool]]) -> Iterator[Source]:
    """Yield each file that the paths name or contain, once. The files of a folder are sorted by name.

    `wanted(folder)` returns the predicate for the files found in a folder. A file that a path names is always included.
    """
    given = tuple(paths)
    seen: set[tuple[str, str]] = set()
    same = cache(plain)  # of the folders, of which there are few
    for path in given:
        is_folder = path != STDIN and os.path.isdir(path)
        sources = sorted(_below(path, wanted), key=itemgetter(0)) if is_folder else [_named(path)]
        if len(given) == 1:
            yield from sources  # below one folder, no file is found twice
            return
        for source in sources:
            place = same(source.folder), source.name.rpartition("/")[2]
            if place not in seen:
                seen.add(place)
                yield source


def _named(path: str) -> Source:
    return Source(path, os.path.dirname(path), named=True)


def has_extension(name: str) -> bool:
    """Return whether a file name has an extension of JSON, YAML or JSON Lines."""
    return name.lower().endswith(_EXTENSIONS)


def _below(folder: str, wanted: Callable[[str], Callable[[str], bool]]) -> Iterator[Source]:
    from sm_lint.sources.walk import files_below  # imported lazily: many runs have no folder

    for parent, paths in files_below(folder.rstrip("/") or "/", wanted):
        for path in paths:
            yield Source(path, parent, named=False)
