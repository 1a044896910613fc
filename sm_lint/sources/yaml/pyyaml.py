"""PyYAML, imported without the regular expressions of its readers in Python, which libyaml does not need.

To compile them takes as long as all else that a short run does before it reads a file: one of them has a range of a
million characters, which `re` lists one after the other.
"""

import re
import sys
from types import ModuleType
from typing import Any


class _Pattern:
    """A regular expression that is compiled when it is first used."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the compiled pattern, which `re` keeps."""
        return getattr(re.compile(*self._source), name)


def imported() -> ModuleType:
    """Return the module `yaml`. Raises ImportError if it is not installed."""
    if "yaml" in sys.modules or "threading" in sys.modules:
        import yaml  # another thread might see what is replaced below

        return yaml
    compile_now = re.compile
    re.compile = _Pattern  # type: ignore[assignment]
    try:
        import yaml
    finally:
        re.compile = compile_now
    return yaml
