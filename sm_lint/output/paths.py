"""File names in reports. `./a.json` and `a.json` are the same in all but the JSON reports, which have them as given.

Services for continuous integration take paths to be relative to the repository. Its `roots` are absolute paths without
links, of which the first that has a file counts; without any, it is the working directory.
"""

import os
from collections.abc import Iterable, Sequence

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
    path = os.path.abspath(name)
    places = roots or (os.getcwd(),)
    folder, base = os.path.split(path)  # the file itself may be a link, which is in the repository
    return _below(path, places) or _below(os.path.join(os.path.realpath(folder), base), places)


def absolute(name: str) -> str:
    """Return an absolute path, with `/` as the separator."""
    return with_slashes(os.path.abspath(name))


def _below(path: str, roots: Iterable[str]) -> str | None:
    """Return a path relative to the first of the roots that it is below; None if there is none."""
    for root in roots:
        start = os.path.join(root, "")
        if os.path.normcase(path).startswith(os.path.normcase(start)):
            return with_slashes(path[len(start) :])
    return None
