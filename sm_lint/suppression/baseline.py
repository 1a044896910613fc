"""The baseline: the known diagnostics of a project, which are suppressed so that only new ones are reported.

It is a JSON file with the number of diagnostics by file, code and pointer. The file names are relative to it. It has no
line numbers, so that it stays valid when a request is reformatted.
"""

import json
import os
from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping
from typing import Any, NamedTuple

from sm_lint.config.text import text_of
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.escape import visible
from sm_lint.model.paths import relative, with_slashes
from sm_lint.model.settings import ConfigError
from sm_lint.model.suppressed import StaleEntry
from sm_lint.model.words import counted

Files = dict[str, dict[str, dict[str, int]]]
"""The number of diagnostics by file, code and pointer."""
MOST_BYTES = 8 * 1024 * 1024


class Key(NamedTuple):
    """What identifies a diagnostic within its file."""

    code: str
    pointer: str


class Entry(NamedTuple):
    """What identifies an entry of a baseline."""

    file: str
    """The path of the file, relative to the baseline."""
    code: str
    pointer: str


def key_of(code: str, pointer: str, inner_pointer: str | None) -> Key:
    """Return the key of a diagnostic. In embedded JSON, the pointer ends with `#` and the inner pointer."""
    return Key(code, f"{pointer}#{inner_pointer}" if inner_pointer else pointer)


def text(
    path: str,
    diagnostics: Iterable[Diagnostic],
    others: Mapping[Entry, int] = {},
    left_out: Mapping[tuple[str, str, str], int] = {},
) -> str:
    """Return the content of a baseline at `path` with these diagnostics, and with entries of other files.

    `left_out` has the numbers of more diagnostics by file, code and pointer. Those about suppressions are not
    recorded: an unused suppression should be removed.
    """
    numbers = Counter(
        Entry(_relative(path, d.file), *key_of(d.code, d.pointer, d.inner_pointer)) for d in _lasting(diagnostics)
    )
    for (file, code, pointer), number in left_out.items():
        if not _is_of_suppressions(code):
            numbers[Entry(_relative(path, file), code, pointer)] += number
    return _written({**numbers, **others})


def _written(numbers: Mapping[Entry, int]) -> str:
    files: Files = {}
    for (file, code, pointer), number in sorted(numbers.items()):
        files.setdefault(file, {}).setdefault(code, {})[pointer] = number
    return json.dumps({"schema_version": 1, "files": files}, indent=2) + "\n"


def others(path: str, linted: Mapping[str, Container[str]]) -> dict[Entry, int]:
    """Return the entries of the baseline at `path`, if it exists, that a run says nothing about.

    `linted` has, for each file that was linted, the codes of the rules that ran. Raises ConfigError if the file is not
    a baseline.
    """
    if not os.path.isfile(path) or os.path.getsize(path) == 0:
        return {}
    ran = {_relative(path, file): codes for file, codes in linted.items()}
    return {
        entry: n for entry, n in _entries(path).items() if entry.file not in ran or entry.code not in ran[entry.file]
    }


def pruned(path: str, stale: Iterable[StaleEntry]) -> str:
    """Return the content of the baseline at `path` without what is gone. Raises ConfigError if it is unreadable."""
    gone = {Entry(entry.file, entry.code, entry.pointer): entry.gone for entry in stale}
    left = {entry: number - gone.get(entry, 0) for entry, number in _entries(path).items()}
    return _written({entry: number for entry, number in left.items() if number > 0})


def _entries(path: str) -> dict[Entry, int]:
    files = _files(path)
    if isinstance(files, ConfigError):
        raise files
    return {
        Entry(file, code, pointer): number
        for file, codes in files.items()
        for code, pointers in codes.items()
        for pointer, number in pointers.items()
    }


def sentence(
    path: str,
    diagnostics: Iterable[Diagnostic],
    others: Collection[Entry] = (),
    left_out: Mapping[tuple[str, str, str], int] = {},
) -> str:
    """Return the message about the baseline that was written, as by `text`."""
    lasting = _lasting(diagnostics)
    files = len({diagnostic.file for diagnostic in lasting})
    kept = f"; kept {counted(len(others), 'entry')} that this run says nothing about" if others else ""
    number = len(lasting) + sum(n for (_, code, _), n in left_out.items() if not _is_of_suppressions(code))
    return f"Wrote {counted(number, 'finding')} from {counted(files, 'file')} to {visible(path)}{kept}."


def _lasting(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [diagnostic for diagnostic in diagnostics if not _is_of_suppressions(diagnostic.code)]


def _is_of_suppressions(code: str) -> bool:
    return code.startswith("SM9")


class Baselines:
    """The baselines of a run. Each is read once, and again if it has changed."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[int, Files | ConfigError]] = {}

    def entries(self, path: str, file: str) -> dict[Key, int]:
        """Return the number of known diagnostics of a file by key. Raises ConfigError if the baseline is unreadable."""
        changed = _changed(path)
        if path not in self._read or self._read[path][0] != changed:
            self._read[path] = changed, _files(path)
        found = self._read[path][1]
        if isinstance(found, ConfigError):
            raise ConfigError(str(found))
        known = found.get(_relative(path, file), {})
        return {Key(code, pointer): number for code, pointers in known.items() for pointer, number in pointers.items()}


def _changed(path: str) -> int:
    """Return the time of the last change of a file in nanoseconds; 0 if it cannot be told."""
    try:
        return os.stat(path).st_mtime_ns
    except (OSError, ValueError):  # told when the file is read
        return 0


def stale_entries(path: str, file: str, known: Mapping[Key, int], gone: Mapping[Key, int]) -> tuple[StaleEntry, ...]:
    """Return the entries of the baseline at `path` for a file, of which some findings are gone: how many, by key."""
    name = _relative(path, file)
    return tuple(StaleEntry(path, name, *key, known[key], number) for key, number in gone.items())


def _relative(path: str, file: str) -> str:
    return with_slashes(relative(file, os.path.dirname(os.path.abspath(path))))


def _files(path: str) -> Files | ConfigError:
    """Return the numbers in a baseline, or what is wrong with it: it is not read again for each file."""
    shown = relative(path)
    try:
        content = json.loads(text_of(shown, MOST_BYTES), object_pairs_hook=_without_duplicates)
    except ConfigError as error:
        return ConfigError(f"baseline: {error}")
    except (ValueError, RecursionError) as error:
        return ConfigError(f"baseline: {shown}: invalid JSON: {error}")
    if not _is_baseline(content):
        return ConfigError(
            f"baseline: {shown}: not a baseline of version 1; remove it, and create it again with --write-baseline"
        )
    files: Files = content["files"]
    return files


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError("a key is repeated in one object")
    return table


def _is_baseline(content: Any) -> bool:
    if (
        not isinstance(content, dict)
        or not _is_integer(content.get("schema_version"))
        or content["schema_version"] != 1
    ):
        return False
    level: list[Any] = [content.get("files")]
    for _ in ("files", "codes", "pointers"):
        if not all(isinstance(table, dict) for table in level):
            return False
        level = [entry for table in level for entry in table.values()]
    return all(_is_integer(number) and number > 0 for number in level)


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
