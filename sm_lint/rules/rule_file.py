"""Rule files: reading them, and the types that describe them and the checks."""

import os
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sm_lint.config.rule_files import BASES
from sm_lint.config.toml import table_of
from sm_lint.model import data
from sm_lint.model.rule import as_tuple
from sm_lint.model.settings import ConfigError

if TYPE_CHECKING:
    from sm_lint.rules.bases import Bases

_LONGEST_SUMMARY = 120
NOT_CHECKS = ("reading", "suppression")
"""Values of `check` that are not modules: their rules explain problems in a text or in a suppression."""


class RuleError(ValueError):
    """A rule file is invalid. The message says where, and what to write; if several things are wrong, the first."""

    def __init__(self, message: str, *more: str) -> None:
        """Initialize with the most important error, and the others in the file."""
        super().__init__(message)
        self.errors = (message, *more)


class RuleFile(NamedTuple):
    """The path of a rule file and its TOML table."""

    path: str
    table: dict[str, Any]


class Parameter(NamedTuple):
    """A parameter of a check, derived from its annotation."""

    type: Any
    is_required: bool
    is_place: bool
    """Whether it names places in requests, as a list of places or as a table whose keys are places."""
    is_context: bool = False
    """Whether the check only reads its places, and reports nothing there."""
    choices: tuple[str, ...] = ()
    """The allowed values; if empty, any value of the type is allowed."""


class Signature(NamedTuple):
    """The parameters and kinds that a rule may use with a check."""

    parameters: Mapping[str, Parameter]
    kinds: tuple[str, ...]
    """The kinds of findings that the check distinguishes."""


Signatures = Mapping[str, Signature]
"""The signatures of the checks by name."""


def built_in_files() -> list[str]:
    """Return the paths of the built-in rule files, sorted by code."""
    names = (name for name in os.listdir(data.RULES) if name.endswith(".toml") and name != BASES)
    return [os.path.join(data.RULES, name) for name in sorted(names)]


def is_built_in(path: str) -> bool:
    """Return whether a rule file is one of the built-in ones."""
    return os.path.dirname(os.path.abspath(path)) == data.RULES


def load(path: str) -> RuleFile:
    """Return a rule file without validating it. Raises RuleError if it cannot be read or is not TOML."""
    try:
        return RuleFile(path, table_of(path))
    except ConfigError as error:
        raise RuleError(str(error)) from error


def with_defaults(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table of a valid rule file with a value for each key that it may leave out.

    >>> rule = with_defaults({"code": "ACME001", "message": "not a name of ours: {value}"})
    >>> rule["name"], rule["severity"], rule["evidence"], rule["summary"]
    ('acme001', 'warning', 'advice', 'not a name of ours: …')
    """
    is_error = table.get("severity") == "error"
    words = {} if "keyword" in table else {"help": [], "why": ""}  # else those of the keyword's general rule
    return {
        "name": table["code"].lower(),
        "severity": "warning",
        "evidence": "documented" if is_error else "advice",  # advice is never an error
        "since": "1.0.0",
        "summary": _summary(table),
        "references": [],
        "valid": [],
        **words,
        **table,
    }


def _summary(table: Mapping[str, Any]) -> str:
    """Return the message of a rule without what its placeholders stand for, as the rule's summary."""
    if "message" not in table:
        return f"Words for the constraint {' or '.join(as_tuple(table['keyword']))} of the API model."
    text = re.sub(r"\{\w*\}", "…", as_tuple(table["message"])[0])
    return text if len(text) <= _LONGEST_SUMMARY else f"{text[: _LONGEST_SUMMARY - 1]}…"


def with_requests(file: RuleFile, bases_of: "Callable[[str], Bases] | None" = None) -> RuleFile:
    """Return a rule file whose cases all have a `payload`. Raises RuleError if a case does not fit its base.

    `bases_of(folder)` returns the bases for the rule files in an absolute folder; by default they are read.
    """
    from sm_lint.rules.bases import CaseError, bases_in, written_out

    try:
        return RuleFile(file.path, {**file.table, **written_out(file.path, file.table, bases_of or bases_in)})
    except ConfigError as error:
        raise RuleError(str(error)) from error
    except CaseError as error:
        raise RuleError(*(f"{file.path}: {text}" for text in error.args)) from error
