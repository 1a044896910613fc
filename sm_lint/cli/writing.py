"""Atomic writing of files."""

import os
from tempfile import mkstemp


def replace(path: str, data: bytes) -> None:
    """Write a file atomically. Raises OSError if that fails.

    A symbolic link is followed, an existing file keeps its permissions, and a device is written to, not replaced.
    """
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as device:
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
