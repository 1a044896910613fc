"""The rules, each read from one file of rules/."""

import os
from typing import Any, NamedTuple

from sm_lint import data
from sm_lint.diagnostic import Severity

TOPICS = {
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
    """Return the address of a rule's page."""
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
    help: tuple[str, ...]
    why: str
    references: tuple[str, ...]
    invalid: tuple[dict[str, Any], ...]
    valid: tuple[dict[str, Any], ...]
    condition: dict[str, Any]
    """One of its three forms: `shape when then`, `keyword shape member when`, or `check with`."""
    fix: dict[str, Any] | None = None
    """`safety`, and one of `remove`, `set`, `rename`, `append` and `quote`."""

    @property
    def topic(self) -> str:
        """The name that its hundred has; a team's own rules are of the topic `own`."""
        return TOPICS.get(self.code[:3], "own")


_FORM = ("shape", "when", "then", "keyword", "member", "check", "with")
_MANY = ("message", "help", "references", "invalid", "valid")


def as_tuple(value: Any) -> tuple[Any, ...]:
    """Return the value of a key that takes one or several.

    >>> as_tuple("a"), as_tuple(["a", "b"]), as_tuple(None)
    (('a',), ('a', 'b'), ())
    """
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def parse(text: str) -> Rule:
    """Return the rule in the text of a rule file. It is valid: the tests hold each file to the schema."""
    import tomli

    table: dict[str, Any] = tomli.loads(text)
    condition = {key: table.pop(key) for key in _FORM if key in table}
    table |= {key: as_tuple(table[key]) for key in _MANY}
    return Rule(severity=Severity(table.pop("severity")), condition=condition, **table)


def load(code: str, name: str) -> Rule:
    """Return the rule of a code; its file has code and name in its own."""
    return load_file(os.path.join(data.RULES, f"{code}-{name}.toml"))


def load_file(path: str) -> Rule:
    """Return the rule in a file."""
    with open(path, encoding="utf-8") as file:
        return parse(file.read())


def files() -> list[str]:
    """Return the paths of all rule files, in the order of their codes."""
    return [os.path.join(data.RULES, name) for name in sorted(os.listdir(data.RULES)) if name.endswith(".toml")]
