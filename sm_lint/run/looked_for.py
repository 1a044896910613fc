"""What is looked for in a file: whether it is named as a request, and whether its code is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sm_lint.requests import marks
from sm_lint.sources.limits import OF_CODE, PYTHON, SCRIPT

if TYPE_CHECKING:
    from collections.abc import Collection

    from sm_lint.model.settings import Settings


def is_named_by(name: str, settings: Settings) -> bool:
    """Return whether the key `requests` of the configuration names a file."""
    if not settings.requests:
        return False
    from sm_lint.config.globs import matched_by  # imported lazily: most runs have no pattern

    return matched_by(name, settings.requests) is not None


def opted_in(name: str, settings: Settings, *, named: bool) -> tuple[str, ...]:
    """Return the carriers of code that are looked for in a file: by `commands` and `python`; both if it is `named`."""
    if named:
        return ("command", "python")
    if not (settings.commands or settings.python):
        return ()
    from sm_lint.config.globs import matched_by  # imported lazily: most runs have no pattern

    patterns = {"command": settings.commands, "python": settings.python}
    return tuple(carrier for carrier, of in patterns.items() if of and matched_by(name, of) is not None)


def looking_for(settings: Settings, opted: Collection[str]) -> Settings:
    """Return settings with the names of all carriers to look for in a file; `opted` are those of code among them."""
    return settings._replace(carriers=marks.looked_for(settings.carriers, opted))


def syntax_of(name: str, data: bytes, opted: Collection[str]) -> str:
    """Return the syntax of a file: that of the code which it is named for, else by its name or its data."""
    from sm_lint.sources import document  # imported lazily: most files are clean, and no document is made

    syntax = document.syntax_of(name, data)
    if len(opted) != 1 or syntax in OF_CODE or name.lower().endswith((".json", ".yaml", ".yml")):
        return syntax
    return PYTHON if "python" in opted else SCRIPT
