"""Names that a configuration may use: selectors of rules, and members of the request."""

from collections.abc import Collection, Mapping
from typing import Protocol

from sm_lint.model.nearest import did_you_mean
from sm_lint.model.settings import ConfigError


class Names(Protocol):
    """What there is to be named. A RuleSet is one; this layer knows no rules."""

    @property
    def selectors(self) -> Mapping[str, str]:
        """The prefix of codes that each selector stands for: a code, a prefix, a name, a category or ALL."""

    @property
    def members(self) -> Collection[str]:
        """The members of the request."""


def prefix_of(selector: str, names: Names, where: str) -> str:
    """Return the prefix of codes that a selector stands for, in whatever case; raise ConfigError for an unknown one."""
    known = names.selectors
    for spelling in (selector, selector.upper(), selector.lower()):
        if spelling in known:
            return known[spelling]
    raise ConfigError(f"{where}: unknown rule, prefix or category {selector!r}{did_you_mean(selector, known)}")


def member_of(name: str, names: Names, where: str) -> str:
    """Return the name of a member of the request; raise ConfigError where it has none of that name."""
    if name not in names.members:
        raise ConfigError(f"{where}: unknown member {name!r} of the request{did_you_mean(name, names.members)}")
    return name
