"""File name patterns in the syntax of .gitignore, matched in time that is linear in the name."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache, lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import TypeVar

from sm_lint.config.glob_classes import portable, without_classes
from sm_lint.model import paths
from sm_lint.model.settings import ConfigError

_DIRECTORY = "(?P<ps_d>/)"
"""What pathspec writes for the slash after a directory that a pattern matches."""
_PRIVATE = {0xDC80 + byte: 0xE080 + byte for byte in range(128)}
_AT_ONCE = 200
"""The number of patterns in one regular expression, so that none becomes too large for the engine."""
_LONGEST = 4096
"""The maximum length of a pattern that counts, in bytes: no path is longer."""
MAX_PATTERNS = 2000
"""The maximum number of patterns that count for a folder, the outermost first. Each may take 25 kB of memory."""

Decide = Callable[[str], bool | None]
"""From the path of a folder or file, relative to the folder of the patterns and with a slash after a folder, to whether
it is ignored; None if no pattern matches it."""
Matches = Callable[[str], bool]
T = TypeVar("T")
_NOTHING = r"[^\s\S]"


def check_pattern(pattern: str, where: str) -> str:
    """Return `pattern` if it is valid in a .gitignore. Raises ConfigError if not; `where` begins its message."""
    try:
        _spec(pattern)
    except ValueError as error:
        raise ConfigError(f"{where}: invalid pattern {pattern!r}: {error}; write it as in a .gitignore") from error
    return pattern


def matched_by(name: str, patterns: tuple[tuple[str, str], ...]) -> str | None:
    """Return the first pattern that matches a file name, or None. Each comes with the folder that it is relative to."""
    return next((glob for glob, _ in matching(name, patterns)), None)


def matching(name: str, patterns: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    """Yield the patterns that match a file name, each with the folder that it is relative to."""
    path = os.path.abspath(name)
    relative = cache(_relative)
    for folder, globs, matches_any in _groups(patterns):
        inside = relative(path, folder)
        if inside is not None and matches_any(inside):
            yield from ((glob, folder) for glob in globs if _spec(glob)(inside))


def _relative(path: str, folder: str) -> str | None:
    """Return a path relative to a folder, as patterns compare it; None if it is not inside."""
    inside = paths.with_slashes(paths.relative(path, folder))
    return None if inside.split("/", 1)[0] == ".." or os.path.isabs(inside) else as_bytes(inside)


@lru_cache(maxsize=64)
def _groups(patterns: tuple[tuple[str, str], ...]) -> list[tuple[str, list[str], Matches]]:
    """Return the patterns in groups of the same folder, each with a function that returns whether one of it matches."""
    return [
        (folder, [glob for _, glob in chunk], matches_any)
        for folder, group in groupby(patterns, key=itemgetter(1))
        for matches_any, chunk in _in_chunks([(_regex(glob), glob) for glob, _ in group])
    ]


@lru_cache(maxsize=1024)
def _spec(pattern: str) -> Matches:
    """Return whether a path, or a folder on its way, matches one pattern. Raises ValueError if it is invalid."""
    return _matching([_regex(pattern)])


def _regex(pattern: str) -> str:
    """Return the regular expression of a pattern that names files. Raises ValueError if it is invalid."""
    translated = _translated(pattern)
    return translated[0].replace(_DIRECTORY, "/") if translated and translated[1] else _NOTHING


def decider(lines: Iterable[str], most: int = MAX_PATTERNS) -> tuple[Decide, int]:
    """Return a function that decides as git does from the lines of one .gitignore, and the number of its patterns.

    Invalid patterns are left out, and those beyond `most`.
    """
    patterns = [(_of_entry(regex), ignores) for regex, ignores in islice(_valid(lines), most)]
    compiled = list(_in_chunks(patterns[::-1]))  # the last one that matches decides
    one = cache(lambda regex: _matching([regex]))

    def decide(path: str) -> bool | None:
        path_of_bytes = as_bytes(path)
        for matches_any, chunk in compiled:
            if matches_any(path_of_bytes):
                return next(ignores for regex, ignores in chunk if one(regex)(path_of_bytes))
        return None

    return decide, len(patterns)


def _in_chunks(patterns: list[tuple[str, T]]) -> Iterator[tuple[Matches, list[tuple[str, T]]]]:
    """Yield regular expressions, each with what it stands for, in chunks and in order.

    Each chunk comes with a function that returns whether one of it matches. What the engine refuses is left out.
    """
    for at in range(0, len(patterns), _AT_ONCE):
        yield from _compiled(patterns[at : at + _AT_ONCE])


def _compiled(chunk: list[tuple[str, T]]) -> list[tuple[Matches, list[tuple[str, T]]]]:
    """Return a chunk as `_in_chunks` yields it; if the engine refuses it, its halves."""
    try:
        return [(_matching([regex for regex, _ in chunk]), chunk)]
    except ValueError:
        half = len(chunk) // 2
        return [*_compiled(chunk[:half]), *_compiled(chunk[half:])] if half else []


def _valid(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield what `_translated` returns for each line that has a valid pattern."""
    for line in lines:
        with suppress(ValueError):
            translated = _translated(line) if len(line) <= _LONGEST else None
            if translated:
                yield translated


def _of_entry(regex: str) -> str:
    """Return the regular expression of a pattern for an entry itself: in a walk, the folders on its way are decided."""
    exact = regex.replace(_DIRECTORY, "/$")
    return f"{exact}[^/]" if exact.endswith("/") else exact


def _translated(pattern: str) -> tuple[str, bool] | None:
    """Return the regular expression of a pattern, and whether it ignores; None for a blank line or a comment.

    Raises ValueError if the pattern is invalid.
    """
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern  # imported lazily: it takes long

    plain, classes = without_classes(as_bytes(pattern))
    regex, ignores = GitIgnoreSpecPattern.pattern_to_regex(plain)
    if regex is None or ignores is None:
        return None
    return "".join(portable(regex, classes)), ignores


def _matching(regexes: list[str]) -> Matches:
    """Return whether one of several regular expressions matches. Raises ValueError if the engine refuses one."""
    from sm_lint.model.validator import compiled

    matches: Matches = compiled({"pattern": "|".join(regexes)}).is_valid
    return matches


def as_bytes(text: str) -> str:
    """Return a path or a pattern with a character for each byte, because git compares bytes: `?` is one of them.

    A byte above 127 becomes a character for private use, which is neither a space nor part of the syntax.

    >>> as_bytes("a/b"), as_bytes("\u00e9") == "\ue0c3\ue0a9"
    ('a/b', True)
    """
    return text if text.isascii() else os.fsencode(text).decode("ascii", "surrogateescape").translate(_PRIVATE)
