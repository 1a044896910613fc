"""Which files are looked at: the paths of the command line, and what lies below folders."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import NamedTuple

from sm_lint.sources.document import bytes_of

STDIN = "-"
_READ_ONLY = os.O_RDONLY | getattr(os, "O_BINARY", 0)
"""Windows has text, too."""
_EXTENSIONS = (".json", ".yaml", ".yml")


class Source(NamedTuple):
    """A file to look at."""

    name: str
    """As diagnostics give it: the path of the command line, or of a folder there joined with `/`."""
    folder: str
    """That of the name."""
    named: bool
    """Whether the command line names the file itself."""


def expand(paths: Iterable[str], wanted: Callable[[str], Callable[[str], bool]]) -> Iterator[Source]:
    """Yield each file that the paths name or contain, once, those of a folder in the order of their names.

    `wanted` gives for a folder what says whether a file in it is wanted that the paths only contain.
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
    """Say whether the name of a file is one of JSON or YAML."""
    return name.lower().endswith(_EXTENSIONS)


def _below(folder: str, wanted: Callable[[str], Callable[[str], bool]]) -> Iterator[Source]:
    prefix = folder if folder.endswith("/") else f"{folder}/"
    files = cache(_files)
    for path in _tracked(folder):
        whole = prefix + path
        parent, _, name = whole.rpartition("/")
        parent = parent or "/"
        # A file may have another name in git than in its folder, where Unicode can say it in two ways.
        if wanted(parent)(whole) and (name in files(parent) or os.path.isfile(whole)):
            yield Source(whole, parent, named=False)


def _files(folder: str) -> set[str]:
    """Return the names of the files of a folder: to ask for each of them takes four times as long."""
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in entries if entry.is_file()}
    except OSError:
        return set()


def _tracked(folder: str) -> Iterable[str]:
    """Return the paths of the files below a folder, without those that git ignores; of all where there is no git."""
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
    """Return the bytes of a file, up to more than are looked at; raise OSError where it cannot be read."""
    handle = os.open(name, _READ_ONLY)  # `open` takes half as long again
    try:
        return bytes_of(partial(os.read, handle))
    finally:
        os.close(handle)
