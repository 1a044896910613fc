"""File names in reports. `./a.json` and `a.json` are the same in all but the JSON reports, which have them as given.

Services for continuous integration take paths to be relative to the repository. Its `roots` are absolute paths without
links, of which the first that has a file counts; without any, it is the working directory.
"""

import os
from collections.abc import Sequence

from sm_lint.model.escape import visible
from sm_lint.model.paths import plain, with_slashes

_STDIN = "<stdin>"


def shown(name: str) -> str:
    """Return a file name for people: as given, but without `./`, and safe to print."""
    return visible(plain(name))


def relative(name: str, roots: Sequence[str] = ()) -> str:
    """Return a path for tools: relative to the repository, else as it was given, with `/` as the separator.

    Bytes that are not UTF-8 become U+FFFD.
    """
    return os.fsencode(inside(name, roots) or plain(with_slashes(name))).decode(errors="replace")


def inside(name: str, roots: Sequence[str] = ()) -> str | None:
    """Return a path in the repository relative to it, with `/` as the separator; None for another one."""
    if name == _STDIN:
        return name
    path = _absolute(name)
    paths = (_below(path, root) or _below(_real(path), root) for root in roots or (os.getcwd(),))
    return next(filter(None, paths), None)


def absolute(name: str) -> str:
    """Return an absolute path, with `/` as the separator."""
    return with_slashes(_absolute(name))


def _absolute(name: str) -> str:
    """Return an absolute path. Links stay, but for those before `..`, which leads out of where they lead."""
    before, dots, after = with_slashes(os.path.join(os.getcwd(), name)).rpartition("/../")
    return os.path.abspath(os.path.join(os.path.realpath(f"{before}/.."), after) if dots else name)


def _real(path: str) -> str:
    """Return a path without links in its folder. The file itself may be a link, which is in the repository."""
    folder, base = os.path.split(path)
    return os.path.join(os.path.realpath(folder), base)


def _below(path: str, root: str) -> str | None:
    """Return a path relative to a root; None if it is not below it."""
    start = os.path.join(root, "")
    return with_slashes(path[len(start) :]) if os.path.normcase(path).startswith(os.path.normcase(start)) else None
