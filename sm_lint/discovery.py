"""Which files are linted: the paths of the command line, what lies below folders, and what of it is a payload."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import NamedTuple

from sm_lint.document import Document, bytes_of, root_keys
from sm_lint.schema import folded, per_document
from sm_lint.syntax import UNREAD

STDIN = "-"
_READ_ONLY = os.O_RDONLY | getattr(os, "O_BINARY", 0)
"""Windows has text, too."""
_EXTENSIONS = (".json", ".yaml", ".yml")
_WHOLE = ("json-byte-order-mark", "json-repeated-key", "yaml-repeated-key", "yaml-1-1")
"""The problems with which a file can be read to its end; after others it is a guess what the whole says."""


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


def matched_by(name: str, patterns: tuple[tuple[str, str], ...]) -> str | None:
    """Return the first pattern, as in a .gitignore, that matches a file; each is relative to a folder of its own."""
    if not patterns:
        return None
    from sm_lint.globs import spec

    path = os.path.abspath(name)
    for pattern, folder in patterns:
        relative = os.path.relpath(path, folder)
        if not relative.startswith("..") and spec(pattern).match_file(relative):
            return pattern
    return None


def contents(name: str) -> bytes:
    """Return the bytes of a file, up to more than are looked at; raise OSError where it cannot be read."""
    handle = os.open(name, _READ_ONLY)  # `open` takes half as long again
    try:
        return bytes_of(partial(os.read, handle))
    finally:
        os.close(handle)


def may_be_payload(data: bytes) -> bool:
    """Say whether the bytes of a file name a member that a request has: most files do not, and need no parsing."""
    return any(map(data.__contains__, _names_in_utf_8()))


@per_document
def _names_in_utf_8() -> tuple[bytes, ...]:
    return tuple(name.encode() for name in folded()["x-payload"]["names"])


def why_no_payload(document: Document) -> str | None:
    """Return why a document is not taken for a request; None if it is."""
    test = _test()
    value = document.value
    is_broken = bool(document.problems) and any(problem.kind not in _WHOLE for problem in document.problems)
    if is_broken and not root_keys(document).intersection(test["identity"]):
        return "it cannot be read, and its root names no package"
    if value is UNREAD:
        return None
    if not isinstance(value, dict):
        return "its root is not an object"
    if test["names"].isdisjoint(value):
        return f"its root has none of {', '.join(folded()['x-payload']['names'])}"
    if not test["foreign"].isdisjoint(value):
        foreign = next(name for name in folded()["x-payload"]["foreign"] if name in value)
        return f"its root has {foreign}, which is no member of the request"
    if not is_broken and test["own"].isdisjoint(value):
        return "its root has too few members of the request"
    return None


@per_document
def _test() -> dict[str, frozenset[str]]:
    names = {key: frozenset(values) for key, values in folded()["x-payload"].items()}
    return {**names, "own": names["members"] - names["common"]}
