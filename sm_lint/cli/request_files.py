"""Files that have one extracted request each: their names, and how they are written."""

import os
import re
from typing import TYPE_CHECKING

from sm_lint.cli.writing import create
from sm_lint.model.contents import contents
from sm_lint.model.paths import plain, with_slashes
from sm_lint.model.pointer import steps_of
from sm_lint.model.settings import ConfigError
from sm_lint.output.indented import dumps

if TYPE_CHECKING:
    from collections.abc import Callable

    from sm_lint.run.extracted import Extracted

_MOST = 100
"""The maximum length of the part of a file name that is made of a pointer; file systems allow 255 bytes in all."""
_OTHER = re.compile("[^A-Za-z0-9_]")


def writer(folder: str) -> "Callable[[Extracted], str]":
    """Return `write(found)`, which writes a request to a new file in the folder, and returns the path of the file.

    A file that exists stays; if it has something else than the request, that is a ConfigError, as is a failure to
    write. Nothing is written outside the folder, whatever links are in it.
    """
    written: set[str] = set()

    def write(found: "Extracted") -> str:
        path = next(path for name in _names(found) if (path := os.path.join(folder, name)) not in written)
        written.add(path)
        parent = os.path.realpath(os.path.dirname(path))
        root = os.path.realpath(folder)
        if os.path.commonpath((parent, root)) != root:
            raise ConfigError(f"{path}: a link leads out of the folder; nothing was written")
        text = dumps(found.request) + "\n"  # in ASCII, which the AWS CLI reads in every locale
        if not _has(path, text):
            create(path, text)
        return path

    return write


def _has(path: str, text: str) -> bool:
    try:
        return not os.path.islink(path) and contents(path, len(text)) == text.encode()
    except OSError:
        return False


def _names(found: "Extracted") -> "list[str]":
    """Return the names that the file of a request may have, the best first; the last one surely is its own.

    They depend on nothing but the name of the file that has the request, and on where in it the request is.
    """
    file = "stdin" if found.file == "<stdin>" else plain(with_slashes(found.file))
    *folders, last = ["_" if part == ".." else part for part in file.split("/") if part]
    stem = last.removesuffix(".json")
    line = f"line-{found.range.start.line}"
    where = [_slug(pointer) for pointer in (found.pointer, found.inner_pointer) if pointer]
    if not where and found.carrier != "payload":
        where = [line]
    id_ = _digest(f"{found.file}\n{found.pointer}\n{found.inner_pointer}\n{found.range.start.offset}")
    ways = (where, [*where, line], [*where, line, id_])
    return [os.path.join(*folders, ".".join((stem, *way, "json"))) for way in ways]


def _slug(pointer: str) -> str:
    """Return a pointer as a part of a file name. Where others would be the same, it ends with a digest.

    >>> _slug("/Steps/0/Arguments"), _slug("/States/Register model/Parameters")
    ('Steps-0-Arguments', 'States-Register_model-Parameters-216c32cb')
    """
    steps = [_OTHER.sub("_", step) for step in steps_of(pointer)]
    slug = "-".join(steps)
    if steps == list(steps_of(pointer)) and len(slug) <= _MOST:
        return slug
    return f"{slug[:_MOST]}-{_digest(pointer)}"


def _digest(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]
