"""File name patterns in the syntax of .gitignore, matched in time that is linear in the name."""

import os
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from sm_lint.model.settings import ConfigError

_DIRECTORY = "(?P<ps_d>/)"
"""What pathspec writes for the slash after a directory that a pattern matches."""
_TOKEN = re.compile(r"\\.|\[\^?\]?[^\]]*\]|.", re.DOTALL)
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_PRIVATE = {0xDC80 + byte: 0xE080 + byte for byte in range(128)}
_AT_ONCE = 200
"""The number of patterns in one regular expression, so that none becomes too large for the engine."""

Decide = Callable[[str], bool | None]
"""From the path of a folder or file, relative to the folder of the patterns and with a slash after a folder, to whether
it is ignored; None if no pattern matches it."""


def check_pattern(pattern: str, where: str) -> str:
    """Return `pattern` if it is valid in a .gitignore. Raises ConfigError if not; `where` begins its message."""
    try:
        _spec(pattern)
    except ValueError as error:
        raise ConfigError(f"{where}: invalid pattern {pattern!r}: {error}; write it as in a .gitignore") from error
    return pattern


def matched_by(name: str, patterns: tuple[tuple[str, str], ...]) -> str | None:
    """Return the first pattern that matches a file name, or None. Each comes with the folder that it is relative to."""
    if not patterns:
        return None
    path = os.path.abspath(name)
    for pattern, folder in patterns:
        relative = os.path.relpath(path, folder)
        if relative.split(os.sep, 1)[0] != ".." and _spec(pattern)(as_bytes(relative.replace(os.sep, "/"))):
            return pattern
    return None


@lru_cache(maxsize=1024)
def _spec(pattern: str) -> Callable[[str], bool]:
    """Return whether a path, or a folder on its way, matches one pattern. Raises ValueError if it is invalid."""
    translated = _translated(pattern)
    if translated is None or not translated[1]:
        return lambda _path: False
    return _matching([translated[0].replace(_DIRECTORY, "/")])


def decider(lines: Iterable[str]) -> Decide:
    """Return a function that decides as git does from the lines of one .gitignore. Invalid patterns are left out."""
    runs: list[tuple[bool, list[str]]] = []
    for line in lines:
        try:
            translated = _translated(line)
        except ValueError:
            continue
        if translated is None:
            continue
        if not runs or runs[-1][0] != translated[1] or len(runs[-1][1]) == _AT_ONCE:
            runs.append((translated[1], []))
        runs[-1][1].append(_of_entry(translated[0]))
    compiled = [(ignores, _matching_any(regexes)) for ignores, regexes in reversed(runs)]

    def decide(path: str) -> bool | None:
        path_of_bytes = as_bytes(path)
        return next((ignores for ignores, matches in compiled if matches(path_of_bytes)), None)  # the last one wins

    return decide


def _matching_any(regexes: list[str]) -> Callable[[str], bool]:
    """Return whether one of several regular expressions matches, without those that the engine refuses."""
    try:
        return _matching(regexes)
    except ValueError:
        if len(regexes) == 1:
            return lambda _path: False
    half = len(regexes) // 2
    one, other = _matching_any(regexes[:half]), _matching_any(regexes[half:])
    return lambda path: one(path) or other(path)


def _of_entry(regex: str) -> str:
    """Return the regular expression of a pattern for an entry itself: in a walk, the folders on its way are decided."""
    exact = regex.replace(_DIRECTORY, "/$")
    return f"{exact}[^/]" if exact.endswith("/") else exact


def _translated(pattern: str) -> tuple[str, bool] | None:
    """Return the regular expression of a pattern, and whether it ignores; None for a blank line or a comment.

    Raises ValueError if the pattern is invalid.
    """
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern  # imported lazily: it takes long

    regex, ignores = GitIgnoreSpecPattern.pattern_to_regex(as_bytes(pattern))
    if regex is None or ignores is None:
        return None
    return "".join(_portable(token) for token in _TOKEN.findall(regex)), ignores


def _portable(token: str) -> str:
    """Return a token of a regular expression of Python as the linear engine takes it."""
    if token == ".":
        return r"[\s\S]"
    if token[0] == "\\":
        return token if token[1] in _SYNTAX else token[1]
    if token[0] == "[" and token != "[":
        inside = token[1:-1].removeprefix("^")
        inside = f"\\{inside}" if inside.startswith("]") else inside
        return f"[^/{inside}]" if token[1] == "^" else f"[{inside}]"  # git lets no class match a slash
    return token


def _matching(regexes: list[str]) -> Callable[[str], bool]:
    """Return whether one of several regular expressions matches. Raises ValueError if the engine refuses one."""
    from sm_lint.model.validator import compiled

    matches: Callable[[str], bool] = compiled({"pattern": "|".join(regexes)}).is_valid
    return matches


def as_bytes(text: str) -> str:
    """Return a path or a pattern with a character for each byte, because git compares bytes: `?` is one of them.

    A byte above 127 becomes a character for private use, which is neither a space nor part of the syntax.

    >>> as_bytes("a/b"), as_bytes("\u00e9") == "\ue0c3\ue0a9"
    ('a/b', True)
    """
    return text if text.isascii() else os.fsencode(text).decode("ascii", "surrogateescape").translate(_PRIVATE)
