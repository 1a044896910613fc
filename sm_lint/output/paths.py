"""File names for tools that read reports: relative to the working directory, with `/` as the separator."""

import os


def relative(name: str) -> str:
    """Return a path relative to the working directory, if need be with `..`; bytes that are not UTF-8 become U+FFFD."""
    if name == "<stdin>":
        return name
    path = os.path.relpath(name).replace(os.sep, "/")
    return os.fsencode(path).decode(errors="replace")
