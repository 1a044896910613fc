"""The rule files at a path."""

import os

from sm_lint.model.settings import ConfigError

BASES = "bases.toml"
"""The name of the file with minimal requests on which the cases of the rule files in its folder are based."""
_OTHERS = ("sm-lint.toml", "pyproject.toml", BASES)


def rule_files(path: str) -> list[str]:
    """Return the rule files at a path: the file itself, or all below a folder. Raises ConfigError if there are none."""
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
