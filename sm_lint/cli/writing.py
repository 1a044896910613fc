"""Writing of files: new ones, and atomically in the place of others."""

import os
from tempfile import mkstemp

from sm_lint.model.settings import ConfigError


def create(path: str, text: str) -> None:
    """Write a new file, and the folders that it needs. Raises ConfigError if it exists, or that fails."""
    try:
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        with open(path, "x", encoding="utf-8", newline="\n") as target:
            target.write(text)
    except FileExistsError as error:
        raise ConfigError(f"{path}: this file exists, and is not overwritten") from error
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error


def replace(path: str, data: bytes) -> None:
    """Write a file atomically. Raises OSError if that fails.

    A symbolic link is followed, an existing file keeps its permissions, and a device or pipe is written to, not
    replaced. That nobody reads from a pipe is an error.
    """
    if os.path.exists(path) and not os.path.isfile(path):
        with open(_opened(path), "wb") as device:
            device.write(data)
        return
    path = os.path.realpath(path)
    mode = os.stat(path).st_mode & 0o7777 if os.path.exists(path) else 0o644
    descriptor, name = mkstemp(dir=os.path.dirname(path))
    try:
        with open(descriptor, "wb") as target:
            target.write(data)
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _opened(path: str) -> int:
    """Return the descriptor of a device or pipe, opened without waiting for a reader."""
    descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    if hasattr(os, "O_NONBLOCK"):
        os.set_blocking(descriptor, True)
    return descriptor
