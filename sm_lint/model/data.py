"""The paths of rules/ and schemas/: inside the wheel, or at the root of a checkout."""

import os

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_WHEEL = os.path.join(_PACKAGE, "_data")
# Derived from __file__: importing `importlib.resources` takes half as long as starting the interpreter.
_ROOT = _WHEEL if os.path.isdir(_WHEEL) else os.path.dirname(_PACKAGE)

RULES = os.path.join(_ROOT, "rules")
SCHEMAS = os.path.join(_ROOT, "schemas")


def schema(name: str) -> bytes:
    """Return the content of `schemas/<name>.json`."""
    return _content(SCHEMAS, f"{name}.json")


def words() -> bytes:
    """Return the content of `rules/words.json`."""
    return _content(RULES, "words.json")


def descriptions() -> str:
    """Return the text of `schemas/descriptions.toml`."""
    return _content(SCHEMAS, "descriptions.toml").decode()


def documentation() -> str | None:
    """Return the base URL of the documentation that this build was made with, with a trailing slash; None without."""
    try:
        with open(os.path.join(_WHEEL, "documentation-url"), encoding="utf-8") as file:
            return file.read().strip() or None
    except OSError:
        return None


def _content(folder: str, name: str) -> bytes:
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()
