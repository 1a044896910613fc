"""The bytes of a file, read with bounded work: no pipe, device or changing file can make it wait or grow for ever."""

import errno
import os
import stat
from typing import BinaryIO

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""With O_BINARY where it exists: Windows would translate line breaks without it. With O_NONBLOCK, a pipe without a
writer opens at once."""
_AT_ONCE = 16 * 1024


def contents(path: str, most: int, *, regular: bool = True) -> bytes:
    """Return the bytes of the file at `path`; of a file with more than `most` bytes, only the first `most` + 1.

    With `regular`, only a regular file is read, or a link to one. Otherwise, a device is read as far as it has data,
    and a pipe until its writer closes it. Raises OSError if the file cannot be read.
    """
    handle = os.open(path, _FLAGS)  # `open` takes 50 % longer
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            _prepare(handle, mode, path, regular=regular)
        return _read(handle, most)
    finally:
        os.close(handle)


def contents_of_regular(path: str, most: int) -> bytes:
    """Return the bytes of a file that is known to be regular, as `contents` does, in four fifths of the time.

    If something else has taken its place, the work is still bounded.
    """
    handle = os.open(path, _FLAGS)
    try:
        return _read(handle, most)
    finally:
        os.close(handle)


def _read(handle: int, most: int) -> bytes:
    """Return the first `most` + 1 bytes of an open file. Most files end in the first read, and nothing is joined."""
    data = os.read(handle, _AT_ONCE)
    more = os.read(handle, _AT_ONCE) if data else b""
    if more:
        parts, left = [data, more], most + 1 - len(data)
        while more and (left := left - len(more)) > 0:
            more = os.read(handle, _AT_ONCE)
            parts.append(more)
        data = b"".join(parts)
    return data[: most + 1]


def opened_in_parts(path: str, *, regular: bool = True) -> BinaryIO:
    """Return the file at `path`, to be read in parts; `regular` is as in `contents`. Raises OSError.

    A device is refused, because it may have no end.
    """
    handle = os.open(path, _FLAGS)
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            _prepare(handle, mode, path, regular=regular, device=False)
        return os.fdopen(handle, "rb")
    except OSError:
        os.close(handle)
        raise


def _prepare(handle: int, mode: int, path: str, *, regular: bool, device: bool = True) -> None:
    """Make an open file that is no regular one ready to be read.

    Raises OSError if it cannot be read, or is of a kind that is not wanted.
    """
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if regular or (stat.S_ISCHR(mode) and not device):
        raise OSError(errno.EINVAL, "Not a regular file", path)
    if stat.S_ISFIFO(mode):
        os.set_blocking(handle, True)  # waits for a writer that has opened it; without one, the pipe is empty
