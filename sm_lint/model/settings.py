"""What the user asked for, over the defaults."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sm_lint.model.ignore import Ignore

FAIL_ON = ("error", "warning", "info", "never")
"""The values of `fail-on`; each severity stands for itself and those before it."""


class ConfigError(Exception):
    """What the user wrote in a configuration or on the command line is wrong; the text says where and what to write."""


class Settings(NamedTuple):
    """The settings of a file. A field is the key of its name in sm_lint/config/keys.py, with `_` for `-`."""

    select: tuple[str, ...] | None = None
    """Prefixes of codes, as in `extend_select`, `ignore` and `severity`; None: every rule that is not an info."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    """Pairs of a prefix of codes and a severity."""
    fail_on: str = "error"
    """One of FAIL_ON."""
    include: tuple[tuple[str, str], ...] = ()
    """Patterns as in a .gitignore, each with the folder that it is relative to; none: the usual extensions."""
    exclude: tuple[tuple[str, str], ...] = ()
    """As `include`."""
    per_file_ignores: "tuple[Ignore, ...]" = ()
    given: tuple[str, ...] = ()
    """Members of the request that the command line supplies."""
    placeholders: tuple[str, ...] = ()
    """Forms such as `${*}`; `*` stands for any text."""
    extra_instance_types: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    """The absolute paths of the files of custom rules."""
    baseline: str | None = None
    """The absolute path of a file."""
    require_reason: bool = False
    region: str | None = None
    cli_version: str | None = None


DEFAULTS = Settings()
