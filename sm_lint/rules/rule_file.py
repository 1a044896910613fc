"""Rule files: how they are read, and what is wrong with one."""

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from sm_lint.config.rule_files import BASES
from sm_lint.model import data

NOT_CHECKS = ("reading", "suppression")
"""Not checks of a request: their rules explain what a reader, or the judge of suppressions, has found."""


class RuleError(ValueError):
    """A rule file is wrong; the text says where and what to write."""


class RuleFile(NamedTuple):
    """A rule file and the table in it."""

    path: str
    table: dict[str, Any]


class Parameter(NamedTuple):
    """A parameter of a check, as its annotation says."""

    type: Any
    is_required: bool
    is_place: bool
    """Whether it names places in requests: a list of them, or a table with one for each key."""
    choices: tuple[str, ...] = ()
    """The values that there are; none: any of its type."""


class Signature(NamedTuple):
    """What a rule may say of a check."""

    parameters: Mapping[str, Parameter]
    kinds: tuple[str, ...]
    """Of mistakes that it tells apart."""


Signatures = Mapping[str, Signature]
"""The checks by their names."""


def built_in_files() -> list[str]:
    """Return the paths of the built-in rule files, in the order of their codes."""
    names = (name for name in os.listdir(data.RULES) if name.endswith(".toml") and name != BASES)
    return [os.path.join(data.RULES, name) for name in sorted(names)]


def load(path: str) -> RuleFile:
    """Return a rule file as it is. Raises RuleError where it cannot be read."""
    import tomli

    try:
        with open(path, "rb") as file:
            return RuleFile(path, tomli.load(file))
    except OSError as error:
        raise RuleError(f"{path}: {error.strerror}") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: invalid TOML: {error}") from error


def with_requests(file: RuleFile) -> RuleFile:
    """Return a rule file whose cases are written out. Raises RuleError where one does not fit its base."""
    from sm_lint.rules.bases import BasesError, CaseError, written_out

    try:
        return RuleFile(file.path, {**file.table, **written_out(file.path, file.table)})
    except BasesError as error:
        raise RuleError(str(error)) from error
    except CaseError as error:
        raise RuleError(f"{file.path}: {error}") from error
