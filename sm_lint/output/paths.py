"""File names as the tools that read reports take them: relative to the working directory, joined with `/`."""

import os


def relative(name: str) -> str:
    """Return the path of a file from the working directory, `..` included; bytes that are no UTF-8 become U+FFFD."""
    if name == "<stdin>":
        return name
    path = os.path.relpath(name).replace(os.sep, "/")
    return os.fsencode(path).decode(errors="replace")
