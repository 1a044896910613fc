"""Discovery of files: the paths of the command line, and the files below folders."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import NamedTuple

from sm_lint.sources.document import bytes_of

STDIN = "-"
_READ_ONLY = os.O_RDONLY | getattr(os, "O_BINARY", 0)
"""With O_BINARY where it exists: Windows would translate line breaks without it."""
_EXTENSIONS = (".json", ".yaml", ".yml")


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
    seen = set()
    for path in paths:
        is_folder = path != STDIN and os.path.isdir(path)
        for source in sorted(_below(path, wanted)) if is_folder else [_named(path)]:
            if source.name not in seen:
                seen.add(source.name)
                yield source


def _named(path: str) -> Source:
    return Source(path, os.path.dirname(path), named=True)


def has_extension(name: str) -> bool:
    """Return whether a file name has an extension of JSON or YAML."""
    return name.lower().endswith(_EXTENSIONS)


def _below(folder: str, wanted: Callable[[str], Callable[[str], bool]]) -> Iterator[Source]:
    prefix = folder if folder.endswith("/") else f"{folder}/"
    files = cache(_files)
    for path in _tracked(folder):
        whole = prefix + path
        parent, _, name = whole.rpartition("/")
        parent = parent or "/"
        # Git may spell a name differently than the folder listing: Unicode has several forms of the same name.
        if wanted(parent)(whole) and (name in files(parent) or os.path.isfile(whole)):
            yield Source(whole, parent, named=False)


def _files(folder: str) -> set[str]:
    """Return the names of the files in a folder. One listing is four times as fast as a query per file."""
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in entries if entry.is_file()}
    except OSError:
        return set()


def _tracked(folder: str) -> Iterable[str]:
    """Return the relative paths of the files below a folder that git does not ignore; without git, of all files."""
    from subprocess import DEVNULL, run

    command = ["git", "-C", folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listing = run(command, stdout=-1, stderr=DEVNULL, check=False)  # noqa: S603 - no shell, and git is the user's
        if listing.returncode == 0:
            return [os.fsdecode(path) for path in listing.stdout.split(b"\0") if path]
    except OSError:
        pass
    return _walk(folder)


def _walk(folder: str) -> Iterator[str]:
    for root, folders, files in os.walk(folder):
        if ".git" in folders:
            folders.remove(".git")
        relative = os.path.relpath(root, folder).replace(os.sep, "/")
        yield from files if relative == "." else (f"{relative}/{file}" for file in files)


def contents(name: str) -> bytes:
    """Return the bytes of a file, limited as in `bytes_of`. Raises OSError if it cannot be read."""
    handle = os.open(name, _READ_ONLY)  # `open` takes 50 % longer
    try:
        return bytes_of(partial(os.read, handle))
    finally:
        os.close(handle)
