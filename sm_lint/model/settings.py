"""The settings of a file: the defaults, overridden by the configuration and the options of the command line."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sm_lint.model.ignore import Ignore

FAIL_ON = ("error", "warning", "info", "never")
"""The values of `fail-on`. Each severity includes the more severe ones, which come before it."""


CARRIERS = (
    "payload",
    "pipeline",
    "state-machine",
    "cloudformation",
    "terraform-plan",
    "ack",
    "json-lines",
    "command",
    "python",
)
"""The values of `carriers`: the kinds of documents that contain requests."""
REGION = r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]+"
"""The form of the name of an AWS region, as a regular expression without groups."""


class ConfigError(Exception):
    """An error in a configuration or on the command line.

    The message says in one line where it is and what to write instead. What it quotes is escaped and shortened.
    """

    def __init__(self, message: str) -> None:
        from sm_lint.model.escape import one_line

        super().__init__(one_line(message))


class Settings(NamedTuple):
    """The settings of a file: a field for each key in sm_lint/config/keys.py, named with `_` in place of `-`."""

    select: tuple[str, ...] | None = None
    """Code prefixes, as in `extend_select` and `ignore`; None selects every rule whose severity is not info."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    """Pairs of a code prefix and a severity."""
    fail_on: str = "error"
    """One of FAIL_ON."""
    include: tuple[tuple[str, str], ...] = ()
    """Pairs of a .gitignore pattern and the folder that it is relative to; if empty, files are chosen by extension."""
    requests: tuple[tuple[str, str], ...] = ()
    """Pairs as in `include`, of files that are requests whatever they hold."""
    commands: tuple[tuple[str, str], ...] = ()
    """Pairs as in `include`, of files with commands of the AWS CLI that are looked for."""
    python: tuple[tuple[str, str], ...] = ()
    """Pairs as in `include`, of files with Python code in which calls are looked for."""
    exclude: tuple[tuple[str, str], ...] = ()
    """Pairs as in `include`; if empty, nothing is excluded."""
    per_file_ignores: tuple["Ignore", ...] = ()
    given: tuple[str, ...] = ()
    """Members of the request that are passed as options of the AWS CLI, not in the file."""
    placeholders: tuple[str, ...] = ()
    """Patterns such as `${*}`, where `*` stands for any text."""
    extra_instance_types: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    """The absolute paths of the files of custom rules."""
    baseline: str | None = None
    """The absolute path of the baseline file."""
    require_reason: bool = False
    region: str | None = None
    cli_version: str | None = None
    documentation_url: str | None = None
    """The base URL of the documentation, with a trailing slash; None for that of the build."""
    carriers: tuple[str, ...] = ()
    """The carriers to look for; if empty, all."""


DEFAULTS = Settings()
