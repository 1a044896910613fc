"""Rule files: reading them, and the types that describe them and the checks."""

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from sm_lint.config.rule_files import BASES
from sm_lint.model import data

NOT_CHECKS = ("reading", "suppression")
"""Values of `check` that are not modules: their rules explain problems in a text or in a suppression."""


class RuleError(ValueError):
    """A rule file is invalid. The message says where, and what to write."""


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


def load(path: str) -> RuleFile:
    """Return a rule file without validating it. Raises RuleError if it cannot be read or is not TOML."""
    import tomli

    try:
        with open(path, "rb") as file:
            return RuleFile(path, tomli.load(file))
    except OSError as error:
        raise RuleError(f"{path}: {error.strerror}") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: invalid TOML: {error}") from error


def with_requests(file: RuleFile) -> RuleFile:
    """Return a rule file whose cases all have a `payload`. Raises RuleError if a case does not fit its base."""
    from sm_lint.rules.bases import BasesError, CaseError, written_out

    try:
        return RuleFile(file.path, {**file.table, **written_out(file.path, file.table)})
    except BasesError as error:
        raise RuleError(str(error)) from error
    except CaseError as error:
        raise RuleError(f"{file.path}: {error}") from error
