"""Names that a configuration may use: selectors of rules, and members of the request."""

from collections.abc import Collection, Mapping
from typing import Protocol

from sm_lint.model.nearest import did_you_mean
from sm_lint.model.settings import ConfigError


class Names(Protocol):
    """The names that a configuration may use. RuleSet implements it; this layer does not import rules."""

    @property
    def selectors(self) -> Mapping[str, str]:
        """The code prefix of each selector. A selector is a code, a prefix, a name, a category or ALL."""

    @property
    def members(self) -> Collection[str]:
        """The members of the request."""


def prefix_of(selector: str, names: Names, where: str) -> str:
    """Return the code prefix of a selector in lower or upper case. Raises ConfigError if it is unknown."""
    known = names.selectors
    for spelling in (selector, selector.upper(), selector.lower()):
        if spelling in known:
            return known[spelling]
    raise ConfigError(f"{where}: unknown rule, prefix or category {selector!r}{did_you_mean(selector, known)}")


def member_of(name: str, names: Names, where: str) -> str:
    """Return `name` if it is a member of the request. Raises ConfigError if it is not."""
    if name not in names.members:
        raise ConfigError(f"{where}: unknown member {name!r} of the request{did_you_mean(name, names.members)}")
    return name
