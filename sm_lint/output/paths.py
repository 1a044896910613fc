"""File names in reports. `./a.json` and `a.json` are the same in all but the JSON reports, which have them as given."""

import os

from sm_lint.model import paths
from sm_lint.model.escape import visible
from sm_lint.model.paths import plain

_STDIN = "<stdin>"


def shown(name: str) -> str:
    """Return a file name for people: as given, but without `./`, and safe to print."""
    return visible(plain(name))


def relative(name: str) -> str:
    """Return a path for tools: relative to the working directory, if need be with `..`, with `/` as the separator.

    Bytes that are not UTF-8 become U+FFFD.
    """
    return os.fsencode(_relative(name)).decode(errors="replace")


def inside(name: str) -> str | None:
    """Return a path below the working directory relative to it, with `/` as the separator; None for another one."""
    path = _relative(name)
    return None if path.partition("/")[0] == ".." or os.path.isabs(path) else path


def _relative(name: str) -> str:
    return name if name == _STDIN else paths.with_slashes(paths.relative(name))
