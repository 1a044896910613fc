"""The errors of rule files, each with its line."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from sm_lint.config.text import text_of
from sm_lint.config.toml import MOST_BYTES
from sm_lint.config.toml_lines import Steps, lines_of
from sm_lint.model.settings import ConfigError

_PLACE = re.compile(r"([\w-]+)(?:\[([0-9]{1,9})\])?(?:\.([\w-]+))?[^\s:]*:")


def with_lines(errors: Iterable[str], paths: Collection[str]) -> list[str]:
    """Return errors, each with the line of its key after its path, as far as it can be told.

    An error begins with the path of a rule file and the key, such as `a.toml: invalid[0].set: …`.
    """
    known = frozenset(paths)

    @cache
    def lines_in(path: str) -> dict[Steps, int]:
        try:
            return lines_of(text_of(path, MOST_BYTES))
        except ConfigError:
            return {}

    def located(error: str) -> str:
        path = next((start for start in _starts(error) if start in known), None)
        if path is None or error.startswith("invalid TOML", len(path) + 2):  # which has no lines to be told
            return error
        line = _line(error[len(path) + 2 :], lines_in(path))
        return error if line is None else f"{path}:{line}{error[len(path) :]}"

    return [located(error) for error in errors]


def _starts(error: str) -> Iterator[str]:
    """Yield each part of an error that ends before a colon and a space: one of them is the path."""
    return (error[: match.start()] for match in re.finditer(": ", error))


def _line(error: str, lines: dict[Steps, int]) -> int | None:
    place = _PLACE.match(error)
    if not place:
        return None
    key, number, inside = place.groups()
    at: Steps = (key, int(number)) if number else (key,)
    longest = (*at, inside) if inside else at
    return next((lines[steps] for steps in (longest, at, (key,)) if steps in lines), None)
