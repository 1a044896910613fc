"""The rule files at a path."""

import os
from collections.abc import Iterable, Iterator
from itertools import islice

from sm_lint.model.settings import ConfigError

BASES = "bases.toml"
"""The name of the file with minimal requests on which the cases of the rule files in its folder are based."""
_OTHERS = ("sm-lint.toml", "pyproject.toml", BASES)
_MOST_RULES = 1000
_MOST_NAMES = 10_000
"""The maximum number of files and folders looked at in a folder of rules: it may be named by mistake, such as `/`."""


def rule_files(paths: Iterable[str]) -> list[str]:
    """Return the rule files at some paths, each once: a file itself, or all below a folder.

    Raises ConfigError if a path does not exist, a folder has no rule file, or there are more than anybody writes.
    """
    found = dict.fromkeys(file for path in paths for file in _files(path))
    if len(found) > _MOST_RULES:
        raise ConfigError(f"rules: found {len(found):,} files; at most {_MOST_RULES:,} can be used together")
    return list(found)


def _files(path: str) -> list[str]:
    if not os.path.exists(path):
        raise ConfigError(f"{path}: no such file or folder")
    if not os.path.isdir(path):
        return [path]
    names = list(islice(_names(path), _MOST_NAMES + 1))
    if len(names) > _MOST_NAMES:
        raise ConfigError(f"{path}: more than {_MOST_NAMES:,} files and folders; name a folder that has only rules")
    found = sorted(name for name in names if name.endswith(".toml") and os.path.basename(name) not in _OTHERS)
    if not found:
        raise ConfigError(f"{path}: found no rule files (*.toml) in this folder")
    return found


def _names(path: str) -> Iterator[str]:
    """Yield the paths of all files and folders below a folder. That of a folder ends with a slash."""
    for folder, folders, files in os.walk(path):  # follows no links
        yield from (os.path.join(folder, name, "") for name in folders)
        yield from (os.path.join(folder, name) for name in files)
