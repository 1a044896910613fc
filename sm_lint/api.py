"""The Python API: lint a request without the command line."""

import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sm_lint.config.load import parse
from sm_lint.model.contents import contents
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.escape import in_quotes
from sm_lint.run.session import of_process
from sm_lint.sources.document import Document, read
from sm_lint.sources.reading import MOST_BYTES, Reading

_LONGEST_PATH = 200
"""The number of characters up to which a string may be meant as a path."""


def lint(payload: Mapping[str, Any] | os.PathLike[str], *, config: Mapping[str, Any] | None = None) -> list[Diagnostic]:
    """Return the diagnostics of a request, given as a mapping or as the path of its file.

    `config` has the keys of a configuration file. Without it the defaults apply; configuration files are never read. A
    mapping has no text, so its diagnostics have a pointer, and the range 1:1. A string is not accepted as a path; for
    the text of a request, see `lint_text`. Raises OSError if the file cannot be read, ConfigError if `config` is
    invalid, and TypeError if `payload` is neither a mapping nor a path, or `config` is no mapping with texts as keys.
    """
    if isinstance(payload, Mapping):
        return _lint(lambda _: Document("<payload>", "", "", Reading(dict(payload), [])), config)
    if isinstance(payload, str) or not isinstance(payload, os.PathLike):
        raise TypeError(f"payload: a mapping or a path is expected, not {type(payload).__name__}; {_instead(payload)}")
    name = os.fsdecode(payload)
    return _lint(partial(read, name, contents(name, MOST_BYTES, regular=False), None), config)


def lint_text(
    text: str | bytes, *, filename: str = "<text>", config: Mapping[str, Any] | None = None
) -> list[Diagnostic]:
    """Return the diagnostics of the text of a request.

    `filename` is the file name in the diagnostics. Its extension determines the syntax (JSON or YAML), else the first
    character of the text does. `config` is as in `lint`. Raises ConfigError if it is invalid, and TypeError if an
    argument has another type.
    """
    if not isinstance(text, (str, bytes)):
        raise TypeError(f"text: a string or bytes are expected, not {type(text).__name__}")
    if not isinstance(filename, (str, os.PathLike)):
        raise TypeError(f"filename: a string is expected, not {type(filename).__name__}")
    encoded = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    return _lint(partial(read, os.fspath(filename), encoded, None), config)


def _instead(payload: Any) -> str:
    """Return what to write instead of `lint(payload)`."""
    if isinstance(payload, str) and len(payload) < _LONGEST_PATH and not set("{\n").intersection(payload):
        return f"write lint(pathlib.Path({in_quotes(payload)})) for a file, or lint_text(...) for the text of a request"
    if isinstance(payload, (str, bytes)):
        return "write lint_text(...) for the text of a request, or lint(pathlib.Path(...)) for a file"
    return "write lint({...}), lint(pathlib.Path(...)), or lint_text(...) for a text"


def _lint(read_with: Callable[[tuple[str, ...]], Document], table: Mapping[str, Any] | None) -> list[Diagnostic]:
    """Return the diagnostics of the document that `read_with(placeholders)` returns."""
    if table is not None:
        _check_table(table, "config")
    session = of_process()
    settings = parse(table or {}, "config", os.getcwd(), session.linters.rule_set)
    return session.lint_named(read_with(settings.placeholders), settings).diagnostics


def _check_table(table: Any, where: str) -> None:
    """Raise TypeError unless `table` is a mapping whose keys, and those of the mappings in it, are strings."""
    if not isinstance(table, Mapping):
        raise TypeError(f"{where}: a mapping is expected, not {type(table).__name__}")
    for key, value in table.items():
        if not isinstance(key, str):
            raise TypeError(f"{where}: keys must be strings, found {key!r}")
        if isinstance(value, Mapping):
            _check_table(value, f"{where}: {key}")
