"""The Python API: lint a request without the command line."""

import os
from collections.abc import Mapping
from io import BytesIO
from typing import Any, BinaryIO

from sm_lint.config.load import parse
from sm_lint.model.contents import contents, opened_in_parts
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.escape import as_json
from sm_lint.model.settings import Settings
from sm_lint.requests.carriers import NoRequest, requests
from sm_lint.requests.marks import are_lines
from sm_lint.requests.payload import why_not
from sm_lint.run.session import of_process
from sm_lint.sources.document import Document, read
from sm_lint.sources.limits import MOST_BYTES
from sm_lint.sources.reading import UNREAD, Reading

_LONGEST_PATH = 200
"""The number of characters up to which a string may be meant as a path."""
_MOST_LEVELS = 20
"""More mappings within mappings than any configuration has: one may hold itself."""


def lint(payload: Mapping[str, Any] | os.PathLike[str], *, config: Mapping[str, Any] | None = None) -> list[Diagnostic]:
    """Return the diagnostics of a request, given as a mapping or as the path of its file.

    It may also be a document that has requests in it, such as a pipeline definition or a template; in a file whose name
    ends with `.jsonl` or `.ndjson`, each line is a request.
    `config` has the keys of a configuration file. Without it the defaults apply; configuration files are never read. A
    mapping has no text, so its diagnostics have a pointer, and the range 1:1. A string is not accepted as a path; for
    the text of a request, see `lint_text`. Raises OSError if the file cannot be read, ConfigError if `config` is
    invalid, and TypeError if `payload` is neither a mapping nor a path, or `config` is no mapping with texts as keys.
    """
    if isinstance(payload, Mapping):
        return _lint_mapping(Document("<payload>", "", "", Reading(dict(payload), [])), settings_of(config))
    if isinstance(payload, str) or not isinstance(payload, os.PathLike):
        raise TypeError(f"payload: a mapping or a path is expected, not {type(payload).__name__}; {_instead(payload)}")
    name = os.fsdecode(payload)
    settings = settings_of(config)
    if are_lines(name, settings.carriers):
        with opened_in_parts(name, regular=False) as file:
            return _lint_lines(file, name, settings)
    return _lint(read(name, contents(name, MOST_BYTES, regular=False), None, settings.placeholders), settings)


def lint_text(
    text: str | bytes, *, filename: str = "<text>", config: Mapping[str, Any] | None = None
) -> list[Diagnostic]:
    """Return the diagnostics of the text of a request, or of a document that has requests in it.

    `filename` is the file name in the diagnostics. Its extension determines the syntax (JSON, YAML or JSON Lines), else
    the first character of the text does. `config` is as in `lint`. Raises ConfigError if it is invalid, and TypeError
    if an argument has another type.
    """
    if not isinstance(text, (str, bytes)):
        raise TypeError(f"text: a string or bytes are expected, not {type(text).__name__}")
    if not isinstance(filename, (str, os.PathLike)):
        raise TypeError(f"filename: a string is expected, not {type(filename).__name__}")
    encoded = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    name, settings = os.fspath(filename), settings_of(config)
    if are_lines(name, settings.carriers):
        return _lint_lines(BytesIO(encoded), name, settings)
    return _lint(read(name, encoded, None, settings.placeholders), settings)


def _instead(payload: Any) -> str:
    """Return what to write instead of `lint(payload)`."""
    if isinstance(payload, str) and len(payload) < _LONGEST_PATH and not set("{\n").intersection(payload):
        return f"write lint(pathlib.Path({as_json(payload)})) for a file, or lint_text(...) for the text of a request"
    if isinstance(payload, (str, bytes)):
        return "write lint_text(...) for the text of a request, or lint(pathlib.Path(...)) for a file"
    return "write lint({...}), lint(pathlib.Path(...)), or lint_text(...) for a text"


def settings_of(table: Mapping[str, Any] | None) -> Settings:
    """Return the settings for `config` as `lint` takes it. Raises ConfigError and TypeError."""
    if table is not None:
        _check_table(table, "config")
    return parse(table or {}, "config", os.getcwd(), of_process().linters.rule_set)


def _lint(document: Document, settings: Settings) -> list[Diagnostic]:
    return of_process().lint_named(document, settings).diagnostics


def _lint_mapping(document: Document, settings: Settings) -> list[Diagnostic]:
    """Return the diagnostics of a value without a text: of the JSON for it, if that is a carrier, without places."""
    carrier = _carrier(document, settings)
    if carrier is None:
        return _lint(document, settings)
    nowhere = document.span(0, 0)
    return [
        d._replace(range=nowhere, related=tuple(r._replace(range=nowhere) for r in d.related), fix=None)
        for d in _lint(carrier, settings)
    ]


def _carrier(document: Document, settings: Settings) -> Document | None:
    """Return the JSON for a value without a text, if it is no request but a carrier with requests; else None."""
    shapes = of_process().linters.built_in.shapes
    if why_not(document, shapes.members) is None:
        return None
    import json

    from sm_lint.requests.strict_json import strict

    value, foreign = strict(document.value)  # within limits: a few objects that repeat themselves may stand for many
    if value is UNREAD or foreign:
        return None
    try:
        carrier = read(document.name, json.dumps(value).encode(), "json", settings.placeholders)
        requests(carrier, shapes, wanted=settings.carriers)
    except NoRequest:
        return None
    return carrier


def _lint_lines(file: BinaryIO, name: str, settings: Settings) -> list[Diagnostic]:
    from sm_lint.run import lines

    try:
        return lines.lint(file, name, settings, of_process(), lines.Options(named=True)).outcome.diagnostics
    except NoRequest:  # it has nothing but blank lines
        return []


def _check_table(table: Any, where: str, levels: int = _MOST_LEVELS) -> None:
    """Raise TypeError unless `table` is a mapping whose keys, and those of the mappings in it, are strings."""
    if not levels:
        raise TypeError(f"{where}: mappings are nested too deeply")
    if not isinstance(table, Mapping):
        raise TypeError(f"{where}: a mapping is expected, not {type(table).__name__}")
    for key, value in table.items():
        if not isinstance(key, str):
            raise TypeError(f"{where}: keys must be strings, found {key!r}")
        if isinstance(value, Mapping):
            _check_table(value, f"{where}: {key}", levels - 1)
