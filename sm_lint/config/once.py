"""Functions whose outcome is remembered, be it a value or an error."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from sm_lint.model.settings import ConfigError

_T = TypeVar("_T")


def once(function: Callable[[str], _T]) -> Callable[[str], _T]:
    """Return a function that calls `function` once for each text, and then returns, or raises, the same again.

    `function` may raise ConfigError, so that a file with an error is not read again for each file that needs it.
    """

    @cache
    def outcome(text: str) -> tuple[_T, None] | tuple[None, str]:
        try:
            return function(text), None
        except ConfigError as error:
            return None, str(error)

    def again(text: str) -> _T:
        found = outcome(text)
        if found[1] is not None:
            raise ConfigError(found[1])
        return found[0]

    return again
