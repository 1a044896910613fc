"""Names that a configuration may use: selectors of rules, and members of the request."""

import re
from collections.abc import Collection, Mapping
from typing import Protocol

from sm_lint.model.nearest import did_you_mean
from sm_lint.model.settings import ConfigError

_LONGEST = 20
"""The number of characters of a text in which a code is looked for."""
_DIGITS = str.maketrans("OILZSB", "011258")
"""The digits that look like letters."""


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
    raise ConfigError(f"{where}: unknown rule, prefix or category {selector!r}{did_you_mean_rule(selector, known)}")


def did_you_mean_rule(selector: str, known: Collection[str]) -> str:
    """Return the end of a message that suggests a code for what looks like one, else a name or a category."""
    code = _code_like(re.sub("[-_ ]", "", selector[:_LONGEST]).upper(), known)
    if code:
        return f"; did you mean `{code}`?"
    return did_you_mean(selector, [name for name in known if not _is_code(name)])


def _is_code(name: str) -> bool:
    """Return whether a selector is a code, or a prefix of codes."""
    return name.isupper() and name != "ALL"


def _code_like(text: str, known: Collection[str]) -> str | None:
    """Return the code that a text means: with letters for digits, with too much at its end, or by its number alone."""
    lookalikes = (text[:end] + text[end:].translate(_DIGITS) for end in range(len(text)))
    beginnings = (text[:end] for end in range(len(text), 2, -1) if text[end - 1].isdigit())
    found = next((code for code in (*lookalikes, *beginnings) if code in known), None)
    number = re.fullmatch("[A-Z]{0,2}([0-9]{3})", text)
    if found or not number:
        return found
    same = [code for code in known if _is_code(code) and code.endswith(number[1])]
    return same[0] if len(same) == 1 else None


def member_of(name: str, names: Names, where: str) -> str:
    """Return `name` if it is a member of the request. Raises ConfigError if it is not."""
    if name not in names.members:
        raise ConfigError(f"{where}: unknown member {name!r} of the request{did_you_mean(name, names.members)}")
    return name
