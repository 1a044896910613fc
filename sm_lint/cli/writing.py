"""Files written so that nobody ever sees half of one."""

import os
from tempfile import mkstemp


def replace(path: str, data: bytes) -> None:
    """Write a file whole or not at all; raise OSError where that does not work.

    A link leads to its file, a file that is there keeps its permissions, and a device is written to, not replaced.
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
