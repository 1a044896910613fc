"""The files of custom rules at a path."""

import os

from sm_lint.model.settings import ConfigError

BASES = "bases.toml"
"""The name of a file of minimal requests that the cases of rule files beside it build on."""
_OTHERS = ("sm-lint.toml", "pyproject.toml", BASES)


def rule_files(path: str) -> list[str]:
    """Return the rule files at a path: itself, or all below a folder. Raises ConfigError where there is none."""
    if not os.path.exists(path):
        raise ConfigError(f"{path}: no such file or folder")
    if not os.path.isdir(path):
        return [path]
    found = sorted(
        os.path.join(folder, name)
        for folder, _, names in os.walk(path)
        for name in names
        if name.endswith(".toml") and name not in _OTHERS
    )
    if not found:
        raise ConfigError(f"{path}: found no rule files (*.toml) in this folder")
    return found
