"""A rule: what one file of rules/ says."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sm_lint.model.diagnostic import Severity

CATEGORIES = {
    "SM0": "reading",
    "SM1": "shape",
    "SM2": "identity",
    "SM3": "containers",
    "SM4": "model-data",
    "SM5": "validation",
    "SM6": "text",
    "SM7": "embedded",
    "SM8": "keys",
    "SM9": "sm-lint",
}
"""The hundred of a code, and the name that selects it."""


DOCUMENTATION: str | None = None
"""The address of the documentation, with a slash at its end; None while it has none."""


def url(code: str) -> str | None:
    """Return the address of a rule's page; None while the documentation has no address."""
    return f"{DOCUMENTATION}rules/{code}" if DOCUMENTATION else None


class Rule(NamedTuple):
    """One rule file; schemas/rule.schema.json describes it."""

    code: str
    name: str
    severity: Severity
    evidence: str
    since: str
    summary: str
    message: tuple[str, ...]
    """Templates; the first whose placeholders all have a value is used."""
    help: tuple[str, ...]
    """As `message`."""
    why: str
    references: tuple[str, ...]
    invalid: tuple[dict[str, Any], ...]
    valid: tuple[dict[str, Any], ...]
    condition: dict[str, Any]
    """One of its three forms: `shape when then`, `keyword shape member when`, or `check with`."""
    fix: dict[str, Any] | None = None
    """`safety`, and one of `remove`, `set`, `rename`, `append` and `quote`."""

    @property
    def category(self) -> str:
        """The name of its hundred; a custom rule is of the category `own`."""
        return CATEGORIES.get(self.code[:3], "own")


_FORM = ("shape", "when", "then", "keyword", "member", "check", "with")
_MANY = ("message", "help", "references", "invalid", "valid")
_WORDS = ("message", "help", "fix")


def as_tuple(value: Any) -> tuple[Any, ...]:
    """Return the value of a key that takes one or several.

    >>> as_tuple("a"), as_tuple(["a", "b"]), as_tuple(None)
    (('a',), ('a', 'b'), ())
    """
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def rule_of(table: Mapping[str, Any], general: Mapping[str, Any] | None = None) -> Rule:
    """Return the rule in the table of a rule file, which is valid.

    `general` is the table of the general rule of its keyword. A rule without a message of its own has the message, help
    and fix of that rule, as far as it does not give its own. `{general}` in its `why` stands for the `why` of that
    rule, which also serves a rule without one.
    """
    own = dict(table)
    condition = {key: own.pop(key) for key in _FORM if key in own}
    if general:
        words = _WORDS if "message" not in own else ()
        own |= {key: general[key] for key in words if key in general and key not in own}
        own["why"] = own.get("why", "{general}").replace("{general}", general["why"].strip())
    own |= {key: as_tuple(own[key]) for key in _MANY}
    return Rule(severity=Severity(own.pop("severity")), condition=condition, **own)
