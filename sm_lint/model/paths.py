"""Paths as they are shown, on all systems."""

import os


def plain(name: str) -> str:
    """Return a path as it was given, without the parts that lead nowhere.

    `..` stays: what it leads to depends on the links before it.

    >>> plain("./a//b/./c.json"), plain("../a.json"), plain("/tmp/./a.json"), plain("./")
    ('a/b/c.json', '../a.json', '/tmp/a.json', '.')
    """
    root = "/" if name.startswith("/") else ""
    parts = [part for part in name.split("/") if part not in ("", ".")]
    return root + "/".join(parts) or "."


def with_slashes(path: str) -> str:
    """Return a path with `/` between its parts, as patterns, reports and baselines have it on all systems."""
    return path.replace(os.sep, "/")


def relative(path: str, folder: str = os.curdir) -> str:
    """Return a path relative to a folder, if need be with `..`, or as it is if there is no such path."""
    try:
        return os.path.relpath(path, folder)
    except (OSError, ValueError):  # the directory was removed, or the path is on another drive or has a null character
        return path
