"""The Python API: lint a request without the command line."""

import os
from collections.abc import Mapping
from typing import Any

from sm_lint.config.load import parse
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.run.session import of_process
from sm_lint.sources.document import Document, bytes_of, read
from sm_lint.sources.reading import Reading


def lint(payload: Mapping[str, Any] | os.PathLike[str], *, config: Mapping[str, Any] | None = None) -> list[Diagnostic]:
    """Return the diagnostics of a request, given as a mapping or as the path of its file.

    `config` has the keys of a configuration file. Without it the defaults apply; configuration files are never read. A
    mapping has no text, so its diagnostics have a pointer, and the range 1:1. A string is not accepted as a path; for
    the text of a request, see `lint_text`. Raises OSError if the file cannot be read, ConfigError if `config` is
    invalid, and TypeError if `payload` is neither a mapping nor a path.
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

    `filename` is the file name in the diagnostics. Its extension determines the syntax (JSON or YAML), else the first
    character of the text does. `config` is as in `lint`. Raises ConfigError if it is invalid.
    """
    encoded = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    return _lint(read(filename, encoded), config)


def _lint(document: Document, table: Mapping[str, Any] | None) -> list[Diagnostic]:
    if not isinstance(table, (Mapping, type(None))):
        raise TypeError(f"config: a mapping is expected, not {type(table).__name__}")
    session = of_process()
    settings = parse(table or {}, "config", os.getcwd(), session.linters.rule_set)
    return session.lint_named(document, settings).diagnostics
