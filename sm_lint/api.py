"""The Python API: lint a request without a command line."""

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from sm_lint.config.load import parse
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.run.session import Session
from sm_lint.sources.document import Document, bytes_of, read
from sm_lint.sources.reading import Reading


def lint(payload: Mapping[str, Any] | os.PathLike[str], *, config: Mapping[str, Any] | None = None) -> list[Diagnostic]:
    """Return the diagnostics of a request, given as the value itself or as the path of its file.

    `config` holds the keys of a configuration file; without it the defaults hold, and no file is looked for. A value
    has no text, so its diagnostics have pointers and the range 1:1. A text is never guessed to be a path: see
    `lint_text`. Raises OSError where the file does not exist, ConfigError where `config` is wrong, and TypeError for
    anything else than a mapping or a path.
    """
    if isinstance(payload, Mapping):
        return _lint(Document("<payload>", "", "", Reading(dict(payload), [])), config)
    if not isinstance(payload, os.PathLike):
        raise TypeError(f"a mapping or a path is expected, not {type(payload).__name__}; see lint_text()")
    name = os.fspath(payload)
    with open(name, "rb") as file:
        return _lint(read(name, bytes_of(file.read)), config)


def lint_text(
    text: str | bytes, *, filename: str = "<text>", config: Mapping[str, Any] | None = None
) -> list[Diagnostic]:
    """Return the diagnostics of the text of a request.

    `filename` is what the diagnostics give for the file; its extension tells the syntax, else the first character.
    """
    encoded = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    return _lint(read(filename, encoded), config)


def _lint(document: Document, table: Mapping[str, Any] | None) -> list[Diagnostic]:
    if not isinstance(table, (Mapping, type(None))):
        raise TypeError(f"config: a mapping is expected, not {type(table).__name__}")
    session = _session()
    settings = parse(table or {}, "config", os.getcwd(), session.linters.rule_set)
    return session.lint_named(document, settings).diagnostics


@cache
def _session() -> Session:
    """Return the session of the process: the functions here have no object that could keep one."""
    return Session()
